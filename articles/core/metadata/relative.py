"""Words that name a day from where the writer stands: "mardi", "hier", "last Thursday", "il y a deux ans"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from articles.core.metadata import spoken
from articles.core.metadata.almanac import months, plain
from articles.core.metadata.spoken import Unit

SEASONS = {
    "printemps": 3, "ete": 6, "automne": 9, "hiver": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12,
}  # fmt: skip
# Languages that write names of days and months with a capital; elsewhere a capital makes another name of it.
CAPITALS = frozenset({"en", "de"})
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


def to_come(text: str, at: int, language: str) -> bool:
    """Whether the clause before a place speaks of what is to come."""
    return _ahead(plain(text[max(0, at - LOOK_BACK) : at]), LOOK_BACK, language)


def scan(text: str, language: str) -> Iterator[Said]:
    """Relative words of a text, by kind and then in order."""
    folded = plain(text)
    for pattern, count, unit in spoken.ago(language):
        for match in pattern.finditer(folded):
            amount = count if count is not None else -spoken.number(match["count"])
            if amount or count is not None:
                yield Said(start=match.start(), end=match.end(), unit=unit, amount=amount)
    for pattern in spoken.last(language):
        for match in pattern.finditer(folded):
            amount = -1 if match["way"] in spoken.back() else 1 if match["way"] in spoken.ahead() else 0
            yield Said(start=match.start(), end=match.end(), unit=spoken.UNITS[match["unit"]], amount=amount)
    yield from _of_months(text, folded, language)
    yield from _of_seasons(folded, language)
    yield from _of_weekdays(text, folded, language)
    yield from _of_days(text, folded, language)
    for phrase in spoken.opened(language):
        for match in phrase.finditer(folded):
            yield Said(start=match.start(), end=match.end(), unit="open", amount=0)


def _of_months(text: str, folded: str, language: str) -> Iterator[Said]:
    for match in spoken.months_alone().finditer(folded):
        start, lead = match.start("month"), match["lead"]
        # "may" and "march" are verbs too: in English a month has a capital.
        if language in CAPITALS and not text[start].isupper():
            continue
        ahead = lead in spoken.LEADS_AHEAD or _ahead(folded, start, language)
        way = 1 if ahead else -1 if lead == "last" else 0
        yield Said(start=start, end=match.end("month"), unit="named month", amount=months()[match["month"]], way=way)


def _of_seasons(folded: str, language: str) -> Iterator[Said]:
    for match in spoken.SEASON.finditer(folded):
        lead, said = (match["lead"] or match["before"]).strip(), match["way"] or match["before"]
        ahead = said in spoken.ahead() or lead in ("a l'", "pour l'", "pour le", "d'ici l'", "d'ici au", "by")
        way = -1 if said in spoken.back() else 1 if ahead or _ahead(folded, match.start(), language) else 0
        start = match.start("fr") if lead in ("le", "l'") and not match["way"] else match.start()
        if lead in ("le", "l'") and not match["way"] and not way:
            continue
        yield Said(start=start, end=match.end(), unit="season", amount=SEASONS[match["fr"] or match["en"]], way=way)


def _of_weekdays(text: str, folded: str, language: str) -> Iterator[Said]:
    pattern, numbers = spoken.weekdays(language)
    for match in pattern.finditer(folded):
        start = match.start("name")
        if spoken.habit().search(folded[max(0, start - 12) : start]) or not _is_word(text, start, language):
            continue
        before, after = match["before"] or "", match["after"] or ""
        begin = start if not before or before in spoken.LEADS else match.start("before")
        way = _way(before, after)
        if way == 0 and _ahead(folded, start, language):
            way = 1
        end = match.end("after") if after else match.end("name")
        yield Said(start=begin, end=end, unit="weekday", amount=numbers[match["name"]], way=way)


def _way(before: str, after: str) -> int:
    said = {before, after}
    return -1 if said & spoken.back() else 1 if said & spoken.ahead() else 0


def _of_days(text: str, folded: str, language: str) -> Iterator[Said]:
    pattern, amounts = spoken.days(language)
    for match in pattern.finditer(folded):
        if not text[match.start()].isupper() or _opens(text, match.start()):
            yield Said(start=match.start(), end=match.end(), unit="day", amount=amounts[match[0]])


def _ahead(folded: str, at: int, language: str) -> bool:
    """Whether the words before a place, back to the last mark that ends a clause, speak of what is to come."""
    clause = re.split(r"[.;:!?]", folded[max(0, at - LOOK_BACK) : at])[-1]
    return spoken.to_come(language).search(clause) is not None


def _opens(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(' \u00a0"«“(-–—')
    return not before or before[-1] in ".!?…:\n"


def _is_word(text: str, at: int, language: str) -> bool:
    """Whether a weekday is written as its language writes it: a capital elsewhere is a name ("Vendredi")."""
    capital = text[at].isupper()
    return capital if language in CAPITALS else not capital or _opens(text, at)
