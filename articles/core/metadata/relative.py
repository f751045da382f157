"""Words that name a day from where the writer stands: "mardi", "hier", "last Thursday", "il y a deux ans"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from articles.core.folding import fold
from articles.core.metadata.written import months, tables

Unit = Literal["weekday", "day", "week", "month", "year", "named month", "season", "open"]

NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "",
            "un une one a an",
            "deux two",
            "trois three",
            "quatre four",
            "cinq five",
            "six",
            "sept seven",
            "huit eight",
        )
    )
    for word in words.split()
} | {"neuf": 9, "nine": 9, "dix": 10, "ten": 10, "vingt": 20, "twenty": 20}
UNITS: dict[str, Unit] = {
    "jour": "day", "day": "day", "semaine": "week", "week": "week", "mois": "month", "month": "month",
    "an": "year", "annee": "year", "year": "year",
}  # fmt: skip
COUNT = "(?P<count>" + "|".join(sorted((word for word in NUMBERS), key=len, reverse=True)) + r"|\d{1,3})"
AGO = (
    re.compile(rf"\bil y a (?:environ |pres de |plus de )?{COUNT} (?P<unit>jour|semaine|mois|an|annee)s?\b"),
    re.compile(rf"\b(?:(?:about|nearly|almost|over) )?{COUNT} (?P<unit>day|week|month|year)s? (?:ago|earlier)\b"),
)
LAST = (
    re.compile(r"\b(?:l'|la |le |du )(?P<unit>an|annee|mois|semaine) (?P<way>dernier|derniere|passee?|prochaine?)\b"),
    re.compile(r"\b(?P<way>cette|ce) (?P<unit>semaine|mois|annee)(?:-ci)?\b"),
    re.compile(r"\b(?P<way>last|this|next) (?P<unit>week|month|year)\b"),
)
BACK = frozenset(("dernier", "derniere", "passe", "passee", "last"))
AHEAD = frozenset(("prochain", "prochaine", "next"))
# A weekday after these words is one to come.
TO_COME = re.compile(
    r"\b(?:sera|seront|aura|auront|ira|iront|devrait|devraient|doit|doivent|prevue?s?|se tiendra|se tiendront|aura lieu"
    r"|will|hopes? to|plans? to|esperent?|prevoi(?:t|ent)|due to|is to|are to|"
    r"expected to|scheduled|\w{3,}eront|\w{3,}iront)\b"
)
# A month alone, after a word that makes it a date; a season.
MONTH = (
    r"\b(?P<lead>en|de|d'|depuis|d'ici|des|jusqu'en|avant|apres|debut|fin|mi-|in|by|since|until|before|after|last|next|"
    r"early|late|this|im|seit|bis|in|en|desde|hasta) ?(?P<month>MONTHS)\b(?! ?\d)"
)
SEASONS = {
    "printemps": 3, "ete": 6, "automne": 9, "hiver": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12,
}  # fmt: skip
SEASON = re.compile(
    r"\b(?:(?P<lead>l'|le |cet |ce |au |a l'|pour l'|pour le |d'ici l'|d'ici au |cet )(?P<fr>printemps|ete|automne|hiver)\b"
    r"(?! \d)(?: (?P<way>dernier|prochain|passe))?|"
    r"(?P<before>last|next|this|in the|by) (?P<en>spring|summer|autumn|fall|winter)\b)"
)
LEADS_AHEAD = frozenset(("by", "until", "d'ici", "jusqu'en", "next", "bis", "hasta"))
HABIT = re.compile(r"(?:\bchaque|\btous les|\bevery|\beach|\bun|\bjournal du) $")
LOOK_BACK = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words at ``[start, end)``: ``amount`` of ``unit`` from the day of publication; for a weekday its number from
    Monday, with ``way`` -1 before, 0 the nearest before or on it, 1 after."""

    start: int
    end: int
    unit: Unit
    amount: int
    way: int = 0

    def resolved(self, anchor: date | None) -> str | None:
        """The date counted from ``anchor``, as precise as what was said, or None."""
        if anchor is None or self.unit == "open":
            return None
        try:
            return self._counted(anchor)
        except (OverflowError, ValueError):
            return None

    def _counted(self, anchor: date) -> str:
        if self.unit == "weekday":
            back = (anchor.weekday() - self.amount) % 7
            if self.way > 0:
                return (anchor + timedelta(days=7 - back)).isoformat()
            return (anchor - timedelta(days=back or (7 if self.way < 0 else 0))).isoformat()
        if self.unit == "day":
            return (anchor + timedelta(days=self.amount)).isoformat()
        if self.unit == "week":
            year, week, _ = (anchor + timedelta(weeks=self.amount)).isocalendar()
            return f"{year:04}-W{week:02}"
        if self.unit == "named month":
            back = (anchor.month - self.amount) % 12
            ahead = (self.amount - anchor.month) % 12
            shift = ahead if self.way > 0 else -(back or (12 if self.way < 0 else 0))
            year, month = divmod(anchor.year * 12 + anchor.month - 1 + shift, 12)
            return date(year, month + 1, 1).isoformat()[:7]
        if self.unit == "season":
            return str(self._season(anchor))
        if self.unit == "month":
            year, month = divmod(anchor.year * 12 + anchor.month - 1 + self.amount, 12)
            return date(year, month + 1, 1).isoformat()[:7]
        return date(anchor.year + self.amount, 1, 1).isoformat()[:4]

    def _season(self, anchor: date) -> int:
        """The year of a season; the winter's is that of its December."""
        if self.way < 0:
            return anchor.year - (anchor.month <= self.amount + 2)
        if self.way > 0:
            return anchor.year + (anchor.month > self.amount + 2)
        years = (anchor.year - 1, anchor.year, anchor.year + 1)
        return min(years, key=lambda year: abs(year * 12 + self.amount + 1 - anchor.year * 12 - anchor.month))


