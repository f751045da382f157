"""Where the values of a JSON file begin and end, without building any: strings and brackets are all that counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.core.containers.items import size
from articles.core.containers.streams import CHUNK, Stream

SPACE = b" \t\r\n"
IN_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
BETWEEN = re.compile(rb'[^"\[\]{}]*+')
SCALAR = re.compile(rb"[^\s,\[\]{}\":]*+")
# No scraper nests deeper; Python's own reader gives up at about a thousand.
DEEPEST = 200


class Broken(ValueError):
    """What is there is no JSON; the message goes on from "The JSON"."""


@dataclass(frozen=True, slots=True)
class Value:
    """The bytes of one value, or a sentence why they were passed over."""

    data: bytes = b""
    problem: str = ""


class Scanner:
    """Reads a stream value by value. ``limit`` is how many bytes of one value are kept."""

    def __init__(self, stream: Stream, *, limit: int) -> None:
        self.stream = stream
        self.limit = limit

    @property
    def position(self) -> int:
        """How many bytes were taken."""
        return self.stream.position

    def next(self) -> bytes:
        """The first byte of what comes next behind white space; empty at the end."""
        while (data := self.stream.peek(1)) and data in SPACE:
            window = self.stream.peek(CHUNK)
            self.stream.read(len(window) - len(window.lstrip(SPACE)))
        return data

    def comma(self) -> bool:
        """Take a comma, if one is next."""
        if self.next() == b",":
            self.stream.read(1)
            return True
        return False

    def elements(self) -> Iterator[Value]:
        """The values of the list that opens here."""
        self.stream.read(1)
        while (byte := self.next()) != b"]":
            if not byte:
                raise Broken("ends in the middle of a list")
            yield self.value()
            if not self.comma() and self.next() not in (b"]", b""):
                raise Broken("lacks a comma in a list")
        self.stream.read(1)

    def members(self) -> Iterator[None]:
        """Each key of the object that opens here is passed; its value must be taken before the next."""
        self.stream.read(1)
        while (byte := self.next()) != b"}":
            if not byte:
                raise Broken("ends in the middle of an object")
            if byte != b'"':
                raise Broken("has something else where a key should be")
            self.value()
            if self.next() != b":":
                raise Broken("lacks a colon behind a key")
            self.stream.read(1)
            yield
            if not self.comma() and self.next() not in (b"}", b""):
                raise Broken("lacks a comma in an object")
        self.stream.read(1)

    def opens_objects(self) -> bool:
        """Whether the list that opens here begins with an object."""
        return self.stream.peek(CHUNK)[1:].lstrip(SPACE)[:1] == b"{"

    def ahead(self, limit: int) -> bytes | None:
        """The object that opens here if it ends within so many bytes, without taking it; else None."""
        walk = _Walk()
        taken: list[bytes] = []
        total = 0
        while not walk.done and total <= limit and (data := self.stream.take(walk.feed)):
            taken.append(data)
            total += len(data)
        whole = b"".join(taken)
        self.stream.unread(whole)
        return whole if walk.done and total <= limit else None

    def value(self) -> Value:
        """The value that begins here, whatever it is, as it is written."""
        byte = self.next()
        if byte not in b'[{"' or not byte:
            return self._scalar()
        walk = _Walk()
        kept: list[bytes] = []
        total = 0
        while not walk.done:
            data = self.stream.take(walk.feed)
            if not data:
                raise Broken("ends in the middle of a value")
            total += len(data)
            if total <= self.limit:
                kept.append(data)
            else:
                kept.clear()
        if total > self.limit:
            return Value(
                problem=f"It is too large: it has {size(total)}, and {size(self.limit)} may be read in one piece."
            )
        if walk.deepest > DEEPEST:
            return Value(problem=f"It is nested {walk.deepest} levels deep, deeper than can be read.")
        return Value(b"".join(kept))

    def _scalar(self) -> Value:
        found = SCALAR.match(self.stream.peek(64))
        if not found or not found[0]:
            raise Broken("is broken")
        return Value(self.stream.read(len(found[0])))


class _Walk:
    """Where one value ends, fed piece by piece."""

    def __init__(self) -> None:
        self.depth = self.deepest = 0
        self.in_string = self.escaped = self.done = False

    def feed(self, data: bytes, at: int) -> int:
        """How far the value goes from here in these bytes."""
        while at < len(data) and not self.done:
            at = self._string(data, at) if self.in_string else self._structure(data, at)
        return at

    def _string(self, data: bytes, at: int) -> int:
        if self.escaped:
            self.escaped = False
            return at + 1
        at = IN_STRING.match(data, at).end()  # type: ignore[union-attr]  # it matches nothing too
        if at < len(data):
            if data[at] == 0x5C:
                self.escaped = True
            else:
                self.in_string = False
                self.done = self.depth == 0
            at += 1
        return at

    def _structure(self, data: bytes, at: int) -> int:
        at = BETWEEN.match(data, at).end()  # type: ignore[union-attr]
        if at < len(data):
            byte = data[at]
            if byte == 0x22:
                self.in_string = True
            elif byte in b"[{":
                self.depth += 1
                self.deepest = max(self.deepest, self.depth)
            else:
                self.depth -= 1
                self.done = self.depth <= 0
            at += 1
        return at
