"""All dates that a text names, each with what it is the date of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from articles.core.metadata import ranges, relative
from articles.core.metadata.almanac import has_digit, plain, tables
from articles.core.metadata.clock import alone, beside, shift_of
from articles.core.metadata.roles import REASONS, ROLES, relative_role, role_of
from articles.core.metadata.written import scan, years
from articles.core.values import DateMention, DateRole, Field, Passage

COPYRIGHT = re.compile(r"(?:©|\(c\)|\bcopyright\b)[^\d\n]{0,30}(?P<a>(?:19|20)\d\d)(?:\s*-\s*(?P<b>(?:19|20)\d\d))?")
# The page's last line may sign with its name and the year alone.
LAST_YEAR = re.compile(r", ?(?P<year>(?:19|20)\d\d)[ .]*$")
# A day and a month without a year, as news tickers print them, glued to their headline or not.
TICKER = re.compile(r"(?m)^[^\w\n]{0,3}(?P<day>[0-3]\d)[/.](?P<month>[01]\d)(?![\d/.])")
# "י״ד בשבט תשפ״ג": a day in letters, a month, a year in letters or none.
HEBREW_DAY = re.compile(
    r"(?<!\w)[א-ל](?:[\"״׳'][א-ט]|[א-ט]?[\"״׳'])? ?ב(?:" + "|".join(tables()["hebrew months"].split()) + r")(?!\w)"
    r"(?: ה?ת[א-ת]{1,2}[\"״][א-ת])?"
)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# A day of a leap year, where only the time of day is asked.
LEAP = "2000-01-01"
# "18/3" is the shortest date, "hoy" the shortest word for one; a page may hold many thousands of shorter lines.
SHORTEST = 3


def anchor_of(published: Field | str | None) -> date | None:
    """The day of publication that relative words are counted from, or None."""
    value = published.value if isinstance(published, Field) else published
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def find(
    passages: Sequence[Passage], published: Field | str | None, language: str, *, month_first: bool | None = None
) -> tuple[DateMention, ...]:
    """The dates of all passages in reading order. ``published`` anchors relative words ("mardi"), and its time zone is
    that of the times of day which say none."""
    details = published.details if isinstance(published, Field) else {}
    if month_first is None and "figures" in details:
        month_first = details["figures"] == "month first"
    page = Page(
        anchor=anchor_of(published),
        language=language,
        month_first=language == "en" if month_first is None else month_first,
        zone=details.get("timezone", ""),
        zone_from=details.get("timezone_from", "") if details.get("timezone") else "",
    )
    return tuple(mention for passage in passages for mention in _in_passage(passage, page))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is known of the page when its dates are read: the day of publication, and the zone of its times of day."""

    anchor: date | None
    language: str
    month_first: bool
    zone: str
    zone_from: str

    def time(self, day: str | None, clock: tuple[int, int], offset: int | None) -> tuple[str, str]:
        """(time of day with its offset, where the offset comes from)."""
        said = f"{clock[0]:02}:{clock[1]:02}"
        source = "stated" if offset is not None else "unknown"
        if offset is None and self.zone and day is not None:
            offset = shift_of(self.zone, f"{day}T{said}")
            source = self.zone_from if offset is not None else "unknown"
        if offset is None:
            return said, source
        return f"{said}{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}", source


class _Mentions:
    """The dates of one passage; the first that claims some words has them."""

    def __init__(self, passage: Passage, page: Page) -> None:
        self.passage, self.page, self.text = passage, page, passage.text
        self.found: list[DateMention] = []
        self.taken = bytearray(len(self.text) + 1)

    def free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])

    def take(self, start: int, end: int) -> None:
        """These words belong to a date: they are no mention of their own."""
        self.taken[start:end] = b"\1" * (end - start)

    def add(self, start: int, end: int, value: str | None, role: DateRole, reason: str = "", *,
            clock: tuple[int, int] | None = None, offset: int | None = None, precision: str = "") -> None:  # fmt: skip
        """A date at ``[start, end)`` of the text, unless its words are part of another."""
        if start >= end or not self.free(start, end):
            return
        self.take(start, end)
        time = source = ""
        if clock is not None:
            time, source = self.page.time(value if DAY.fullmatch(value or "") else None, clock, offset)
        self.found.append(
            DateMention(
                span=self.passage.raw(start, end),
                surface=self.text[start:end],
                value=value,
                role=role,
                reason=reason or REASONS[role],
                precision="minute" if clock else precision or ranges.precision_of(value),
                until=ranges.until(value),
                time=time,
                timezone_from=source,
            )
        )


