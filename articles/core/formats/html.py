"""HTML pages: the source stays raw; tags are cut by edits, and each line of the page knows its place in it."""

import re

from articles.core.edits import Edit, Span
from articles.core.formats import head, marked
from articles.core.formats.attributes import hints_of
from articles.core.formats.elements import HINT_LIMIT, Element, Elements
from articles.core.formats.shown import MARKUP, as_written, edits_inside, words_of
from articles.core.formats.tokens import tokens
from articles.core.values import Place, Scraped

OPENING = re.compile(
    r"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+)?<(?:!doctype\s+html|html|head|body|div|article|main|section|meta|"
    r"p|h1|span|table)(?=[\s>/])", re.IGNORECASE | re.DOTALL)  # fmt: skip
CLOSING = re.compile(r"</(?:p|div|a|html|body|span|article|li|h[1-6])\s*>", re.IGNORECASE)
MOSTLY = 0.8
# So many inline elements around a line are looked at.
INMOST = 8


def recognise(text: str) -> bool:
    """A page begins with a tag of one, or closes several of its elements."""
    start = text[:100_000]
    if OPENING.match(start):
        return True
    closed = sum(1 for _, _ in zip(range(6), CLOSING.finditer(start), strict=False))
    return closed > 5 or (closed > 0 and start.lstrip().startswith("<"))


def read(text: str) -> Scraped:
    """The page with its markup as edits, its text runs as places and what its head says as metadata."""
    walk = _Walk(text)
    walk.run()
    return Scraped(
        raw_text=text, format="html", markup=tuple(walk.edits), places=tuple(walk.places), metadata=tuple(walk.facts)
    )


class _Walk:
    """The state of one pass: what was found, the open elements, and the run of text that is gathered for one line."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.edits: list[Edit] = []
        self.places: list[Place] = []
        self.facts: list[head.Fact] = []
        self.elements = Elements()
        self.marks: list[marked.Mark] = []
        # Where the last line ended (at first, where the page begins) and how what is cut behind it shows; the texts of
        # this line, and those behind its last word.
        self.last, self.between = len(raw) - len(raw.lstrip()), ""
        self.pieces: list[tuple[int, int]] = []
        self.blanks: list[tuple[int, int]] = []
        # Where its words begin and end; the inmost elements of the first word, how deep they stand, and how deep those
        # that hold all words.
        self.begin = self.end = self.depth = self.shared = 0
        self.inmost: list[Element] = []
        self.letters = self.linked = 0
        self.link = ""
        self.plain = True

    def run(self) -> None:
        """Text is gathered, all else is cut; a block's edge ends the line."""
        open_element, close_element, pieces, at = self.elements.open, self.elements.close, self.pieces, 0
        for text, end, tag, attributes, inside in tokens(self.raw):
            if text:
                if not text.isspace():
                    self._text(text, at)
                elif pieces:
                    self.blanks.append((at, at + len(text)))
            if pieces and tag.breaks:
                self._flush()
            if tag.ends:
                close_element(tag)
                if self.marks:
                    self._unmark(len(self.elements.stack))
            else:
                if tag.opens and attributes[-1:] != "/":
                    open_element(tag, attributes)
                    if attributes and marked.may_sign(attributes):
                        self._mark(attributes)
                if tag.tells:
                    self.facts += head.facts_of(self.raw, tag.name, attributes, inside, end)
            at = end
        self._finish()

    def _mark(self, attributes: str) -> None:
        """An element opens that may sign the text."""
        self._unmark(len(self.elements.stack) - 1)
        name = marked.name_of(attributes)
        if name and len(self.marks) < INMOST:
            self.marks.append(marked.Mark(name, len(self.elements.stack), self.elements.stack[-1][2]))

    def _unmark(self, depth: int) -> None:
        """Elements deeper than this are closed: what they say is known."""
        while self.marks and self.marks[-1].depth > depth:
            fact = self.marks.pop().fact()
            self.facts += [fact] if fact else []

    def _text(self, text: str, start: int) -> None:
        """A piece of text: it begins a line, or goes on with one."""
        written = text.strip()
        plain = as_written(written)
        words = written if plain else words_of(written)
        if not words:
            if self.pieces:
                self.blanks.append((start, start + len(text)))
            return
        elements, stack = self.elements, self.elements.stack
        begin = start if len(written) == len(text) else start + text.index(written)
        if not self.pieces:
            self.begin, self.plain = begin, plain
            self.inmost = stack[-INMOST:]
            self.depth = elements.low = len(stack)
        elif self.blanks:
            self.pieces += self.blanks
            self.blanks.clear()
        self.pieces.append((start, start + len(text)))
        self.end = begin + len(written)
        self.shared = elements.low
        for mark in self.marks:
            # An element may be closed by what cannot stand in it.
            if len(stack) >= mark.depth and stack[mark.depth - 1][2] == mark.number:
                mark.texts.append((begin, self.end, words))
        letters = len(words) - words.count(" ")
        self.letters += letters
        link = stack[-1][3]
        if link is not None and link.address:
            self.linked += letters
            self.link = self.link or link.address

    def _flush(self) -> None:
        """End the line: its place, what is cut before it and inside it."""
        elements, span = self.elements, tuple.__new__(Span, (self.begin, self.end))
        path, nodes, hints = elements.scope()
        if self.begin > self.last:
            self.edits.append(Edit.cut(self.last, self.begin, self.between, MARKUP))
        if len(self.pieces) > 1 or not self.plain:
            self.edits += edits_inside(self.raw, self.pieces, span, preformatted="pre" in path)
        linked = self.linked / self.letters
        link = self.link if linked >= MOSTLY else ""
        inline = self._inline() if self.shared > elements.low else ()
        place = span, path, nodes, tuple(hints)[-HINT_LIMIT:], link, linked, inline
        self.places.append(tuple.__new__(Place, place))
        # All that is cut between two lines is one edit; shown as a break, so that lines joined into one block do not stick.
        self.last, self.between = self.end, "\n"
        self.pieces.clear()
        self.blanks.clear()
        self.letters = self.linked = 0
        self.link = ""

    def _inline(self) -> tuple[str, ...]:
        """The elements that hold the whole line, and were closed before it ended."""
        first = self.depth - len(self.inmost)
        names: list[str] = []
        hints: dict[str, None] = {}
        for name, attributes, _, _ in self.inmost[max(0, self.elements.low - first) : max(0, self.shared - first)]:
            names.append(name)
            # What names a link is in its address.
            if attributes and name != "a":
                hints |= hints_of(attributes)
        return (*names, *hints)

    def _finish(self) -> None:
        """The last line, and what is cut behind it; white space that no tag follows stays."""
        self._unmark(0)
        end = len(self.raw)
        if self.pieces:
            end = 0 if self.pieces[-1][1] == end else end
            self._flush()
            self.between = ""
        if end > self.last:
            self.edits.append(Edit.cut(self.last, end, self.between, MARKUP))
