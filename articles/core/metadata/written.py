"""Dates as they are written: numbers, month names in eight languages, ISO; with the time of day beside them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Literal

from articles.core.metadata.almanac import DIGITS, has_digit, months, plain
from articles.core.metadata.clock import CLOCK, clock_after, clock_of, offset_after

Precision = Literal["minute", "day", "month", "year", "day of a year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A date in a text: ``[start, end)`` of the text, ``value`` as precise as what was said (ISO 8601).

    ``offset`` is in minutes from UTC where the text says it. ``other`` is what the same digits mean when day and
    month are read the other way round; ``day`` where the words of the day stand, when a time stands with them.
    """

    start: int
    end: int
    value: str
    precision: Precision
    time: tuple[int, int] | None = None
    offset: int | None = None
    other: str | None = None
    day: tuple[int, int] | None = None

    @property
    def words(self) -> tuple[int, int]:
        """Where the words of the day stand, without its time."""
        return self.day or (self.start, self.end)

    @property
    def days(self) -> set[str]:
        """The days on which it may be said to lie: its own, and that of UTC where the offset is known."""
        return {self.value} | ({self.instant.date().isoformat()} if self.instant else set())

    @property
    def instant(self) -> datetime | None:
        """The moment in UTC where the offset is known."""
        if self.time is None or self.offset is None:
            return None
        try:
            return datetime.fromisoformat(self.iso()).astimezone(UTC)
        except OverflowError:
            return None

    def iso(self, offset: timedelta | None = None) -> str:
        """The value with its time, and the offset where the text says it or it is given."""
        if self.time is None:
            return self.value
        when = datetime.fromisoformat(f"{self.value}T{self.time[0]:02}:{self.time[1]:02}:00")
        if self.offset is not None:
            offset = timedelta(minutes=self.offset)
        return when.replace(tzinfo=timezone(offset) if offset is not None else None).isoformat()


def _named(*, short: bool) -> str:
    """A pattern for a month's name; in Hebrew and Arabic a letter such as "in" may be written with it."""
    names = sorted(map(re.escape, months(short=short)), key=len, reverse=True)
    return "[בלמהو]?(?P<month>" + "|".join(names) + r")\b\.?"


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    month, any_month = _named(short=False), _named(short=True)
    year, day = r"(?P<year>[12]\d{3})(?![\d])", r"(?P<day>\d{1,2})"
    return tuple(
        (name, re.compile(pattern))
        for name, pattern in (
            (
                "iso",
                r"(?<!\d)(?P<year>[12]\d{3})-(?P<number>\d\d)-(?P<day>\d\d)(?:[t ](?P<hour>\d\d):(?P<minute>\d\d)"
                r"(?::\d\d(?:[.,]\d{1,9})?)?)?(?!\d)",
            ),
            (
                "numbers",
                r"(?<![\d/.])(?<!\d-)(?P<a>\d{1,2})(?P<mark>[/.\-])(?P<b>\d{1,2})(?P=mark)"
                r"(?P<year>[12]\d{3}|\d\d)(?![\d/])(?!\.\d)",
            ),
            ("big", r"(?<![\d/.\-])(?P<year>[12]\d{3})[/.](?P<number>\d\d?)[/.](?P<day>\d\d?)(?![\d/.])"),
            ("east", r"(?<!\d)(?P<year>[12]\d{3})[年년]\s?(?P<number>\d\d?)[月월]\s?(?P<day>\d\d?)[日일]"),
            (
                "day month",
                rf"(?<![\d/.:,]){day}(?:er|st|nd|rd|th|\.|º|°)?[ -]{{1,2}}(?:de |of |d')?{any_month}"
                rf"(?:,? (?:de |del |do )?|-){year}",
            ),
            ("month day", rf"\b{any_month} {day}(?:st|nd|rd|th)?,? {year}"),
            ("year month day", rf"(?<!\d){year},? {any_month} {day}(?!\d)"),
            ("day month", rf"(?<![\d/.:,]){day}(?:er|st|nd|rd|th|\.)? (?:de |of )?{month}(?! *\d)"),
            ("month day", rf"\b{month} {day}(?:st|nd|rd|th)?(?![\d:.,]*\d)"),
            ("month", rf"\b{month},? (?:de |of |del |do )?{year}"),
        )
    )


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _numbers(match: re.Match[str], *, month_first: bool) -> tuple[str, str | None] | None:
    year = int(match["year"])
    if len(match["year"]) == 2:
        # Two digits of a year are this century's in the press; a hyphen between them is more often not a date, nor are dots
        # unless all three have two digits: 30.04.24.
        if match["mark"] == "-" or (match["mark"] == "." and len(match[0]) < len("30.04.24")):
            return None
        year += 2000
    a, b = int(match["a"]), int(match["b"])
    first, second = _day(year, a, b), _day(year, b, a)
    value, other = (first, second) if month_first else (second, first)
    if value is None:
        value, other = other, None
    return (value, other if other != value else None) if value else None


def scan(text: str, *, month_first: bool = False) -> list[Written]:
    """All absolute dates of a text, in order, the most precise reading where two overlap."""
    if not has_digit(text):
        return []
    folded = plain(text)
    taken = bytearray(len(folded))
    found: list[Written] = []
    for name, pattern in _patterns():
        for match in pattern.finditer(folded):
            if any(taken[match.start() : match.end()]):
                continue
            written = _read(name, match, text, folded, month_first=month_first)
            if written is not None:
                found.append(written)
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    found += [first for written in found if (first := _range(written, folded)) is not None]
    return sorted(found, key=lambda written: written.start)


