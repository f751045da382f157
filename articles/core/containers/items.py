"""The values of cutting: what is found in a container, how much of it is taken, and what is said of what is not."""

import re
from dataclasses import dataclass, field

from articles.core.values import Given

LONGEST_NAME = 300
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One item of a container, or why it could not be taken.

    ``name`` is for people ("feed.zip/2024/a.html", "export.csv, line 7"), ``place`` where it stands in what was uploaded
    ("line 7", "member 3"; empty for the whole of it). ``content`` are the bytes of the article itself: HTML, or text.
    ``problem`` is a sentence; ``content`` is then empty.
    """

    name: str
    place: str
    content: bytes = b""
    given: Given = field(default_factory=Given)
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is taken of an upload. ``item_bytes`` of one article; ``items`` of an upload; ``unpacked_bytes`` of all
    that comes out of its archives; ``ratio`` of unpacked to packed bytes; ``depth`` of archives in archives;
    ``line_bytes`` of what can only be read in one piece: a line of JSON, a row of a table, a mail."""

    item_bytes: int = 20_000_000
    items: int = 200_000
    unpacked_bytes: int = 20_000_000_000
    ratio: int = 250
    depth: int = 5
    line_bytes: int = 40_000_000


class Refused(ValueError):
    """Material that is not taken; the message is a sentence for an editor. The rest of the upload goes on."""


class Exhausted(Exception):
    """The upload as a whole is over its limits; the message is a sentence. Nothing behind it is read."""


def size(number: int) -> str:
    """A number of bytes for people."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if number >= factor:
            return f"{number / factor:.1f}".removesuffix(".0") + f" {unit}"
    return f"{number} bytes"


def shown(name: str) -> str:
    """A name from a hostile file as it can be shown and stored: what controls a screen is replaced, the middle of a long
    one left out. It is text, never a path."""
    text = UNSHOWN.sub("\ufffd", name)
    if len(text) > LONGEST_NAME:
        text = f"{text[: LONGEST_NAME // 2]}…{text[-LONGEST_NAME // 2 :]}"
    return text
