"""Who is meant: candidates with their reasons."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.entities.linking import (
    Asked,
    Bearer,
    Held,
    alone,
    in_office,
    plain,
    proposed,
    ranked,
    spoken,
    telling,
)

MINISTER = Bearer(
    id=1,
    name="Gabriel Attal",
    type="person",
    description="prime minister of France",
    offices=(Held("prime minister of France", "2024-01-09", "2024-09-05"),),
)
REPORTER = Bearer(id=2, name="Gabriel Attal", type="person", description="journalist, Radio Lorval")


def asked(surface: str = "Gabriel Attal", **said: Any) -> Asked:
    return Asked(surface=surface, **({"type": "person", "outlet": "Radio Lorval"} | said))


def known(bearer: Bearer, **said: Any) -> Bearer:
    values = {name: getattr(bearer, name) for name in Bearer.__dataclass_fields__}
    return Bearer(**(values | said))


@pytest.mark.parametrize(
    ("question", "bearers", "first", "reason"),
    [
        (asked(day="2024-03-14"), [REPORTER, MINISTER], 1, "in office on 14 March 2024: prime minister of France"),
        (asked(words=telling("La France et son ministre")), [REPORTER, MINISTER], 1, "the article speaks of France"),
        (
            asked(beside={9: "Emmanuel Macron"}),
            [REPORTER, known(MINISTER, together={9: 6})],
            1,
            "appears with Emmanuel Macron in 6 articles of ours",
        ),
        (
            asked(),
            [MINISTER, known(REPORTER, here=12, linked=12)],
            2,
            "the only one of that name in Radio Lorval’s articles so far (12)",
        ),
        (asked(), [known(MINISTER, linked=3), REPORTER], 1, "was meant in 3 articles of ours"),
        (
            asked(words=telling("Une grève au port de Lorval")),
            [MINISTER, known(REPORTER, words=telling("La grève du port"))],
            2,
            "shares words with its other articles: grève",
        ),
        (
            asked(role="author"),
            [MINISTER, known(REPORTER, signed=2, signed_here=2)],
            2,
            "the only one of that name in the bylines of Radio Lorval so far (2)",
        ),
        (asked(role="author"), [MINISTER, known(REPORTER, signed=1)], 2, "signed 1 article of ours"),
    ],
)
def test_the_likeliest_stands_first_and_says_why(
    question: Asked, bearers: list[Bearer], first: int, reason: str
) -> None:
    found = ranked(question, bearers)
    assert found[0].bearer.id == first
    assert reason in found[0].reasons
    assert len(found) == len(bearers), "the other one stays a candidate"


@pytest.mark.parametrize(
    ("question", "bearer", "against"),
    [
        (
            asked(day="2023-01-18"),
            MINISTER,
            "not in office then: prime minister of France, 2024-01-09 – 2024-09-05",
        ),
        (
            asked(role="author"),
            MINISTER,
            "is known for an office: prime minister of France, 2024-01-09 – 2024-09-05",
        ),
        (asked(role="author"), known(REPORTER, linked=4), "named in articles of ours, never in a byline"),
        (asked(), known(REPORTER, signed=4), "signs articles, and was never named in one"),
    ],
)
def test_what_speaks_against_a_candidate_is_said(question: Asked, bearer: Bearer, against: str) -> None:
    assert against in ranked(question, [bearer])[0].against


@pytest.mark.parametrize(
    ("question", "bearer", "how"),
    [
        (asked("gabriel attal"), MINISTER, "name"),
        (asked("M. Attal", whole="Gabriel Attal"), MINISTER, "name"),
        (asked("Emirats", type="place"), Bearer(id=3, name="Émirats", type="place"), "name"),
        (
            asked("Tsahal", type="organisation"),
            Bearer(id=4, name="FDI", type="organisation", aliases=("Tsahal",)),
            "alias",
        ),
        (asked("Attal"), MINISTER, "family"),
        (asked("M. Attal"), MINISTER, "family"),
        (asked("Attal", whole="Jeanne Attal"), MINISTER, None),
        (asked("Gabriel"), MINISTER, None),
        (asked("Le Goff"), Bearer(id=5, name="Anne-Sophie Le Goff", type="person"), "family"),
        (asked("Attal", type="place"), MINISTER, None),
    ],
)
def test_a_candidate_goes_by_the_name_an_alias_or_the_family_name_alone(
    question: Asked, bearer: Bearer, how: str | None
) -> None:
    found = ranked(question, [bearer])
    assert [one.how for one in found] == ([how] if how else [])


@pytest.mark.parametrize(
    ("held", "day", "held_then"),
    [
        (Held("x", "2024", "2024-09"), "2024-09-30", True),
        (Held("x", "2024", "2024-09"), "2024-10-01", False),
        (Held("x", "2024-01-09"), "2024-01-08", False),
        (Held("x", "2024-01-09"), "2030-01-01", True),
        (Held("x", "", "2020"), "1999-01-01", True),
    ],
)
def test_an_office_is_held_as_far_as_its_dates_are_known(held: Held, day: str, held_then: bool) -> None:
    assert in_office(held, day) is held_then


def test_a_byline_is_proposed_only_where_people_never_named_another() -> None:
    decided = known(REPORTER, signed=1, signed_here=1)
    question = asked(role="author")
    first = proposed(ranked(question, [MINISTER, decided]))
    assert first is not None
    assert first.bearer == decided
    assert proposed(ranked(question, [MINISTER, REPORTER])) is None
    assert proposed(ranked(question, [known(MINISTER, signed_here=1), decided])) is None


def test_a_government_is_noted_where_one_may_be_meant() -> None:
    rabat = Bearer(id=6, name="Rabat", type="place", country="MA")
    (found,) = ranked(asked("Rabat", type="place", sense="power"), [rabat])
    assert "the words mean who governs there (MA), not the place" in found.reasons
    (found,) = ranked(asked("Rabat", type="place", sense="place"), [rabat])
    assert found.reasons == ()


@pytest.mark.parametrize(("day", "words"), [("2024-03-14", "14 March 2024"), ("2024-13-01", "2024-13-01"), ("x", "x")])
def test_a_day_is_spoken(day: str, words: str) -> None:
    assert spoken(day) == words


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=12))
def test_no_name_and_no_date_breaks_the_ranking(surface: str, name: str, day: str) -> None:
    bearer = Bearer(id=1, name=name, type="person", offices=(Held("x", day, day),))
    found = ranked(asked(surface, day=day), [bearer])
    assert len(found) <= 1
    assert alone(asked(surface)) in {True, False}
    assert plain(surface) == " ".join(plain(surface).split())
