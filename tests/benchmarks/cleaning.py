"""How well and how fast the cleaner reads, beside trafilatura, readability-lxml and jusText in the same run.

Without anything else it reads the annotated pages of tests/corpus/pages, which nobody was taught with. With
NEWSROOM_CORPUS=file.jsonl.xz (rows with ``lines``, ``labels``, and ``html`` and ``gold_body`` where there is markup) it
reads those instead: of a corpus that the cleaner was taught with, only the speed and the peers mean anything.
"""

import html
import json
import os
import random
import re
import statistics
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import justext
import trafilatura
from readability import Document

from articles.core import blocks
from articles.core.cleaning import model
from articles.core.cleaning.certainty import CERTAIN
from articles.core.cleaning.classifier import classify
from articles.core.cleaning.memory import line_key
from articles.core.formats import open_bytes
from articles.core.values import Memory, OutletMemory, SeenLine
from articles.training import pages, scoring
from tests.corpus.quality import PAGES

TEN_WORDS = 10
# So many other pages of an outlet have been decided.
SEEN = (1, 3, 5)
STOPLISTS = {"en": "English", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
             "ar": "Arabic", "he": "Hebrew", "sv": "Swedish", "fi": "Finnish"}  # fmt: skip
TAG = re.compile(r"<[^>]+>")
Peer = Callable[[Any], str]


class Sample:
    """A page, its text or its source, and what a reader should get."""

    def __init__(self, page: pages.Page, source: str) -> None:
        self.name, self.language, self.shape, self.source = page.name, page.language, page.shape, source
        self.outlet = page.group
        self.texts = page.texts
        kept = "\n".join(text for text, keep in zip(page.texts, page.kept, strict=True) if keep == 1)
        self.gold = scoring.shingles(page.body or kept)
        self.kept = page.kept


@cache
def samples() -> tuple[Sample, ...]:
    found = os.environ.get("NEWSROOM_CORPUS", "")
    return tuple(_rows(Path(found)) if found else _own())


def _own() -> Iterator[Sample]:
    for path in sorted(PAGES.iterdir()):
        if path.suffix in pages.ANNOTATED:
            yield Sample(*pages.annotated(path))


def _rows(path: Path) -> Iterator[Sample]:
    sources = {}
    with pages.opened(path) as rows:
        for row in map(json.loads, rows):
            sources[str(row.get("id", ""))] = row.get("html", "")
    for page in pages.load(path):
        yield Sample(page, sources[page.name] if page.shape == "page" else "\n".join(page.texts))


def ours(sample: Sample) -> str:
    scraped = open_bytes(sample.source.encode("utf-8", "surrogatepass"))
    lines = blocks.lines(scraped)
    kept = [block for block in classify(scraped, lines, "", Memory()) if block.kept]
    spans = iter(kept)
    block = next(spans, None)
    shown = []
    for line in lines:
        while block is not None and block.span.end <= line.content.start:
            block = next(spans, None)
        if block is not None and block.span.start <= line.content.start:
            shown.append(line.text)
    return "\n".join(shown)


def _paragraphs(sample: Sample) -> str:
    return "<html><body>" + "".join(f"<p>{html.escape(text)}</p>" for text in sample.texts) + "</body></html>"


def _trafilatura(source: str) -> str:
    return trafilatura.extract(source, include_comments=False) or ""


def _readability(source: str) -> str:
    return html.unescape(TAG.sub("\n", Document(source).summary()))


def _justext(sample: Sample) -> str:
    words = justext.get_stoplist(STOPLISTS.get(sample.language[:2], "English"))
    return "\n".join(p.text for p in justext.justext(_paragraphs(sample), words) if not p.is_boilerplate)


def _long_lines(sample: Sample) -> str:
    """The densest run of lines of ten words and more."""
    best, total, start, chosen = 0.0, 0.0, 0, (0, 0)
    for i, text in enumerate(sample.texts):
        if total <= 0:
            total, start = 0.0, i
        words = len(text.split())
        total += words if words >= TEN_WORDS else -TEN_WORDS
        if total > best:
            best, chosen = total, (start, i + 1)
    return "\n".join(text for text in sample.texts[slice(*chosen)] if len(text.split()) >= TEN_WORDS)


TEXT_PEERS: dict[str, Peer] = {
    "newsroom": ours,
    "keep everything": lambda sample: "\n".join(sample.texts),
    "trafilatura, each line a paragraph": lambda sample: _trafilatura(_paragraphs(sample)),
    "jusText, each line a paragraph": _justext,
    "lines of 10 words and more, densest run": _long_lines,
}
PAGE_PEERS: dict[str, Peer] = {
    "newsroom": ours,
    "trafilatura": lambda sample: _trafilatura(sample.source),
    "readability-lxml": lambda sample: _readability(sample.source),
}


def run() -> Iterator[str]:
    model.shipped()
    ours(samples()[0])
    for shape, peers in (("text", TEXT_PEERS), ("page", PAGE_PEERS)):
        chosen = [sample for sample in samples() if (sample.shape == "page") == (shape == "page")]
        if chosen:
            yield from _table(shape, chosen, peers)
    yield from _reliability()
    yield from _remembered()
    yield from _taught()


