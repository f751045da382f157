import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.cleaning.kinds import KINDS
from articles.core.metadata import dates
from tests.core.passages import page


def found(kind, text, published="2021-03-17T10:00:00+01:00", language="fr"):
    _, passages = page((kind, text))
    return [(one.surface, one.value, one.role) for one in dates.find(passages, published, language)]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("caption", "Le port, le 19 juillet 2020.", ("19 juillet 2020", "2020-07-19", "caption")),
        ("related", "14/02Le port ferme", ("14/02", "--02-14", "related")),
        ("date", "Publié le 17/03/2021 à 10h00", ("17/03/2021", "2021-03-17", "publication")),
        ("date", "Mis à jour le 18 mars 2021", ("18 mars 2021", "2021-03-18", "update")),
        ("legal", "Embargo jusqu'au 20 mars 2021 à 6h00", ("20 mars 2021", "2021-03-20", "embargo")),
        ("body", "Après l'embargo, en novembre 2019.", ("novembre 2019", "2019-11", "background")),
        ("legal", "© 2021 Le Port", ("2021", "2021", "copyright")),
        ("body", "Un accord signé en novembre 2019.", ("novembre 2019", "2019-11", "background")),
        ("body", "Un accord signé fin 2019.", ("fin 2019", "2019", "background")),
        ("body", "Un accord signé en 2019, puis rompu.", ("2019", "2019", "background")),
        ("body", "Le vote a eu lieu mardi.", ("mardi", "2021-03-16", "event")),
        ("body", "Le vote a eu lieu mercredi.", ("mercredi", "2021-03-17", "event")),
        ("body", "Le vote a eu lieu mercredi dernier.", ("mercredi dernier", "2021-03-10", "event")),
        ("body", "Ils seront libérés samedi.", ("samedi", "2021-03-20", "event")),
        ("body", "Il est parti hier soir.", ("hier", "2021-03-16", "event")),
        ("body", "Il est parti avant-hier.", ("avant-hier", "2021-03-15", "event")),
        ("body", "Il est parti il y a deux ans.", ("il y a deux ans", "2019", "background")),
        ("body", "Le mardi 16 mars, il partait.", ("16 mars", "2021-03-16", "event")),
        ("comments", "Écrit le 16/03/2021", ("16/03/2021", "2021-03-16", "related")),
    ],
)
def test_a_date_has_the_role_of_its_place(kind, text, expected):
    assert found(kind, text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vote was held last Thursday.", ("last Thursday", "2021-03-11", "event")),
        ("He left yesterday.", ("yesterday", "2021-03-16", "event")),
        ("He left two months ago.", ("two months ago", "2021-01", "background")),
        ("He will leave Friday.", ("Friday", "2021-03-19", "event")),
    ],
)
def test_english_words_are_counted_from_the_publication_too(text, expected):
    assert found("body", text, language="en") == [expected]


def test_a_relative_word_without_an_anchor_stays_open():
    assert found("body", "Le vote a eu lieu mardi.", None) == [("mardi", None, "event")]


@pytest.mark.parametrize(
    "text",
    ["Tous les mardis, il vient.", "Chaque mardi, il vient.", "Vendredi est parti avec Robinson, Vendredi rit.",
     "Il a 2020 euros.",
     "Un score de 14/02/9.", "Il a 1.1.1 point"],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text):
    assert [one for one in found("body", text) if one[2] != "event" or "Vendredi" not in text] == []


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=120), st.sampled_from(["fr", "en", "he", ""]))
def test_any_text_is_read(kind, text, language):
    scraped, passages = page((kind, text))
    for one in dates.find(passages, "2021-03-17", language):
        assert one.span.of(scraped.raw_text)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 9999), st.sampled_from("/.-"))
def test_impossible_dates_are_none(day, month, year, mark):
    _, passages = page(("date", f"{day:02}{mark}{month:02}{mark}{year:04}"))
    for one in dates.find(passages, None, "fr"):
        assert one.value
