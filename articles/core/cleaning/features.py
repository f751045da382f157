"""What is measured on a line before any rule looks at it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from articles.core.cleaning.topics import topics
from articles.core.codepoints import PerCharacter, codes
from articles.core.edits import Span
from articles.core.folding import fold, joined
from articles.core.values import Line, Place

CLOSERS = "\"'»”’)]› \xa0\u202f"
STOPS = ".!?…。؟！？:;"
SENTENCE_END = re.compile(r"[.!?…؟][\"'»”’)\]]*[\s\xa0]+(?=[\"'«“‘(\[]?[\s\xa0]?[A-ZÀ-ÖØ-Þ\u0400-\u042f\u0590-\u06ff])")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# A line is measured by its beginning; nothing that decides its fate comes later.
MEASURED = 4000
# No line holds it.
APART = "\0"
IN_WORD, LARGE, JOINS = 1, 2, 4
TRAITS = PerCharacter(
    lambda char: char.isalnum() * IN_WORD | (char.isupper() or char.isdigit()) * LARGE | (char in "'’-.") * JOINS
)
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


def measure(lines: Sequence[Line], blank_before: Iterable[bool] = repeat(object=False)) -> list[Run]:
    """The lines of a page as runs: each block will begin where its line does."""
    return [
        Run(line.span.start, line.content, line.text, *words, blank, line.place)
        for line, words, blank in zip(lines, said([line.text for line in lines]), blank_before, strict=False)
    ]


def said(texts: Sequence[str]) -> Iterator[Said]:
    """What the words of each line are, looked at on the whole page at once."""
    seen = [text[:MEASURED] for text in texts]
    page = "".join([text + APART for text in seen])
    lengths = np.fromiter(map(len, seen), np.int64, len(seen)) + 1
    ends = np.cumsum(lengths)
    starts = ends - lengths
    words, large = _words(page, starts)
    stops = np.array([match.start() for match in SENTENCE_END.finditer(page)], np.int64)
    sentences = np.bincount(np.searchsorted(ends, stops, "right"), minlength=len(seen)) + 1
    folded = fold(page)
    rows = zip(texts, starts.tolist(), ends.tolist(), words.tolist(), sentences.tolist(), large.tolist(), strict=True)
    for text, start, end, count, full, capitals in rows:
        line = folded[start : end - 1]
        key = joined(line)
        yield Said(
            folded=line,
            key=key,
            words=count,
            sentences=full if count else 0,
            stopped=_stopped(text),
            capitals=capitals / count if count else 0.0,
            topics=topics(key),
        )


def _words(page: str, starts: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """[lines] how many words a line has, and how many of them begin with a capital or a digit. A word is letters and
    digits, with single apostrophes, hyphens and dots inside."""
    if not len(starts):
        return starts, starts
    traits = TRAITS.of(codes(page))
    inside = (traits & IN_WORD) > 0
    behind = _before(inside)
    begins = inside & ~behind & ~_before(behind & ((traits & JOINS) > 0))
    large = begins & ((traits & LARGE) > 0)
    return np.add.reduceat(begins, starts, dtype=np.int64), np.add.reduceat(large, starts, dtype=np.int64)


def _before(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Whether the character before is one of the mask."""
    return np.concatenate([[False], mask[:-1]])


def _stopped(text: str) -> bool:
    tail = text[:MEASURED].rstrip(CLOSERS)
    return bool(tail) and (tail[-1] in STOPS or len(text) > MEASURED)
