"""What is measured on a line before any rule looks at it."""

import re
from functools import lru_cache
from typing import NamedTuple

from articles.core.cleaning.topics import topics
from articles.core.edits import Span
from articles.core.folding import fold, joined
from articles.core.values import Place

WORDS = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")
CLOSERS = "\"'»”’)]› \xa0\u202f"
STOPS = ".!?…。؟！？:;"
SENTENCE_END = re.compile(r"[.!?…؟][\"'»”’)\]]*[\s\xa0]+(?=[\"'«“‘(\[]?[\s\xa0]?[A-ZÀ-ÖØ-Þ\u0400-\u042f\u0590-\u06ff])")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# A line is measured by its beginning; nothing that decides its fate comes later.
MEASURED = 4000
REPEATED, SEEN = 200, 20_000
ENOUGH_FOR_PROSE = 14
SURELY_PROSE = 28


class Said(NamedTuple):
    """What the words of a line are, wherever it stands; ``key`` is ``folding.key`` of them, ``topics`` the bits of what
    they may speak of."""

    folded: str
    key: str
    words: int
    sentences: int
    stopped: bool
    capitals: float
    topics: int


class Run(NamedTuple):
    """A line, or a part of one that was cut off, with what the rules ask about it: see ``Said``."""

    start: int
    content: Span
    text: str
    folded: str
    key: str
    words: int
    sentences: int
    stopped: bool
    capitals: float
    topics: int
    blank_before: bool = False
    place: Place | None = None

    @property
    def is_separator(self) -> bool:
        """No letter and no digit: dashes, bullets, stars."""
        return self.words == 0

    @property
    def is_prose(self) -> bool:
        """Reads as a paragraph: long, or a whole sentence of some length."""
        return (
            self.words >= SURELY_PROSE
            or (self.sentences > 1 and self.words >= 8)
            or (self.stopped and self.words >= ENOUGH_FOR_PROSE)
        )

    @property
    def is_sentence(self) -> bool:
        return self.stopped and self.words >= 4

    @property
    def is_headline(self) -> bool:
        """Long enough to say something, short enough for large letters, one sentence at most."""
        return 3 <= self.words <= 34 and self.sentences <= 2 and len(self.text) <= 240


def measure(start: int, content: Span, text: str, place: Place | None, *, blank_before: bool = False) -> Run:
    """The run of raw at ``content`` whose shown words are ``text``; its block will begin at ``start``."""
    said = _remembered(text) if len(text) <= REPEATED else _said(text)
    return Run(start, content, text, *said, blank_before, place)


def _said(text: str) -> Said:
    seen = text[:MEASURED]
    words = WORDS.findall(seen)
    tail = seen.rstrip(CLOSERS)
    folded = fold(seen)
    key = joined(folded)
    initials = [word[0] for word in words]
    large = sum(map(str.isupper, initials)) + sum(map(str.isdigit, initials))
    return Said(
        folded=folded,
        key=key,
        words=len(words),
        sentences=len(SENTENCE_END.findall(seen)) + 1 if words else 0,
        stopped=bool(tail) and (tail[-1] in STOPS or len(text) > MEASURED),
        capitals=large / len(words) if words else 0.0,
        topics=topics(key),
    )


# Pages repeat their short lines, and outlets theirs.
_remembered = lru_cache(maxsize=SEEN)(_said)
