"""HTML pages: the source stays raw; tags are cut by edits, and each line of the page knows its place in it."""

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.core.edits import Edit, Span
from articles.core.formats import head
from articles.core.formats.tags import BREAKS, CLOSES, PARAGRAPH_CLOSES, VOID, hints_and_link
from articles.core.formats.tokens import Token, tokens
from articles.core.values import Place, Scraped

OPENING = re.compile(
    r"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+)?<(?:!doctype\s+html|html|head|body|div|article|main|section|meta|"
    r"p|h1|span|table)(?=[\s>/])", re.IGNORECASE | re.DOTALL)  # fmt: skip
CLOSING = re.compile(r"</(?:p|div|a|html|body|span|article|li|h[1-6])\s*>", re.IGNORECASE)
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
WHITE = re.compile(r"[ \t\r\n\f]+")
# Soft hyphens, zero-width spaces and byte order marks that a page writes as references are cut at once.
UNSEEN = {"\xad": "", "\u200b": "", "\ufeff": "", "\x00": "", "\n": " ", "\t": " ", "\r": " "}
LOOK_BACK = 50
PATH_LIMIT = 40
HINT_LIMIT = 60
MOSTLY = 0.8


def recognise(text: str) -> bool:
    """A page begins with a tag of one, or closes several of its elements."""
    start = text[:100_000]
    if OPENING.match(start):
        return True
    closed = sum(1 for _, _ in zip(range(6), CLOSING.finditer(start), strict=False))
    return closed > 5 or (closed > 0 and start.lstrip().startswith("<"))


def read(text: str) -> Scraped:
    """The page with its markup as edits, its text runs as places and what its head says as metadata."""
    walk = _Walk(raw=text)
    for token in tokens(text):
        walk.take(token)
    walk.flush()
    return Scraped(
        raw_text=text, format="html", markup=tuple(walk.edits), places=tuple(walk.places), metadata=tuple(walk.facts)
    )


@dataclass(frozen=True, slots=True)
class _Element:
    name: str
    hints: tuple[str, ...]
    link: str


