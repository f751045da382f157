"""Raw -> lines: the runs that can have a fate of their own. Together they cover every character exactly once."""

import re
from collections.abc import Iterator

from articles.core.edits import Span, apply, stripped
from articles.core.values import Line, Place, Scraped

# Not \x1c-\x1e and \x85, at which str.splitlines also splits: in scraped text they are damage, not line ends.
LINE = re.compile("[^\r\n\f\v\u2028\u2029]*(?:\r\n|[\r\n\f\v\u2028\u2029]|$)")


def lines(scraped: Scraped) -> tuple[Line, ...]:
    """The lines of plain text, or the text runs of a page; none for an empty text.

    The white space (and, on a page, the markup) behind a line belongs to it, what stands before the first to the first.
    """
    raw = scraped.raw_text
    if not raw:
        return ()
    found = _of_page(scraped) if scraped.format == "html" or scraped.places else _of_text(raw)
    contents = list(found)
    if not contents:
        return (Line(span=Span(start=0, end=len(raw)), content=Span(start=0, end=0), text=""),)
    starts = [0, *(content.start for content, _, _ in contents[1:])]
    ends = [*starts[1:], len(raw)]
    return tuple(
        Line(span=Span(start=start, end=end), content=content, text=text, place=place)
        for start, end, (content, text, place) in zip(starts, ends, contents, strict=True)
    )


def _of_text(raw: str) -> Iterator[tuple[Span, str, Place | None]]:
    for match in LINE.finditer(raw):
        content = stripped(raw, Span(start=match.start(), end=match.end()))
        if len(content):
            yield content, folded(content.of(raw)), None


def _of_page(scraped: Scraped) -> Iterator[tuple[Span, str, Place | None]]:
    raw, markup, first, end = scraped.raw_text, sorted(scraped.markup, key=lambda edit: edit.span.start), 0, 0
    for place in scraped.places:
        # Places stand in order and apart; a format that breaks this must not break the ledger.
        if place.span.start < end or not len(place.span) or place.span.end > len(raw):
            continue
        while first < len(markup) and markup[first].span.start < place.span.start:
            first += 1
        last = first
        while last < len(markup) and markup[last].span.end <= place.span.end:
            last += 1
        text = folded(apply(raw, [place.span], markup[first:last]).text)
        first, end = last, place.span.end
        yield place.span, text, place


def folded(text: str) -> str:
    """Text with each run of white space as one space, as a reader sees it; no-break spaces stay what they are."""
    return " ".join(re.split(r"[ \t\r\n\f\v\u2028\u2029]+", text)).strip()
