"""A spaCy pipeline in the place of the recogniser that comes with the project.

Nothing here imports spaCy: the pipeline is handed in, and only what every pipeline has is asked of it (``pipe``, and of a
document ``ents`` with their characters and labels).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from articles.core.values import EntityType, NamedWords, Recogniser

# What the labels of spaCy's own pipelines (OntoNotes, WikiNER and their kin) are here; others name nothing that is tagged.
LABELS: dict[str, EntityType] = {
    "PER": "person", "PERSON": "person", "PRS": "person",
    "LOC": "place", "GPE": "place", "FAC": "place", "GPE_LOC": "place", "LOCATION": "place",
    "ORG": "organisation", "GPE_ORG": "organisation", "ORGANIZATION": "organisation",
    "EVENT": "event", "EVT": "event",
}  # fmt: skip
# A pipeline does not say how sure it is. This is under what is called sure, so that nothing is confirmed unseen.
SURE = 0.8


class Ent(Protocol):
    """A span as spaCy gives it: offsets in code points of the text."""

    @property
    def start_char(self) -> int: ...
    @property
    def end_char(self) -> int: ...
    @property
    def label_(self) -> str: ...


class Doc(Protocol):
    """A text that was read; its spans do not overlap."""

    @property
    def ents(self) -> Sequence[Ent]: ...


class Pipeline(Protocol):
    """What is needed of ``spacy.load(…)``."""

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]: ...


def recogniser_of(pipeline: Pipeline) -> Recogniser:
    """The pipeline as a recogniser; white space at the ends of its spans is left out."""

    def recognise(texts: Sequence[str]) -> list[list[NamedWords]]:
        return [list(_named(text, doc)) for text, doc in zip(texts, pipeline.pipe(texts), strict=True)]

    return recognise


def _named(text: str, doc: Doc) -> Iterator[NamedWords]:
    for ent in doc.ents:
        surface = text[ent.start_char : ent.end_char]
        kind = LABELS.get(ent.label_.upper())
        if kind and surface.strip():
            start = ent.start_char + len(surface) - len(surface.lstrip())
            yield NamedWords(start, start + len(surface.strip()), kind, SURE)