def _table(shape: str, chosen: Sequence[Sample], peers: dict[str, Peer]) -> Iterator[str]:
    yield f"-- {shape}: {len(chosen)} pages"
    worst: list[tuple[float, str]] = []
    for name, peer in peers.items():
        started = time.process_time()
        shown = [peer(sample) for sample in chosen]
        spent = time.process_time() - started
        scores = [scoring.body_f1(sample.gold, text) for sample, text in zip(chosen, shown, strict=True)]
        lost = sum(score < scoring.LOST for score in scores) / len(scores)
        yield f"{name:42} F1 {statistics.fmean(scores):.3f}  under 0.20: {lost:.1%}  {len(chosen) / spent:6.0f} pages/s"
        if name == "newsroom":
            worst = sorted(
                (score, f"{sample.language} {sample.name}") for score, sample in zip(scores, chosen, strict=True)
            )
            by: dict[str, list[float]] = defaultdict(list)
            for score, sample in zip(scores, chosen, strict=True):
                by[f"language {sample.language}"].append(score)
                by[f"shape {sample.shape}"].append(score)
            for group, values in sorted(by.items()):
                yield f"    {group:38} F1 {statistics.fmean(values):.3f}  ({len(values)})"
    yield "    worst: " + "; ".join(f"{name} {score:.2f}" for score, name in worst[:10])


def _reliability() -> Iterator[str]:
    """How often a block is right, by how sure the desk said it was."""
    rows: dict[int, list[bool]] = defaultdict(list)
    for sample in samples():
        scraped = open_bytes(sample.source.encode("utf-8", "surrogatepass"))
        ledger = classify(scraped, blocks.lines(scraped), "", Memory())
        for line, kept in zip(blocks.lines(scraped), sample.kept, strict=True):
            block = next(b for b in ledger if b.span.start <= line.content.start < b.span.end)
            if kept >= 0:
                rows[min(int(block.confidence * 20), 19) if block.confidence < CERTAIN else 20].append(
                    block.kept == bool(kept)
                )
    yield "-- how sure, and how often right"
    for step, right in sorted(rows.items()):
        name = (
            f"shown as certain (>= {CERTAIN})"
            if step == 20
            else f"{step / 20:.2f} to {min((step + 1) / 20, CERTAIN):.2f}"
        )
        share = sum(right) / len(right)
        yield f"{name:28} {share:.3f} of {len(right):5}  {'#' * round(share * 40)}"


def _remembered() -> Iterator[str]:
    """How many errors fewer a page has when people have decided about other pages of its outlet."""
    outlets: dict[tuple[str, str], list[Sample]] = defaultdict(list)
    for sample in samples():
        outlets[sample.outlet, sample.shape].append(sample)
    many = [group for group in outlets.values() if len(group) > max(SEEN)]
    yield f"-- what is remembered of an outlet: {len(many)} outlets with more than {max(SEEN)} pages of one shape"
    if not many:
        return
    alone = 0
    for seen in (0, *SEEN):
        errors = sum(_errors(sample, _memory_of(group, sample, seen)) for group in many for sample in group)
        alone = alone or errors
        yield f"{seen} pages seen  {errors:6} lines wrong  {1 - errors / max(alone, 1):6.1%} fewer"


def _memory_of(group: Sequence[Sample], sample: Sample, seen: int) -> OutletMemory | None:
    others = [other for other in group if other is not sample]
    chosen = random.Random(sample.name).sample(others, seen)  # noqa: S311 - a choice of pages, no secret
    decided: dict[str, Counter[str]] = defaultdict(Counter)
    for other in chosen:
        said = {line_key(text): keep for text, keep in zip(other.texts, other.kept.tolist(), strict=True)}
        for line, keep in said.items():
            if line and keep >= 0:
                decided[line]["body" if keep else "widget"] += 1
    lines = {line: SeenLine(pages=kinds.total(), decided=kinds) for line, kinds in decided.items()}
    return OutletMemory(pages=seen, lines=lines) if seen else None


def _errors(sample: Sample, memory: OutletMemory | None) -> int:
    """Lines of the page whose fate is not what people gave them."""
    scraped = open_bytes(sample.source.encode("utf-8", "surrogatepass"))
    lines = blocks.lines(scraped)
    ledger = classify(scraped, lines, "", Memory(outlet=memory))
    starts = [block.span.start for block in ledger]
    fates = [ledger[bisect_right(starts, line.content.start) - 1].kept for line in lines]
    return sum(keep >= 0 and keep != fate for keep, fate in zip(sample.kept.tolist(), fates, strict=True))


def _taught() -> Iterator[str]:
    """What the last lesson reported: outlets that the models had not seen."""
    report = json.loads((Path(model.__file__).parent / model.WEIGHTS).with_suffix(".json").read_text())
    yield "-- the lesson's own report: each page judged by models that knew no page of its outlet"
    for shape in model.SHAPES:
        for group, figures in report[shape].items():
            if figures.get("pages", 0) >= TEN_WORDS:
                yield f"{shape:5} {group:24} " + "  ".join(f"{name} {value}" for name, value in figures.items())
