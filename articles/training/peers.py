"""What other readers find on the same page: trafilatura and htmldate, where they are installed."""

import contextlib
import importlib.util
import logging
from collections.abc import Callable

from articles.training.facts import Facts

Peer = Callable[[str], Facts]


def peers() -> dict[str, Peer]:
    """The readers that are installed, by name; each takes a page's source."""
    found: dict[str, Peer] = {"trafilatura": _trafilatura, "htmldate": _htmldate}
    # Both complain about every odd page.
    for name in found:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return {name: peer for name, peer in found.items() if importlib.util.find_spec(name)}


def _trafilatura(source: str) -> Facts:
    import trafilatura

    said = None
    # What another reader cannot read, it does not know.
    with contextlib.suppress(Exception):
        said = trafilatura.extract_metadata(source)
    if said is None:
        return Facts()
    authors = tuple(name.strip() for name in (said.author or "").split(";") if name.strip())
    return Facts(title=said.title or "", authors=authors, published=said.date or "")


def _htmldate(source: str) -> Facts:
    import htmldate

    with contextlib.suppress(Exception):
        return Facts(published=htmldate.find_date(source, original_date=True) or "")
    return Facts()
