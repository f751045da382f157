"""A run of an upload's items is read and stored, one after the other; while one is stored the next is being read."""

import logging
import time
from collections.abc import Callable, Iterable

from django.db import IntegrityError, OperationalError

from articles.intake.cutting import breathe
from articles.intake.pieces import forget_queries
from articles.intake.reader import Reader
from articles.intake.settling import (
    SAME_BYTES,
    SAME_TEXT,
    STUMBLED,
    ReadItem,
    begin_attempt,
    mark_duplicate,
    mark_failed,
    same_bytes,
    same_text,
    store,
)
from articles.intake.state import at_work
from articles.models import Receipt

log = logging.getLogger(__name__)

# A database that is locked or restarts gets this many seconds, then the item waits for another task.
PATIENCE = (0.2, 1.0, 3.0)


def read_run(
    receipts: Iterable[Receipt], reader: Reader, *, stop: Callable[[], bool] = lambda: False
) -> Receipt | None:
    """Bring these items to their end. Whoever else works on them, each is done once: its mark and its article are
    written together, and only while it waits. Returns the first item that was left because of ``stop``, a pause or a
    cancelled upload; None when there is none."""
    reader.prepare()
    begun: Receipt | None = None
    left: Receipt | None = None
    for receipt in receipts:
        if stop() or not at_work(receipt.upload_id):
            left = receipt
            break
        if not _patiently(lambda item=receipt: _to_be_read(item)):
            continue
        found = reader.result() if begun else None
        reader.begin(receipt)
        if begun and found:
            finish(begun, found)
        begun = receipt
    if begun:
        finish(begun, reader.result())
    return left


def _to_be_read(receipt: Receipt) -> bool:
    """Count the attempt; whether the item is to be read, being no copy of one that is there."""
    if not begin_attempt(receipt):
        return False
    twin = same_bytes(receipt)
    if twin:
        mark_duplicate(receipt, twin, SAME_BYTES)
    return twin is None


def finish(receipt: Receipt, found: ReadItem) -> None:
    """Store what reading an item came to. A bug becomes its receipt; a database that does not answer leaves it waiting."""
    begun = time.perf_counter()
    try:
        _patiently(lambda: _finish(receipt, found))
    except Exception:  # one item's bug must not take the others with it; the bytes are kept
        log.exception("Receipt %s could not be settled.", receipt.pk)
        mark_failed(receipt, STUMBLED)
    forget_queries()
    breathe(time.perf_counter() - begun)


def _finish(receipt: Receipt, found: ReadItem) -> None:
    if found.problem:
        mark_failed(receipt, found.problem)
        return
    try:
        store(receipt, found)
    except IntegrityError:
        # The same text from other bytes was stored in the same moment.
        twin = same_text(found.fingerprint)
        if twin is None:
            raise
        mark_duplicate(receipt, twin, SAME_TEXT)


def _patiently[T](work: Callable[[], T]) -> T | None:
    """Try again for a while when the database is locked or away; then let it be, with a line in the log."""
    for pause in PATIENCE:
        try:
            return work()
        except OperationalError as error:
            last = error
            time.sleep(pause)
    log.error("The database did not answer; an item waits: %s", last)
    return None
