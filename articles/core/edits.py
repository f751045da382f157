"""Spans, edits, and the one place that applies edits and so owns the map clean <-> raw.

Offsets are code points. Every range is half-open. An edit replaces a non-empty span and never
inserts, so every character of clean text stands for a non-empty span of raw.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal, NamedTuple, Self

SEPARATOR = "\n\n"
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
SENTENCE_END = frozenset(".!?…。！？")
# Words put in the place of a name are that name still, misspelt before, where this share of both is the same, in order:
# "Belkir" and "Belkhir" (0.9), "Jean" and "Jeanne" (0.8); not "Dror Shalom" and "le chef" (0.1).
SAME_NAME = 0.65
# Comparing takes time by the product of the two lengths: two middles of this many tokens are still quick.
COMPARED = 400 * 400


class SpanError(ValueError):
    """A range that is reversed, negative or outside its text."""


class EditError(ValueError):
    """Edits that overlap, or an edit of nothing."""


class _Range(NamedTuple):
    start: int
    end: int


class Span(_Range):
    """The half-open range ``[start, end)`` of a text, in code points.

    A tuple, as a page has a thousand of them; its length is that of the range.
    """

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        if not 0 <= start <= end:
            raise SpanError(f"[{start}, {end}) is not a range.")
        return tuple.__new__(cls, (start, end))

    def __getnewargs__(self) -> tuple[int, int]:
        return self.start, self.end

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words this span covers; SpanError if the text is too short."""
        if self.end > len(text):
            raise SpanError(f"[{self.start}, {self.end}) reaches past the {len(text)} characters of the text.")
        return text[self.start : self.end]

    def crosses(self, other: "Span") -> bool:
        """Whether both share characters, and each has some of its own."""
        first, second = sorted((self, other))
        return first.start < second.start < first.end < second.end

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def stripped(text: str, span: Span) -> Span:
    """The span without the white space at its ends; empty (at its start) when there is nothing else."""
    words = span.of(text)
    bare = words.strip()
    start = span.start + words.index(bare[0]) if bare else span.start
    return Span(start, start + len(bare))


def in_word(character: str) -> bool:
    """Whether a character is part of a word: a letter, a digit, or an accent or point written upon one."""
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def whole_words(text: str, words: str) -> list[int]:
    """Where these words stand in a text as whole words, not as a part of longer ones."""
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        cut_before = at > 0 and in_word(text[at - 1]) and in_word(text[at])
        cut_after = end < len(text) and in_word(text[end]) and in_word(text[end - 1])
        if not cut_before and not cut_after:
            found.append(at)
        at = text.find(words, at + 1)
    return found


class _Replacement(NamedTuple):
    span: Span
    replacement: str
    reason: str
    by: Literal["machine", "person"]


class Edit(_Replacement):
    """A replacement of one non-empty span of raw."""

    __slots__ = ()

    def __new__(cls, span: Span, replacement: str, reason: str, by: Literal["machine", "person"] = "machine") -> Self:
        if span[0] == span[1]:
            raise EditError("An edit replaces text; it cannot insert at an empty place.")
        return tuple.__new__(cls, (span, replacement, reason, by))

    @classmethod
    def cut(cls, start: int, end: int, replacement: str, reason: str) -> Self:
        """A machine's edit of ``[start, end)``, made in one go: a page has hundreds."""
        if not 0 <= start < end:
            raise EditError(f"[{start}, {end}) is nothing to edit.")
        return tuple.__new__(cls, (tuple.__new__(Span, (start, end)), replacement, reason, "machine"))


