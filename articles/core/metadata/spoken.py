"""The relative words of each language as patterns, made from the calendar's lists."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Literal

from articles.core.folding import fold
from articles.core.metadata.almanac import months, tables

Unit = Literal["weekday", "day", "week", "month", "year", "named month", "season", "open"]

# What a page whose language we do not know may be written in.
USUAL = ("fr", "en")
# French and English have forms of "last" that no list of phrases covers.
LAST = {
    "fr": (
        re.compile(
            r"\b(?:l'|la |le |du )(?P<unit>an|annee|mois|semaine) (?P<way>dernier|derniere|passee?|prochaine?)\b"
        ),
        re.compile(r"\b(?P<way>cette|ce) (?P<unit>semaine|mois|annee)(?:-ci)?\b"),
    ),
    "en": (re.compile(r"\b(?P<way>last|this|next) (?P<unit>week|month|year)\b"),),
}
UNITS: dict[str, Unit] = {
    "semaine": "week", "week": "week", "mois": "month", "month": "month", "an": "year", "annee": "year", "year": "year",
}  # fmt: skip
# A month alone, after a word that makes it a date; a season.
MONTH = (
    r"\b(?P<lead>en|de|d'|depuis|d'ici|des|jusqu'en|avant|apres|debut|fin|mi-|in|by|since|until|before|after|last|next|"
    r"early|late|this|im|seit|bis|desde|hasta|ate|em|a|nel|da|entro|في|منذ|بحلول) ?(?P<month>MONTHS)\b(?! ?\d)"
)
SEASON = re.compile(
    r"\b(?:(?P<lead>l'|le |cet |ce |au |a l'|pour l'|pour le |d'ici l'|d'ici au |cet )(?P<fr>printemps|ete|automne|hiver)\b"
    r"(?! \d)(?: (?P<way>dernier|prochain|passe))?|"
    r"(?P<before>last|next|this|in the|by) (?P<en>spring|summer|autumn|fall|winter)\b)"
)
LEADS_AHEAD = frozenset(("by", "until", "d'ici", "jusqu'en", "next", "bis", "hasta", "ate", "entro", "بحلول"))
# Stand before a weekday and are no part of its mention.
LEADS = frozenset({"on", "am", "في"})


def _spoken(table: str, language: str) -> list[Any]:
    """What a table of the calendar says in a language; in French and English where it knows nothing of the language."""
    rows = tables()[table]
    codes = [language] if language in tables()["weekdays"] else USUAL
    return [rows[code] for code in codes if code in rows]


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, {fold(word) for word in words} - {""}), key=len, reverse=True))


@cache
def back() -> frozenset[str]:
    """Words that put a day before the publication, in all languages."""
    return frozenset(fold(word) for words in tables()["back"].values() for word in words.split())


@cache
def ahead() -> frozenset[str]:
    """Words that put it behind."""
    return frozenset(fold(word) for words in tables()["ahead"].values() for word in words.split())


@cache
def _numbers() -> dict[str, int]:
    found = dict(tables()["more numbers"])
    for row in tables()["numbers"].values():
        for value, words in enumerate(row.split(), 1):
            found |= {fold(word): value for word in words.split("|") if word != "-"}
    return found


def number(word: str) -> int:
    """What a number is, in figures or in a word of any of the languages."""
    return int(word) if word.isdigit() else _numbers()[word]


@cache
def ago(language: str) -> tuple[tuple[re.Pattern[str], int | None, Unit], ...]:
    """(pattern, amount where it is fixed, unit) of phrases such as "il y a deux ans", "la semana pasada"; a pattern
    without a fixed amount has it in its group ``count``."""
    count = rf"(?P<count>{_any(_numbers())}|\d{{1,3}})"
    found: list[tuple[re.Pattern[str], int | None, Unit]] = []
    for template, units in zip(_spoken("ago", language), _spoken("units", language), strict=True):
        for unit, words in units.items():
            written = fold(template).replace("{count}", count).replace("{unit}", f"(?:{fold(words)})")
            found.append((re.compile(rf"(?<!\w){written}(?!\w)"), None, unit))
    for table in ("pairs", "phrases"):
        for rows in _spoken(table, language):
            for phrase, (amount, unit) in rows.items():
                found.append((re.compile(rf"(?<!\w){fold(phrase)}(?!\w)"), amount, unit))
    return tuple(found)


def last(language: str) -> tuple[re.Pattern[str], ...]:
    """Patterns with a ``unit`` and a ``way``: "la semaine dernière", "next month"."""
    codes = [language] if language in tables()["weekdays"] else USUAL
    return tuple(pattern for code in codes for pattern in LAST.get(code, ()))


@cache
def weekdays(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """A pattern for the weekdays of a language, with what stands before and behind them, and their numbers."""
    numbers: dict[str, int] = {}
    for row in _spoken("weekdays", language):
        for place, names in enumerate(row.split()):
            numbers |= {fold(name.replace("_", " ")): place for name in names.split("|")}
    sides = _any(
        word for table in ("back", "ahead", "this") for row in _spoken(table, language) for word in row.split()
    )
    pattern = (
        rf"(?:(?<!\w)(?P<before>{sides}) )?(?<!\w)[בהלוول]?(?P<name>{_any(numbers)})(?!\w)"
        rf"(?: (?P<after>{sides})(?!\w))?"
    )
    return re.compile(pattern), numbers


@cache
def days(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """A pattern for words such as "hier", and how many days each is from today."""
    amounts = {fold(word): amount for row in _spoken("days", language) for word, amount in row.items()}
    return re.compile(rf"(?<![\w-])(?:{_any(amounts)})(?![\w-])"), amounts


@cache
def months_alone() -> re.Pattern[str]:
    names = [name for name in months() if len(name) > 3 or name in ("mai", "may")]
    return re.compile(MONTH.replace("MONTHS", _any(names)))


@cache
def opened(language: str) -> tuple[re.Pattern[str], ...]:
    """Phrases that count from a day that the text tells, not from the publication."""
    return tuple(re.compile(rf"\b{re.escape(phrase)}\b") for row in _spoken("open", language) for phrase in row)


@cache
def to_come(language: str) -> re.Pattern[str]:
    """Words of a clause that speaks of what is to come."""
    rows = [*_spoken("to come", language), *(tables()["to come"][code] for code in USUAL)]
    return re.compile(rf"(?<!\w)(?:{fold('|'.join(dict.fromkeys(rows)))})(?!\w)")


@cache
def habit() -> re.Pattern[str]:
    """What makes a weekday one of many: "tous les"."""
    return re.compile(rf"(?<!\w)(?:{tables()['habit']}) $")
