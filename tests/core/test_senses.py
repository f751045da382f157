from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core import entities
from articles.core.entities import senses
from articles.core.entities.learned import lessons
from articles.core.registry import shipped_memory
from articles.core.values import KnownEntity, Memory, SaidOfName
from tests.core.passages import page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La réunion s'est tenue à Rabat.", "place"),
        ("Alger a rompu ses relations avec Rabat.", "power"),
        ("L'approbation de Rabat manque.", "power"),
        ("L'avenir de Rabat inquiète.", "open"),
        ("Rabat : la réunion est reportée", "place"),
        ("Rabat\u00a0: la réunion est reportée", "place"),
        ("Les marins, venus de Rabat, repartent.", "place"),
        ("RABAT (AFP) — La réunion est reportée", "place"),
        ("L'accord entre la Suède et Rabat est prêt.", "power"),
        ("Un vol entre la Suède et Rabat coûte cher.", "place"),
        ("Alger, Tunis et Rabat ont signé.", "power"),
        ("The talks with Rabat failed.", "power"),
        ("He dreams of a Rabat without cars.", "open"),
        ("Le recteur de Rabat a annoncé son départ.", "open"),
        ("Le maire a annoncé que Rabat refuse les trottinettes.", "open"),
        ("Rabat refuse la défaite et égalise en fin de match.", ""),
        ("L'ONU a demandé à Rabat de répondre.", "power"),
        ("Une aide à Rabat est prévue.", "open"),
        ("The talks were held in Rabat.", "place"),
        ("Ties with Rabat are tense.", "power"),
        ("Rabat dénonce cet accord.", "power"),
        ("Les rues de Rabat sont vides.", "place"),
    ],
)
def test_a_capital_is_a_place_or_the_government_that_sits_there(text, expected):
    _, passages = page(("body", text))
    mentions = entities.find(passages, shipped_memory(), "")
    assert [one.sense for one in mentions if one.surface.title() == "Rabat"] == [expected]


def test_only_countries_and_capitals_have_a_second_sense():
    _, passages = page(("body", "L'ONU et Marseille."))
    assert {one.sense for one in entities.find(passages, shipped_memory(), "")} == {""}


KNOWN = shipped_memory()


def found(text: str, memory: Memory = KNOWN) -> list[tuple[str, str, str, str | None]]:
    """The names of countries and capitals in a text: words, type, sense, entity."""
    _, passages = page(("body", text))
    mentions = entities.find(passages, memory, "fr")
    return [(one.surface, one.type, one.sense, one.entity) for one in mentions if one.sense]


def test_who_governs_is_an_organisation_of_its_own_whatever_name_stands_for_it():
    assert found("Rabat a rompu ses relations avec l'Algérie. Selon le Maroc, à Alger on attend.") == [
        ("Rabat", "organisation", "power", "gouvernement du Maroc"),
        ("Algérie", "organisation", "power", "gouvernement de l'Algérie"),
        ("Maroc", "organisation", "power", "gouvernement du Maroc"),
        ("Alger", "place", "place", "Alger"),
    ]


def test_a_team_is_asked_about_by_nobody_and_stays_on_the_country():
    _, passages = page(("body", "Les Bleus affronteront l'Algérie en match amical."))
    (one,) = (one for one in entities.find(passages, KNOWN, "fr") if one.surface == "Algérie")
    assert (one.type, one.sense, one.entity) == ("place", "", "Algérie")


def test_no_government_is_linked_where_somebody_else_bears_the_name():
    namesake = KnownEntity(name="Rabat", type="person")
    entities_ = (*(replace(one, ambiguous=one.name == "Rabat") for one in KNOWN.entities), namesake)
    memory = replace(KNOWN, entities=entities_)
    assert found("L'accord avec Rabat est signé.", memory) == [("Rabat", "organisation", "power", None)]


def test_no_government_is_linked_where_it_may_be_that_of_two():
    assert found("Selon Bruxelles, rien ne presse.") == [("Bruxelles", "organisation", "power", None)]
    second = KnownEntity(name="gouvernement d'unité", type="organisation", governs="Libye", country="LY")
    memory = replace(KNOWN, entities=(*KNOWN.entities, second))
    assert found("Selon Tripoli, rien ne presse.", memory) == [("Tripoli", "organisation", "power", None)]


def test_what_the_words_leave_open_the_article_may_answer_with_the_place_and_never_with_the_power():
    place, power = "Il vit à Rabat. Il court à Rabat. ", "L'accord avec Rabat tient. "
    assert [sense for *_, sense, _ in found(f"{place}{power}L'avenir de Rabat inquiète.")] == [
        "place", "place", "power", "place",
    ]  # fmt: skip
    assert [sense for *_, sense, _ in found(f"{power}{power}L'avenir de Rabat inquiète.")] == ["power", "power", "open"]


def test_what_people_said_on_other_articles_answers_where_the_words_do_not():
    said = [SaidOfName("rabat", "organisation", "Rabat", 2, 0)]
    memory = replace(KNOWN, learned=lessons(said))
    text = "L'avenir de Rabat inquiète. Il vit à Rabat."
    assert found(text, memory) == [
        ("Rabat", "organisation", "power", "gouvernement du Maroc"),
        ("Rabat", "place", "place", "Rabat"),
    ]
    both = replace(KNOWN, learned=lessons([*said, SaidOfName("rabat", "place", "Rabat", 1, 0)]))
    assert [sense for *_, sense, _ in found("L'avenir de Rabat inquiète.", both)] == ["open"]
    never = replace(KNOWN, learned=lessons([SaidOfName("rabat", "organisation", "Rabat", 0, 2)]))
    assert found("L'accord avec Rabat tient.", never) == [("Rabat", "place", "place", "Rabat")]


def test_a_government_called_so_is_itself_and_leaves_no_country_beside_it():
    text = "Le gouvernement marocain et le gouvernement de la France ont répondu. The Moroccan government said no."
    _, passages = page(("body", text))
    assert [one.entity for one in entities.find(passages, KNOWN, "fr") if one.entity] == [
        "gouvernement du Maroc", "gouvernement de la France", "gouvernement du Maroc",
    ]  # fmt: skip


@given(st.text(alphabet="ÀAaà d'’,.-RabtetouMrc\n ", max_size=60), st.text(alphabet="aé d',.-Rs\n:(", max_size=60))
def test_any_words_beside_a_name_say_something_or_leave_it_open(before: str, behind: str) -> None:
    text = f"{before}Rabat{behind}"
    assert senses.sense(text, len(before), len(before) + 5) in {"", "place", "power", "open"}


def test_a_list_of_thousands_of_names_is_read_as_places() -> None:
    _, passages = page(("body", "Selon Rabat. " * 2050))
    senses_ = [one.sense for one in entities.find(passages, KNOWN, "") if one.surface == "Rabat"]
    assert (senses_[0], senses_[-1]) == ("power", "")