def resolved(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits in order, a person's before a machine's where two touch the same characters.

    Raises EditError where two edits by the same hand overlap.
    """
    ordered = sorted(edits, key=lambda edit: edit.span)
    people = [edit for edit in ordered if edit.by == "person"]
    starts = [edit.span.start for edit in people]

    def taken(span: Span) -> bool:
        after = bisect_right(starts, span.end - 1)
        return after > 0 and people[after - 1].span.overlaps(span)

    kept = [edit for edit in ordered if edit.by == "person" or not taken(edit.span)]
    for before, after in pairwise(kept):
        if before.span.overlaps(after.span):
            raise EditError(f"Two edits replace the same characters, at {after.span.start}.")
    return tuple(kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of clean text and the raw it stands for; verbatim when they are the same characters."""

    clean: Span
    raw: Span
    verbatim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanText:
    """Clean text and its map to raw: pieces in reading order that cover the text without a gap."""

    text: str
    pieces: tuple[Piece, ...]
    _by_raw: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        order = sorted(range(len(self.pieces)), key=lambda number: self.pieces[number].raw)
        object.__setattr__(self, "_by_raw", tuple(order))

    def _pieces_of(self, raw: Span) -> list[Piece]:
        """The pieces that stand for any of these characters of raw, in reading order."""
        found: list[int] = []
        before = bisect_left(self._by_raw, raw.end, key=lambda number: self.pieces[number].raw.start)
        missed = 0
        # Pieces lie side by side in raw, but for a paragraph break that stands for the last character of its block:
        # after two that end too early, none further left can reach in.
        while before and missed < 2:
            before -= 1
            number = self._by_raw[before]
            if self.pieces[number].raw.overlaps(raw):
                found.append(number)
            else:
                missed += 1
        return [self.pieces[number] for number in sorted(found)]

    def raw_spans(self, clean: Span) -> tuple[Span, ...]:
        """The raw behind a range of clean, in reading order, neighbours joined."""
        if clean.end > len(self.text):
            raise SpanError(f"[{clean.start}, {clean.end}) reaches past the clean text.")
        found: list[Span] = []
        first = bisect_right(self.pieces, clean.start, key=lambda piece: piece.clean.end)
        for piece in self.pieces[first:]:
            if piece.clean.start >= clean.end:
                break
            raw = piece.raw
            if piece.verbatim:
                begin = max(clean.start, piece.clean.start) - piece.clean.start
                stop = min(clean.end, piece.clean.end) - piece.clean.start
                raw = Span(start=raw.start + begin, end=raw.start + stop)
            if found and found[-1].end == raw.start:
                found[-1] = Span(start=found[-1].start, end=raw.end)
            elif not found or found[-1] != raw:
                found.append(raw)
        return tuple(found)

    def clean_spans(self, raw: Span) -> tuple[Span, ...]:
        """Where a range of raw is shown in clean, in reading order, neighbours joined."""
        found: list[Span] = []
        for piece in self._pieces_of(raw):
            if not len(piece.clean):
                continue
            clean = piece.clean
            if piece.verbatim:
                begin = max(raw.start, piece.raw.start) - piece.raw.start
                stop = min(raw.end, piece.raw.end) - piece.raw.start
                clean = Span(start=clean.start + begin, end=clean.start + stop)
            if found and found[-1].end == clean.start:
                found[-1] = Span(start=found[-1].start, end=clean.end)
            else:
                found.append(clean)
        return tuple(found)

    def place(self, raw: Span, surface: str) -> Span | None:
        """Where words anchored in raw stand in clean, or None when they cannot be placed any more.

        A replacement that reaches beyond the words holds them only if it says them exactly once; one in their place only
        if it is the same name, spelt otherwise.
        """
        spans: list[Span] = []
        for piece in self._pieces_of(raw):
            if piece.verbatim:
                begin = max(raw.start, piece.raw.start) - piece.raw.start
                stop = min(raw.end, piece.raw.end) - piece.raw.start
                spans.append(Span(start=piece.clean.start + begin, end=piece.clean.start + stop))
            elif raw.covers(piece.raw):
                spans.append(piece.clean)
            else:
                words = piece.clean.of(self.text)
                found = whole_words(words, surface)
                if len(found) == 1:
                    start = piece.clean.start + found[0]
                    return Span(start=start, end=start + len(surface))
        spans = [span for span in spans if len(span)]
        if not spans:
            return None
        placed = Span(start=spans[0].start, end=spans[-1].end)
        words = placed.of(self.text)
        if sum(len(span) for span in spans) != len(placed) or not words.strip():
            return None
        if SEPARATOR in words and SEPARATOR not in surface:
            # Somebody split the block between them: they are the end of one paragraph and the beginning of the next.
            return None
        if len(words.split()) < len(surface.split()):
            # Words of it were cut: what is left may name somebody else.
            return None
        found = whole_words(words, surface)
        if len(found) == 1:
            start = placed.start + found[0]
            return Span(start=start, end=start + len(surface))
        return placed if still_named(words, surface) else None


def still_named(words: str, surface: str) -> bool:
    """Whether the words that stand where a name stood may be that name corrected, and are nobody else's."""
    if words == surface:
        return True
    one, two = ("".join(said.split()).casefold() for said in (words, surface))
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= SAME_NAME


def apply(raw: str, blocks: Sequence[Span], edits: Iterable[Edit]) -> CleanText:
    """Join the words of these blocks in the order given, with the edits that lie inside them applied.

    A paragraph break between two blocks stands for the white space that ended the first, or, where a block
    was cut inside a line, for its last character. A machine's edit that reaches over the edge of a block, as somebody
    once cut it there, holds in both blocks; its replacement stands where it begins.
    """
    ordered = resolved(edits)
    starts = [edit.span.start for edit in ordered]
    text: list[str] = []
    pieces: list[Piece] = []
    length = 0
    pending: Span | None = None

    def add(words: str, source: Span, *, verbatim: bool = False) -> None:
        nonlocal length
        pieces.append(Piece(clean=Span(start=length, end=length + len(words)), raw=source, verbatim=verbatim))
        text.append(words)
        length += len(words)

    for block in blocks:
        first = bisect_left(starts, block.start)
        first -= bool(len(block)) and first > 0 and ordered[first - 1].span.end > block.start
        inside = [
            part for edit in ordered[first : bisect_left(starts, block.end)] if (part := _part(edit, block)) is not None
        ]
        words, tail = _block_pieces(raw, block, inside)
        if not any(word.strip() for word, _, _ in words):
            continue
        if pending is not None:
            add(SEPARATOR, pending)
        for word, source, verbatim in words:
            add(word, source, verbatim=verbatim)
        pending = tail
    return CleanText(text="".join(text), pieces=tuple(pieces))


def _part(edit: Edit, block: Span) -> Edit | None:
    """What of an edit holds in a block."""
    start, end = edit.span
    if block.start <= start and end <= block.end:
        return edit
    if edit.by == "person":
        return None
    replacement = edit.replacement if block.start <= start else ""
    return Edit(Span(max(start, block.start), min(end, block.end)), replacement, edit.reason)


def _block_pieces(raw: str, block: Span, edits: Sequence[Edit]) -> tuple[list[tuple[str, Span, bool]], Span]:
    """(words, raw, verbatim) of one block without the white space at its ends, and the raw of its paragraph break."""
    parts: list[tuple[str, Span, bool]] = []
    at = block.start
    for edit in edits:
        if at < edit.span.start:
            parts.append((raw[at : edit.span.start], Span(start=at, end=edit.span.start), True))
        parts.append((edit.replacement, edit.span, False))
        at = edit.span.end
    if at < block.end:
        parts.append((raw[at : block.end], Span(start=at, end=block.end), True))
    first = next((number for number, part in enumerate(parts) if part[0].strip()), len(parts))
    parts = parts[first:]
    tail = Span(start=max(block.end - 1, block.start), end=block.end)
    while parts and not parts[-1][0].strip():
        tail = Span(start=parts.pop()[1].start, end=block.end)
    if not parts:
        return [], tail
    words, source, verbatim = parts[0]
    if verbatim:
        lead = len(words) - len(words.lstrip())
        parts[0] = (words[lead:], Span(start=source.start + lead, end=source.end), True)
    else:
        parts[0] = (words.lstrip(), source, False)
    words, source, verbatim = parts[-1]
    if verbatim:
        kept = words.rstrip()
        if kept != words:
            tail = Span(start=source.start + len(kept), end=block.end)
        parts[-1] = (kept, Span(start=source.start, end=source.start + len(kept)), True)
    else:
        parts[-1] = (words.rstrip(), source, False)
    return parts, tail


def corrections(clean: CleanText, wanted: str, *, reason: str) -> tuple[Edit, ...]:
    """A person's edits that turn the clean text of one block (with the machine's edits applied) into ``wanted``.

    Compared word by word, so that words which did not change keep their place and their tags. A machine's edit
    that is touched is taken over whole. Text that is all new is attached to the character before it.
    """
    before, after = TOKEN.findall(clean.text), TOKEN.findall(wanted)
    offsets = [0]
    for token in before:
        offsets.append(offsets[-1] + len(token))
    changes: list[tuple[Span, str]] = []
    for i, j, k, m in _differences(before, after):
        start, end, words = offsets[i], offsets[j], "".join(after[k:m])
        if start == end:
            start, end, words = _attached(clean.text, start, words)
        changes.append((Span(start=start, end=end), words))
    return tuple(
        Edit(span=raw, replacement=words, reason=reason, by="person")
        for raw, words in _on_raw(clean, _on_whole_pieces(clean, changes))
    )


type Difference = tuple[int, int, int, int]


def _differences(before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    """Where two lists of tokens differ, as ``before[i:j]`` and ``after[k:m]``.

    What is too long to be compared token by token is compared sentence by sentence first.
    """
    for i, j, k, m in _between_ends(before, after, 0, 0):
        if (j - i) * (m - k) <= COMPARED:
            yield from _matched(before[i:j], after[k:m], i, k)
            continue
        old, new = _sentences(before[i:j]), _sentences(after[k:m])
        if len(old) * len(new) > COMPARED:
            yield i, j, k, m
            continue
        olds, news = _offsets(old, i), _offsets(new, k)
        for a, b, c, d in _matched(old, new, 0, 0):
            inner = _between_ends(before[olds[a] : olds[b]], after[news[c] : news[d]], olds[a], news[c])
            for one in inner:
                if (one[1] - one[0]) * (one[3] - one[2]) <= COMPARED:
                    yield from _matched(before[one[0] : one[1]], after[one[2] : one[3]], one[0], one[2])
                else:
                    yield one


def _between_ends(before: Sequence[str], after: Sequence[str], i: int, k: int) -> Iterator[Difference]:
    """What is left between the beginning and the end that two lists share; nothing where they are equal."""
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    tail = next((n for n in range(shorter - head) if before[-1 - n] != after[-1 - n]), shorter - head)
    if len(before) > head + tail or len(after) > head + tail:
        yield i + head, i + len(before) - tail, k + head, k + len(after) - tail


def _matched(before: Sequence[object], after: Sequence[object], i: int, k: int) -> Iterator[Difference]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield i + a, i + b, k + c, k + d


def _sentences(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    """Tokens in runs that end with a line, or with the space after the end of a sentence."""
    found: list[tuple[str, ...]] = []
    start = 0
    for number, token in enumerate(tokens):
        if token.isspace() and ("\n" in token or (number > start and tokens[number - 1] in SENTENCE_END)):
            found.append(tuple(tokens[start : number + 1]))
            start = number + 1
    if start < len(tokens):
        found.append(tuple(tokens[start:]))
    return found


def _offsets(runs: Sequence[Sequence[str]], at: int) -> list[int]:
    found = [at]
    for run in runs:
        found.append(found[-1] + len(run))
    return found


def _attached(text: str, at: int, words: str) -> tuple[int, int, str]:
    """New words as a replacement of a neighbouring character: of a space or a mark rather than of a name's letter."""
    before, after = text[at - 1 : at], text[at : at + 1]
    if after and (not before or (before.isalnum() and not after.isalnum())):
        return at, at + 1, words + after
    return at - 1, at, before + words


def _on_whole_pieces(clean: CleanText, changes: Sequence[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Changes widened to the whole of each replaced piece they touch, and joined where they then meet."""
    widened: list[tuple[Span, str]] = []
    edited = [piece for piece in clean.pieces if not piece.verbatim]
    for span, words in changes:
        start, end = span.start, span.end
        for piece in edited:
            touches = piece.clean.overlaps(span) or (not len(piece.clean) and start < piece.clean.start < end)
            if touches and piece.clean.start < start:
                words = clean.text[piece.clean.start : start] + words
                start = piece.clean.start
            if touches and piece.clean.end > end:
                words += clean.text[end : piece.clean.end]
                end = piece.clean.end
        if widened and widened[-1][0].end > start:
            last, said = widened.pop()
            overlap = last.end - start
            tail = clean.text[start : last.end]
            words = said.removesuffix(tail) + words if said.endswith(tail) else said + words[overlap:]
            start = last.start
        widened.append((Span(start=start, end=end), words))
    return widened


def _on_raw(clean: CleanText, changes: Sequence[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """The same changes as spans of raw; each lies in one block, so its raw is one run from first to last."""
    found: list[tuple[Span, str]] = []
    for span, words in changes:
        raw = clean.raw_spans(span)
        if raw:
            found.append((Span(start=raw[0].start, end=raw[-1].end), words))
    return found
