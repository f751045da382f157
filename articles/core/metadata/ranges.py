"""How much of a date is known, and up to which day a value that is no day reaches."""

import re
from datetime import date, timedelta

SHAPES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "day"),
    (re.compile(r"\d{4}-W\d\d"), "week"),
    (re.compile(r"\d{4}-\d\d"), "month"),
    (re.compile(r"\d{4}"), "year"),
    (re.compile(r"\d{4}/\d{4}"), "years"),
    (re.compile(r"--\d\d-\d\d"), "day of a year"),
)


def precision_of(value: str | None) -> str:
    """day, week, month, year, years or day of a year; empty where nothing is known."""
    return next((name for shape, name in SHAPES if value and shape.fullmatch(value)), "")


def until(value: str | None) -> str:
    """The last day of a value that is a range; empty for a day, and for what is not anchored to a year."""
    try:
        return _last(value or "")
    except (ValueError, OverflowError):
        return ""


def _last(value: str) -> str:
    precision = precision_of(value)
    if precision == "week":
        return (date.fromisocalendar(int(value[:4]), int(value[6:]), 7)).isoformat()
    if precision == "month":
        year, month = divmod(int(value[:4]) * 12 + int(value[5:]), 12)
        return (date(year, month + 1, 1) - timedelta(days=1)).isoformat()
    return f"{value[-4:]}-12-31" if precision in ("year", "years") else ""
