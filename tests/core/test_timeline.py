"""Dates on one line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.timeline import closest, distance, first_day, lanes, last_day, line_up


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2023-01-18", date(2023, 1, 18), date(2023, 1, 18)),
        ("2023-01-18T16:30:00+01:00", date(2023, 1, 18), date(2023, 1, 18)),
        ("2021-11", date(2021, 11, 1), date(2021, 11, 30)),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ("2023-W03", date(2023, 1, 16), date(2023, 1, 22)),
        ("2021-01/2021-06", date(2021, 1, 1), date(2021, 1, 31)),
        ("--02-14", None, None),
        ("2023-02-30", None, None),
        ("0000", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_what_a_date_names_begins_and_ends(value: str | None, first: date | None, last: date | None) -> None:
    assert (first_day(value), last_day(value)) == (first, last)


def test_a_day_without_a_year_misses_by_so_much_at_the_least() -> None:
    assert closest("--02-14", date(2023, 1, 18)) == 27
    assert closest("--12-30", date(2023, 1, 2)) == -3
    assert closest("--02-29", date(2023, 3, 1)) in (-366, 365)
    assert closest("--02-30", date(2023, 3, 1)) is None
    assert closest("2023", date(2023, 3, 1)) is None


def test_a_date_two_years_off_stands_far_away_and_both_ends_fit() -> None:
    days = [date(2023, 1, 17), date(2023, 1, 18), date(2025, 2, 14)]
    places, gaps = line_up(days)
    assert (places[days[0]], places[days[2]]) == (0.0, pytest.approx(1.0))
    assert places[days[1]] < 0.25
    assert [gap.squeezed for gap in gaps] == [False, True]
    assert distance(gaps[1].days) == "2 years"


@given(st.lists(st.dates(), max_size=30))
def test_days_stand_in_order_inside_the_line(days: list[date]) -> None:
    places, gaps = line_up(days)
    assert set(places) == set(days)
    ordered = [places[day] for day in sorted(places)]
    assert ordered == sorted(ordered)
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in ordered)
    assert len(set(ordered)) == len(ordered)
    assert len(gaps) == max(len(places) - 1, 0)
    assert all(gap.start < gap.end for gap in gaps)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 80)), max_size=20))
def test_labels_in_one_lane_do_not_touch(found: list[tuple[int, int]]) -> None:
    boxes = [(float(start), float(start + length)) for start, length in found]
    chosen = lanes(boxes, 3)
    for i, (start, end) in enumerate(boxes):
        for other, (begin, close) in enumerate(boxes[:i]):
            if chosen[i] is not None and chosen[i] == chosen[other]:
                assert end <= begin or start >= close


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 day"), (-6, "6 days"), (45, "45 days"), (60, "2 months"), (731, "2 years"), (0, "0 days")]
)
def test_a_distance_as_a_person_says_it(days: int, said: str) -> None:
    assert distance(days) == said
