"""The words of the calendar in the languages that we read, and how text is folded to be searched for them."""

import json
from functools import cache
from typing import Any

from articles.core.folding import fold
from articles.core.registry import data


@cache
def tables() -> Any:
    """The names of months, weekdays and days, folded."""
    return json.loads(data("calendar.json"))


@cache
def months(*, short: bool = False) -> dict[str, int]:
    """Names of months -> their numbers. ``short`` ones are words of other languages too ("out", "set"): they count only
    beside a year."""
    rows = [*tables()["months"].items(), *(tables()["short months"].items() if short else ())]
    return {fold(name.replace("_", " ")): int(number) for number, names in rows for name in names.split()}


# Arabic-Indic and Persian digits, one for one.
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def plain(text: str) -> str:
    """The text as it is searched: folded, its digits European; an offset means the same place in both."""
    return fold(text).translate(DIGITS)
