"""How good found mentions are: strict span and type against what people tagged, per type and at high confidence.

A corpus is JSON Lines, an article a line: ``id``, ``text``, ``entities`` [{start, end, type}] with offsets in code points,
end exclusive, and ``date`` or ``group`` (articles of one month or group are never both taught and asked). Types are ours
or PER, LOC, ORG, EVENT; others are read but not asked for. On an expected mention ``optional``, ``alternatives`` and
``covered_by_alternative`` say what else is right.
"""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from articles.core import entities
from articles.core.edits import Span, apply
from articles.core.entities.trained import shipped
from articles.core.values import Block, Memory, Passage

TYPES = ("person", "place", "organisation", "event")
# What the figures of the field count: events are reported beside them.
COUNTED = TYPES[:3]
NAMES = {"PER": "person", "LOC": "place", "ORG": "organisation", "EVENT": "event", "PRODUCT": "product"}
SURE = 0.9


class Tag(NamedTuple):
    """A type on ``[start, end)`` of an article's text."""

    start: int
    end: int
    type: str


class Expected(NamedTuple):
    """A tag that people set; ``others`` are as right, ``optional`` is no miss, ``covered`` a span that makes it none."""

    tag: Tag
    others: tuple[Tag, ...] = ()
    optional: bool = False
    covered: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An annotated article; ``group`` is its month, or what else it must not be parted from."""

    name: str
    text: str
    group: str
    expected: tuple[Expected, ...]


Found = Mapping[Tag, float]


def digest(article: Article) -> str:
    """Eight letters that tell an article from others by its words: a report says so what was learned from."""
    return hashlib.sha256(article.text.encode()).hexdigest()[:8]


def load(path: Path) -> Iterator[Article]:
    """The articles of a corpus (plain or .gz); ValueError, a sentence, for a row that is none."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    yield _article(json.loads(line))
                except (KeyError, TypeError, ValueError) as error:
                    raise ValueError(f"line {number} is no annotated article ({error}).") from error


def _article(row: dict[str, Any]) -> Article:
    text = row["text"]
    expected = tuple(_expected(one) for one in row["entities"])
    for one in expected:
        if not 0 <= one.tag.start < one.tag.end <= len(text):
            raise ValueError(f"a tag at {one.tag.start} to {one.tag.end} lies outside the text")
    group = row.get("group") or row.get("date", "").replace("_", "-")[:7] or row["id"]
    return Article(name=str(row["id"]), text=text, group=group, expected=expected)


def _expected(row: dict[str, Any]) -> Expected:
    covered = row.get("covered_by_alternative")
    return Expected(
        tag=_tag(row),
        others=tuple(_tag(other) for other in row.get("alternatives", ())),
        optional=bool(row.get("optional")),
        covered=(covered["start"], covered["end"]) if covered else None,
    )


def _tag(row: dict[str, Any]) -> Tag:
    return Tag(int(row["start"]), int(row["end"]), NAMES.get(row["type"], row["type"]))


@dataclass(slots=True)
class Tally:
    """Counts of hits, false alarms and misses, by type; ``sure`` the same for the mentions that are surest."""

    hits: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    sure_hits: int = 0
    sure_wrong: int = 0
    misses: list[tuple[str, Tag]] = field(default_factory=list)
    alarms: list[tuple[str, Tag]] = field(default_factory=list)

    def add(self, article: Article, found: Found) -> None:
        """Count what was found in one article."""
        asked = [one for one in article.expected if one.tag.type in TYPES]
        said = {tag for tag in found if tag.type in TYPES}
        used: set[Tag] = set()
        for one in asked:
            hit = next((tag for tag in (one.tag, *one.others) if tag in said), None)
            if hit:
                used.add(hit)
            if one.optional:
                continue
            if hit:
                self.hits[one.tag.type] += 1
                self.sure_hits += found[hit] >= SURE and one.tag.type in COUNTED
            elif not (one.covered and any(tag[:2] == one.covered for tag in said)):
                self.missed[one.tag.type] += 1
                self.misses.append((article.name, one.tag))
        open_ = [one.tag for one in asked if one.optional]
        for tag in sorted(said - used):
            if not any(tag.start < other.end and tag.end > other.start for other in open_):
                self.wrong[tag.type] += 1
                self.alarms.append((article.name, tag))
                self.sure_wrong += found[tag] >= SURE and tag.type in COUNTED

    def figures(self) -> dict[str, float]:
        """Percentages: precision, recall and F1 over the counted types, F1 per type, and of the surest mentions."""
        report = dict(zip(("precision", "recall", "f1"), self.prf(COUNTED), strict=True))
        for kind in TYPES:
            if self.hits[kind] + self.missed[kind]:
                report[f"{kind} f1"] = self.prf((kind,))[2]
        asked = sum(self.hits[kind] + self.missed[kind] for kind in COUNTED)
        said = self.sure_hits + self.sure_wrong
        report["sure precision"] = _percent(self.sure_hits, said)
        report["sure recall"] = _percent(self.sure_hits, asked)
        return report

    def prf(self, kinds: Iterable[str]) -> tuple[float, float, float]:
        """Precision, recall and F1 over these types, in percent."""
        hits, wrong, missed = (sum(count[kind] for kind in kinds) for count in (self.hits, self.wrong, self.missed))
        return (
            _percent(hits, hits + wrong),
            _percent(hits, hits + missed),
            _percent(2 * hits, 2 * hits + wrong + missed),
        )


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def scored(articles: Sequence[Article], find: Callable[[str], Found]) -> Tally:
    """What ``find`` finds in the texts of articles, counted."""
    tally = Tally()
    for article in articles:
        tally.add(article, find(article.text))
    return tally


def read_with(memory: Memory, language: str) -> Callable[[str], Found]:
    """What the desk would suggest for a text of that language: a passage a line, all of them body.

    Annotated news calls "Rabat" a place also where it means who governs there; here it counts as the place it names. How
    well both are told apart is measured by itself (tests/corpus/test_senses.py)."""

    def find(text: str) -> Found:
        return {
            Tag(one.span.start, one.span.end, "place" if one.sense == "power" else one.type): one.score
            for one in entities.find(passages(text), memory, language)
        }

    return find


def alone(language: str) -> Callable[[str], Found] | None:
    """What the trained recogniser of a language finds by itself; None where there is none."""
    recognise = shipped(language)
    if recognise is None:
        return None

    def find(text: str) -> Found:
        (found,) = recognise([text])
        return {Tag(one.start, one.end, one.type): one.sure for one in found}

    return find


def passages(text: str) -> tuple[Passage, ...]:
    """The lines of a text as kept passages."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        span = Span(start=at, end=at + len(line))
        at += len(line)
        if line.strip():
            block = Block(span=span, kind="body", kept=True, reason="annotated", confidence=1.0)
            found.append(Passage(block=block, shown=apply(text, [span], [])))
    return tuple(found)
