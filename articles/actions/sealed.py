"""Two rows of a registry that are one, merged as a person saw it: the frame for outlets and for entities alike."""

import hashlib
from collections.abc import Callable
from typing import Any, Protocol

from django.db import models

from articles.actions.recording import Conflict, Refused


class Sealed(Protocol):
    """What becomes of a row (``gone``) that is the same as another (``kept``). ``barred``: why it cannot be, "" when it
    can; ``seal``: a fingerprint of all that would move, so that nobody moves what they did not see."""

    @property
    def kept(self) -> Any: ...
    @property
    def barred(self) -> str: ...
    @property
    def seal(self) -> str: ...


def fingerprint(*seen: object) -> str:
    """So many letters and digits that two of them are the same for the same things only."""
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]


def held_to[R: models.Model, S: Sealed](seal: str, gone: R, into: R, *, as_merger: Callable[..., S], lost: str) -> S:
    """The merger of two rows, both locked in the order of their keys. Refused where it is barred; Conflict where one of the
    two is gone (``lost`` says so), or more or less would move than the person saw. The caller holds a transaction, and has
    locked the articles that it will touch: as every action locks its own first, no two can wait for each other."""
    both = type(gone)._default_manager.select_for_update().filter(pk__in=(gone.pk, into.pk)).order_by("pk")
    rows = {row.pk: row for row in both}
    if set(rows) != {gone.pk, into.pk}:
        raise Conflict(lost)
    merger = as_merger(gone=rows[gone.pk], kept=rows[into.pk])
    if merger.barred:
        raise Refused(merger.barred)
    if merger.seal != seal:
        raise Conflict("What would move has changed since you looked. Look at it again.", row=merger.kept)
    return merger
