"""A text cut into words, marks and elisions, and these into sentences: what the trained recogniser reads."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# "l'", "d'", "qu'" are words of their own, so that a name begins behind them; so is the mark behind an English name.
TOKEN = re.compile(
    r"(?:[ldcjmntsLDCJMNTS]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)['’](?=\w)"
    r"|(?:[^\W\d_]\.){2,}"
    r"|(?:M|MM|Mme|Mlle|Dr|Pr|Me|Mgr|St|Ste|Mr|Mrs|Ms|Prof|Gen|Lt|Col|Sen|Rep|Inc|Co|Ltd|Jr|av|bd|vs)\.(?=\s)"
    r"|[^\W\d_]\.(?=\s?[^\W\d_])(?<!\w\w\.)"
    r"|['’]s\b"
    # A day of a ticker is glued to its headline: "14/02Marco".
    r"|\d+(?:[.,:]\d+)*(?:(?![A-ZÀ-Þ]\w*[a-zà-ÿ]{2})\w+)?"
    r"|\w+(?:[-‐‑]\w+|&\w+|['’](?!s\b)\w+)*"
    r"|\n"
    r"|[^\w\s]"
)
ENDS = frozenset(".!?…")
CLOSES = frozenset("»”\"')")
# A sentence of so many words is none: it is cut, so that one line costs no more than a page of lines.
LONGEST = 120


class Token(NamedTuple):
    """A word or mark at ``[start, end)`` of its text."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words and marks of a text in order; a line break is one too."""
    return [Token(match[0], *match.span()) for match in TOKEN.finditer(text)]


def sentences(found: list[Token]) -> Iterator[list[Token]]:
    """The sentences of a text, without line breaks; none is empty or longer than ``LONGEST``."""
    sentence: list[Token] = []
    ended = False
    for token in found:
        mark = token.text
        if sentence and (
            mark == "\n" or len(sentence) >= LONGEST or (ended and mark not in CLOSES and not mark[0].islower())
        ):
            yield sentence
            sentence = []
        if mark != "\n":
            sentence.append(token)
            ended = mark in ENDS or (ended and mark in CLOSES)
        else:
            ended = False
    if sentence:
        yield sentence
