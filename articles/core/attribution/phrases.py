"""Phrases that are written as data, made into patterns: how a row of ``data/attribution`` is read.

In a phrase ``~`` is the name it gives away, ``(a|b)`` a choice, ``[a]`` may be missing, ``_`` is any word, ``…`` are any
words up to a bound, ``:`` is a colon with or without white space around it, and ``>(a|b)`` says what must follow. All else
stands for itself, compared in folded text (see folding.py), where an offset means the same place as in the text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from articles.core.folding import fold

SIGNS = {
    "(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|", "_": r"\w{1,40}", "…": ".{0,160}?", ":": " {0,3}: {0,3}",
    " ": " {1,3}",
}  # fmt: skip
NAME = "~"
# How far before a cue the name may begin that stands before it.
WINDOW = 90
NOTHING = re.compile(r"(?!)")


class Phrase(NamedTuple):
    """A row of the data: the words, what an editor is told of them, and how much they weigh among their like."""

    words: str
    reason: str = ""
    weight: int = 1


class Heard(NamedTuple):
    """A name ``[start, end)`` of a text that a phrase gives away; ``cue`` is where the phrase's own words begin."""

    start: int
    end: int
    cue: int
    reason: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One phrase, cut at the name: what stands before it and behind it. One of the two may be None."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    reason: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """All phrases that give away one thing. ``scan`` finds where one of them stands; it ends where the name begins."""

    scan: re.Pattern[str]
    rows: tuple[Row, ...]

    def names(self, text: str, folded: str, name: re.Pattern[str]) -> Iterator[Heard]:
        """The names that the phrases give away. ``name`` says what one looks like; it is the group "name", if any."""
        for hit in self.scan.finditer(folded):
            for row in self.rows:
                if heard := _heard(row, hit.start(), text, folded, name):
                    yield heard
                    break


def pattern_of(phrase: str) -> str:
    """The pattern of words over folded text, without the name."""
    words = re.sub(r" ?: ?", ":", fold(phrase).replace(NAME, ""))
    head, sign, ahead = words.partition(">")
    written, following = ("".join(SIGNS.get(char, re.escape(char)) for char in part) for part in (head, ahead))
    return f"{written}(?={following})" if sign else written


def any_of(phrases: Sequence[Phrase]) -> str:
    """One pattern for any of these phrases, the longest first; without phrases it matches nothing."""
    ordered = sorted((phrase.words for phrase in phrases), key=len, reverse=True)
    return f"(?:{'|'.join(map(pattern_of, ordered))})" if ordered else NOTHING.pattern


def slot_of(phrases: Sequence[Phrase]) -> Slot:
    """The phrases as they are searched with. Words begin where a word begins, which is tested once for all of them."""
    rows: list[Row] = []
    words: list[str] = []
    marks: list[str] = []
    for phrase in sorted(phrases, key=lambda one: len(one.words), reverse=True):
        before, _, after = phrase.words.partition(NAME)
        first = pattern_of(before) if before else ""
        last = f"{pattern_of(after)}(?!\\w)" if after else ""
        cue = first or last
        (marks if cue.startswith((" ", ",")) else words).append(cue)
        rows.append(
            Row(
                before=re.compile(first) if first else None,
                after=re.compile(last) if last else None,
                reason=phrase.reason,
                weight=phrase.weight,
            )
        )
    scans = [rf"(?<!\w)(?:{'|'.join(words)})"] if words else []
    return Slot(scan=re.compile("|".join([*scans, *marks])) if rows else NOTHING, rows=tuple(rows))


@cache
def _at_the_end(name: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’\-])(?:{name.pattern})\Z")


def _heard(row: Row, at: int, text: str, folded: str, name: re.Pattern[str]) -> Heard | None:
    if row.before is None:
        stands = row.after is not None and row.after.match(folded, at)
        start = max(0, at - WINDOW)
        found = _at_the_end(name).search(text[start:at]) if stands else None
    else:
        cue = row.before.match(folded, at)
        start = cue.end() if cue else 0
        found = _between(row.after, text, folded, start, name) if cue else None
    if found is None:
        return None
    first, last = found.span("name") if "name" in name.groupindex else found.span()
    return Heard(start + first, start + last, at, row.reason, row.weight)


def _between(
    after: re.Pattern[str] | None, text: str, folded: str, start: int, name: re.Pattern[str]
) -> re.Match[str] | None:
    """The name that begins at ``start``; where words must follow it, all that stands before them."""
    window = text[start : start + WINDOW]
    if after is None:
        return name.match(window)
    ends = (match.start() - start for match in after.finditer(folded, start, start + WINDOW))
    return next((found for end in ends if (found := name.fullmatch(window[:end]))), None)
