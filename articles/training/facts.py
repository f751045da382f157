"""How good the facts of a reading are: title, authors and day of publication beside what people say they are.

What counts as the same is kept fair to every reader that is scored:

* titles: without regard to case, accents, white space and the shape of quotation marks and dashes; the name of the site
  behind or before the title, set off by a bar or a dash, neither helps nor harms;
* authors: names compared like titles, without "By", roles, addresses and titles of nobility in any order; a name in the
  truth that is no person's (a desk, a firm, an address) is neither asked for nor held against who finds it;
* dates: to the day. A moment with an offset may be taken by its own day or by that of UTC.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from articles.core.folding import key
from articles.core.formats import open_bytes
from articles.core.metadata.people import is_firm, is_person
from articles.core.reading import read
from articles.core.values import Memory, Reading
from articles.training import pages

SPLIT = re.compile(r"\s*(?:[,;|\n]|\s&\s|\s(?:and|et|und|y|e|og|och|en)\s)\s*")
ROLE = re.compile(r"^(?:by|von|par|por|di|da|af|av|text|words)\b:?\s+|\s*/.*$|\s*[<(].*$", re.IGNORECASE)
TITLE = re.compile(r"^(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+", re.IGNORECASE)
SITE = re.compile(r"\s+[|–—·»«:-]+\s+")
MARKS = str.maketrans(dict.fromkeys("\"'«»“”„‚‘’`´.,:;!?…", ""))
# A site's name has no more words than this.
SITE_WORDS = 6
ASKED = ("title", "authors", "published")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of an article, by people or by a reader: empty where nothing is. ``published`` is ISO 8601."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article of a corpus: its page's source (empty where there is none), its flattened lines, and the truth."""

    name: str
    html: str
    lines: Sequence[str]
    gold: Facts


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one reader over one corpus. ``misses`` are (what, page, expected, found) in the order of the pages."""

    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ASKED, 0))
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ASKED, 0))
    silent: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ASKED, 0))
    hits: int = 0
    wanted: int = 0
    named: int = 0
    misses: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, page: str, gold: Facts, found: Facts) -> None:
        """Count one page. What the truth does not say is not asked."""
        if gold.title:
            self._count("title", page, gold.title, found.title, right=same_title(gold.title, found.title))
        if gold.published:
            right = bool(days(gold.published) & days(found.published))
            self._count("published", page, gold.published, found.published, right=right)
        if wanted := people(gold.authors):
            spared = {name_key(name) for name in names(gold.authors)} - wanted
            said = {name_key(name) for name in found.authors} - spared - {""}
            self.hits += len(hits := {name for name in said if _among(name, wanted)})
            self.wanted += len(wanted)
            self.named += len(said)
            right = len(hits) == len(said) == len(wanted)
            self._count("authors", page, ", ".join(gold.authors), ", ".join(found.authors), right=right)

    def _count(self, what: str, page: str, gold: str, found: str, *, right: bool) -> None:
        self.asked[what] += 1
        self.right[what] += right
        self.silent[what] += not found
        if not right:
            self.misses.append((what, page, gold, found))

    @property
    def figures(self) -> dict[str, float]:
        """Accuracy of each fact in [0, 1]; precision, recall and F1 of the names."""
        found = {f"{what} accuracy": self.right[what] / (self.asked[what] or 1) for what in self.asked}
        precision, recall = self.hits / (self.named or 1), self.hits / (self.wanted or 1)
        f1 = 2 * precision * recall / (precision + recall) if self.hits else 0.0
        found |= {"authors precision": precision, "authors recall": recall, "authors F1": f1}
        return {name: round(value, 4) for name, value in found.items()}


def load(path: Path) -> Iterator[Case]:
    """The articles of a corpus: a .jsonl file (plain, .gz, .xz) whose rows hold ``lines``, ``html`` where there is
    markup, and the truth as ``title``, ``author`` or ``authors`` and ``date``, with ``gold_`` before them or without."""
    with pages.opened(path) as rows:
        for number, line in enumerate(rows, 1):
            row = json.loads(line)
            yield Case(
                name=str(row.get("id", f"{path.name}:{number}")),
                html=row.get("html") or "",
                lines=row.get("lines") or (),
                gold=_truth(row),
            )


def _truth(row: Mapping[str, Any]) -> Facts:
    authors = row.get("gold_authors") or row.get("authors") or row.get("author") or ()
    return Facts(
        title=row.get("gold_title") or row.get("title") or "",
        authors=(authors,) if isinstance(authors, str) else tuple(authors),
        published=row.get("gold_date") or row.get("date") or "",
    )


def of_page(case: Case, memory: Memory) -> Facts:
    """What our reader finds on the page."""
    return _read(case.html, memory)


def of_lines(case: Case, memory: Memory) -> Facts:
    """What our reader finds in the page's flattened lines."""
    return _read("\n".join(case.lines), memory)