def _in_passage(passage: Passage, page: Page) -> list[DateMention]:
    text, kind = passage.text, passage.block.kind
    if len(text) < SHORTEST:
        return []
    mentions = _Mentions(passage, page)
    for start, end, year in _copyright(text, kind):
        mentions.add(start, end, year, "copyright")
    if ROLES.get(kind) == "related":
        for ticker in TICKER.finditer(text):
            mentions.add(ticker.start("day"), ticker.end(), _day_of_year(ticker), "related")
    _add_written(mentions)
    _add_relative(mentions)
    if kind not in ROLES:
        for start, end, clock in alone(text):
            mentions.add(start, end, None, "event", "a time of day; nothing says of which day", clock=clock)
    return sorted(mentions.found, key=lambda mention: mention.span)


def _add_written(mentions: _Mentions) -> None:
    text, kind, page = mentions.text, mentions.passage.block.kind, mentions.page
    for written in scan(text, month_first=page.month_first):
        ahead = relative.to_come(text, written.start, page.language)
        day = _completed(written.value, page.anchor, kind, ahead=ahead)
        role = role_of(kind, day, page.anchor, text, written.start)
        mentions.add(*written.words, day, role, clock=written.time, offset=written.offset)
        if written.time is not None:
            mentions.take(written.start, written.end)
    for match in HEBREW_DAY.finditer(text):
        reason = "a day of the Hebrew calendar, which is not converted"
        mentions.add(match.start(), match.end(), None, role_of(kind, "--", None, text, match.start()), reason,
                     precision="day")  # fmt: skip
    for start, end, year in years(text):
        mentions.add(start, end, year, role_of(kind, year, page.anchor, text, start))


def _add_relative(mentions: _Mentions) -> None:
    text, kind, anchor = mentions.text, mentions.passage.block.kind, mentions.page.anchor
    folded = plain(text)
    for said in relative.scan(text, mentions.page.language):
        # "mardi 17 janvier": the weekday belongs to the date behind it, which is found already.
        if not mentions.free(said.start, min(said.end + 3, len(text))):
            continue
        value = said.resolved(anchor) if kind not in ROLES or ROLES[kind] == "publication" else None
        reason = "counted from the day of publication" if value else "nothing says from which day to count"
        timed = beside(text, folded, said.start, said.end, value or LEAP) if said.unit in ("day", "weekday") else None
        precision = "" if said.unit == "open" else {"weekday": "day", "named month": "month"}.get(said.unit, said.unit)
        mentions.add(said.start, said.end, value, relative_role(kind, value, anchor), reason, precision=precision,
                     clock=timed.clock if timed else None, offset=timed.offset if timed else None)  # fmt: skip
        if timed:
            mentions.take(timed.start, timed.end)


def _copyright(text: str, kind: str) -> Iterator[tuple[int, int, str]]:
    if kind == "legal" and (last := LAST_YEAR.search(text)):
        yield last.start("year"), last.end("year"), last["year"]
    for match in COPYRIGHT.finditer(plain(text)) if has_digit(text) else ():
        for group in ("a", "b"):
            if match[group]:
                yield match.start(group), match.end(group), match[group]


def _day_of_year(match: re.Match[str]) -> str | None:
    try:
        return f"--{date(2000, int(match['month']), int(match['day'])).isoformat()[5:]}"
    except ValueError:
        return None


def _completed(value: str, anchor: date | None, kind: str, *, ahead: bool) -> str:
    """A day without a year, in an article that is dated: the year that puts it closest to the day of publication, or
    the next such day where the text speaks of what is to come."""
    if not value.startswith("--") or anchor is None or ROLES.get(kind) == "related":
        return value
    near = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            near.append(date.fromisoformat(f"{year}-{value[2:]}"))
        except ValueError:
            continue
    if ahead and (later := [day for day in near if day >= anchor]):
        return later[0].isoformat()
    return min(near, key=lambda day: abs(day - anchor)).isoformat() if near else value
