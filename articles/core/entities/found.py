"""A name in a passage before it is a mention, and how names that overlap are settled."""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.core.values import EntityType, KnownEntity


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A mention at ``[start, end)`` of its passage's text, before overlaps are settled. ``whole``: as in Mention."""

    start: int
    end: int
    type: EntityType
    score: float
    entity: KnownEntity | None = None
    registry: bool = False
    whole: str = ""


def settled(found: Iterable[Found], text: str) -> list[Found]:
    """One mention for any words: the longest, then the registry's, then the surest."""
    taken = bytearray(len(text) + 1)
    kept = []
    for one in sorted(found, key=_rank):
        if one.end > one.start and not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _rank(one: Found) -> tuple[int, int, float]:
    return -(one.end - one.start), 0 if one.registry else 1, -one.score


def opens(text: str, at: int) -> bool:
    """Whether a word opens a sentence, so that its capital says nothing."""
    before = text[max(0, at - 4) : at].rstrip(" \u00a0\"«“(’'")
    return not before or before[-1] in ".!?:\n-–—•"
