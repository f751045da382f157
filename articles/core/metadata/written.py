"""Dates as they are written: numbers, month names in eight languages, ISO; with the time of day beside them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any, Literal

from articles.core.folding import fold
from articles.core.registry import data

Precision = Literal["minute", "day", "month", "year", "day of a year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A date in a text: ``[start, end)`` of the text, ``value`` as precise as what was said (ISO 8601).

    ``offset`` is in minutes from UTC where the text says it. ``other`` is what the same digits mean when day and
    month are read the other way round.
    """

    start: int
    end: int
    value: str
    precision: Precision
    time: tuple[int, int] | None = None
    offset: int | None = None
    other: str | None = None

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


@cache
def tables() -> Any:
    """The names of months, weekdays and days, folded."""
    return json.loads(data("calendar.json"))


@cache
def months() -> dict[str, int]:
    return {fold(name): int(number) for number, names in tables()["months"].items() for name in names.split()}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    month = "(?P<month>" + "|".join(sorted(map(re.escape, months()), key=len, reverse=True)) + r")\b\.?"
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
                r"(?<![\d/.\-])(?P<a>\d{1,2})(?P<mark>[/.\-])(?P<b>\d{1,2})(?P=mark)"
                r"(?P<year>[12]\d{3}|\d\d)(?![\d/])(?!\.\d)",
            ),
            ("big", r"(?<![\d/.\-])(?P<year>[12]\d{3})[/.](?P<number>\d\d?)[/.](?P<day>\d\d?)(?![\d/.])"),
            (
                "day month",
                rf"(?<![\d/.:,]){day}(?:er|st|nd|rd|th|\.|º|°)?[ -]{{1,2}}(?:de |of |d')?{month}"
                rf"(?:,? (?:de |del )?|-){year}",
            ),
            ("month day", rf"\b{month} {day}(?:st|nd|rd|th)?,? {year}"),
            ("year month day", rf"(?<!\d){year},? {month} {day}(?!\d)"),
            ("day month", rf"(?<![\d/.:,]){day}(?:er|st|nd|rd|th|\.)? (?:de |of )?{month}(?! *\d)"),
            ("month day", rf"\b{month} {day}(?:st|nd|rd|th)?(?![\d:.,]*\d)"),
            ("month", rf"\b{month},? (?:de |of )?{year}"),
        )
    )


CLOCK = re.compile(
    r"(?<![\d.,/:])(?P<hour>[01]?\d|2[0-3]) ?(?:(?P<mark>[h:]|\.(?=\d\d(?!\d))) ?(?P<minute>[0-5]\d)?(?::[0-5]\d)?)?"
    r"(?![\d/])\s?(?P<half>a\.?m\b\.?|p\.?m\b\.?)?"
)
OFFSET = re.compile(r"\s*\(?(?:(?P<zone>[a-z]{1,4})\b)?\s?(?P<sign>[+\-−])?(?P<h>\d{1,2})?:?(?P<m>\d\d)?(?!\d)")
AFTER = re.compile(r"^[\s,;|•·à@–\-—]{0,5}(?:(?:at|a|um|alle|las|as|kl)\b\.?)?[\s,:]{0,3}")


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _numbers(match: re.Match[str], *, month_first: bool) -> tuple[str, str | None] | None:
    year = int(match["year"])
    if len(match["year"]) == 2:
        # Two digits of a year are this century's in the press; a dot or hyphen between them is more often not a date.
        if match["mark"] != "/":
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
    folded = fold(text)
    taken = bytearray(len(folded))
    found: list[Written] = []
    for name, pattern in _patterns():
        for match in pattern.finditer(folded):
            if any(taken[match.start() : match.end()]):
                continue
            written = _read(name, match, folded, month_first=month_first)
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


