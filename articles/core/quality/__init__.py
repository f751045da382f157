"""Questions about a text that only a person can answer: each a flag with the words it is about. Flags change nothing."""

from collections.abc import Iterable, Sequence

from articles.core.quality.ends import incomplete, truncated
from articles.core.quality.glued import glued
from articles.core.quality.lede import contradictions
from articles.core.quality.marks import unbalanced
from articles.core.quality.scripts import mixed
from articles.core.quality.table import FLAGS
from articles.core.quality.translated import translated
from articles.core.values import Attribution, Flag, Passage

__all__ = ["FLAGS", "flags"]


def flags(passages: Sequence[Passage], language: str, attribution: Iterable[Attribution]) -> tuple[Flag, ...]:
    """All flags, as their words stand in raw."""
    found = [
        *unbalanced(passages),
        *(flag for passage in passages for flag in (*glued(passage), *mixed(passage, language))),
        *(flag for passage in passages if passage.block.kept for flag in translated(passage, language)),
        *contradictions(passages, language),
        *incomplete(attribution),
        *truncated(passages),
    ]
    return tuple(sorted(found, key=lambda flag: (flag.span, flag.flag)))
