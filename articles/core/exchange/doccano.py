"""doccano, JSON Lines: an article a line, ``text`` and ``label`` [[start, end, type]].

The other keys come back from doccano as they went in ("metadata"). Read as well: ``labels``; the ``entities`` with
``start_offset`` and ``end_offset`` that doccano writes for projects with relations, and the ``annotations`` of its first
versions; a list instead of lines. A label has no room for who is meant, nor for who said so: all count as confirmed.

We write code points. doccano's page counts as its browser does, in UTF-16 units (its issue 2290), which is another figure
behind an emoji only; ``offsets.counted`` tells the two apart. What we wrote ourselves, and is certain, is repeated for such
a text under ``code_points``.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from articles.core.exchange import json_values as j
from articles.core.exchange.labels import ours
from articles.core.exchange.offsets import counted
from articles.core.exchange.values import LINE_BYTES, AnnotatedText, ExchangeError, Tag, checked, decoded, once

LIST = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")


def write(articles: Iterable[AnnotatedText]) -> Iterator[bytes]:
    """A line for each article."""
    for number, article in enumerate(articles, 1):
        labels = [[tag.start, tag.end, tag.type] for tag in article.tags]
        row = {
            "id": number,
            "text": article.text,
            "label": labels,
            "article": article.id,
            "title": article.title,
            "language": article.language,
            "url": article.url,
            "published": article.published,
        }
        if max(article.text or "", default="") > "\uffff":
            row["code_points"] = labels
        yield (j.written(row) + "\n").encode()


def read(data: bytes) -> Iterator[AnnotatedText]:
    """The articles in order; ExchangeError at the first line that is none."""
    if LIST.match(data):
        rows = j.parsed(decoded(data, "The file"), "The file")
        yield from (_article(j.Record(row, f"Row {number}")) for number, row in enumerate(rows, 1))
        return
    for number, line in enumerate(data.split(b"\n"), 1):
        if len(line) > LINE_BYTES:
            raise ExchangeError(f"Line {number} has more than {LINE_BYTES // 2**20} MB.")
        if line.strip():
            where = f"Line {number}"
            yield _article(j.Record(j.parsed(decoded(line, where), where), where))


def _article(row: j.Record) -> AnnotatedText:
    if "text" not in row and "data" not in row:
        raise ExchangeError(f"{row.where} has no text.")
    text = row.words("text", "data")
    tags = [_tag(one, f"{row.where}, label {number}") for number, one in enumerate(row.items("label", "labels"), 1)]
    for number, one in enumerate(row.items("entities", "annotations"), 1):
        entity = j.Record(one, f"{row.where}, entity {number}")
        tags.append(
            Tag(start=entity.whole("start_offset"), end=entity.whole("end_offset"), type=ours(entity.words("label")))
        )
    certain = [_tag(one, f"{row.where}, “code_points”") for one in row.items("code_points")]
    relations = len(row.items("relations"))
    return checked(
        AnnotatedText(
            id=row.words("article", "id"),
            text=text,
            tags=once(counted(text, tags, [(tag.start, tag.end, tag.type) for tag in certain])),
            title=row.words("title"),
            language=row.words("language"),
            url=row.words("url"),
            published=row.words("published"),
            left_out=(f"{row.where}: {relations} relations between tags.",) if relations else (),
        ),
        row.where,
    )


def _tag(value: Any, where: str) -> Tag:
    if not isinstance(value, list) or len(value) != 3:
        raise ExchangeError(f"{where} is not of the form [start, end, label].")
    return Tag(start=j.whole(value[0], where), end=j.whole(value[1], where), type=ours(j.words(value[2], where)))
