"""Where a page says when it was published or changed: its head, the lines that date it, its address."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.core.edits import Span
from articles.core.folding import fold
from articles.core.metadata.almanac import has_digit, months, tables
from articles.core.metadata.written import Written, scan
from articles.core.registry import addresses
from articles.core.values import Passage, Scraped

# Facts of the head that tell of the publication and of the last change, the surest first.
PUBLISHED_FACTS = (
    "article:published_time",
    "datepublished",
    "itemprop:datepublished",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "published_time",
    "published_at",
    "published-date",
    "pubdate",
    "pub_date",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dc.date.issued",
    "dc.issued",
    "dc.date.created",
    "dc.created",
    "dc.date",
    "dc.available",
    "meta:published",
    "published",
    "date",
    "datecreated",
)
CHANGED_FACTS = ("article:modified_time", "datemodified", "itemprop:datemodified", "article:modified",
                 "og:article:modified_time", "og:updated_time", "dc.modified", "dc.date.modified")  # fmt: skip


def _said(words: str) -> re.Pattern[str]:
    """Any of these phrases of the calendar, as words of their own; a figure may be glued before them."""
    phrases = sorted((fold(phrase) for phrase in tables()[words].split("|")), key=len, reverse=True)
    return re.compile(r"(?:\b|(?<=\d))(?:" + "|".join(map(re.escape, phrases)) + r")\b")


UPDATED, PUBLISHED = _said("changed"), _said("published")
# A day in an address: /2023/12/19/, /2023/dec/19/, /2023-12-19, -20231219.
IN_ADDRESS = re.compile(
    r"[/\-_](?P<year>(?:19|20)\d\d)(?P<mark>[/\-_]?)(?P<month>0?[1-9]|1[0-2]|[a-z]{3})"
    r"(?:(?P=mark)(?P<day>0[1-9]|[12]\d|3[01]|(?<=[/\-_])[1-9]))?(?=[/\-._?#]|$)"
)
# How far before a date the word may stand that says what it is the date of.
NEAR = 200
KINDS = {"date": 0, "byline": 1, "section": 2, "source": 3}
# Short lines that hold a date and little else date the page too, whatever they were taken for: these beside the
# headline, and those and the second row's wherever they say that it was published then.
ALSO = frozenset({"navigation", "share", "subtitle", "title", "heading", "ad"})
SAYING = frozenset({"widget", "credit", "body", "list", "subscribe"})
LITTLE_ELSE, MANY_WORDS = 32, 2000
ABOVE, BELOW = 4, 10
PLAUSIBLE = re.compile(r"(?:1[6-9]|20)\d\d")
HELD = re.compile(r"\b(?:embargo\w*|sperrfrist|not for (?:publication|release)|ne pas (?:publier|diffuser))\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date, where it stands, and why it may be the publication's.

    ``head`` when the page's head says it, ``beside`` the headline in a line that dates the page, ``change`` when it is
    the date of a change, ``stray`` on a line far from the article that does not say what it is the date of.
    """

    written: Written
    span: Span | None
    reason: str
    head: bool = False
    beside: bool = False
    change: bool = False
    stray: bool = False


def is_held(text: str, at: int) -> bool:
    """Whether the date that begins here is the day until which the text is held back: it dates nothing."""
    return HELD.search(fold(text[max(0, at - NEAR) : at])) is not None


def is_update(text: str, at: int) -> bool:
    """Whether the date at this place says when the page was changed: the nearest word before it decides."""
    before = fold(text[max(0, at - NEAR) : at])
    changed = [match.start() for match in UPDATED.finditer(before)]
    said = [match.start() for match in PUBLISHED.finditer(before)]
    return bool(changed) and (not said or changed[-1] > said[-1])


def in_head(scraped: Scraped, names: Sequence[str], *, month_first: bool, change: bool = False) -> Iterator[Dated]:
    """The first date in each fact of these names."""
    for wanted in names:
        for name, value, span in scraped.metadata:
            if name.lower() == wanted:
                for written in scan(value, month_first=month_first)[:1]:
                    if written.precision in ("minute", "day") and PLAUSIBLE.match(written.value):
                        yield Dated(written=written, span=span, reason=f"page head: {name}", head=True, change=change)


