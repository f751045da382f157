"""CoNLL-2003: a word a line, its label (BIO) in the last column, an empty line between sentences.

Each article opens with ``-DOCSTART- <id> O O``; the two columns between word and label are empty (``-X-``). White space is
not in the format: a file brings words in their order, and they are laid on the article's own text (``placing``). Nor has
it room for a tag inside another, of which the outer is written, for who is meant, or for who said so. Files of its kin are
read too: see ``columns``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from articles.core.entities.tokens import Token, sentences, tokens
from articles.core.exchange import columns
from articles.core.exchange.columns import LABEL
from articles.core.exchange.labels import SHORT, ours, type_of
from articles.core.exchange.values import (
    LINE_BYTES,
    AnnotatedText,
    ExchangeError,
    Tag,
    checked,
    decoded,
    once,
    outermost,
)

START = "-DOCSTART-"
# What begins a name, and what ends it where it stands: words of one name are B I I, B I E, B I L, B M E; S, U or W alone.
OPENS, CLOSES = frozenset("BSUW"), frozenset("SUELW")
COMMENT = re.compile(r"#\s*(?:id|sent_id|(?P<newdoc>newdoc id))\s*=\s*(?P<id>\S+)")
GLUED_BEHIND = frozenset(".,)]}…%”’")
GLUED_BEFORE = frozenset("([{“‘")


def write(articles: Iterable[AnnotatedText]) -> Iterator[bytes]:
    """The words of each article with their labels."""
    for article in articles:
        yield f"{START} {'_'.join(article.id.split()) or '-X-'} O O\n\n".encode()
        for sentence in _sentences(article.text or "", outermost(article.tags)):
            yield ("".join(f"{word} -X- -X- {label}\n" for word, label in sentence) + "\n").encode()


def _sentences(text: str, tags: Sequence[Tag]) -> Iterator[list[tuple[str, str]]]:
    """Words with their labels: cut where a tag begins or ends, and no sentence ends inside a tag."""
    edges = sorted({edge for tag in tags for edge in (tag.start, tag.end)})
    held: list[tuple[str, str]] = []
    at = 0
    for sentence in sentences(tokens(text)):
        for start, end in _cut(sentence, edges):
            while at < len(tags) and tags[at].end <= start:
                at += 1
            inside = at < len(tags) and tags[at].start < end
            held.append((text[start:end], _label(text, tags[at], start) if inside else "O"))
        if not (at < len(tags) and tags[at].start < sentence[-1].end < tags[at].end):
            yield held
            held = []
    if held:
        yield held


def _cut(sentence: Sequence[Token], edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    at = 0
    for token in sentence:
        start = token.start
        while at < len(edges) and edges[at] <= start:
            at += 1
        while at < len(edges) and edges[at] < token.end:
            yield start, edges[at]
            start, at = edges[at], at + 1
        yield start, token.end


def _label(text: str, tag: Tag, start: int) -> str:
    kind = type_of(tag.type)
    name = SHORT[kind] if kind else "_".join(tag.type.split())
    return ("I-" if text[tag.start : start].strip() else "B-") + name


@dataclass(slots=True)
class _Words:
    """The words of one article while they are read."""

    id: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    tags: list[Tag] = field(default_factory=list)
    broken: bool = False
    open: bool = False

    def take(self, word: str, label: str, where: str) -> None:
        match = LABEL.fullmatch(label)
        if match is None and label != "O":
            raise ExchangeError(f"{where}: {label[:40]!r} is no label: O, or B- and I- before a type.")
        if self.parts:
            self._add("\n" if self.broken else "" if _glued(self.parts[-1], word) else " ")
        start = self.length
        self._add(word)
        if match is not None:
            kind, part = ours(match["type"]), match["part"]
            last = self.tags[-1] if self.open and not self.broken else None
            if last is not None and part not in OPENS and last.type == kind:
                self.tags[-1] = Tag(start=last.start, end=self.length, type=kind)
            else:
                self.tags.append(Tag(start=start, end=self.length, type=kind))
            self.open = part not in CLOSES
        else:
            self.open = False
        self.broken = False

    def _add(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def article(self, where: str) -> AnnotatedText:
        return checked(AnnotatedText(id=self.id, text="".join(self.parts), tags=once(self.tags), loose=True), where)


def _glued(before: str, word: str) -> bool:
    """Whether two words stand without a space between them, as far as that can be told."""
    return word[0] in GLUED_BEHIND or before[-1] in GLUED_BEFORE or (before[-1] in "’'" and len(before) > 1)


def read(data: bytes) -> Iterator[AnnotatedText]:
    """The articles in order, their text made of their words; ExchangeError at the first line that is none."""
    if any(len(line) > LINE_BYTES for line in data.split(b"\n")):
        raise ExchangeError(f"A line has more than {LINE_BYTES // 2**20} MB.")
    lines = decoded(data, "The file").split("\n")
    shape = columns.shape_of(lines)
    words = _Words("")
    number = 0
    for number, line in enumerate(lines, 1):
        where = f"Line {number}"
        row = columns.of(line)
        comment = COMMENT.match(line)
        if not row:
            words.broken = True
        elif row[0] == START or (comment and comment["newdoc"]):
            if words.parts:
                yield words.article(where)
            words = _Words(comment["id"] if comment else row[1] if len(row) > 1 and row[1] not in ("-X-", "O") else "")
        elif comment:
            words.id = words.id or comment["id"]
        elif not shape.is_comment(line) and (said := shape.word(row, where)):
            words.take(*said, where)
    if words.parts:
        yield words.article(f"Line {number}")
