"""Raw -> lines: the runs that can have a fate of their own. Together they cover every character exactly once."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from articles.core.edits import Span, stripped
from articles.core.values import Line, Place, Scraped

# Not \x1c-\x1e and \x85, at which str.splitlines also splits: in scraped text they are damage, not line ends.
LINE = re.compile("[^\r\n\f\v\u2028\u2029]*(?:\r\n|[\r\n\f\v\u2028\u2029]|$)")
WHITE = re.compile("[ \t\r\n\f\v\u2028\u2029]+")
# Texts wrapped by a machine: between these widths, in at least this many lines, and mostly full ones.
NARROWEST, WIDEST, FEWEST, MOSTLY, SLACK = 40, 100, 6, 0.8, 4


def lines(scraped: Scraped) -> tuple[Line, ...]:
    """The lines of plain text, or the text runs of a page; none for an empty text.

    The white space (and, on a page, the markup) behind a line belongs to it, what stands before the first to the first.
    """
    raw = scraped.raw_text
    if not raw:
        return ()
    contents = list(_of_page(scraped) if scraped.format == "html" or scraped.places else _of_text(raw))
    if not contents:
        return (Line(span=Span(start=0, end=len(raw)), content=Span(start=0, end=0), text=""),)
    # Each line ends where the next one's words begin; the last with the text. In order, they need no check of their own.
    made, start, found = tuple.__new__, 0, []
    for at, (content, text, place) in enumerate(contents, 1):
        end = contents[at][0].start if at < len(contents) else len(raw)
        found.append(made(Line, (made(Span, (start, end)), content, text, place)))
        start = end
    return tuple(found)


def _of_text(raw: str) -> Iterator[tuple[Span, str, Place | None]]:
    found = [stripped(raw, Span(*match.span())) for match in LINE.finditer(raw)]
    # The pattern ends with an empty match; an empty line in between parts two paragraphs.
    width = _wrapped_at(raw, found)
    contents = _joined(raw, found, width) if width else [content for content in found if len(content)]
    for content in contents:
        yield content, folded(content.of(raw)), None


def _wrapped_at(raw: str, found: Sequence[Span]) -> int:
    """The width at which the text was wrapped by a machine, or 0 when each line is a paragraph.

    A line that a machine broke has no room for the first word of the next one, and seldom ends a sentence.
    """
    if max(map(len, found), default=0) > 4 * WIDEST:
        return 0
    inner = [(one, other) for one, other in pairwise(found) if len(one) and len(other)]
    if len(inner) < FEWEST or len(inner) == sum(map(bool, map(len, found))) - 1:
        return 0
    lengths = sorted(len(one) for one, _ in inner)
    width = lengths[int(len(lengths) * 0.95)]
    if not NARROWEST <= width <= WIDEST:
        return 0
    full = sum(_is_full(raw, one, other, width) for one, other in inner)
    ended = sum(raw[one.end - 1] in '.!?…»”"' for one, _ in inner)
    return width if full >= MOSTLY * len(inner) and ended <= (1 - MOSTLY) * len(inner) else 0


def _is_full(raw: str, one: Span, other: Span, width: int) -> bool:
    """Whether the first word of the next line had no room in this one, and the next is no item of a list."""
    word = other.of(raw).split(None, 1)[0]
    return len(one) + 1 + len(word) > width - SLACK and word[0] not in "-–—•*▪●◦>|"


def _joined(raw: str, found: Sequence[Span], width: int) -> Iterator[Span]:
    """Paragraphs: lines joined where a machine had broken them."""
    current: Span | None = None
    last = Span(start=0, end=0)
    for line in found:
        if not len(line):
            if current is not None:
                yield current
            current = None
        elif current is not None and _is_full(raw, last, line, width):
            current = Span(start=current.start, end=line.end)
        else:
            if current is not None:
                yield current
            current = line
        last = line
    if current is not None:
        yield current


def _of_page(scraped: Scraped) -> Iterator[tuple[Span, str, Place | None]]:
    raw, last = scraped.raw_text, 0
    edits = iter(sorted(scraped.markup))
    edit = next(edits, None)
    for place in scraped.places:
        start, end = place.span
        # Places stand in order and apart; a format that breaks this must not break the ledger.
        if not last <= start < end <= len(raw):
            continue
        last = end
        while edit is not None and edit.span.start < start:
            edit = next(edits, None)
        text = ""
        while edit is not None and edit.span.end <= end:
            text += raw[start : edit.span.start] + edit.replacement
            start = edit.span.end
            edit = next(edits, None)
        yield place.span, folded(text + raw[start:end]), place


def folded(text: str) -> str:
    """Text with each run of white space as one space, as a reader sees it; no-break spaces stay what they are."""
    if "  " not in text and text.isprintable():
        return text.strip()
    return WHITE.sub(" ", text).strip()