def in_lines(scraped: Scraped, passages: Sequence[Passage], *, month_first: bool) -> list[Dated]:
    """Dates of the lines that date a page: those beside the headline and those that say "published" first, updates
    last; then the time elements beside the headline."""
    found: list[tuple[tuple[object, ...], Dated]] = []
    edges = _edges(passages)
    for order, passage in enumerate(passages):
        near = any(-ABOVE <= order - edge <= BELOW for edge in edges)
        for weight, dated in _in_line(passage, near=near, alone=not edges, month_first=month_first):
            found.append(((*weight, order, dated.written.start), dated))
    found.sort(key=lambda row: row[0])
    return [*(dated for _, dated in found), *_times(scraped, passages, edges)]


def _edges(passages: Sequence[Passage]) -> list[int]:
    """The places of the title and of the first line of the text, where there are such."""
    kinds = [passage.block.kind for passage in passages]
    return [kinds.index(kind) for kind in ("title", "body") if kind in kinds]


def _in_line(
    passage: Passage, *, near: bool, alone: bool, month_first: bool
) -> Iterator[tuple[tuple[object, ...], Dated]]:
    text, kind = passage.text, passage.block.kind
    rank = KINDS.get(kind)
    if rank is None and not (kind in ALSO | SAYING or (near and kind == "related" and len(text) <= 4 * LITTLE_ELSE)):
        return
    if (rank is None and len(text) > MANY_WORDS) or not has_digit(text):
        return
    dates = scan(text, month_first=month_first)
    one_day = len({one.value for one in dates}) == 1
    for written in dates:
        if written.precision not in ("minute", "day", "month") or not PLAUSIBLE.match(written.value):
            continue
        if is_held(text, written.start):
            continue
        said = PUBLISHED.search(fold(text[max(0, written.start - NEAR) : written.start])) is not None
        change = is_update(text, written.start)
        little_else = len(_line(text, written.start)) - (written.end - written.start) <= LITTLE_ELSE
        beside = near and (kind in ALSO or (kind == "related" and one_day))
        if rank is None and not (little_else and (said or change or beside)):
            continue
        if kind == "source" and not said:
            continue
        reason = "line that dates a change" if change else "date line"
        span = passage.raw(written.start, written.end)
        stray = rank is None or not (near or said or alone)
        weight = (stray, change, not near, not said, 9 if rank is None else rank, written.precision == "month")
        yield (
            weight,
            Dated(
                written=written,
                span=span,
                reason=reason,
                beside=near,
                change=change,
                stray=stray and not (near or said),
            ),
        )


def _line(text: str, at: int) -> str:
    """The line of a passage in which this place is."""
    return text[text.rfind("\n", 0, at) + 1 :].split("\n", 1)[0]


def _times(scraped: Scraped, passages: Sequence[Passage], edges: Sequence[int]) -> Iterator[Dated]:
    """Time elements beside the headline; wherever they stand, when all of them tell the same day."""
    starts = [passage.block.span.start for passage in passages]
    elsewhere: list[tuple[Written, Span]] = []
    for name, value, span in scraped.metadata:
        if name == "time" and passages:
            at = max(0, bisect_right(starts, span.start) - 1)
            found = [one for one in scan(value)[:1] if one.precision in ("minute", "day")]
            near = any(-ABOVE <= at - edge <= BELOW for edge in edges)
            if near and passages[at].block.kind not in ("comments", "related"):
                for written in found:
                    yield Dated(written=written, span=span, reason="time element beside the headline")
            elsewhere += [(written, span) for written in found]
    if len({written.value for written, _ in elsewhere}) == 1:
        written, span = elsewhere[0]
        yield Dated(written=written, span=span, reason="the only day that time elements of the page tell")


def in_address(scraped: Scraped) -> Iterator[Dated]:
    """A date in the address, which proves nothing: it has no span."""
    for address in addresses(scraped):
        for match in IN_ADDRESS.finditer(address.lower()):
            name = match["month"]
            month = int(name) if name.isdigit() else months().get(name)
            if month is None or (not match["mark"] and not match["day"]):
                continue
            parts = [match["year"], f"{month:02}", *([match["day"].zfill(2)] if match["day"] else [])]
            for written in scan("-".join(parts))[:1] if match["day"] else [_month("-".join(parts))]:
                yield Dated(written=written, span=None, reason="date in the address of the page")


def _month(value: str) -> Written:
    return Written(start=0, end=0, value=value, precision="month")
