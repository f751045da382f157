"""Two articles side by side: what they share marked in each, what differs between their quotations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.actions.comparing import compare_articles
from articles.core.edits import Span, apply
from articles.core.panes import Mark, Run, runs
from articles.core.similarity import KINDS, Comparison, QuotePair
from articles.models import Article, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A saying as each of two texts has it."""

    same: bool
    one: list[Run]
    two: list[Run]


class Beside:
    """What the page shows of two articles, compared as their texts are now."""

    def __init__(self, one: Article, two: Article) -> None:
        self.one, self.two = one, two

    @cached_property
    def _compared(self) -> tuple[str, str, Comparison]:
        first, second, made = compare_articles(self.one.pk, self.two.pk)
        return first.text, second.text, made

    @property
    def made(self) -> Comparison:
        return self._compared[2]

    @cached_property
    def relation(self) -> Relation | None:
        """What is kept of the two, with a person's word on it."""
        pair = Relation.objects.of(self.one.pk).of(self.two.pk).select_related("decided_by")
        return pair.first()

    @property
    def kind(self) -> str:
        """The verdict on the texts as they are now, in words."""
        return KINDS.get(self.made.kind, "")

    @property
    def sides(self) -> list[tuple[Article, list[Run]]]:
        return [
            (self.one, _marked(self._compared[0], self._marks("one"))),
            (self.two, _marked(self._compared[1], self._marks("two"))),
        ]

    def _marks(self, side: str) -> list[Mark]:
        shared = [
            Mark(
                span=getattr(run, side), name="shared", label=f"{run.words} words in a row stand in both, run {number}"
            )
            for number, run in enumerate(self.made.runs, 1)
        ]
        quotes = [
            Mark(
                span=getattr(pair, side),
                name="saying" if pair.same else "saying other-words",
                label="the same quotation in both" if pair.same else "the other text quotes this in other words",
            )
            for pair in self.made.quotes
        ]
        return shared + quotes

    @cached_property
    def quotes(self) -> list[Quoted]:
        return [self._quoted(pair) for pair in self.made.quotes]

    @property
    def differing(self) -> int:
        return sum(1 for quote in self.quotes if not quote.same)

    def _quoted(self, pair: QuotePair) -> Quoted:
        return Quoted(
            same=pair.same,
            one=_part(self._compared[0], pair.one, pair.only_one),
            two=_part(self._compared[1], pair.two, pair.only_two),
        )


def _marked(text: str, marks: Iterable[Mark]) -> list[Run]:
    return runs(apply(text, [Span(start=0, end=len(text))], []), marks) if text else []


def _part(text: str, span: Span, differing: Sequence[Span]) -> list[Run]:
    """A piece of a text, with the words that the other side lacks marked."""
    marks = [
        Mark(span=Span(start=one.start - span.start, end=one.end - span.start), name="differs", label="only here")
        for one in differing
    ]
    return _marked(span.of(text), marks)
