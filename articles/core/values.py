"""The values that the steps of a reading hand to each other. No behaviour beyond checking themselves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from articles.core.edits import CleanText, Edit, Span
from articles.core.given import FROM_THE_UPLOAD as FROM_THE_UPLOAD
from articles.core.given import Given as Given

DecidedBy = Literal["rule", "model", "memory", "person"]
FactState = Literal["stated", "inferred", "unknown", "disputed"]
DateRole = Literal["publication", "update", "event", "caption", "background", "related", "copyright", "embargo"]
Role = Literal[
    "publisher", "republished_from", "agency", "cited", "author", "translator", "photo_credit", "copyright_holder"
]
EntityType = Literal["person", "organisation", "place", "event"]


class Place(NamedTuple):
    """Where a run of an HTML page's text stands: ``span`` of the source, ``path`` of tag names from the root down,
    ``hints`` the words of the class, id, role and itemprop attributes on that path, ``link`` its href if it is one.

    ``nodes`` are the ordinals of the path's elements in the page: two runs inside one element share its number.
    ``linked`` is the share of the run's letters inside links, in [0, 1]; ``inline`` the names of the elements around
    the whole run that are no blocks (strong, time…), from the outermost, and the words of their attributes, but for
    links, whose address says more. The elements of the path are not among them.
    """

    span: Span
    path: tuple[str, ...]
    nodes: tuple[int, ...] = ()
    hints: tuple[str, ...] = ()
    link: str = ""
    linked: float = 0.0
    inline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Characters that decoding mended: what stood there, what it became, how often."""

    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scraped:
    """One article as it came: decoded, never changed afterwards.

    ``raw_text`` holds no NUL and no lone surrogate. ``markup`` are the machine's edits that turn the source of an
    HTML page into its text (tags cut, character references read); ``places`` its text runs. Both are empty for plain
    text. ``given`` is what the scraper or editor said beside the text, ``url`` and ``outlet`` two of it; ``received_at`` is
    aware. ``metadata`` are (name, value, span of raw) found in the page's head: title, og:title, canonical, author…
    """

    raw_text: str
    sha256: str = ""
    format: str = "text"
    encoding: str = "utf-8"
    encoding_reason: str = ""
    repairs: tuple[Repair, ...] = ()
    markup: tuple[Edit, ...] = ()
    places: tuple[Place, ...] = ()
    metadata: tuple[tuple[str, str, Span], ...] = ()
    url: str = ""
    outlet: str = ""
    given: Given = field(default_factory=Given)
    received_at: datetime | None = None


class Line(NamedTuple):
    """A run of raw that will be one block: ``span`` with the white space up to the next, ``content`` without,
    ``text`` as a reader sees it (markup applied, white space folded), ``place`` in the page for HTML."""

    span: Span
    content: Span
    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of raw with one fate. ``reason`` is a phrase an editor reads; ``confidence`` in [0, 1].

    ``evidence`` are further phrases that speak for or against the verdict, the most telling first ("8 links in a row");
    ``otherwise`` is the kind that was second best, or empty.
    """

    span: Span
    kind: str
    kept: bool
    reason: str
    confidence: float
    decided_by: DecidedBy = "rule"
    evidence: tuple[str, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A block with its words as a reader sees them (markup applied, nothing else), mapped to raw. What the steps
    after cleaning search in."""

    block: Block
    shown: CleanText

    @property
    def text(self) -> str:
        return self.shown.text

    def raw(self, start: int, end: int) -> Span:
        """The raw span behind ``text[start:end]``, from its first to its last character."""
        spans = self.shown.raw_spans(Span(start=start, end=end))
        return Span(start=min(span.start for span in spans), end=max(span.end for span in spans))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Another value that a field might have had, and where it stands."""

    value: Any
    span: Span | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A fact found by the machine. ``value`` is a string, a list of strings (authors) or None; for ``published`` an ISO
    8601 string with offset, ``details`` then holding precision and timezone_from. A stated value has a span."""

    name: str
    value: Any = None
    span: Span | None = None
    state: FactState = "unknown"
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date in the text. ``value`` is ISO 8601, as precise as what was said: 2022-07-19, 2021-11, 2023-W03, 2020,
    --02-14, 1990/1999; None when it is relative and nothing anchors it. ``precision`` says how much is known: minute,
    day, week, month, year, years, day of a year, or nothing.

    A value that is no day is a range: ``until`` is its last day, empty for days. ``time`` is the time of day that is said
    with it, "16:30", with the offset from UTC where the text or its zone gives one ("16:30-05:00"); ``timezone_from``
    then says where that comes from: stated, outlet country, language or unknown.
    """

    span: Span
    surface: str
    value: str | None
    role: DateRole
    reason: str = ""
    precision: str = ""
    until: str = ""
    time: str = ""
    timezone_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A link of the chain behind the text. ``name`` None with state unknown: somebody stands there, the name is lost."""

    role: Role
    name: str | None
    span: Span | None
    state: FactState
    reason: str
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A restriction as written. ``constraint`` names a row of CONSTRAINTS, ``scope`` what it restricts. ``details`` are
    plain words: ``until`` (ISO 8601) and ``zone`` of an embargo; ``licence``, ``label``, ``url``; ``territory``;
    ``credit`` and ``link`` of a credit that is asked for."""

    span: Span
    text: str
    constraint: str
    scope: Literal["text", "picture"] = "text"
    details: Mapping[str, str] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A question about the text that only a person can answer. ``detail`` is a sentence; ``at`` a cut that is proposed."""

    flag: str
    span: Span
    detail: str
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOutlet:
    """An outlet of the registry, as far as reading needs it. ``timezone`` is an IANA name or empty."""

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str = ""
    timezone: str = ""
    language: str = ""
    is_agency: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLine:
    """What is known of a line (folded, digits masked) on other pages of the same outlet: on how many of them it stood,
    and kind -> how many people's decisions say so, a page counting once."""

    pages: int
    decided: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletMemory:
    """What the desk remembers of one outlet: ``pages``, how many other pages of it there are, and line key -> what is
    known, at least for the lines of the page that is read."""

    pages: int
    lines: Mapping[str, SeenLine] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedFact:
    """What a person said is the same on every page of an outlet: ``about`` is a role or a field (a row of REMEMBERED),
    ``instead_of`` what the machine had found where they said so, ``by`` their name."""

    about: str
    value: str
    instead_of: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the desk knows when it reads: registries, what it remembers of the outlet whose page it reads, and what it
    ``learned`` of names.

    ``recognisers``: language -> one that takes the place of the recogniser that comes with the project.
    """

    outlets: tuple[KnownOutlet, ...] = ()
    entities: tuple[KnownEntity, ...] = ()
    outlet: OutletMemory | None = None
    facts: tuple[RememberedFact, ...] = ()
    learned: Learned = Learned()
    recognisers: Mapping[str, Recogniser] = field(default_factory=dict)


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


# Where a kind stands in the clean text; all others follow as they stand in raw.
READING_ORDER = {"title": 0, "subtitle": 1}


def in_reading_order(blocks: Sequence[Block]) -> list[Block]:
    """Kept blocks as a reader meets them: title, subtitle, then the rest as they stand in raw."""
    return sorted((block for block in blocks if block.kept), key=lambda b: (READING_ORDER.get(b.kind, 2), b.span.start))
