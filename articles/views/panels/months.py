"""How often something was in the news: its articles by month, or by year where the months are too many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# So many bars at most; more months than that are drawn as years, of which the last are drawn.
MOST = 48
WIDTH, HEIGHT = 480, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A month (``day`` is its first) or a year: how many articles, and where its bar stands."""

    day: date
    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """The bars, without a gap from the first to the last."""

    bars: list[Bar]
    unit: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def most(self) -> int:
        return max((bar.count for bar in self.bars), default=0)

    @property
    def rows(self) -> list[Bar]:
        """Those with an article, the newest first."""
        return [bar for bar in reversed(self.bars) if bar.count]


def drawn(counts: Mapping[date, int]) -> Months:
    """Bars of these counts; a key is the first day of a month."""
    if not counts:
        return Months(bars=[], unit="month")
    months = _between(min(counts), max(counts))
    if len(months) <= MOST:
        return _bars({day: counts.get(day, 0) for day in months}, unit="month", shape="%b %Y")
    years: dict[date, int] = {}
    for day in months:
        first = date(day.year, 1, 1)
        years[first] = years.get(first, 0) + counts.get(day, 0)
    return _bars(dict(list(years.items())[-MOST:]), unit="year", shape="%Y")


def _between(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _bars(counts: dict[date, int], *, unit: str, shape: str) -> Months:
    step, most = WIDTH / max(len(counts), 12), max(counts.values()) or 1
    bars = []
    for number, (day, count) in enumerate(counts.items()):
        height = round(max(count / most * HEIGHT, 2 if count else 0), 1)
        bars.append(
            Bar(
                day=day,
                label=day.strftime(shape),
                count=count,
                x=round(number * step, 1),
                y=HEIGHT - height,
                width=round(step * 0.8, 1),
                height=height,
            )
        )
    return Months(bars=bars, unit=unit)
