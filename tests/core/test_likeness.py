"""Names that may be one outlet's."""

import pytest

from articles.core.likeness import alike, loose


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Radio J.", "Radio J"),
        ("The Guardian", "Guardian"),
        ("Libération", "liberation"),
        ("L’Express", "L'Express"),
        ("Le Monde", "lemonde.fr"),
        ("JForum", "www.jforum.fr"),
        ("Al-Wahat", "Al Wahat"),
        ("BBC  News", "bbc-news"),
    ],
)
def test_names_that_are_nearly_the_same(one: str, other: str) -> None:
    assert alike(one, [("it", [other])]) == ["it"] == alike(other, [("it", [one])])


@pytest.mark.parametrize(
    ("one", "other"), [("Le Monde", "Le Monde diplomatique"), ("AP", "APA"), ("", ""), ("…", "—"), ("J.", "J")]
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert alike(one, [("it", [other])]) == []


def test_a_name_of_nothing_but_marks_is_like_none() -> None:
    assert loose("«…»") == loose("") == loose("le ") == frozenset()
