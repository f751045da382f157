"""JSON: one article, a list of them, or an object with a list of them inside, at whatever depth the list stands.

The file is scanned, not loaded: one value is in memory at a time. ijson with its C library was measured at three times the
speed of this scanner (which is 1 % of what reading an article takes), but it stops at the first NaN or raw newline that a
scraper wrote, turns lone surrogates into other text, and builds a value of any size before anybody can refuse it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain

from articles.core.containers.items import Found, Refused, size
from articles.core.containers.job import Job, Source
from articles.core.containers.records import article_of, holds_article
from articles.core.containers.scanning import Broken, Scanner, Value
from articles.core.containers.streams import as_utf8, text_of

# An object whose first key is written out, in as many lists as you like; or more brackets than any text opens with.
OPENING = re.compile(r"\s*+(?:\[\s*+)*+(?:\{\s*+(?:\"(?:[^\"\\\n]|\\.){0,200}+\"\s*+:|\}\s*+\Z)|(?<=[\[\s])\]\s*+\Z)")
BRACKETS = re.compile(r"\s*+(?:[\[{]\s*+){50}")
DECODER = json.JSONDecoder(strict=False)
# An error so near to the end of what was looked at is the end's.
CUT_OFF = 16
# A list of articles stands at most so many objects deep.
INNER = 3


def recognise(head: bytes) -> bool:
    """All of the beginning is JSON, and it begins with an object that has a key: an article about JSON, or one that
    begins with a piece of it, goes on in words."""
    text = text_of(head)
    if BRACKETS.match(text):
        return True
    if not OPENING.match(text):
        return False
    text = text.lstrip()
    # A list that breaks off or breaks further down is still one when its first object is whole.
    return _begins(text, 0) or (text[0] == "[" and _begins(text, text.find("{"), alone=False))


def _begins(text: str, at: int, *, alone: bool = True) -> bool:
    """Whether a value stands here, as far as the text goes; ``alone`` when no words may follow."""
    try:
        _, end = DECODER.raw_decode(text, max(0, at))
    except json.JSONDecodeError as error:
        return error.msg.startswith("Unterminated string") or error.pos >= len(text) - CUT_OFF
    except RecursionError:
        return True
    return not alone or text[end:].lstrip(" \t\r\n,")[:1] in ("", "{", "[")


def cut(source: Source, job: Job) -> Iterator[Found]:
    """The articles in order; each that is none says why, and what stands behind a break in the JSON is said to be lost."""
    scanner = Scanner(as_utf8(source.stream), limit=job.limits.line_bytes)
    reader = _Reader(source, job, scanner)
    try:
        yield from reader.run()
    except Broken as broken:
        yield source.problem(f"The JSON {broken}, at byte {scanner.position}: what stands behind it was not read.")


class _Reader:
    """The state of one file: how many items were met."""

    def __init__(self, source: Source, job: Job, scanner: Scanner) -> None:
        self.source, self.job, self.scanner = source, job, scanner
        self.number = 0

    def run(self) -> Iterator[Found]:
        """Values one behind the other; a file of one object is that article or what holds the list."""
        while opening := self.scanner.next():
            if opening == b"[":
                yield from self._list()
            elif opening == b"{":
                yield from self._object()
            else:
                yield self._item(self.scanner.value())
            self.scanner.comma()
        if not self.number:
            raise Refused("There is no article in it: it is empty.")

    def _list(self) -> Iterator[Found]:
        for value in self.scanner.elements():
            yield self._item(value)

    def _object(self) -> Iterator[Found]:
        """One object: small enough to be looked at whole, or a list inside it is looked for on the way."""
        whole = self.scanner.ahead(self.job.limits.item_bytes)
        if whole is None:
            yield from self._envelope(INNER)
            return
        value = self.scanner.value()
        record = _parsed(value)
        lists = [] if holds_article(record, self.job.mapping) else list(_lists(record, INNER))
        if not lists:
            alone = self.number == 0 and not self.scanner.next()
            yield self._item(value, alone=alone)
            return
        for each in chain.from_iterable(lists):
            yield self._record(each)

    def _envelope(self, depth: int) -> Iterator[Found]:
        """The items of every list of objects in an object that is too large to be one article."""
        before = self.number
        for _ in self.scanner.members():
            opening = self.scanner.next()
            if opening == b"[" and self.scanner.opens_objects():
                yield from self._list()
            elif opening == b"{" and depth > 1:
                if self.scanner.ahead(self.job.limits.item_bytes) is None:
                    yield from self._envelope(depth - 1)
                else:
                    inner = self.scanner.value()
                    for each in [] if inner.problem else chain.from_iterable(_lists(parsed(inner.data), depth - 1)):
                        yield self._record(each)
            else:
                self.scanner.value()
        if self.number == before and depth == INNER:
            limit = size(self.job.limits.item_bytes)
            yield self.source.problem(
                f"It is too large: one object of more than {limit} with no list of articles in it."
            )

    def _item(self, value: Value, *, alone: bool = False) -> Found:
        try:
            return self._record(_parsed(value), alone=alone)
        except Refused as refused:
            if not alone:
                self.number += 1
            return self.source.problem(str(refused), "" if alone else f"item {self.number}")

    def _record(self, record: object, *, alone: bool = False) -> Found:
        self.number += 1
        place = f"item {self.number}"
        try:
            if not isinstance(record, Mapping):
                raise Refused("It is no object with keys, so nothing says what in it is the text.")
            content, given = article_of(record, self.job.mapping, self.job.limits.item_bytes)
        except Refused as refused:
            return self.source.problem(str(refused), "" if alone else place)
        if alone:
            return Found(name=self.source.name, place=self.source.place, content=content, given=given)
        return self.source.item(place, content, given)


def parsed(data: bytes) -> object:
    """The value that these bytes write. Raises Refused."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    try:
        return DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise Refused(f"It is no valid JSON: {_lower(error.msg)} (character {error.pos + 1}).") from error
    except RecursionError:
        raise Refused("It is nested too deeply to be read.") from None
    except ValueError:
        raise Refused("It holds a number of more digits than can be read.") from None


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _parsed(value: Value) -> object:
    if value.problem:
        raise Refused(value.problem)
    return parsed(value.data)


def _lists(value: object, depth: int) -> Iterator[list[object]]:
    """Lists of objects inside an object, in order."""
    if isinstance(value, Mapping) and depth:
        for each in value.values():
            if isinstance(each, list) and any(isinstance(item, Mapping) for item in each[:3]):
                yield each
            elif isinstance(each, Mapping):
                yield from _lists(each, depth - 1)
