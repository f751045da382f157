"""Values of the text: as it came, its lines, its blocks, and the words that steps search in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from articles.core.edits import CleanText, Edit, Span
from articles.core.given import Given

DecidedBy = Literal["rule", "model", "memory", "person"]


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


# Where a kind stands in the clean text; all others follow as they stand in raw.
READING_ORDER = {"title": 0, "subtitle": 1}


def in_reading_order(blocks: Sequence[Block]) -> list[Block]:
    """Kept blocks as a reader meets them: title, subtitle, then the rest as they stand in raw."""
    return sorted((block for block in blocks if block.kept), key=lambda b: (READING_ORDER.get(b.kind, 2), b.span.start))
