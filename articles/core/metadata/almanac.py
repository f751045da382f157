"""The words of the calendar in the languages that we read, and how text is folded to be searched for them."""

import json
import re
from functools import cache, lru_cache
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


EASTERN = re.compile(r"[٠-٩۰-۹]")


# Each step asks for the same passage in turn.
@lru_cache(maxsize=16)
def plain(text: str) -> str:
    """The text as it is searched: folded, its digits European; an offset means the same place in both."""
    folded = fold(text)
    return folded if folded.isascii() or not EASTERN.search(folded) else folded.translate(DIGITS)


@lru_cache(maxsize=16)
def has_digit(text: str) -> bool:
    """Whether there is a digit in it: without one there is no written date and no time of day."""
    return DIGIT.search(text) is not None


DIGIT = re.compile(r"\d")
