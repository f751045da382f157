"""What the trained recogniser is told of words and their places."""

import pytest

from articles.core.entities.signs import Story, of_forms, places, shape
from articles.core.entities.tokens import sentences, tokens


def cut(text):
    return [[token.text for token in sentence] for sentence in sentences(tokens(text))]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Jean-Yves", "Xx-Xx"), ("ONU", "X"), ("1er", "9x"), ("L’Équipe", "X'Xx"), ("12,5", "9,9"), ("œuvre", "x")],
)
def test_a_shape_shows_capitals_letters_and_digits_once_a_run(word, expected):
    assert shape(word) == expected


def test_how_a_name_is_met_is_told_in_the_order_of_the_text():
    story = Story(cut("Anne Roux dort. À Paris, Roux (Anne) parle."))
    assert list(story.met["Roux"]) == ["mid", "run", "named", "(after"]


def test_the_shapes_and_lists_around_a_word_are_told_apart_from_its_other_signs():
    (sentence,) = cut("À Paris dort Anne")
    found = list(places(sentence, Story([sentence])))
    assert [forms[1][0] for forms, _ in found] == ["X", "Xx", "x", "Xx"]
    assert "ss=X_Xx" in of_forms(found[1][0])
    assert not {sign for _, signs in found for sign in signs} & set(of_forms(found[1][0]))
