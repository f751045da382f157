"""Gold files: what an article should be read as, addressed by line (plain text) or by block (a page)."""

import json
import os
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from articles.core import blocks
from articles.core.cleaning.kinds import KINDS
from articles.core.edits import Span
from articles.core.folding import key
from articles.core.formats import open_bytes
from articles.core.reading import clean, read
from articles.core.registry import shipped_memory
from articles.core.values import Reading

HERE = Path(__file__).parent
DEMO = Path(str(files("articles").joinpath("demo")))
LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n]|$)")


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a gold file: ``truth`` is what the file says, ``given`` what stood beside the scraped text."""

    folder: Path
    name: str

    def __str__(self) -> str:
        return self.name.split(".")[0]

    @property
    def truth(self) -> dict[str, Any]:
        return gold(self.folder)[self.name]

    @property
    def reading(self) -> Reading:
        return _reading(self)

    @property
    def parts(self) -> dict[int, Span]:
        return _parts(self)


@cache
def gold(folder: Path) -> dict[str, Any]:
    source = HERE if folder == DEMO else folder
    return json.loads((source / "gold.json").read_text(encoding="utf-8"))


@cache
def given() -> dict[str, dict[str, str]]:
    rows = json.loads((DEMO / "articles.json").read_text(encoding="utf-8"))
    return {row["file"]: {name: row[name] or "" for name in ("outlet", "url")} for row in rows}


def articles() -> list[Article]:
    """The demo articles, then those of the folder that NEWSROOM_GOLD_DIR names."""
    folders = [DEMO, *(Path(path) for path in [os.environ.get("NEWSROOM_GOLD_DIR", "")] if path)]
    return [
        Article(folder, name)
        for folder in folders
        for name, truth in gold(folder).items()
        if isinstance(truth, dict) and ("lines" in truth or "blocks" in truth)
    ]


@cache
def _reading(article: Article) -> Reading:
    beside = given().get(article.name, {}) if article.folder == DEMO else {}
    scraped = open_bytes((article.folder / article.name).read_bytes(), name=article.name, **beside)
    return read(scraped, shipped_memory())


@cache
def _parts(article: Article) -> dict[int, Span]:
    """The raw span of each line that says something, or of each block of a page, by its number from 1."""
    scraped = article.reading.scraped
    if "blocks" in article.truth:
        return {number: line.content for number, line in enumerate(blocks.lines(scraped), 1)}
    raw = scraped.raw_text
    found = {number: Span(start=m.start(), end=m.end()) for number, m in enumerate(LINE.finditer(raw), 1)}
    return {number: span for number, span in found.items() if span.of(raw).strip()}


def where(row: dict[str, Any]) -> int:
    """The number of the line or block that a row of a gold file is about."""
    return row["line"] if "line" in row else row["block"]


def words(text: str) -> str:
    """Text with white space folded; no-break spaces count as spaces."""
    return " ".join(text.split())


def kinds(truth: dict[str, Any]) -> dict[int, str]:
    if "blocks" in truth:
        return {number: block["kind"] for number, block in enumerate(truth["blocks"], 1)}
    return {int(number): kind for number, kind in truth["lines"].items()}


def accepted(truth: dict[str, Any], number: int) -> set[str]:
    return {kinds(truth)[number], *truth["also_accepted"].get(str(number), ())}


def found_kinds(article: Article, number: int) -> set[str]:
    return {block.kind for block in article.reading.blocks if touch(block.span, article.parts[number])}


def touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def shown(article: Article, number: int) -> str:
    """A line or block as a reader sees it."""
    if "blocks" in article.truth:
        return words(article.truth["blocks"][number - 1]["text"])
    return words(article.parts[number].of(article.reading.scraped.raw_text))


def expected_clean(article: Article) -> list[str]:
    """Title, subtitle, then the kept lines. Where gold accepts either fate of a line, the reading's own counts."""
    truth, rank = article.truth, {"title": 0, "subtitle": 1}
    kept = []
    for number in kinds(truth):
        fates = {KINDS[kind].kept for kind in accepted(truth, number)}
        chosen = kinds(truth)[number]
        if len(fates) == 2:
            chosen = min(found_kinds(article, number))
        if KINDS[chosen].kept:
            kept.append((rank.get(chosen, 2), number))
    return [shown(article, number) for _, number in sorted(kept)]


def found_clean(article: Article) -> list[str]:
    return [words(part) for part in clean(article.reading).text.split("\n\n")]


def same(one: str | None, other: str | None) -> bool:
    return (one is None and other is None) or (one is not None and other is not None and key(one) == key(other))
