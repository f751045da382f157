"""All dates that a text names, each with what it is the date of."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from articles.core.folding import fold
from articles.core.metadata import relative
from articles.core.metadata.datelines import is_update
from articles.core.metadata.written import Written, scan, years
from articles.core.values import DateMention, DateRole, Field, Passage

ROLES: dict[str, DateRole] = {
    "caption": "caption",
    "credit": "caption",
    "date": "publication",
    "byline": "publication",
    "section": "publication",
    "source": "background",
    "related": "related",
    "navigation": "related",
    "share": "related",
    "ad": "related",
    "widget": "related",
    "comments": "related",
    "subscribe": "related",
    "legal": "related",
}
REASONS: dict[DateRole, str] = {
    "caption": "in the text of a picture",
    "publication": "on the line that dates the page",
    "update": "date of a change to the page",
    "related": "part of another article or of the page's furniture",
    "copyright": "year of a copyright line",
    "background": "the text looks back to it",
    "event": "close to the day of publication",
}
COPYRIGHT = re.compile(r"(?:©|\(c\)|\bcopyright\b)[^\d\n]{0,30}(?P<a>(?:19|20)\d\d)(?:\s*-\s*(?P<b>(?:19|20)\d\d))?")
# The page's last line may sign with its name and the year alone.
LAST_YEAR = re.compile(r", ?(?P<year>(?:19|20)\d\d)[ .]*$")
# A day and a month without a year, as news tickers print them, glued to their headline or not.
TICKER = re.compile(r"(?m)^[^\w\n]{0,3}(?P<day>[0-3]\d)[/.](?P<month>[01]\d)(?![\d/.])")
# An article tells of what happened up to this long before it came out; earlier is background.
NEWS_DAYS = 10
# "18/3" is the shortest date, "hoy" the shortest word for one; a page may hold many thousands of shorter lines.
SHORTEST = 3


def anchor_of(published: Field | str | None) -> date | None:
    """The day of publication that relative words are counted from, or None."""
    value = published.value if isinstance(published, Field) else published
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def find(
    passages: Sequence[Passage], published: Field | str | None, language: str, *, month_first: bool | None = None
) -> tuple[DateMention, ...]:
    """The dates of all passages in reading order. ``published`` anchors relative words ("mardi")."""
    anchor = anchor_of(published)
    if month_first is None and isinstance(published, Field) and "figures" in published.details:
        month_first = published.details["figures"] == "month first"
    first = language == "en" if month_first is None else month_first
    return tuple(
        mention for passage in passages for mention in _in_passage(passage, anchor, language, month_first=first)
    )


def _in_passage(passage: Passage, anchor: date | None, language: str, *, month_first: bool) -> list[DateMention]:
    text, kind = passage.text, passage.block.kind
    if len(text) < SHORTEST:
        return []
    found: list[DateMention] = []
    taken = bytearray(len(text) + 1)

    def add(start: int, end: int, value: str | None, role: DateRole, reason: str = "") -> None:
        if start < end and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append(
                DateMention(
                    span=passage.raw(start, end),
                    surface=text[start:end],
                    value=value,
                    role=role,
                    reason=reason or REASONS[role],
                )
            )

    for start, end, year in _copyright(text, kind):
        add(start, end, year, "copyright")
    if ROLES.get(kind) == "related":
        for ticker in TICKER.finditer(text):
            add(ticker.start("day"), ticker.end(), _day_of_year(ticker), "related")
    for written in scan(text, month_first=month_first):
        start, end = _without_time(written, text)
        ahead = relative.to_come(text, written.start)
        day = _completed(written.value, anchor, kind, ahead=ahead)
        add(start, end, day, _role(kind, day, anchor, text, written.start))
    for start, end, year in years(text):
        add(start, end, year, _role(kind, year, anchor, text, start))
    for said in relative.scan(text, language):
        # "mardi 17 janvier": the weekday belongs to the date behind it, which is found already.
        if not any(taken[said.start : min(said.end + 3, len(text))]):
            value = said.resolved(anchor) if kind not in ROLES or ROLES[kind] == "publication" else None
            reason = "counted from the day of publication" if value else "nothing says from which day to count"
            add(said.start, said.end, value, _relative_role(kind, value, anchor), reason)
    return sorted(found, key=lambda mention: mention.span)


def _copyright(text: str, kind: str) -> Iterator[tuple[int, int, str]]:
    if kind == "legal" and (last := LAST_YEAR.search(text)):
        yield last.start("year"), last.end("year"), last["year"]
    for match in COPYRIGHT.finditer(fold(text)):
        for group in ("a", "b"):
            if match[group]:
                yield match.start(group), match.end(group), match[group]


def _day_of_year(match: re.Match[str]) -> str | None:
    try:
        return f"--{date(2000, int(match['month']), int(match['day'])).isoformat()[5:]}"
    except ValueError:
        return None


def _without_time(written: Written, text: str) -> tuple[int, int]:
    """The words of the date alone: the time of day is part of the field, not of the date."""
    if written.time is None:
        return written.start, written.end
    day = next((one for one in scan(re.sub(r"[:h]", "x", text[written.start : written.end]))), None)
    if day is None or day.time is not None:
        return written.start, written.end
    return written.start + day.start, written.start + day.end


def _completed(value: str, anchor: date | None, kind: str, *, ahead: bool) -> str:
    """A day without a year, in an article that is dated: the year that puts it closest to the day of publication, or
    the next such day where the text speaks of what is to come."""
    if not value.startswith("--") or anchor is None or ROLES.get(kind) == "related":
        return value
    near = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            near.append(date.fromisoformat(f"{year}-{value[2:]}"))
        except ValueError:
            continue
    if ahead and (later := [day for day in near if day >= anchor]):
        return later[0].isoformat()
    return min(near, key=lambda day: abs(day - anchor)).isoformat() if near else value


def _role(kind: str, value: str, anchor: date | None, text: str, at: int) -> DateRole:
    role = ROLES.get(kind)
    if role == "publication":
        return "update" if is_update(text, at) else "publication"
    if role:
        return role
    if anchor is None or value.startswith("--"):
        return "background"
    if value > anchor.isoformat()[: len(value)]:
        return "event"
    recent = (anchor - timedelta(days=NEWS_DAYS)).isoformat() if anchor.toordinal() > NEWS_DAYS else ""
    return "event" if len(value) == 10 and value >= recent else "background"


def _relative_role(kind: str, value: str | None, anchor: date | None) -> DateRole:
    role = ROLES.get(kind)
    if role:
        return role
    if value and anchor and (len(value) < 10 and "W" not in value):
        return "background"
    return "event"