def _read(name: str, match: re.Match[str], folded: str, *, month_first: bool) -> Written | None:
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
        month = int(groups["number"]) if groups.get("number") else months()[groups["month"]]
        value = _day(int(groups["year"]), month, int(groups["day"]))
    else:
        # 2000 is a leap year, so that 29 February is a day of some year.
        day = _day(2000, months()[groups["month"]], int(groups["day"]))
        value, precision = (f"--{day[5:]}" if day else None), "day of a year"
    if value is None:
        return None
    written = Written(start=match.start(), end=match.end(), value=value, precision=precision, other=other)
    return _with_time(written, match, folded) if precision == "day" else written


def _with_time(written: Written, match: re.Match[str], folded: str) -> Written:
    groups = match.groupdict()
    if groups.get("hour"):
        if int(groups["hour"]) > 23 or int(groups["minute"]) > 59:
            return written
        offset = _offset(folded, match.end())
        return _timed(written, written.start, written.end, (int(groups["hour"]), int(groups["minute"])), offset)
    clock, at = _clock_after(folded, written.end)
    if clock is None:
        window = max(0, written.start - 24)
        clocks = [(c, m) for m in CLOCK.finditer(folded, window, written.start) if (c := _clock(m))]
        if not clocks:
            return written
        clock, before = clocks[-1]
        return _timed(written, before.start(), written.end, clock, _offset(folded, before.end()))
    return _timed(written, written.start, at, clock, _offset(folded, at))


def _timed(written: Written, start: int, end: int, clock: tuple[int, int], offset: int | None) -> Written:
    return Written(
        start=start, end=end, value=written.value, precision="minute", time=clock, offset=offset, other=written.other
    )


def _clock_after(folded: str, at: int) -> tuple[tuple[int, int] | None, int]:
    lead = AFTER.match(folded[at : at + 16])
    start = at + (lead.end() if lead else 0)
    match = CLOCK.match(folded, start, start + 16)
    clock = _clock(match) if match else None
    return clock, match.end() if match and clock else at


def _clock(match: re.Match[str]) -> tuple[int, int] | None:
    """Hours and minutes, or None when the number is no time of day."""
    hour, half = int(match["hour"]), match["half"]
    if not half and (not match["mark"] or (match["mark"] != "h" and match["minute"] is None)):
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour, int(match["minute"] or 0)


def _offset(folded: str, at: int) -> int | None:
    """Minutes from UTC that are said right after a time, or None."""
    match = OFFSET.match(folded, at, at + 16)
    if match is None:
        return None
    zones: dict[str, int] = tables()["zones"]
    zone = match["zone"]
    if zone and zone not in zones:
        return None
    if match["sign"] and match["h"]:
        hours = int(match["h"])
        if hours <= 14 and (zone or len(match["h"]) == 2):
            shift = hours * 60 + int(match["m"] or 0)
            return -shift if match["sign"] != "+" else shift
    return zones[zone] if zone else None


YEAR = re.compile(
    r"(?:\b(?P<lead>en|in|depuis|since|des|jusqu'en|d'ici|by|until|avant|before|apres|after|l'an|l'annee|de|of) )?"
    r"(?P<said>(?:\b(?P<part>la fin|le debut|debut|fin|mi|late|early|mid|the end of|the start of)[ -])?"
    r"\b(?P<year>(?:1[5-9]|20)\d\d))(?![\d.,/%\-]*\d)(?! ?(?:%|euros|dollars|personnes|people|soldats|ans\b|km|m\b))"
)


DECADE = re.compile(r"\b(?:the (?P<en>(?:19|20)\d0)['’]?s|annees (?P<fr>(?:19|20)\d0))\b")


def years(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, year) of years that stand alone beside a word that makes them a date; a decade is an interval."""
    for match in DECADE.finditer(fold(text)):
        decade = match["en"] or match["fr"]
        yield match.start("en" if match["en"] else "fr"), match.end(), f"{decade}/{decade[:3]}9"
    for match in YEAR.finditer(fold(text)):
        if match["lead"] or match["part"]:
            yield match.start("said"), match.end(), match["year"]
