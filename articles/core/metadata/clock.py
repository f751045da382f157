"""Times of day and the zones that are said with them: "16h30", "4.30pm ET", "20 Uhr", "alle 16.30"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from articles.core.metadata.almanac import has_digit, plain, tables

CLOCK = re.compile(
    r"(?<![\d.,/:])(?P<hour>[01]?\d|2[0-3])(?: ?(?P<mark>[h:]|\.(?=\d\d(?!\d))|uhr\b) ?(?P<minute>[0-5]\d)?(?::[0-5]\d)?)?"
    r"(?![\d/])(?: uhr\b)?(?:min\b)?\s?(?P<half>a\.?m\b\.?|p\.?m\b\.?)?"
)
OFFSET = re.compile(r"\s*\(?(?:(?P<zone>[a-z]{1,4})\b)?\s?(?P<sign>[+\-−])?(?P<h>\d{1,2})?:?(?P<m>\d\d)?(?!\d)")


@cache
def _after() -> re.Pattern[str]:
    """What may stand between a day and its time of day."""
    words = "|".join(map(re.escape, tables()["clock words"].split()))
    return re.compile(rf"^[\s,;|•·à@–\-—]{{0,5}}(?:(?:{words})\b\.?){{0,1}}(?: ?(?:{words})\b)?[\s,:]{{0,3}}")


def clock_after(folded: str, at: int) -> tuple[tuple[int, int] | None, int]:
    lead = _after().match(folded[at : at + 20])
    start = at + (lead.end() if lead else 0)
    match = CLOCK.match(folded, start, start + 16)
    clock = clock_of(match) if match else None
    return clock, match.end() if match and clock else at


def clock_of(match: re.Match[str]) -> tuple[int, int] | None:
    """Hours and minutes, or None when the number is no time of day."""
    hour, half = int(match["hour"]), match["half"]
    if not half and (not match["mark"] or (match["mark"] not in ("h", "uhr") and match["minute"] is None)):
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour, int(match["minute"] or 0)


@cache
def _places() -> re.Pattern[str]:
    names = sorted(map(re.escape, tables()["places' zones"]), key=len, reverse=True)
    return re.compile(r"[\s,]*\(?(?:(?:a |in )?(?P<place>" + "|".join(names) + r"))\b")


def offset_after(text: str, folded: str, at: int, local: str) -> int | None:
    """Minutes from UTC that are said right after a time, or None. ``local`` is the moment without an offset: the clocks
    of a place change with the season."""
    match = _places().match(folded, at, at + 32)
    # "ET" is Eastern Time, "et" is "and".
    if match and (len(match["place"]) > 2 or text[match.start("place") : match.end()].isupper()):
        return shift_of(tables()["places' zones"][match["place"]], local)
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


def shift_of(zone: str, local: str) -> int | None:
    """Minutes from UTC of the clocks of an IANA zone at a moment without an offset; None when nobody knows."""
    try:
        shift = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        return None
    return None if shift is None else int(shift.total_seconds()) // 60


# Between a time of day and the day behind it: "4.30pm on Tuesday".
BEFORE_DAY = re.compile(r"[\s,]{0,3}(?:(?:on|le|am|el|il|de|den|of)\b)? ?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A time of day at ``[start, end)``, beside the words of a day: hours and minutes, and minutes from UTC if said."""

    start: int
    end: int
    clock: tuple[int, int]
    offset: int | None


def beside(text: str, folded: str, start: int, end: int, day: str) -> Beside | None:
    """The time that stands behind the words of a day, or right before them; None when there is none. ``day`` is ISO 8601,
    ``folded`` the text as ``plain`` folds it."""
    clock, at = clock_after(folded, end)
    begin = end
    if clock is None:
        lead = max(0, start - 24)
        near = [
            match for match in CLOCK.finditer(folded, lead, start) if BEFORE_DAY.fullmatch(folded[match.end() : start])
        ]
        if near:
            clock, begin, at = clock_of(near[-1]), near[-1].start(), near[-1].end()
    if clock is None:
        return None
    offset = offset_after(text, folded, at, f"{day}T{clock[0]:02}:{clock[1]:02}")
    return Beside(start=begin, end=at, clock=clock, offset=offset)


# Below this hour "2h05" is how long something took, unless a word says that it is a time.
EARLY = 5


def alone(text: str) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """(start, end, hours and minutes) of times of day, whether a day stands beside them or not."""
    if not has_digit(text):
        return
    folded = plain(text)
    for match in CLOCK.finditer(folded):
        clock = clock_of(match)
        led = _is_led(text, folded, match.start())
        plainly = match["half"] or (match["minute"] and match["mark"] != "." and clock and clock[0] >= EARLY)
        if clock and (plainly or led):
            yield match.start(), match.start() + len(match[0].rstrip()), clock


def _is_led(text: str, folded: str, at: int) -> bool:
    """Whether a word such as "at" stands before a place; without its accent, "à" is a verb."""
    match = _led().search(folded[max(0, at - 12) : at])
    return match is not None and not text[at - 2 : at].lower().startswith("a ")


@cache
def _led() -> re.Pattern[str]:
    words = "|".join(map(re.escape, tables()["clock words"].split()))
    return re.compile(rf"(?<!\w)(?:{words}) $")
