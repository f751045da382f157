"""What others call our four types. A label that stands here in no way is not ours: it is reported, never guessed."""

from articles.core.entities.pipelines import LABELS as OF_PIPELINES
from articles.core.values import EntityType

# Beside what pipelines say: the words of CoNLL, Quaero, ESTER, ACE, OntoNotes, schema.org and of our own pages.
LABELS: dict[str, EntityType] = {label.casefold(): kind for label, kind in OF_PIPELINES.items()} | {
    "pers": "person", "i-per": "person", "people": "person", "human": "person", "personne": "person",
    "place": "place", "lieu": "place", "facility": "place", "geo": "place", "country": "place", "city": "place",
    "organisation": "organisation", "organization": "organisation", "institution": "organisation",
    "company": "organisation", "corporation": "organisation", "norp_org": "organisation",
    "event": "event", "événement": "event", "evenement": "event",
}  # fmt: skip
# What CoNLL writes for them.
SHORT: dict[EntityType, str] = {"person": "PER", "place": "LOC", "organisation": "ORG", "event": "EVENT"}


def type_of(label: str) -> EntityType | None:
    """Our type for a label of others; None for one that is not known."""
    return LABELS.get(label.strip().casefold())


def ours(label: str) -> str:
    """Our type for a label of others, or the label as it is."""
    return type_of(label) or label.strip()
