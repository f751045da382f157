"""Passages from (kind, text) pairs, so that the tests of the later steps do not need the cleaner."""

from articles.core.cleaning.kinds import KINDS
from articles.core.edits import Span, apply
from articles.core.values import Block, Passage, Scraped


def page(*lines: tuple[str, str]) -> tuple[Scraped, tuple[Passage, ...]]:
    """A scraped page whose lines are blocks of these kinds."""
    raw = "\n".join(text for _, text in lines)
    passages, at = [], 0
    for kind, text in lines:
        span = Span(start=at, end=min(at + len(text) + 1, len(raw)))
        block = Block(span=span, kind=kind, kept=KINDS[kind].kept, reason="test", confidence=1.0)
        passages.append(Passage(block=block, shown=apply(raw, [span], [])))
        at += len(text) + 1
    return Scraped(raw_text=raw), tuple(passages)
