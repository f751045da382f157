"""HTML source -> tokens, in one pass that never looks at a character more than a few times, whatever the source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from articles.core.formats.tags import CUT_TO_THE_END, CUT_WITH_CONTENT

OPENS = re.compile(r"<(?:(/?)([A-Za-z][^\s/>\x00<]{0,60})|!--|[!?/])")
# Inside a tag only a quote after "=" opens a value; a stray one in prose must not swallow the page.
IN_TAG = re.compile(r"""=\s*+(["'])|>""")


class Token(NamedTuple):
    """A run of the source; ``name`` is a tag's name, ``inside`` where its attributes start, ``content`` where a cut's
    content starts."""

    kind: Literal["text", "open", "close", "comment", "cut"]
    start: int
    end: int
    name: str = ""
    inside: int = 0
    content: int = 0


@dataclass(slots=True)
class _Finder:
    """str.find that remembers what does not occur any more, so that a thousand failures cost one search."""

    raw: str
    absent: set[str]
    closing: dict[str, re.Pattern[str]]

    def find(self, words: str, start: int) -> int:
        if words in self.absent:
            return -1
        at = self.raw.find(words, start)
        if at < 0:
            self.absent.add(words)
        return at

    def end_of_tag(self, at: int) -> int:
        """Past the ">" that ends the tag whose inside starts here; -1 when nothing ends it."""
        if ">" in self.absent:
            return -1
        while match := IN_TAG.search(self.raw, at):
            if not match[1]:
                return match.end()
            closed = self.find(match[1], match.end())
            at = closed + 1 if closed >= 0 else match.end()
        self.absent.add(">")
        return -1

    def end_tag(self, name: str, start: int) -> int:
        """Where the end tag of this name starts, or -1."""
        key = f"</{name}"
        if key in self.absent:
            return -1
        pattern = self.closing.setdefault(name, re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE))
        match = pattern.search(self.raw, start)
        if match is None:
            self.absent.add(key)
            return -1
        return match.start()


def tokens(raw: str) -> Iterator[Token]:
    """The tokens of a page, in order and without gaps."""
    finder = _Finder(raw, set(), {})
    at = text_from = 0
    while match := OPENS.search(raw, at):
        token = _token(raw, match, finder)
        if token is None:
            at = match.end()
            continue
        if text_from < match.start():
            yield Token("text", text_from, match.start())
        yield token
        at = text_from = token.end
    if text_from < len(raw):
        yield Token("text", text_from, len(raw))


def _token(raw: str, match: re.Match[str], finder: _Finder) -> Token | None:
    start = match.start()
    if not match[2]:
        return _declaration(raw, match, finder)
    end = finder.end_of_tag(match.end())
    if end < 0:
        return None
    name = match[2].lower()
    if match[1]:
        return Token("close", start, end, name)
    if name not in CUT_WITH_CONTENT or raw[end - 2] == "/":
        return Token("open", start, end, name, match.end())
    closes = finder.end_tag(name, end)
    if closes < 0:
        return (
            Token("cut", start, len(raw), name, match.end(), end)
            if name in CUT_TO_THE_END
            else Token("comment", start, end)
        )
    closed = finder.find(">", closes)
    return Token("cut", start, closed + 1 if closed >= 0 else len(raw), name, match.end(), end)


def _declaration(raw: str, match: re.Match[str], finder: _Finder) -> Token | None:
    start = match.start()
    if match[0] == "<!--":
        if raw.startswith(("<!-->", "<!--->"), start):
            return Token("comment", start, raw.index(">", start) + 1)
        end = finder.find("-->", start + 4)
        return Token("comment", start, end + 3 if end >= 0 else len(raw))
    end = finder.find(">", start)
    return Token("comment", start, end + 1) if end >= 0 else None
