import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core import entities
from articles.core.entities import within
from articles.core.values import KnownEntity, Memory, NamedWords
from tests.core.passages import page


def found(*lines, entities_=(), names=()):
    """The mentions of lines, where a recogniser finds just these (surface, type)."""

    def recognise(texts):
        return [
            sorted(
                NamedWords(at, at + len(surface), kind, 0.95)
                for surface, kind in names
                for at in range(len(text))
                if text.startswith(surface, at)
            )
            for text in texts
        ]

    _, passages = page(*lines)
    return entities.find(passages, Memory(entities=entities_, recognisers={"fr": recognise}), "fr")


def test_the_family_name_stands_for_the_whole_name():
    mentions = found(
        ("body", "Le général Malick Belmas est arrivé."),
        ("body", "M. Belmas a parlé, puis Belmas est reparti."),
        names=[("Malick Belmas", "person")],
    )
    assert [(one.surface, one.whole) for one in mentions] == [
        ("Malick Belmas", ""),
        ("Belmas", "Malick Belmas"),
        ("Belmas", "Malick Belmas"),
    ]


def test_a_particle_belongs_to_the_family_name():
    mentions = found(
        ("body", "Anne Le Goff parle. Mme Le Goff sourit."), names=[("Anne Le Goff", "person"), ("Goffe", "person")]
    )
    assert [(one.surface, one.whole) for one in mentions][1:] == [("Le Goff", "Anne Le Goff")]


def test_a_family_name_that_two_persons_share_stands_for_neither():
    mentions = found(
        ("body", "Anne Roux et Paul Roux sont là. Roux parle."),
        names=[("Anne Roux", "person"), ("Paul Roux", "person")],
    )
    assert [one.whole for one in mentions if one.surface == "Roux"] == [""]


def test_a_family_name_is_not_linked_to_a_stranger_of_the_registry():
    known = (KnownEntity(name="Emmanuel Macron", type="person", aliases=("Macron",)),)
    mentions = found(
        ("body", "Odile Macron chante. Macron salue."), entities_=known, names=[("Odile Macron", "person")]
    )
    assert [(one.surface, one.entity, one.whole) for one in mentions] == [
        ("Odile Macron", None, ""),
        ("Macron", None, "Odile Macron"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Les Forces démocratiques syriennes (FDS) avancent. Les FDS attendent.",
        "Les FDS (Forces démocratiques syriennes) avancent. Les FDS attendent.",
    ],
)
def test_letters_in_brackets_stand_for_the_name(text):
    mentions = found(
        ("body", text),
        names=[("Forces démocratiques syriennes", "organisation"), ("FDS", "organisation")],
    )
    assert {one.whole for one in mentions if one.surface == "FDS"} == {"Forces démocratiques syriennes"}


def test_letters_that_were_explained_are_found_again():
    mentions = found(
        ("body", "Le Front populaire uni (FPU) recule."),
        ("body", "Le FPU proteste."),
        names=[("Front populaire uni", "organisation")],
    )
    assert [(one.surface, one.whole) for one in mentions][1:] == [("FPU", "Front populaire uni")] * 2


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("ONU", "Organisation des Nations unies", True),
        ("Otan", "Organisation du traité de l'Atlantique nord", False),
        ("FAR", "Forces armées royales", True),
        ("FAR", "Union africaine", False),
        ("CGT", "CGT", False),
    ],
)
def test_letters_abbreviate_a_name_in_order(short, long, expected):
    assert within.stands_for(short, long) is expected


@given(st.text("Aa Bé(c)-'.\n", max_size=40), st.lists(st.sampled_from(["person", "organisation"]), max_size=3))
def test_any_article_is_read(text, kinds):
    names = [(text[at : at + 3], kind) for at, kind in enumerate(kinds) if text[at : at + 3].strip()]
    scraped, passages = page(("body", text))
    mentions = found(("body", text), names=names)
    assert all(one.span.of(scraped.raw_text) == one.surface for one in mentions)
    assert passages
