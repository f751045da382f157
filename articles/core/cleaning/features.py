"""What is measured on a line before any rule looks at it."""

import re
from dataclasses import dataclass

from articles.core.edits import Span
from articles.core.folding import fold
from articles.core.values import Place

WORDS = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")
CLOSERS = "\"'»”’)]› \xa0\u202f"
STOPS = ".!?…。؟！？:;"
SENTENCE_END = re.compile(r"[.!?…؟][\"'»”’)\]]*[\s\xa0]+(?=[\"'«“‘(\[]?[\s\xa0]?[A-ZÀ-ÖØ-Þ\u0400-\u042f\u0590-\u06ff])")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# A line is measured by its beginning; nothing that decides its fate comes later.
MEASURED = 4000
ENOUGH_FOR_PROSE = 14
SURELY_PROSE = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A line, or a part of one that was cut off, with what the rules ask about it."""

    start: int
    content: Span
    text: str
    folded: str
    words: int
    sentences: int
    stopped: bool
    capitals: float
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
    seen = text[:MEASURED]
    words = WORDS.findall(seen)
    tail = seen.rstrip(CLOSERS)
    return Run(
        start=start,
        content=content,
        text=text,
        folded=fold(seen),
        words=len(words),
        sentences=len(SENTENCE_END.findall(seen)) + 1 if words else 0,
        stopped=bool(tail) and (tail[-1] in STOPS or len(text) > MEASURED),
        capitals=sum(word[0].isupper() or word[0].isdigit() for word in words) / len(words) if words else 0.0,
        blank_before=blank_before,
        place=place,
    )
