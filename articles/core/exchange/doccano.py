"""doccano, JSON Lines: an article a line, ``text`` and ``label`` [[start, end, type]], in code points.

The other keys come back from doccano as they went in ("metadata"). Read as well: ``labels``, and the ``entities`` with
``start_offset`` and ``end_offset`` that doccano writes for projects with relations. A label has no room for who is meant,
nor for who said so: all labels count as confirmed.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from articles.core.exchange import json_values as j
from articles.core.exchange.labels import ours
from articles.core.exchange.values import LINE_BYTES, AnnotatedText, ExchangeError, Tag, checked, decoded, once


def write(articles: Iterable[AnnotatedText]) -> Iterator[bytes]:
    """A line for each article."""
    for number, article in enumerate(articles, 1):
        row = {
            "id": number,
            "text": article.text,
            "label": [[tag.start, tag.end, tag.type] for tag in article.tags],
            "article": article.id,
            "title": article.title,
            "language": article.language,
            "url": article.url,
            "published": article.published,
        }
        yield (j.written(row) + "\n").encode()


def read(data: bytes) -> Iterator[AnnotatedText]:
    """The articles in order; ExchangeError at the first line that is none."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if len(line) > LINE_BYTES:
            raise ExchangeError(f"Line {number} has more than {LINE_BYTES // 2**20} MB.")
        if line.strip():
            where = f"Line {number}"
            yield _article(j.Record(j.parsed(decoded(line, where), where), where))


def _article(row: j.Record) -> AnnotatedText:
    if "text" not in row and "data" not in row:
        raise ExchangeError(f"{row.where} has no text.")
    tags = [_tag(one, f"{row.where}, label {number}") for number, one in enumerate(row.items("label", "labels"), 1)]
    for number, one in enumerate(row.items("entities"), 1):
        entity = j.Record(one, f"{row.where}, entity {number}")
        tags.append(
            Tag(start=entity.whole("start_offset"), end=entity.whole("end_offset"), type=ours(entity.words("label")))
        )
    relations = len(row.items("relations"))
    return checked(
        AnnotatedText(
            id=row.words("article", "id"),
            text=row.words("text", "data"),
            tags=once(tags),
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
