"""Dates on one line: where each stands, and which gaps between them are squeezed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from itertools import pairwise
from math import log2

# Beyond so many days a gap is drawn as a break, with its length written on it.
BREAK = 45
DAY = re.compile(r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?(?![\d-])")
YEARLESS = re.compile(r"--(?P<month>\d\d)-(?P<day>\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The way between two neighbours on the line, in days; ``start`` and ``end`` in [0, 1]. ``squeezed``: it is longer
    than it looks."""

    days: int
    start: float
    end: float

    @property
    def squeezed(self) -> bool:
        return self.days > BREAK


def first_day(value: str | None) -> date | None:
    """The first day of what an ISO 8601 date names: a day, a week, a month, a year, the beginning of a range. None for
    what names no year."""
    match = DAY.match(value or "")
    if match is None or not MINYEAR <= int(match["year"]) <= MAXYEAR:
        return None
    try:
        if match["week"]:
            return date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
        return date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return None


def last_day(value: str | None) -> date | None:
    """The last day of what an ISO 8601 date names, as ``first_day`` its first."""
    first, match = first_day(value), DAY.match(value or "")
    if first is None or match is None or match["day"]:
        return first
    if match["week"]:
        return date.fromordinal(min(first.toordinal() + 6, date.max.toordinal()))
    month = int(match["month"] or 12)
    if (first.year, month) == (MAXYEAR, 12):
        return date.max
    return date.fromordinal(date(first.year + month // 12, month % 12 + 1, 1).toordinal() - 1)


def closest(value: str | None, to: date) -> int | None:
    """By how many days a day without a year (--02-14) misses a date at the least: below zero before it, above behind
    it. None for what is no such day."""
    match = YEARLESS.match(value or "")
    if match is None:
        return None
    found = []
    for year in (to.year - 1, to.year, to.year + 1):
        try:
            found.append((date(year, int(match["month"]), int(match["day"])) - to).days)
        except (ValueError, OverflowError):
            continue
    return min(found, key=abs, default=None)


def line_up(days: Iterable[date]) -> tuple[dict[date, float], list[Gap]]:
    """Where each day stands on a line from 0 to 1, and the gaps between them. A gap grows with the logarithm of its
    days, so that two years are seen to be far beside two days, and both fit."""
    ordered = sorted(set(days))
    if not ordered:
        return {}, []
    gaps = [(later - earlier).days for earlier, later in pairwise(ordered)]
    weights = [1 + log2(1 + gap) for gap in gaps]
    whole = sum(weights) or 1.0
    places, at = {ordered[0]: 0.0 if gaps else 0.5}, 0.0
    found = []
    for later, gap, weight in zip(ordered[1:], gaps, weights, strict=True):
        start, at = at, at + weight / whole
        places[later] = at
        found.append(Gap(days=gap, start=start, end=at))
    return places, found


def lanes(boxes: Sequence[tuple[float, float]], most: int) -> list[int | None]:
    """A lane for each box (start, end), so that none touch; those before later ones are served first. None where
    ``most`` lanes are full there."""
    ends: list[list[tuple[float, float]]] = [[] for _ in range(most)]
    chosen: list[int | None] = []
    for start, end in boxes:
        lane = next(
            (n for n, taken in enumerate(ends) if all(end <= other[0] or start >= other[1] for other in taken)), None
        )
        if lane is not None:
            ends[lane].append((start, end))
        chosen.append(lane)
    return chosen


def distance(days: int) -> str:
    """So many days as a person says it: "6 days", "3 months", "2 years"."""
    days = abs(days)
    unit, length = ("year", 365.25) if days > 700 else ("month", 30.44) if days > BREAK else ("day", 1)
    count = round(days / length)
    return f"{count} {unit}{'' if count == 1 else 's'}"
