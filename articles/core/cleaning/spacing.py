"""Machine edits inside blocks, kept or not (an editor may keep a removed one later): spaces, invisible characters,
and lines that a narrow page had wrapped.

French typography stays: no-break spaces before ; : ! ? » and behind «, or between digits, are the author's.
"""

import re
from collections.abc import Iterator, Sequence

from articles.core.edits import Edit, Span
from articles.core.values import Block, Scraped

SPACES = re.compile(r"[ \t]{2,}|\t")
# A run of spaces is tried from its first one only: from each of them, a long run would take the square of its length.
WRAP = re.compile("(?:(?<![ \t])[ \t]++|)(?:\r\n|[\r\n\f\v\u2028\u2029])\\s*")
# Soft hyphen, zero-width space, word joiner, byte order mark, replacement slot, control characters.
JUNK = re.compile("[\xad\u200b\u2060\ufeff\ufffc\x01-\x08\x0e-\x1f\x7f]+")
# Joiners and direction marks: they shape and order the letters of some scripts, and emoji; elsewhere they are junk.
JOINERS = re.compile("[\u200c\u200d\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+")
NEEDS_MARKS = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe0f\ufe70-\ufefc\u2600-\u27bf\U0001f000-\U0001faff\u2640\u2642]"
)
AROUND = 40
WRAPPED = re.compile(r"[^\r\n]{39}[^\r\n.!?…:»”\"]\Z")


def spacing_edits(scraped: Scraped, blocks: Sequence[Block]) -> tuple[Edit, ...]:
    """The edits, in order; none overlaps another, or the markup of a page."""
    raw = scraped.raw_text
    taken = sorted((edit.span.start, edit.span.end) for edit in scraped.markup)
    found: list[Edit] = []
    at = 0
    for block in blocks:
        edits = _of_block(raw, block.span, pages=bool(scraped.markup), kept=block.kept)
        for edit in sorted(edits, key=_longest_first):
            while at < len(taken) and taken[at][1] <= edit.span.start:
                at += 1
            free = at == len(taken) or taken[at][0] >= edit.span.end
            if free and (not found or found[-1].span.end <= edit.span.start):
                found.append(edit)
    return tuple(found)


def _of_block(raw: str, span: Span, *, pages: bool, kept: bool) -> Iterator[Edit]:
    end = span.start + len(span.of(raw).rstrip())
    begin = end - len(raw[span.start : end].lstrip())
    if begin >= end:
        return
    for match in JUNK.finditer(raw, begin, end):
        yield _edit(match, "", "invisible characters")
    for match in JOINERS.finditer(raw, begin, end):
        around = raw[max(0, match.start() - AROUND) : match.end() + AROUND]
        if not NEEDS_MARKS.search(around):
            yield _edit(match, "", "invisible characters")
    # On a page the browser's folding of white space is part of the markup already.
    if pages:
        return
    for match in WRAP.finditer(raw, begin, end):
        # A removed block may hold several lines, each of its own: only what a narrow page had wrapped is joined.
        if not kept and not WRAPPED.search(raw, max(begin, match.start() - AROUND), match.start()):
            continue
        yield _edit(match, " ", "line break inside a paragraph")
    for match in SPACES.finditer(raw, begin, end):
        yield _edit(match, " ", "several spaces")


def _edit(match: re.Match[str], replacement: str, reason: str) -> Edit:
    return Edit(span=Span(start=match.start(), end=match.end()), replacement=replacement, reason=reason)


def _longest_first(edit: Edit) -> tuple[int, int]:
    return edit.span.start, -edit.span.end
