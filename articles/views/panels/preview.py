"""What a tag would be put on: the words, and their places with what stands around them."""

from dataclasses import dataclass
from functools import cached_property

from articles.actions.selecting import Selecting
from articles.actions.tags import typed
from articles.core.edits import Span
from articles.models import Article, Mention

AROUND = 40
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the words stand, with up to ``AROUND`` code points of their block before and after."""

    span: Span
    before: str
    words: str
    after: str
    caption: bool


class TagPreview:
    """Words to be tagged: ``here``, and in all ``spans`` of raw where they mean the same; ``others``: at how many more
    places they stand, for the place instead of who governs there, or the other way."""

    def __init__(self, page: Selecting, words: str, here: Span, spans: list[Span]) -> None:
        self.page, self.words, self.here = page, words, here
        self.spans = page.alike(here, spans)
        self.others = len(spans) - len(self.spans)

    @property
    def count(self) -> int:
        return len(self.spans)

    @cached_property
    def captions(self) -> int:
        return sum(1 for place in self.places if place.caption)

    @cached_property
    def places(self) -> list[Place]:
        return [self._place(span) for span in self.spans[:MOST_SHOWN]]

    def _place(self, span: Span) -> Place:
        block = next(row for row in self.page.blocks if row.start <= span.start < row.end)
        text = self.page.text_of(block)
        shown = text.clean_spans(span)
        start, end = shown[0].start, shown[-1].end
        return Place(
            span=span,
            before=text.text[max(start - AROUND, 0) : start],
            words=text.text[start:end],
            after=text.text[end : end + AROUND],
            caption=not block.kept,
        )

    @cached_property
    def tagged(self) -> list[Mention]:
        """The tags that these very words bear by now."""
        same = self.page.article.mentions.filter(start=self.here.start, end=self.here.end)
        return list(same.exclude(state="rejected"))


def preview(article: Article, span: Span | None, words: str) -> TagPreview:
    """What selected or else typed words would be a tag of. Refused where they are none."""
    page = Selecting(article)
    if span is None:
        surface, spans = typed(article, words)
        return TagPreview(page, surface, spans[0], spans)
    chosen = page.words(span)
    return TagPreview(page, chosen.said, chosen.span, page.everywhere(chosen))
