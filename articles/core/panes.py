"""A text and the marks on it, as runs that a template loops over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.core.edits import CleanText, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that stands on words: a tag, a proof, a flag. ``span`` is raw; ``surface`` the words when it was made;
    ``name`` goes into the class of the run, ``label`` is what a screen reader says behind its words, ``id`` tells marks
    apart. ``layer``: what it says of its words, where such marks may lie within each other; ``sign``: that in a letter."""

    span: Span
    name: str
    id: str = ""
    label: str = ""
    surface: str = ""
    layer: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters that share the same marks and lie in one piece. ``raw`` is what they stand for; verbatim when they are
    the same characters. ``opens`` are the marks that begin here, ``closes`` those that end behind it."""

    text: str
    raw: Span
    verbatim: bool
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    closes: tuple[Mark, ...] = ()

    @property
    def layers(self) -> list[Mark]:
        """The marks that may lie within each other, the outermost first."""
        return sorted((mark for mark in self.marks if mark.layer), key=lambda mark: -len(mark.span))

    @property
    def names(self) -> str:
        names = [name for mark in self.marks for name in mark.name.split()]
        layers = self.layers
        if len(layers) > 1:
            names += ["nested", f"outer-{layers[0].layer}", f"inner-{layers[-1].layer}"]
            names += ["begins"] if any(mark in self.opens for mark in layers[1:]) else []
        return " ".join(dict.fromkeys(names))

    @property
    def ids(self) -> str:
        return " ".join(mark.id for mark in self.marks if mark.id)

    @property
    def label(self) -> str:
        """What the marks say that begin here."""
        return "; ".join(mark.label for mark in self.opens if mark.label)

    @property
    def signs(self) -> str:
        """The letters of the marks that end here, the innermost first."""
        return "".join(mark.sign for mark in reversed(self.layers) if mark in self.closes)

    @property
    def said(self) -> str:
        """What a screen reader says where marks end."""
        return "; ".join(mark.label for mark in reversed(self.layers) if mark in self.closes)


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
                    closes=tuple(mark for mark in active if mark in ends.get(end, ())),
                )
            )
    return found


def _where(shown: CleanText, mark: Mark) -> Span | None:
    if mark.surface:
        return shown.place(mark.span, mark.surface)
    spans: Sequence[Span] = [span for span in shown.clean_spans(mark.span) if len(span)]
    return Span(start=spans[0].start, end=spans[-1].end) if spans else None
