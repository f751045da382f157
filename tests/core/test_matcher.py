import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.entities.matcher import index_of, matches
from articles.core.values import KnownEntity

REGISTRY = (
    KnownEntity(name="Émirats arabes unis", type="place", aliases=("Émirats", "الإمارات")),
    KnownEntity(name="États-Unis", type="place", aliases=("Etats-Unis d'Amérique", "ארצות הברית")),
    KnownEntity(name="Inde", type="place"),
    KnownEntity(name="Maroc", type="place", aliases=("المغرب", "מרוקו")),
    KnownEntity(name="Israël", type="place", aliases=("ישראל",)),
    KnownEntity(name="Front Polisario", type="organisation", aliases=("Polisario",)),
    KnownEntity(name="Front", type="organisation"),
    KnownEntity(name="Paris", type="place"),
    KnownEntity(name="ONU", type="organisation"),
    KnownEntity(name="O'Brien", type="person"),
)


def found(text: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.entity.name) for hit in matches(text, index_of(REGISTRY))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’Inde, d'Inde et qu'Inde", ["Inde", "Inde", "Inde"]),
        ("India n'est pas l'Indes", []),
        ("Les Emirats et les ÉMIRATS ARABES UNIS", ["Emirats", "ÉMIRATS ARABES UNIS"]),
        ("Etats-Unis, Etats‑Unis, ÉTATS UNIS", ["Etats-Unis", "Etats‑Unis", "ÉTATS UNIS"]),
        ("Morocco's and Paris's, Paris’", ["Paris", "Paris"]),
        ("le Front Polisario, le Front, le Polisario", ["Front Polisario", "Front", "Polisario"]),
        ("Paris-Nice, sud-Maroc, Bry-Paris-Sud", ["Paris", "Maroc"]),
        ("l'onu et l'ONU", ["ONU"]),
        ("14/02Maroc", ["Maroc"]),
        ("M. O’Brien", ["O’Brien"]),
        ("בישראל ובמרוקו, ישראל", ["ישראל", "מרוקו", "ישראל"]),
        ("מארצות הברית", ["ארצות הברית"]),
        ("والمغرب وبالمغرب في الإمارات", ["المغرب", "المغرب", "الإمارات"]),
        ("للمغرب", []),
    ],
)
def test_names_end_where_words_end_in_every_script(text, expected):
    assert [surface for surface, _ in found(text)] == expected


def test_accents_that_are_characters_of_their_own_do_not_count():
    assert [name for _, name in found(unicodedata.normalize("NFD", "Les Émirats et Israël"))] == [
        "Émirats arabes unis",
        "Israël",
    ]


def test_vowel_points_do_not_count():
    assert [name for _, name in found("יִשְׂרָאֵל")] == ["Israël"]


def test_a_name_that_several_entities_bear_says_so():
    two = (KnownEntity(name="Paul Rive", type="person"), KnownEntity(name="paul  rive", type="person"))
    (hit,) = matches("Paul Rive", index_of(two))
    assert not hit.sole
    assert hit.bearers == two


def test_the_index_is_made_once_for_a_registry():
    assert index_of(REGISTRY) is index_of(REGISTRY)
    assert index_of(REGISTRY) is not index_of(REGISTRY[:1] + REGISTRY[1:])


@given(st.lists(st.sampled_from(["Front Polisario", "l'Inde", "ONU", " ", "-", "x", "المغرب", "e\u0301", "'", "\n"])))
def test_hits_stand_in_order_and_hold_a_name(parts):
    text = "".join(parts)
    hits = list(matches(text, index_of(REGISTRY)))
    assert all(a.end <= b.start for a, b in itertools.pairwise(hits))
    assert all(text[hit.start : hit.end].strip() for hit in hits)
