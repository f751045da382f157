"""Articles that other programs or the desk tagged, as lessons for the recogniser."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from articles.core.entities.senses import governs
from articles.core.exchange import BY_ENDING, AnnotatedText, Format
from articles.core.exchange import Tag as Annotated
from articles.core.exchange.values import FILE_BYTES, LINE_BYTES, outermost
from articles.training import mentions
from articles.training.mentions import TYPES, Article, Expected, Tag

# Articles without a date are parted in the order in which they stand: neighbours are about the same things.
PARTS = 10


def corpus(path: Path) -> list[Article]:
    """The articles of a file in our own format (``mentions``) or in one of FORMATS, plain or .gz; ValueError, a sentence,
    for one that cannot be read, or in which somebody still has to decide."""
    row = _format(path)
    if row is None:
        return list(mentions.load(path))
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        data = file.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        raise ValueError(f"it has more than {FILE_BYTES // 2**20} MB.")
    return in_parts([lesson(said) for said in row.read(data)], path.stem)


def _format(path: Path) -> Format | None:
    """By its ending; where that is both ours and doccano's, by the keys of its first line. None for our own."""
    row = BY_ENDING.get(path.name.removesuffix(".gz").rsplit(".", 1)[-1])
    if row is None or row.name != "doccano":
        return row
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        opening = file.readline(LINE_BYTES)
    return row if any(key in opening for key in (b'"label"', b'"labels"', b'"start_offset"')) else None


def lesson(said: AnnotatedText) -> Article:
    """An article with what people confirmed in it; what they rejected is no name. Of tags in one another the outer
    teaches. The name of a country or capital that means who governs teaches the place it names: which of both it means is
    told from the words beside it, behind the recogniser (``core.entities.senses``). ValueError for a text that has
    suggestions, or is not in the file."""
    if said.text is None:
        raise ValueError(f"the text of {said.id[:80]} is not in it, only quotations.")
    if any(tag.state == "suggested" for tag in said.tags):
        raise ValueError(f"{said.id[:80]} has suggestions that nobody decided.")
    taught = outermost([tag for tag in said.tags if tag.state == "confirmed" and tag.type in TYPES])
    expected = tuple(Expected(Tag(tag.start, tag.end, _taught(said.text, tag))) for tag in taught)
    return Article(name=said.id, text=said.text, group=said.published[:7], expected=expected)


def _taught(text: str, tag: Annotated) -> str:
    return "place" if tag.type == "organisation" and governs(text[tag.start : tag.end]) else tag.type


def in_parts(articles: Sequence[Article], name: str) -> list[Article]:
    """Articles, those without a month in parts of the whole: no part is both taught and asked."""
    return list(_in_parts(articles, name))


def _in_parts(articles: Sequence[Article], name: str) -> Iterator[Article]:
    for number, article in enumerate(articles):
        part = f"{name} {number * PARTS // len(articles) + 1}"
        yield replace(article, name=article.name or f"{name} {number + 1}", group=article.group or part)
