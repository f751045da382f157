"""Bars of articles over time."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from articles.views.panels.months import HEIGHT, MOST, WIDTH, drawn

MONTHS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.replace(day=1))


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn({}).bars == []
    assert drawn({}).most == 0


def test_months_are_drawn_without_a_gap_and_the_table_lists_those_with_an_article() -> None:
    found = drawn({date(2023, 11, 1): 4, date(2024, 2, 1): 1})
    assert [bar.label for bar in found.bars] == ["Nov 2023", "Dec 2023", "Jan 2024", "Feb 2024"]
    assert [bar.height for bar in found.bars] == [HEIGHT, 0, 0, HEIGHT / 4]
    assert [(bar.label, bar.count) for bar in found.rows] == [("Feb 2024", 1), ("Nov 2023", 4)]
    assert (found.unit, found.most) == ("month", 4)


def test_too_many_months_are_years() -> None:
    found = drawn({date(2010, 3, 1): 1, date(2010, 9, 1): 2, date(2024, 2, 1): 1})
    assert found.unit == "year"
    assert [bar.count for bar in found.rows] == [1, 3]


@given(st.dictionaries(MONTHS, st.integers(1, 10_000), max_size=40))
def test_every_bar_stands_within_the_drawing(counts: dict[date, int]) -> None:
    found = drawn(counts)
    assert len(found.bars) <= MOST
    for bar in found.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 0.2
        assert bar.y + bar.height == HEIGHT
        assert (bar.height > 0) == (bar.count > 0)
