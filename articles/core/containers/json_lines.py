"""JSON Lines: an object a line. A broken line is said and does not stop the rest."""

import json
from collections.abc import Iterator, Mapping

from articles.core.containers.items import Found, Refused, size
from articles.core.containers.job import HEAD, Job, Source
from articles.core.containers.json_text import DECODER, parsed
from articles.core.containers.records import article_of
from articles.core.containers.streams import as_utf8, text_of

# So many lines are looked at, and this share of them must be objects: a line may be broken, an article is not in lines.
LOOKED_AT, MOST = 50, 2 / 3


def recognise(head: bytes) -> bool:
    """Two or more lines, nearly all of them objects. A single one is JSON."""
    text = text_of(head)
    lines = text.split("\n", LOOKED_AT)
    if len(head) >= HEAD or len(lines) > LOOKED_AT:
        lines = lines[:-1]
    lines = [line for line in lines if line.strip()]
    if len(lines) < 2 or not any(line.lstrip().startswith("{") for line in lines[:2]):
        return False
    return sum(map(_is_object, lines)) >= MOST * len(lines)


def _is_object(line: str) -> bool:
    if not line.lstrip().startswith("{") or not line.rstrip().endswith("}"):
        return False
    try:
        return isinstance(DECODER.decode(line), dict)
    except (json.JSONDecodeError, ValueError):
        return False
    except RecursionError:
        return True


def cut(source: Source, job: Job) -> Iterator[Found]:
    """A line is an item, empty ones are none; its place is its number."""
    stream = as_utf8(source.stream)
    limit = job.limits.line_bytes
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        place = f"line {number}"
        if len(line) > limit:
            if not line.endswith(b"\n"):
                stream.skip_line()
            yield source.problem(f"The line is too long: it has more than {size(limit)}.", place)
        elif line.strip():
            yield _item(source, job, line.strip(), place)


def _item(source: Source, job: Job, line: bytes, place: str) -> Found:
    try:
        record = parsed(line)
        if not isinstance(record, Mapping):
            raise Refused("It is no object with keys, so nothing says what in it is the text.")
        content, given = article_of(record, job.mapping, job.limits.item_bytes)
    except Refused as refused:
        return source.problem(str(refused), place)
    return source.item(place, content, given)