@cache
def _months(language: str) -> re.Pattern[str]:
    names = "|".join(
        sorted((name for name in months() if len(name) > 3 or name in ("mai", "may")), key=len, reverse=True)
    )
    return re.compile(MONTH.replace("MONTHS", names))


def to_come(text: str, at: int) -> bool:
    """Whether the clause before a place speaks of what is to come."""
    return TO_COME.search(_clause(fold(text[max(0, at - LOOK_BACK) : at]), LOOK_BACK)) is not None


@cache
def _weekdays(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    names: dict[str, list[str]] = {code: days.split() for code, days in tables()["weekdays"].items()}
    # Weekdays of the page's language; French and English where it has none of its own.
    chosen = names.get(language) or names["fr"] + names["en"]
    numbers = {name: place % 7 for place, name in enumerate(chosen)}
    pattern = (
        r"(?:\b(?P<before>last|next|this|on|ce) )?\b(?P<name>" + "|".join(numbers) + r")\b"
        r"(?: (?P<after>derniere?|prochaine?|passe)\b)?(?: (?P<part>matin|soir|apres-midi|morning|evening|night)\b)?"
    )
    return re.compile(pattern), numbers


@cache
def _days(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    names: dict[str, dict[str, int]] = tables()["days"]
    chosen = names.get(language) or names["fr"] | names["en"]
    words = "|".join(sorted((re.escape(word) for word in chosen), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"), chosen


def scan(text: str, language: str) -> Iterator[Said]:
    """Relative words of a text, by kind and then in order."""
    folded = fold(text)
    for pattern in AGO:
        for match in pattern.finditer(folded):
            count = int(match["count"]) if match["count"].isdigit() else NUMBERS[match["count"]]
            yield Said(start=match.start(), end=match.end(), unit=UNITS[match["unit"]], amount=-count)
    for pattern in LAST:
        for match in pattern.finditer(folded):
            amount = -1 if match["way"] in BACK else 1 if match["way"] in AHEAD else 0
            yield Said(start=match.start(), end=match.end(), unit=UNITS[match["unit"]], amount=amount)
    yield from _of_months(text, folded, language)
    yield from _of_days(text, folded, language)
    for phrase in (each for each in tables()["open"].get(language, ())):
        for match in re.finditer(rf"\b{re.escape(phrase)}\b", folded):
            yield Said(start=match.start(), end=match.end(), unit="open", amount=0)


def _of_months(text: str, folded: str, language: str) -> Iterator[Said]:
    for match in _months(language).finditer(folded):
        start, lead = match.start("month"), match["lead"]
        # "may" and "march" are verbs too: in English a month has a capital.
        if language in ("en", "de") and not text[start].isupper():
            continue
        ahead = lead in LEADS_AHEAD or TO_COME.search(_clause(folded, start)) is not None
        way = 1 if ahead else -1 if lead == "last" else 0
        yield Said(start=start, end=match.end("month"), unit="named month", amount=months()[match["month"]], way=way)
    for match in SEASON.finditer(folded):
        lead, said = (match["lead"] or match["before"]).strip(), match["way"] or match["before"]
        ahead = said in AHEAD or lead in ("a l'", "pour l'", "pour le", "d'ici l'", "d'ici au", "by")
        way = -1 if said in BACK else 1 if ahead or TO_COME.search(_clause(folded, match.start())) else 0
        start = match.start("fr") if lead in ("le", "l'") and not match["way"] else match.start()
        if lead in ("le", "l'") and not match["way"] and not way:
            continue
        yield Said(start=start, end=match.end(), unit="season", amount=SEASONS[match["fr"] or match["en"]], way=way)


def _of_days(text: str, folded: str, language: str) -> Iterator[Said]:
    pattern, numbers = _weekdays(language)
    for match in pattern.finditer(folded):
        start = match.start("name")
        if HABIT.search(folded[max(0, start - 12) : start]) or not _is_word(text, start, language):
            continue
        begin = match.start() if match["before"] in ("last", "next", "this", "ce") else start
        after, before = match["after"] or "", match["before"] or ""
        way = -1 if after in BACK or before == "last" else 1 if after in AHEAD or before == "next" else 0
        if way == 0 and TO_COME.search(_clause(folded, start)):
            way = 1
        end = match.end("after") if match["after"] else match.end("name")
        yield Said(start=begin, end=end, unit="weekday", amount=numbers[match["name"]], way=way)
    pattern, amounts = _days(language)
    for match in pattern.finditer(folded):
        if text[match.start()].islower() or _opens(text, match.start()):
            yield Said(start=match.start(), end=match.end(), unit="day", amount=amounts[match[0]])


def _clause(folded: str, at: int) -> str:
    """The words before a place, back to the last mark that ends a clause."""
    before = folded[max(0, at - LOOK_BACK) : at]
    return re.split(r"[.;:!?]", before)[-1]


def _opens(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(' \u00a0"«“(-–—')
    return not before or before[-1] in ".!?…:\n"


def _is_word(text: str, at: int, language: str) -> bool:
    """Whether a weekday is written as its language writes it: a capital elsewhere is a name ("Vendredi")."""
    capital = text[at].isupper()
    return capital if language in ("en", "de") else not capital or _opens(text, at)