@dataclass(slots=True)
class _Walk:
    """The state of one pass: the open elements, and the run of text that is being gathered for one line."""

    raw: str
    edits: list[Edit] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    facts: list[head.Fact] = field(default_factory=list)
    stack: list[_Element] = field(default_factory=list)
    open_names: Counter[str] = field(default_factory=Counter)
    run: list[tuple[int, int]] = field(default_factory=list)
    run_depth: int = 0
    letters: int = 0
    linked: int = 0
    link: str = ""
    broken: bool = True

    def take(self, token: Token) -> None:
        """One token: text is gathered, all else is cut; a block's edge ends the line."""
        if token.kind == "text":
            self._text(token)
            return
        breaks = token.name in BREAKS
        if breaks:
            self.flush()
        self._cut(token, breaks)
        if token.kind in ("open", "cut"):
            self.facts.extend(head.facts_of(self.raw, token))
        if token.kind == "open":
            self._open(token)
        elif token.kind == "close":
            self._close(token.name)

    def _cut(self, token: Token, breaks: bool) -> None:  # noqa: FBT001
        """The first edge after a line becomes its line break, so that lines joined into one block do not stick."""
        reason = "tag" if token.kind in ("open", "close") else f"{token.name or token.kind}, cut whole"
        newline = breaks and not self.broken
        self.edits.append(
            Edit(span=Span(start=token.start, end=token.end), replacement="\n" if newline else "", reason=reason)
        )
        self.broken = self.broken or newline

    def _text(self, token: Token) -> None:
        words = self.raw[token.start : token.end]
        shown = html.unescape(words) if "&" in words else words
        letters = len(shown) - shown.count(" ") if shown.strip("\u200b\ufeff\xad \xa0\t\r\n\f\v") else 0
        if not self.run and not letters:
            self._references(token.start, token.end)
            return
        self.run.append((token.start, token.end))
        if letters:
            depth = len(self.stack)
            self.run_depth = depth if not self.letters else min(self.run_depth, depth)
            self.letters += letters
            link = next((e.link for e in self.stack[: -LOOK_BACK - 1 : -1] if e.link), "")
            if link:
                self.linked += letters
                self.link = self.link or link
            self.broken = False

    def flush(self) -> None:
        """End the line: its place, its character references and its white space."""
        if not self.run:
            return
        elements = self.stack[max(0, self.run_depth - PATH_LIMIT) : self.run_depth]
        preformatted = any(element.name == "pre" for element in elements)
        edits = [edit for start, end in self.run for edit in self._references(start, end, keep=False)]
        if not preformatted:
            edits = _collapsed(self.raw, self.run, edits)
        self.edits += edits
        hints = list(dict.fromkeys(hint for element in elements for hint in element.hints))
        self.places.append(
            Place(
                span=self._seen(),
                path=tuple(element.name for element in elements),
                hints=tuple(hints[-HINT_LIMIT:]),
                link=self.link if self.linked >= MOSTLY * self.letters else "",
            )
        )
        self.run, self.letters, self.linked, self.link = [], 0, 0, ""

    def _seen(self) -> Span:
        """The run without the white space at its ends."""
        start, end = self.run[0]
        start += len(self.raw[start:end]) - len(self.raw[start:end].lstrip())
        for first, last in reversed(self.run):
            words = self.raw[first:last].rstrip()
            if words:
                return Span(start=start, end=first + len(words))
        return Span(start=start, end=self.run[-1][1])

    def _references(self, start: int, end: int, *, keep: bool = True) -> list[Edit]:
        found: list[Edit] = []
        if self.raw.find("&", start, end) >= 0:
            for match in REFERENCE.finditer(self.raw, start, end):
                read = html.unescape(match[0])
                if read != match[0]:
                    span = Span(start=match.start(), end=match.end())
                    found.append(Edit(span=span, replacement=UNSEEN.get(read, read), reason="character reference"))
        if keep:
            self.edits += found
        return found

    def _open(self, token: Token) -> None:
        name = token.name
        if name in BREAKS and name not in VOID and name != "button":
            self._imply(*PARAGRAPH_CLOSES)
        if name in CLOSES:
            self._imply(*CLOSES[name])
        if name in VOID or self.raw[token.end - 2] == "/":
            return
        hints, link = hints_and_link(self.raw, token.inside, token.end - 1)
        self.stack.append(_Element(name, hints, link if name == "a" else ""))
        self.open_names[name] += 1

    def _imply(self, closed: frozenset[str], until: frozenset[str]) -> None:
        for back in range(1, min(len(self.stack), LOOK_BACK) + 1):
            name = self.stack[-back].name
            if name in closed:
                self._pop(back)
                return
            if name in until:
                return

    def _close(self, name: str) -> None:
        if not self.open_names[name]:
            return
        inline = name not in BREAKS
        for back in range(1, (min(len(self.stack), LOOK_BACK) if inline else len(self.stack)) + 1):
            if self.stack[-back].name == name:
                self._pop(back)
                return
            # A misplaced </b> must not close the blocks inside which it stands.
            if inline and self.stack[-back].name in BREAKS:
                return

    def _pop(self, count: int) -> None:
        for element in self.stack[-count:]:
            self.open_names[element.name] -= 1
        del self.stack[-count:]
        self.run_depth = min(self.run_depth, len(self.stack))


def _collapsed(raw: str, run: Sequence[tuple[int, int]], references: list[Edit]) -> list[Edit]:
    """References and white space edits: each run of white space, across tags, is one space."""
    found: list[Edit] = list(references)
    space = False
    for start, end in run:
        at = start
        for match in WHITE.finditer(raw, start, end):
            space = space and match.start() == at
            if not (match[0] == " " and not space):
                span = Span(start=match.start(), end=match.end())
                found.append(Edit(span=span, replacement="" if space else " ", reason="white space"))
            space, at = True, match.end()
        if at < end:
            space = False
    return found
