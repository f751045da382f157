"""JSON from outside, read strictly: no key twice, no NaN, no depth without end, and each value of the type it must have."""

import json
import math
from collections import Counter
from typing import Any, Never

from articles.core.exchange.values import ExchangeError

# So much of a number or word that is wrong is shown.
SHOWN = 40


class _Wrong(ValueError):
    """JSON that Python's reader would take all the same; says what it has, without its place."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counted = Counter(key for key, _ in pairs)
        raise _Wrong(f"has the key {counted.most_common(1)[0][0][:SHOWN]!r} twice")
    return found


def _constant(name: str) -> Never:
    raise _Wrong(f"has {name}, which is no number")


def parsed(text: str, where: str) -> Any:
    """The value; ExchangeError, a sentence that begins with ``where``, for what is no JSON."""
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant)
    except _Wrong as error:
        name = str(error)
        said = (
            f"has {name}, which is no number"
            if name in ("NaN", "Infinity", "-Infinity")
            else f"has the key {name!r} twice"
        )
        raise ExchangeError(f"{where} {said[: 3 * SHOWN]}.") from None
    except json.JSONDecodeError as error:
        raise ExchangeError(
            f"{where} is no JSON: {error.msg[:1].lower()}{error.msg[1:]}, at line {error.lineno}, column {error.colno}."
        ) from None
    except RecursionError:
        raise ExchangeError(f"{where} is nested too deeply.") from None
    except ValueError:
        raise ExchangeError(f"{where} has a number with too many digits.") from None


class Record:
    """An object of which keys are asked by the type that they must have; a key that is not there, or null, is empty."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise ExchangeError(f"{where} is no object with keys.")
        self.value: dict[str, Any] = value
        self.where = where

    def __contains__(self, key: str) -> bool:
        return self.value.get(key) is not None

    def words(self, *keys: str) -> str:
        """The text under the first of these keys that there is; numbers are taken as they are written."""
        for key in keys:
            if key in self:
                return words(self.value[key], f"{self.where}: “{key}”")
        return ""

    def items(self, *keys: str) -> list[Any]:
        """The list under the first of these keys that there is."""
        for key in keys:
            if key in self:
                if not isinstance(self.value[key], list):
                    raise ExchangeError(f"{self.where}: “{key}” is no list.")
                return list(self.value[key])
        return []

    def record(self, key: str) -> "Record":
        return Record(self.value.get(key) if key in self else {}, f"{self.where}: “{key}”")

    def whole(self, key: str) -> int:
        return whole(self.value.get(key), f"{self.where}: “{key}”")

    def share(self, key: str, otherwise: float) -> float:
        """A number from 0 to 1."""
        return share(self.value[key], f"{self.where}: “{key}”") if key in self else otherwise


def words(value: Any, where: str) -> str:
    """Text that can be written again."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)[:SHOWN]
    if not isinstance(value, str):
        raise ExchangeError(f"{where} is no text.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ExchangeError(f"{where} has half of a character (a surrogate without its other half).") from None
    return value


def whole(value: Any, where: str) -> int:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ExchangeError(f"{where} is no whole number.")
    return value


def share(value: Any, where: str) -> float:
    """A number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or not 0 <= value <= 1:
        raise ExchangeError(f"{where} is no number from 0 to 1.")
    return float(value)


def written(value: Any) -> str:
    """A value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
