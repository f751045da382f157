"""Values of names: what a recogniser finds, a suggested tag, whom the registry knows, what people said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from articles.core.edits import Span

EntityType = Literal["person", "organisation", "place", "event"]


class NamedWords(NamedTuple):
    """What a recogniser found at ``[start, end)`` of a text; ``sure`` in [0, 1] is how often it is right so sure."""

    start: int
    end: int
    type: EntityType
    sure: float


# The texts of one article's passages -> the names in each, in order, none inside another.
Recogniser = Callable[[Sequence[str]], Sequence[Sequence[NamedWords]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A suggested tag on words of raw. ``entity`` is the name (and id, if any) of a registry entity it may stand for;
    ``scope`` says whether it stands in the text or in a caption or credit.

    ``whole`` is the fuller name in the same article that the words stand for ("M. Belmas" -> "Malick Belmas"), or empty.
    ``sense`` says of a country or capital whether the place is meant ("à Rabat") or who governs there ("avec Rabat"); it
    is "open" where only an editor can tell, and empty for all else.
    """

    span: Span
    surface: str
    type: EntityType
    score: float
    origin: Literal["registry", "model"]
    entity: str | None = None
    scope: Literal["text", "caption"] = "text"
    whole: str = ""
    sense: Literal["", "place", "power", "open"] = ""


class Office(NamedTuple):
    """An office somebody held: a year, a month or a day each ("2024-01-09"), as exactly as it is known; empty where open."""

    title: str
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntity:
    """An entity of the registry: what the matcher looks for. ``ambiguous`` when another entity bears one of its names.

    ``languages`` are those of the aliases, one each ("" where any language writes it so), or none are given.
    ``country`` is an ISO 3166-1 code; ``governs`` the name of the country that it governs; ``source`` says whence the facts
    come and under which licence.
    """

    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    wikidata: str = ""
    ambiguous: bool = False
    languages: tuple[str, ...] = ()
    description: str = ""
    country: str = ""
    offices: tuple[Office, ...] = ()
    source: str = ""
    governs: str = ""


class SaidOfName(NamedTuple):
    """What people said of a name as a suggestion: on how many articles they confirmed it as this type, on how many they
    rejected it. ``key`` is the name as names are compared, ``name`` how it is written."""

    key: str
    type: EntityType
    name: str
    confirmed: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What follows from that: name key -> the one type that people gave it, or the types as which it is not suggested any
    more; ``names`` are those to be found wherever they stand; ``senses`` what the name of a country or capital means where
    its words do not tell."""

    types: Mapping[str, EntityType] = field(default_factory=dict)
    unwanted: Mapping[str, frozenset[EntityType]] = field(default_factory=dict)
    names: tuple[KnownEntity, ...] = ()
    senses: Mapping[str, Literal["place", "power"]] = field(default_factory=dict)
