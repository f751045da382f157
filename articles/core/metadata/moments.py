"""The moment that a few words name: until when an embargo holds."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from articles.core.folding import fold
from articles.core.metadata.dates import anchor_of
from articles.core.metadata.written import Written, scan
from articles.core.values import Field

# "until 3 March inclusive" ends a day later.
INCLUDED = ("inclu", "einschliesslich", "compreso")


def until(words: str, published: Field | None) -> dict[str, str]:
    """``until`` (ISO 8601) and ``zone`` (stated, page, or unknown: then it has no offset); empty when no day is named.

    A day alone means its first minute. A day without a year is the first such day from the publication on.
    """
    details = published.details if published else {}
    month_first = details.get("figures") == "month first"
    best = _best(words, month_first=month_first)
    if best is not None and best.precision == "day of a year":
        year = _year(best.value, anchor_of(published))
        best = _best(f"{words[: best.end]} {year}{words[best.end :]}", month_first=month_first) if year else None
    if best is None or best.precision == "day of a year":
        return {}
    local = datetime.fromisoformat(f"{best.value}T00:00:00")
    if best.time is not None:
        local = local.replace(hour=best.time[0], minute=best.time[1])
    elif any(word in fold(words) for word in INCLUDED):
        local += timedelta(days=1)
    if best.offset is not None:
        return {"until": _iso(local, timedelta(minutes=best.offset)), "zone": "stated"}
    offset = _offset(local, details.get("timezone", ""))
    return {"until": _iso(local, offset), "zone": "unknown" if offset is None else "page"}


def _best(words: str, *, month_first: bool) -> Written | None:
    """The date that says most; of two that say as much, the first."""
    order = {"minute": 2, "day": 1, "day of a year": 0}
    said = [one for one in scan(words, month_first=month_first) if one.precision in order]
    return max(said, key=lambda one: order[one.precision], default=None)


def _year(value: str, anchor: date | None) -> int | None:
    """The year of the first such day ("--03-03") from the anchor on; None without an anchor."""
    if anchor is None:
        return None
    return anchor.year if value[2:] >= anchor.isoformat()[5:] else anchor.year + 1


def _offset(local: datetime, zone: str) -> timedelta | None:
    try:
        return local.replace(tzinfo=ZoneInfo(zone)).utcoffset() if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        return None


def _iso(local: datetime, offset: timedelta | None) -> str:
    return local.replace(tzinfo=None if offset is None else timezone(offset)).isoformat()
