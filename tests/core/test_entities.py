from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core import entities
from articles.core.cleaning.kinds import KINDS
from articles.core.registry import shipped_memory
from articles.core.values import KnownEntity, Memory
from tests.core.passages import page


def found(*lines, memory=None):
    _, passages = page(*lines)
    return entities.find(passages, memory or shipped_memory(), "fr")


def surfaces(*lines, memory=None):
    return {(one.surface, one.type) for one in found(*lines, memory=memory)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le sommet de l’Inde et d'Algérie.", {("Inde", "place"), ("Algérie", "place")}),
        ("Les Etats-Unis et les États-Unis.", {("Etats-Unis", "place"), ("États-Unis", "place")}),
        ("Israel's army left Lebanon’s south.", {("Israel", "place"), ("Lebanon", "place")}),
        ("L'accord Maroc-Israël est signé.", {("Maroc", "place"), ("Israël", "place")}),
        ("Le sud-Liban attend l'ONU.", {("Liban", "place"), ("ONU", "organisation")}),
        ("Le différend sur le Sahara occidental.", {("Sahara occidental", "place")}),
        ("Il mange un oman et une maroquinerie.", set()),
        ("Le ministère norvégien de la Défense recrute.", {("ministère norvégien de la Défense", "organisation")}),
        ("Les accords d'Oslo tiennent.", {("accords d'Oslo", "event")}),
        ("Le président Duroc est venu.", {("Duroc", "person")}),
        ("Le directeur du port, Edo Talvin, est venu.", {("Edo Talvin", "person")}),
        ("Claire Duroc est venue, puis Duroc est repartie.", {("Claire Duroc", "person"), ("Duroc", "person")}),
        ("Le maire est nu.", set()),
        ("Mardi dernier, Le vote a eu lieu.", set()),
    ],
)
def test_names_are_found_at_word_boundaries(text, expected):
    assert surfaces(("body", text)) == expected


@pytest.mark.parametrize(
    "kind", sorted(set(KINDS) - {"title", "subtitle", "body", "heading", "quote", "list", "caption", "credit"})
)
def test_bylines_dates_and_page_furniture_are_never_tagged(kind):
    assert found((kind, "Par Emmanuel Macron, à Paris, pour l'ONU")) == ()


def test_a_caption_is_tagged_in_its_own_scope():
    assert [one.scope for one in found(("caption", "Le port de Tanger"))] == ["caption"]


def test_who_signs_the_page_is_not_linked_to_a_namesake():
    mentions = found(("byline", "Par Gabriel Attal"), ("body", "Gabriel Attal écrit de Rabat."))
    assert [(one.surface, one.entity) for one in mentions] == [("Gabriel Attal", None), ("Rabat", "Rabat")]


def test_a_name_that_two_entities_bear_is_not_linked():
    memory = Memory(
        entities=(
            KnownEntity(name="Paul Rive", type="person"),
            KnownEntity(name="Paul Rive (peintre)", type="person", aliases=("Paul Rive",)),
        )
    )
    assert [(one.surface, one.entity) for one in found(("body", "Ainsi parle Paul Rive ici."), memory=memory)] == [
        ("Paul Rive", None)
    ]


def test_an_ambiguous_entity_is_not_linked():
    memory = Memory(entities=(KnownEntity(name="Paul Rive", type="person", ambiguous=True),))
    assert [one.entity for one in found(("body", "Paul Rive"), memory=memory)] == [None]


def test_an_acronym_is_matched_exactly():
    assert surfaces(("body", "Il a dit que l'onu et l'Ue, puis l'UE.")) == {("UE", "organisation")}


@given(st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.text(max_size=100)), max_size=4))
def test_any_text_is_read_and_no_mention_lies_in_another(lines):
    scraped, passages = page(*lines)
    mentions = entities.find(passages, shipped_memory(), "fr")
    for one in mentions:
        assert one.span.of(scraped.raw_text) == one.surface
        assert 0 <= one.score <= 1
    assert all(not a.span.overlaps(b.span) for a, b in pairwise(mentions))
