"""How well the desk reads the annotated pages of this folder: nobody taught the cleaner with them."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from articles.core import blocks
from articles.core.cleaning.kinds import KINDS
from articles.core.formats import open_bytes
from articles.core.reading import read
from articles.core.registry import shipped_memory
from articles.core.values import Block, Reading
from articles.training import pages, scoring

PAGES = Path(__file__).parent / "pages"
NAMES = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Read:
    """A page of the corpus and what the desk makes of it: ``blocks`` holds the block of each of the page's lines."""

    page: pages.Page
    reading: Reading
    blocks: tuple[Block, ...]

    @property
    def kinds(self) -> list[str]:
        return [NAMES[number] for number in self.page.kinds]

    @property
    def body_f1(self) -> float:
        texts = self.page.texts
        gold = "\n".join(text for text, kept in zip(texts, self.page.kept, strict=True) if kept)
        shown = "\n".join(text for text, block in zip(texts, self.blocks, strict=True) if block.kept)
        return scoring.body_f1(scoring.shingles(gold), shown)

    @property
    def line_f1(self) -> float:
        return scoring.line_f1(self.page.texts, self.page.kept.tolist(), [block.kept for block in self.blocks])


@cache
def corpus() -> tuple[Read, ...]:
    return tuple(_read(path) for path in sorted(PAGES.iterdir()) if path.suffix in pages.ANNOTATED)


def _read(path: Path) -> Read:
    page, source = pages.annotated(path)
    scraped = open_bytes(source.encode())
    reading = read(scraped, shipped_memory())
    lines = blocks.lines(scraped)
    assert [line.text for line in lines] == list(page.texts), path.name
    # A line that the desk cut in two is judged by the part in which it begins.
    found = [next(b for b in reading.blocks if b.span.start <= line.content.start < b.span.end) for line in lines]
    return Read(page, reading, tuple(found))


@cache
def figures() -> dict[str, float]:
    """The figures for which floors.json holds floors."""
    by: dict[str, list[Read]] = defaultdict(list)
    for read_page in corpus():
        by["all"].append(read_page)
        by["page" if read_page.page.shape == "page" else "text"].append(read_page)
        by[read_page.page.language].append(read_page)
    found = {}
    for name, group in by.items():
        found[f"{name} body"] = sum(one.body_f1 for one in group) / len(group)
        found[f"{name} lines"] = sum(one.line_f1 for one in group) / len(group)
    gold = [kind for one in corpus() for kind in one.kinds]
    said = [block.kind for one in corpus() for block in one.blocks]
    found |= {f"kind {kind}": score for kind, score in scoring.macro_f1(gold, said).items()}
    return {name: round(value, 3) for name, value in found.items()}
