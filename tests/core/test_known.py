"""What is known of single words."""

import pytest

from articles.core.entities import known


def signs(word):
    here, near = known.signs(word, "shape")
    return set(here), set(near)


@pytest.mark.parametrize(("one", "two"), [("Renault", "Peugeot"), ("Madrid", "Barcelona"), ("Merkel", "Sarkozy")])
def test_names_that_keep_the_same_company_share_a_branch(one, two):
    assert {sign for sign in signs(one)[0] & signs(two)[0] if sign[:3] in ("en5", "es5", "de5")}


def test_a_word_that_no_language_knows_says_so_once_for_each():
    here, near = signs("Zrbglmpf")
    assert {f"{language}?shape" for language in known.LANGUAGES} <= here
    assert near == {"po="}


def first_known(wanted):
    """A known name whose capitals are not in the tables."""
    words = known.clusters()[0]
    return next(
        word for word in words if word.isalpha() and word.istitle() and word.upper() not in words and wanted(word)
    )


def test_a_name_in_capitals_is_looked_up_as_a_name():
    name = first_known(lambda word: len(word) > known.ACRONYM)
    assert signs(name.upper())[1] == signs(name)[1]


def test_an_acronym_is_not_taken_for_a_name_in_capitals():
    name = first_known(lambda word: len(word) == known.ACRONYM)
    assert not any(sign[:2] in known.LANGUAGES for sign in signs(name.upper())[1])


@pytest.mark.parametrize(
    ("word", "classes"), [("maison", "no"), ("Maison", "no"), ("rapidement", "ad"), ("mangeait", "ve"), ("xqzt", "")]
)
def test_what_a_french_word_may_be_is_said_whatever_its_capitals(word, classes):
    (said,) = (sign for sign in signs(word)[1] if sign.startswith("po="))
    assert classes in said if classes else said == "po="


def test_words_in_lower_case_have_no_clusters():
    assert not any(sign[:2] in known.LANGUAGES for sign in signs("renault")[0])


def test_every_row_of_the_clusters_is_known_to_two_languages():
    words, rows = known.clusters()
    assert len(words) == len(rows)
    assert ((rows > 0).sum(axis=1) >= 2).all()