FROM = re.compile(r"(?<![\d/.:,])(?P<day>\d{1,2})(?:er|st|nd|rd|th|\.)? ?(?:au|et|-|to|and|bis|und|al|y|e) ?$")


def _range(written: Written, folded: str) -> Written | None:
    """The first day of "21 au 29 juin", whose month stands behind the second."""
    match = FROM.search(folded, max(0, written.start - 16), written.start)
    if match is None or written.time is not None or written.precision not in ("day", "day of a year"):
        return None
    prefix, day = written.value[:-2], int(match["day"])
    if not 1 <= day < int(written.value[-2:]):
        return None
    start, end = match.span("day")
    return Written(start=start, end=end, value=f"{prefix}{day:02}", precision=written.precision)


def _read(name: str, match: re.Match[str], text: str, folded: str, *, month_first: bool) -> Written | None:
    groups = match.groupdict()
    other: str | None = None
    precision: Precision = "day"
    value: str | None
    if name == "numbers":
        pair = _numbers(match, month_first=month_first)
        value, other = pair or (None, None)
    elif name == "month":
        value, precision = f"{int(groups['year']):04}-{months()[groups['month']]:02}", "month"
    elif groups.get("year"):
        month = int(groups["number"]) if groups.get("number") else months(short=True)[groups["month"]]
        value = _day(int(groups["year"]), month, int(groups["day"]))
    else:
        # 2000 is a leap year, so that 29 February is a day of some year.
        day = _day(2000, months()[groups["month"]], int(groups["day"]))
        value, precision = (f"--{day[5:]}" if day else None), "day of a year"
    if value is None:
        return None
    written = Written(start=match.start(), end=match.end(), value=value, precision=precision, other=other)
    return _with_time(written, match, text, folded) if precision == "day" else written


def _with_time(written: Written, match: re.Match[str], text: str, folded: str) -> Written:
    groups = match.groupdict()
    if groups.get("hour"):
        if int(groups["hour"]) > 23 or int(groups["minute"]) > 59:
            return written
        said = int(groups["hour"]), int(groups["minute"])
        offset = offset_after(text, folded, match.end(), _local(written, said))
        return _timed(written, written.start, written.end, said, offset)
    clock, at = clock_after(folded, written.end)
    if clock is None:
        window = max(0, written.start - 24)
        clocks = [(c, m) for m in CLOCK.finditer(folded, window, written.start) if (c := clock_of(m))]
        if not clocks:
            return written
        clock, before = clocks[-1]
        offset = offset_after(text, folded, before.end(), _local(written, clock))
        return _timed(written, before.start(), written.end, clock, offset)
    return _timed(written, written.start, at, clock, offset_after(text, folded, at, _local(written, clock)))


def _local(written: Written, clock: tuple[int, int]) -> str:
    return f"{written.value}T{clock[0]:02}:{clock[1]:02}"


def _timed(written: Written, start: int, end: int, clock: tuple[int, int], offset: int | None) -> Written:
    # Of "2023-01-18T16:30" the first ten characters are the day.
    day = (written.start, written.start + 10 if (start, end) == (written.start, written.end) else written.end)
    return Written(
        day=day,
        start=start,
        end=end,
        value=written.value,
        precision="minute",
        time=clock,
        offset=offset,
        other=written.other,
    )


FIGURES = re.compile(
    r"(?<![\d/.\-])(?P<a>\d{1,2})(?P<mark>[/.])(?P<b>\d{1,2})(?P=mark)(?:[12]\d{3}|\d\d)(?![\d/])|"
    r"(?m:^)[^\w\n]{0,3}(?P<c>[0-3]\d)/(?P<d>[0-3]\d)(?![\d/.])"
)


def figures_say(texts: Iterable[str]) -> bool | None:
    """Whether the figures of a page write the month first, as far as a number beyond twelve proves it: 25/12, 12/25.
    None when nothing does, or both."""
    said = set()
    for text in filter(has_digit, texts):
        for match in FIGURES.finditer(text.translate(DIGITS)):
            first, second = int(match["a"] or match["c"]), int(match["b"] or match["d"])
            if 1 <= min(first, second) <= 12 < max(first, second) <= 31:
                said.add(second > 12)
    return said.pop() if len(said) == 1 else None


YEAR = re.compile(
    r"(?:\b(?P<lead>en|in|depuis|since|des|jusqu'en|d'ici|by|until|avant|before|apres|after|l'an|l'annee|de|of) )?"
    r"(?P<said>(?:\b(?P<part>la fin|le debut|debut|fin|mi|late|early|mid|the end of|the start of)[ -])?"
    r"\b(?P<year>(?:1[5-9]|20)\d\d))(?![\d.,/%\-]*\d)(?! ?(?:%|euros|dollars|personnes|people|soldats|ans\b|km|m\b))"
)


DECADE = re.compile(r"\b(?:the (?P<en>(?:19|20)\d0)['’]?s|annees (?P<fr>(?:19|20)\d0))\b")


def years(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, year) of years that stand alone beside a word that makes them a date; a decade is an interval."""
    if not has_digit(text):
        return
    for match in DECADE.finditer(plain(text)):
        decade = match["en"] or match["fr"]
        yield match.start("en" if match["en"] else "fr"), match.end(), f"{decade}/{decade[:3]}9"
    for match in YEAR.finditer(plain(text)):
        if match["lead"] or match["part"]:
            yield match.start("said"), match.end(), match["year"]
