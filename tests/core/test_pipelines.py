"""A pipeline in spaCy's shape takes the recogniser's place. The real library is asked too where it is installed."""

from types import SimpleNamespace

import pytest

from articles.core import entities
from articles.core.entities.pipelines import LABELS, recogniser_of
from articles.core.registry import shipped_memory
from articles.core.values import Memory
from tests.core.passages import page


class Pipeline:
    """Finds the given words, as a pipeline of spaCy would say it."""

    def __init__(self, **labels: str) -> None:
        self.labels = labels

    def pipe(self, texts):
        for text in texts:
            found = [
                SimpleNamespace(start_char=text.index(word), end_char=text.index(word) + len(word), label_=label)
                for word, label in self.labels.items()
                if word in text
            ]
            yield SimpleNamespace(ents=sorted(found, key=lambda ent: ent.start_char))


def found(pipeline, *lines, memory=None, language="fr"):
    base = memory or Memory()
    asked = Memory(entities=base.entities, recognisers={"fr": recogniser_of(pipeline)})
    _, passages = page(*lines)
    return [(one.surface, one.type, one.entity) for one in entities.find(passages, asked, language)]


def test_a_pipeline_takes_the_place_of_the_recogniser():
    assert found(Pipeline(zorglub="PER", Bulgroz="GPE"), ("body", "Le zorglub de Bulgroz.")) == [
        ("zorglub", "person", None),
        ("Bulgroz", "place", None),
    ]


def test_another_language_keeps_its_own():
    assert found(Pipeline(zorglub="PER"), ("body", "The zorglub."), language="en") == []


def test_the_registry_stays_beside_a_pipeline():
    lines = ("body", "Le zorglub visite Rabat.")
    assert ("Rabat", "place", "Rabat") in found(Pipeline(zorglub="PER"), lines, memory=shipped_memory())


@pytest.mark.parametrize("label", ["MISC", "DATE", "NORP", "CARDINAL", ""])
def test_what_is_no_tag_here_is_left_out(label):
    assert found(Pipeline(zorglub=label), ("body", "Le zorglub.")) == []


def test_every_label_is_one_of_our_types():
    assert set(LABELS.values()) == {"person", "place", "organisation", "event"}


def test_what_a_pipeline_finds_in_a_byline_is_not_tagged():
    assert found(Pipeline(zorglub="PER"), ("byline", "Par zorglub"), ("body", "Rien.")) == []


def test_a_span_loses_the_space_at_its_ends():
    class Wide(Pipeline):
        def pipe(self, texts):
            for text in texts:
                yield SimpleNamespace(ents=[SimpleNamespace(start_char=2, end_char=11, label_="PER")] if text else [])

    assert found(Wide(), ("body", "Le zorglub dort.")) == [("zorglub", "person", None)]


@pytest.mark.filterwarnings("ignore")
def test_a_real_pipeline_that_was_made_here_is_read():
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: the stand-in above has its shape")
    made = spacy.blank("fr")
    made.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "zorglub"}])
    assert found(made, ("body", "Le zorglub dort.")) == [("zorglub", "person", None)]
