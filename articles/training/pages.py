"""Training pages: the lines of a page with the truth about each, from every form in which such pages come."""

import gzip
import hashlib
import json
import lzma
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from articles.core import blocks
from articles.core.cleaning.figures import KIND_NUMBER
from articles.core.cleaning.model import KEPT
from articles.core.edits import Span
from articles.core.formats import open_bytes
from articles.core.values import Place, Scraped
from articles.training.weak import weak_kinds

UNKNOWN = -1
ANNOTATED = (".tsv", ".html")
MARK = re.compile(r"<!--kind:(\w+)-->")
ABOUT = re.compile(r"\A<!--(?!kind:)(.*?)-->\n?", re.DOTALL)
STATED = re.compile(r"(\w+): ([^;]*)")
HEADER = re.compile(r"# (\w+): (.*)")
# A page's line is looked for so many lines ahead in the other version of the page.
LOOK_AHEAD = 60


class BadPage(ValueError):
    """A training page that cannot be used; the sentence says which line and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """``kept`` [n] is 1, 0 or UNKNOWN for each of the n ``texts``, ``kinds`` [n] the number of the kind or UNKNOWN.
    ``group`` is what must not stand on both sides of a validation: the web domain, or the outlet. ``body`` is the text
    that a reader should get; empty where only the lines are known. ``own`` pages were labelled by people, line by line."""

    name: str
    group: str
    language: str
    texts: Sequence[str]
    kept: npt.NDArray[np.int8]
    kinds: npt.NDArray[np.int8]
    shape: str
    body: str = ""
    own: bool = False
    places: Sequence[Place] = ()
    head: Sequence[tuple[str, str, Span]] = ()
    about: Mapping[str, str] = field(default_factory=dict)


def load(path: Path) -> Iterator[Page]:
    """The pages of a corpus: a .jsonl file (plain, .gz or .xz) or a folder of such files and of annotated pages."""
    if path.is_dir():
        for inner in sorted(path.iterdir()):
            if inner.name.endswith((".jsonl", ".jsonl.gz", ".jsonl.xz", *ANNOTATED)):
                yield from load(inner)
    elif path.suffix in ANNOTATED:
        page, _ = annotated(path)
        yield page
        if page.places:
            yield replace(page, shape="full", places=(), head=())
    else:
        with opened(path) as rows:
            for number, row in enumerate(rows, 1):
                yield from _of_row(f"{path.name}:{number}", json.loads(row))


def digest(paths: Sequence[Path]) -> str:
    """The sha256 of the corpus: of its files' names and bytes, in order."""
    found = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                found.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def opened(path: Path) -> IO[str]:
    """A corpus file as text, whatever it is packed with."""
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def annotated_text(name: str, source: str) -> Page:
    """A page written for training: ``# key: value`` lines, then a line each: kind, tab, text."""
    about: dict[str, str] = {}
    texts, kinds = [], []
    for number, line in enumerate(source.split("\n"), 1):
        if (match := HEADER.fullmatch(line)) and "\t" not in line:
            about[match[1]] = match[2].strip()
        elif line.strip():
            kind, tab, text = line.partition("\t")
            if kind not in KIND_NUMBER or not tab:
                raise BadPage(f"{name}, line {number}: expected a kind, a tab and the text, found {line[:40]!r}.")
            texts.append(blocks.folded(text))
            kinds.append(KIND_NUMBER[kind])
    return _own(name, about, texts, kinds)


def raw_text(source: str) -> str:
    """The scraped text of an annotated text page: its lines as they came, empty ones included."""
    kept = (line for line in source.split("\n") if "\t" in line or not HEADER.fullmatch(line))
    return "\n".join(line.partition("\t")[2] for line in kept).strip("\n")


def annotated_page(name: str, source: str) -> Page:
    """A page's source in which ``<!--kind:body-->`` says what all text from there on is."""
    text, marks = unmarked(source)
    scraped = open_bytes(text.encode())
    lines = blocks.lines(scraped)
    starts = [start for start, _ in marks]
    kinds = [KIND_NUMBER[marks[bisect_right(starts, line.content.start) - 1][1]] for line in lines]
    match = ABOUT.match(source)
    about = {key: value.strip() for key, value in STATED.findall(match[1] if match else "")}
    page = _own(name, {**about, "shape": "page"}, [line.text for line in lines], kinds)
    return _placed(page, lines, scraped)


