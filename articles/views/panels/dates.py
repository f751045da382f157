"""The dates of an article: on one line with their roles, and as a list that says the same."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.formats import date_format

from articles.core.timeline import Gap, closest, distance, first_day, lanes, last_day, line_up
from articles.models import Field

# A role has a shape and a word; colour only helps. The order is that of marks on the same day, from the line upwards.
ROLES = {
    "publication": "published",
    "update": "updated",
    "embargo": "embargo",
    "event": "event",
    "caption": "caption",
    "background": "background",
    "copyright": "copyright",
    "related": "other article",
}
# The drawing, in units of its view box: about a pixel each in the panel.
WIDTH, EDGE, LANE, STACK = 320, 14, 12, 13
LETTER, BOLD, LANES, HIGHEST = 6.2, 7.2, 4, 4
FAR = 3


@dataclass(slots=True, kw_only=True)
class DateMark:
    """A day of one role: every place that names it. ``shown`` says it as precisely as it was said."""

    role: str
    value: str | None
    shown: str
    places: list[dict[str, Any]] = field(default_factory=list)
    day: date | None = None
    off: str = ""
    x: float = 0.0
    y: float = 0.0

    @property
    def label(self) -> str:
        return ROLES[self.role]

    @property
    def first(self) -> dict[str, Any] | None:
        return self.places[0] if self.places else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The words under a day of the line."""

    x: float
    y: float
    text: str
    main: bool


class DatesPanel:
    """What the axis and the list under it show. ``published`` is the field, which may have no words on the page."""

    def __init__(
        self, dates: Sequence[Mapping[str, Any]], published: Field | None, *, at: Callable[[int | None], str]
    ) -> None:
        self._dates, self._published, self._at = dates, published, at

    @cached_property
    def publication(self) -> date | None:
        return first_day(str(self._published.value)[:10]) if self._published and self._published.value else None

    @cached_property
    def marks(self) -> list[DateMark]:
        """All dates, each day of a role once: those on the line in order, then those that have no place on it."""
        found: dict[tuple[str, str | None], DateMark] = {}
        field = self._published
        if field is not None and field.value:
            found["publication", str(field.value)[:10]] = DateMark(
                role="publication", value=str(field.value)[:10], shown=spoken(str(field.value)[:10]), places=[]
            )
        for row in self._dates:
            role = row["role"] if row["role"] in ROLES else "background"
            # What cannot be resolved is said in its own words.
            known = row["value"] or f"? {row['surface']}"
            mark = found.setdefault((role, known), DateMark(role=role, value=row["value"], shown=spoken(row["value"])))
            mark.places.append({**row, "where": self._at(row["start"])})
        for mark in found.values():
            mark.day = first_day(mark.value)
            mark.off = self._off(mark)
        order = list(ROLES)
        return sorted(
            found.values(),
            key=lambda mark: (mark.day is None, mark.day or date.max, order.index(mark.role), mark.shown),
        )

    def _off(self, mark: DateMark) -> str:
        """How far a date lies from the publication, where that is telling."""
        if self.publication is None:
            return ""
        if mark.day is None:
            least = closest(mark.value, self.publication)
            return f"no year; {distance(least)} off at the least" if least and abs(least) > FAR else ""
        # Of a month or a year, the day that is nearest.
        nearest = min(max(self.publication, mark.day), last_day(mark.value) or mark.day)
        days = (nearest - self.publication).days
        if abs(days) <= FAR or mark.role == "publication":
            return ""
        return f"{distance(days)} {'before' if days < 0 else 'after'}"

    @property
    def on_line(self) -> list[DateMark]:
        return [mark for mark in self.marks if mark.day is not None]

    @property
    def aside(self) -> list[DateMark]:
        return [mark for mark in self.marks if mark.day is None]

    @cached_property
    def drawing(self) -> dict[str, Any] | None:
        """The axis, when there are two days or more to tell apart."""
        days: dict[date, list[DateMark]] = defaultdict(list)
        for mark in self.on_line:
            days[mark.day or date.min].append(mark)
        if len(days) < 2:
            return None
        places, gaps = line_up(days)
        base = STACK * (min(max(len(marks) for marks in days.values()), HIGHEST) + 1)
        for day, marks in days.items():
            for number, mark in enumerate(marks[:HIGHEST]):
                mark.x = round(EDGE + places[day] * (WIDTH - 2 * EDGE), 1)
                mark.y = round(base - STACK * number, 1)
        labels = self._labels(days, base)
        deepest = max((label.y for label in labels), default=base)
        return {
            "width": WIDTH,
            "height": round(deepest + 8, 1),
            "base": base,
            "start": EDGE / 2,
            "end": WIDTH - EDGE / 2,
            "marks": [mark for marks in days.values() for mark in marks[:HIGHEST]],
            "labels": labels,
            "breaks": [_break(gap, base) for gap in gaps if gap.squeezed],
        }

    def _labels(self, days: Mapping[date, Sequence[DateMark]], base: float) -> list[Label]:
        """The day under each mark, the publication's first; what finds no lane is in the list all the same."""
        wanted = sorted(days.items(), key=lambda item: (item[1][0].role != "publication", item[0]))
        texts = [marks[0].shown for _, marks in wanted]
        boxes = []
        for (_, marks), text in zip(wanted, texts, strict=True):
            half = (BOLD if marks[0].role == "publication" else LETTER) * len(text) / 2 + 2
            middle = min(max(marks[0].x, half), WIDTH - half)
            boxes.append((middle - half, middle + half))
        found = []
        for (_, marks), text, box, lane in zip(wanted, texts, boxes, lanes(boxes, LANES), strict=True):
            if lane is not None:
                y = round(base + 20 + LANE * lane, 1)
                middle = round((box[0] + box[1]) / 2, 1)
                main = marks[0].role == "publication"
                found.append(Label(x=middle, y=y, text=text, main=main))
        return found


def _break(gap: Gap, base: float) -> dict[str, Any]:
    middle = EDGE + (gap.start + gap.end) / 2 * (WIDTH - 2 * EDGE)
    return {"x": round(middle, 1), "y": base, "text": distance(gap.days), "days": gap.days}


def spoken(value: str | None) -> str:
    """A date of the text as a person says it, no more precise than it is."""
    day = first_day(value)
    if not value:
        return ""
    if day is None:
        # A day without a year, with a leap year lent to it.
        named = first_day(f"2000-{value[2:]}") if value.startswith("--") else None
        return date_format(named, "j M") if named else value
    length = len(value)
    if "W" in value:
        return f"week of {date_format(day, 'j M Y')}"
    if "/" in value:
        return value.replace("/", " – ")
    return str(day.year) if length == 4 else date_format(day, "M Y") if length == 7 else date_format(day, "j M Y")
