"""What people said of names, used on the next article."""

from typing import Any

import pytest

from articles.core.entities import find
from articles.core.entities.learned import lessons
from articles.core.values import EntityType, KnownEntity, Memory, NamedWords, SaidOfName
from tests.core.passages import page


def said(name: str, kind: EntityType, confirmed: int = 0, rejected: int = 0) -> SaidOfName:
    return SaidOfName(name.lower(), kind, name, confirmed, rejected)


def memory(*rows: SaidOfName, finds: dict[str, EntityType], entities: tuple[KnownEntity, ...] = ()) -> Memory:
    """A desk whose recogniser finds these words, as these types."""

    def recogniser(texts: Any) -> Any:
        return [
            [
                NamedWords(text.index(word), text.index(word) + len(word), kind, 0.8)
                for word, kind in finds.items()
                if word in text
            ]
            for text in texts
        ]

    return Memory(entities=entities, learned=lessons(rows), recognisers={"fr": recogniser})


def tags(text: str, what: Memory, kind: str = "body") -> list[tuple[str, str]]:
    _, passages = page((kind, text))
    return [(mention.surface, mention.type) for mention in find(passages, what, "fr")]


TEXT = "La Digue reste ouverte aux Chaloupes de Lorval, dit la mairie."


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], [("Chaloupes", "person")]),
        ([said("Chaloupes", "person", rejected=2)], []),
        ([said("Chaloupes", "person", rejected=1)], [("Chaloupes", "person")]),
        ([said("Chaloupes", "person", rejected=5, confirmed=1)], [("Chaloupes", "person")]),
        ([said("Chaloupes", "organisation", rejected=2)], [("Chaloupes", "person")]),
        ([said("Chaloupes", "organisation", confirmed=2)], [("Chaloupes", "organisation")]),
        ([said("Chaloupes", "organisation", confirmed=1)], [("Chaloupes", "person")]),
        (
            [said("Chaloupes", "organisation", confirmed=9), said("Chaloupes", "place", confirmed=1)],
            [("Chaloupes", "person")],
        ),
        ([said("Chaloupes", "organisation", confirmed=9, rejected=1)], [("Chaloupes", "person")]),
        ([said("Chaloupes de Lorval", "organisation", confirmed=2)], [("Chaloupes de Lorval", "organisation")]),
        ([said("Lorval", "place", confirmed=2)], [("Chaloupes", "person"), ("Lorval", "place")]),
    ],
)
def test_a_name_is_suggested_as_people_had_it(rows: list[SaidOfName], found: list[tuple[str, str]]) -> None:
    assert tags(TEXT, memory(*rows, finds={"Chaloupes": "person"})) == found


def test_a_name_that_was_learned_is_found_by_its_capital_and_not_inside_another() -> None:
    what = memory(said("Digue", "organisation", confirmed=3), finds={"Digue du Nord": "place"})
    assert tags("Une digue tient : la Digue du Nord.", what) == [("Digue du Nord", "place")]
    assert tags("Une digue tient, dit Digue.", what) == [("Digue", "organisation")]


def test_nothing_is_looked_for_in_a_credit() -> None:
    what = memory(said("Lorval", "place", confirmed=2), finds={})
    assert tags("© Jeanne / Lorval", what, "credit") == []


def test_what_people_rejected_is_not_suggested_from_the_registry_either() -> None:
    known = KnownEntity(name="Orange", type="organisation")
    text = "Une robe de couleur, dit Orange, au marché."
    assert tags(text, memory(finds={}, entities=(known,))) == [("Orange", "organisation")]
    assert tags(text, memory(said("Orange", "organisation", rejected=2), finds={}, entities=(known,))) == []
