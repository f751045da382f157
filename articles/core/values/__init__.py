"""The values that the steps of a reading hand to each other. No behaviour beyond checking themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.core.edits import Edit
from articles.core.given import FROM_THE_UPLOAD, Given
from articles.core.values.facts import (
    Attribution,
    Candidate,
    DateMention,
    DateRole,
    FactState,
    Field,
    Flag,
    Restriction,
    Role,
)
from articles.core.values.memory import KnownOutlet, Memory, OutletMemory, RememberedFact, SeenLine
from articles.core.values.names import (
    EntityType,
    KnownEntity,
    Learned,
    Mention,
    NamedWords,
    Office,
    Recogniser,
    SaidOfName,
)
from articles.core.values.text import (
    READING_ORDER,
    Block,
    DecidedBy,
    Line,
    Passage,
    Place,
    Repair,
    Scraped,
    in_reading_order,
)

__all__ = [
    "FROM_THE_UPLOAD",
    "READING_ORDER",
    "Attribution",
    "Block",
    "Candidate",
    "DateMention",
    "DateRole",
    "DecidedBy",
    "EntityType",
    "FactState",
    "Field",
    "Flag",
    "Given",
    "KnownEntity",
    "KnownOutlet",
    "Learned",
    "Line",
    "Memory",
    "Mention",
    "NamedWords",
    "Office",
    "OutletMemory",
    "Passage",
    "Place",
    "Reading",
    "Recogniser",
    "RememberedFact",
    "Repair",
    "Restriction",
    "Role",
    "SaidOfName",
    "Scraped",
    "SeenLine",
    "in_reading_order",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything the machine says about one article. ``blocks`` cover ``raw_text`` exactly once, in order."""

    scraped: Scraped
    language: str
    blocks: tuple[Block, ...]
    edits: tuple[Edit, ...]
    fields: Mapping[str, Field]
    dates: tuple[DateMention, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    rights: tuple[Restriction, ...] = ()
    mentions: tuple[Mention, ...] = ()
    flags: tuple[Flag, ...] = ()
