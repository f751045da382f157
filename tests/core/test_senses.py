import pytest

from articles.core import entities
from articles.core.registry import shipped_memory
from tests.core.passages import page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La réunion s'est tenue à Rabat.", "place"),
        ("Alger a rompu ses relations avec Rabat.", "power"),
        ("L'approbation de Rabat manque.", "open"),
        ("The talks were held in Rabat.", "place"),
        ("Ties with Rabat are tense.", "power"),
        ("Rabat dénonce cet accord.", "power"),
        ("Les rues de Rabat sont vides.", "place"),
    ],
)
def test_a_capital_is_a_place_or_the_government_that_sits_there(text, expected):
    _, passages = page(("body", text))
    mentions = entities.find(passages, shipped_memory(), "")
    assert [one.sense for one in mentions if one.surface == "Rabat"] == [expected]


def test_only_countries_and_capitals_have_a_second_sense():
    _, passages = page(("body", "L'ONU et Marseille."))
    assert {one.sense for one in entities.find(passages, shipped_memory(), "")} == {""}
