"""A text and the marks on it, as runs that a template loops over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.core.edits import CleanText, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that stands on words: a tag, a proof, a flag. ``span`` is raw; ``surface`` the words when it was made;
    ``name`` goes into the class of the run, ``label`` is what a screen reader says, ``id`` tells marks apart."""

    span: Span
    name: str
    id: str = ""
    label: str = ""
    surface: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters that share the same marks and lie in one piece. ``raw`` is what they stand for; verbatim when they are
    the same characters. ``opens`` are the marks that begin here."""

    text: str
    raw: Span
    verbatim: bool
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()

    @property
    def names(self) -> str:
        return " ".join(dict.fromkeys(name for mark in self.marks for name in mark.name.split()))

    @property
    def ids(self) -> str:
        return " ".join(mark.id for mark in self.marks if mark.id)


def runs(shown: CleanText, marks: Iterable[Mark]) -> list[Run]:
    """Cut a text at the borders of its pieces and of the marks that can be placed in it. Joined, the runs are the text."""
    placed = [(where, mark) for mark in marks for where in [_where(shown, mark)] if where is not None]
    begins: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for where, mark in placed:
        begins.setdefault(where.start, []).append(mark)
        ends.setdefault(where.end, []).append(mark)
    borders = sorted({*begins, *ends})
    found: list[Run] = []
    active: list[Mark] = []
    at = 0
    for piece in shown.pieces:
        cuts = [piece.clean.start]
        while at < len(borders) and borders[at] < piece.clean.end:
            if borders[at] > piece.clean.start:
                cuts.append(borders[at])
            at += 1
        for start, end in zip(cuts, [*cuts[1:], piece.clean.end], strict=True):
            if start == end:
                continue
            opens = begins.pop(start, [])
            active = [mark for mark in active if mark not in ends.get(start, ())] + opens
            raw = piece.raw
            if piece.verbatim:
                first = raw.start + start - piece.clean.start
                raw = Span(start=first, end=first + end - start)
            found.append(
                Run(
                    text=shown.text[start:end],
                    raw=raw,
                    verbatim=piece.verbatim,
                    marks=tuple(active),
                    opens=tuple(opens),
                )
            )
    return found


def _where(shown: CleanText, mark: Mark) -> Span | None:
    if mark.surface:
        return shown.place(mark.span, mark.surface)
    spans: Sequence[Span] = [span for span in shown.clean_spans(mark.span) if len(span)]
    return Span(start=spans[0].start, end=spans[-1].end) if spans else None