def unmarked(source: str) -> tuple[str, list[tuple[int, str]]]:
    """The source of an annotated page without its marks, and (place in it, kind) of each mark, in order."""
    body = ABOUT.sub("", source, count=1)
    parts, marks, at, length = [], [(0, "navigation")], 0, 0
    for match in MARK.finditer(body):
        parts.append(body[at : match.start()])
        length += match.start() - at
        marks.append((length, match[1]))
        at = match.end()
    return "".join([*parts, body[at:]]), marks


def annotated(path: Path) -> tuple[Page, str]:
    """An annotated page, text or HTML, and its source as it was scraped."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return annotated_page(path.name, source), unmarked(source)[0]
    return annotated_text(path.name, source), raw_text(source)


def _own(name: str, about: Mapping[str, str], texts: Sequence[str], kinds: Sequence[int]) -> Page:
    numbers = np.array(kinds, np.int8)
    kept = KEPT[numbers].astype(np.int8)
    return Page(
        name=name, group=about.get("outlet", name), language=about.get("language", name[:2]), texts=texts, kept=kept,
        kinds=numbers, shape=about.get("shape", "full"), own=True, about=about,
    )  # fmt: skip


def _placed(page: Page, lines: Sequence[Any], scraped: Scraped) -> Page:
    places = [line.place or Place(span=line.content, path=()) for line in lines]
    return replace(page, shape="page", head=scraped.metadata, places=places)


def _of_row(where: str, row: Mapping[str, Any]) -> Iterator[Page]:
    """The pages of one row of a corpus: its lines, its short shape, its source; or an editor's decisions."""
    name, group = str(row.get("id", where)), str(row.get("domain") or row.get("id", where))
    language = str(row.get("lang", ""))
    if "lite_lines" in row:
        texts, kept = [blocks.folded(text) for text in row["lite_lines"]], np.array(row["lite_labels"], np.int8)
        kinds = np.full(len(texts), UNKNOWN, np.int8)
        yield Page(name=name, group=group, language=language, texts=texts, kept=kept, kinds=kinds, shape="short")
        return
    if len(row["lines"]) != len(row["labels"]):
        raise BadPage(f"{where}: {len(row['lines'])} lines, but {len(row['labels'])} labels.")
    texts, kept = [blocks.folded(text) for text in row["lines"]], np.array(row["labels"], np.int8)
    if "kinds" in row:
        yield from _decided(row, name, group, language, texts)
        return
    kinds = np.full(len(texts), UNKNOWN, np.int8)
    body = str(row.get("gold_body", ""))
    if row.get("html"):
        scraped = open_bytes(row["html"].encode("utf-8", "surrogatepass"))
        lines = blocks.lines(scraped)
        at = np.array(aligned(texts, [line.text for line in lines]), np.int64)
        found = weak_kinds(scraped, lines, at, row.get("classes", ()), kept)
        kinds[at[at >= 0]] = found[at >= 0]
        page = Page(
            name=name, group=group, language=language, texts=[line.text for line in lines], shape="page", body=body,
            kept=np.where(at >= 0, kept[np.maximum(at, 0)], UNKNOWN).astype(np.int8), kinds=found,
        )  # fmt: skip
        yield _placed(page, lines, scraped)
    yield Page(name=name, group=group, language=language, texts=texts, kept=kept, kinds=kinds, shape="full", body=body)


def _decided(row: Mapping[str, Any], name: str, group: str, language: str, texts: Sequence[str]) -> Iterator[Page]:
    """A reviewed article: only what a person decided, or approved, is the truth."""
    decided = np.array(row.get("decided", [1] * len(texts)), bool)
    kept = np.where(decided, np.array(row["labels"], np.int8), UNKNOWN).astype(np.int8)
    kinds = np.array([KIND_NUMBER.get(kind, UNKNOWN) for kind in row["kinds"]], np.int8)
    kinds = np.where(decided, kinds, UNKNOWN).astype(np.int8)
    shape = "page" if row.get("html") else "full"
    page = Page(name=name, group=group, language=language, texts=texts, kept=kept, kinds=kinds, shape=shape, own=True)
    if not row.get("html"):
        yield page
        return
    scraped = open_bytes(row["html"].encode("utf-8", "surrogatepass"))
    lines = blocks.lines(scraped)
    if [line.text for line in lines] == list(texts):
        yield _placed(page, lines, scraped)


def aligned(texts: Sequence[str], others: Sequence[str]) -> list[int]:
    """For each of ``others``, in order, the index of the same line in ``texts``, or -1."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        places[_plain(text)].append(index)
    found, last = [], -1
    for text in others:
        there = places.get(_plain(text), [])
        at = bisect_left(there, last + 1)
        hit = there[at] if at < len(there) and there[at] - last < LOOK_AHEAD else -1
        last = hit if hit >= 0 else last
        found.append(hit)
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())