def _read(source: str, memory: Memory) -> Facts:
    return of_reading(read(open_bytes(source.encode("utf-8", "surrogatepass")), memory))


def of_reading(reading: Reading) -> Facts:
    """The facts of a reading."""
    found = reading.fields
    return Facts(
        title=found["title"].value or "",
        authors=tuple(found["authors"].value or ()),
        published=found["published"].value or "",
    )


def plain(text: str) -> str:
    """Words for comparing: no case, accents, quotation marks or final stops; one kind of dash and of space."""
    text = unicodedata.normalize("NFKC", text.replace("\u00ad", ""))
    return " ".join(key(text.replace("—", "-")).translate(MARKS).split())


def same_title(gold: str, found: str) -> bool:
    """Whether two titles say the same, but for the name of a site beside one of them."""
    if not plain(gold) or not plain(found):
        return False
    return bool(_titles(gold) & _titles(found))


def _titles(title: str) -> set[str]:
    """The title, and the title without what may be the name of a site at either end."""
    forms = {plain(title)}
    cuts = list(SITE.finditer(title))
    if cuts:
        head, tail = title[: cuts[-1].start()], title[cuts[-1].end() :]
        if len(tail.split()) <= SITE_WORDS and len(head.split()) > len(tail.split()):
            forms.add(plain(head))
        head, tail = title[: cuts[0].start()], title[cuts[0].end() :]
        if len(head.split()) <= SITE_WORDS and len(tail.split()) > len(head.split()):
            forms.add(plain(tail))
    return forms


def names(written: Iterable[str]) -> list[str]:
    """Single names from names as they are written, several in one string or not."""
    parts = (part for one in written for part in SPLIT.split(one))
    return [name for part in parts if (name := ROLE.sub("", part.strip()).strip(" .-–—"))]


def people(written: Iterable[str]) -> set[str]:
    """The keys of the names that can be persons': two words and more, no desk, no address."""
    return {
        name_key(name)
        for name in names(written)
        if " " in name and is_person(_cased(name), (), cued=True) and not is_firm(name)
    }


def name_key(name: str) -> str:
    return plain(TITLE.sub("", ROLE.sub("", name.strip()))).replace("-", " ")


def _cased(name: str) -> str:
    return name.title() if name.isupper() or name.islower() else name


def _among(name: str, wanted: set[str]) -> bool:
    """Whether it is one of the names; the order of its words is a custom of the place."""
    return name in wanted or any(sorted(name.split()) == sorted(other.split()) for other in wanted)


def days(written: str) -> set[str]:
    """The days on which a moment may be said to lie: its own, and that of UTC where the offset is known."""
    match = DAY.match(written.strip())
    if match is None:
        return set()
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        return {match[0]}
    return {match[0]} if moment.tzinfo is None else {match[0], moment.astimezone(UTC).date().isoformat()}


def table(tallies: Mapping[str, Tally], counted: Sequence[str]) -> Iterator[str]:
    """The figures as lines of text, a reader a line; a dash where a reader never said anything."""
    width = max(map(len, tallies), default=0)
    yield f"{'':{width}}  " + "  ".join(f"{name:>18}" for name in counted)
    for reader, tally in tallies.items():
        figures = tally.figures
        cells = []
        for name in counted:
            what = name.split()[0]
            mute = tally.silent[what] == tally.asked[what]
            cells.append(f"{'–':>18}" if mute else f"{figures[name]:18.3f}")
        yield f"{reader:{width}}  " + "  ".join(cells)
