"""A text and the marks on it, as runs that a template loops over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.core.edits import CleanText, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that stands on words: a tag, a proof, a flag. ``span`` is raw; ``surface`` the words when it was made;
    ``name`` goes into the class of the run, ``label`` is what a screen reader says behind its words, ``id`` tells marks
    apart. ``layer``: what it says of its words, where such marks may share them; ``sign``: that in letters; ``dotted``:
    whether its line is."""

    span: Span
    name: str
    id: str = ""
    label: str = ""
    surface: str = ""
    layer: str = ""
    sign: str = ""
    dotted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters that share the same marks and lie in one piece. ``raw`` is what they stand for; verbatim when they are
    the same characters. ``opens`` are the marks that begin here, ``closes`` those that end behind it. ``lines``: for each
    mark that shares words with others, on which line under them it is drawn, 0 the nearest: the same from end to end."""

    text: str
    raw: Span
    verbatim: bool
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    closes: tuple[Mark, ...] = ()
    lines: Mapping[int, int] = field(default_factory=dict)

    @property
    def layers(self) -> list[Mark]:
        """The marks that may lie within each other, the outermost first."""
        return sorted((mark for mark in self.marks if mark.layer), key=lambda mark: -len(mark.span))

    @property
    def names(self) -> str:
        names = [name for mark in self.marks for name in mark.name.split()]
        layers = self.layers
        names += [f"inner-{layers[-1].layer}"] if len(layers) > 1 else []
        for mark in layers:
            line = self.lines.get(id(mark))
            if line is not None:
                names += ["lined", f"line-{line}-{mark.layer}", *([f"line-{line}-dotted"] if mark.dotted else [])]
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
        """The letters of the marks that begin here, the outermost first."""
        return "".join(mark.sign for mark in self.layers if mark in self.opens)

    @property
    def said(self) -> str:
        """What a screen reader says where marks end, the innermost first; which words are meant, where others share
        them."""
        ended = [mark for mark in reversed(self.layers) if mark in self.closes]
        return "; ".join(
            f"“{' '.join(mark.surface.split())}”: {mark.label}"
            if id(mark) in self.lines and mark.surface
            else mark.label
            for mark in ended
        )


def runs(shown: CleanText, marks: Iterable[Mark]) -> list[Run]:
    """Cut a text at the borders of its pieces and of the marks that can be placed in it. Joined, the runs are the text."""
    placed = [(where, mark) for mark in marks for where in [_where(shown, mark)] if where is not None]
    begins: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for where, mark in placed:
        begins.setdefault(where.start, []).append(mark)
        ends.setdefault(where.end, []).append(mark)
    borders, lines = sorted({*begins, *ends}), _lines(placed)
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
                    lines=lines,
                )
            )
    return found


def _lines(placed: Iterable[tuple[Span, Mark]]) -> dict[int, int]:
    """id of a mark -> the line of each that shares words with another: the shorter lie nearer to the words."""
    lines: dict[int, int] = {}
    heap: list[tuple[Span, Mark]] = []
    reach = 0
    for where, mark in sorted(((where, mark) for where, mark in placed if mark.layer), key=lambda one: one[0]):
        if heap and where.start >= reach:
            lines |= _stacked(heap)
            heap = []
        heap.append((where, mark))
        reach = max(reach, where.end)
    return lines | _stacked(heap)


def _stacked(heap: Sequence[tuple[Span, Mark]]) -> dict[int, int]:
    """The lines of marks that touch each other, if only one through another; of one alone none."""
    lines: dict[int, int] = {}
    done: list[tuple[Span, Mark]] = []
    for where, mark in sorted(heap, key=lambda one: len(one[0])) if len(heap) > 1 else ():
        taken = {lines[id(other)] for there, other in done if there.overlaps(where)}
        lines[id(mark)] = min(set(range(len(taken) + 1)) - taken)
        done.append((where, mark))
    return lines


def _where(shown: CleanText, mark: Mark) -> Span | None:
    if mark.surface:
        return shown.place(mark.span, mark.surface)
    spans: Sequence[Span] = [span for span in shown.clean_spans(mark.span) if len(span)]
    return Span(start=spans[0].start, end=spans[-1].end) if spans else None
