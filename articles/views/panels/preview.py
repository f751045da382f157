"""What a tag would be put on: the words, and their places with what stands around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from articles.actions.selecting import Selecting
from articles.actions.tags import typed
from articles.core.edits import Span
from articles.models import Article, BlindTag, BlindTagging, Mention

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
    places they stand, for the place instead of who governs there, or the other way; ``part``: the part between hyphens
    that was selected, where more than that would be tagged."""

    def __init__(self, page: Selecting, words: str, here: Span, spans: list[Span], *, part: str = "") -> None:
        self.page, self.words, self.here, self.part = page, words, here, part
        self.spans = self._meant(spans)
        self.others = len(spans) - len(self.spans)

    def _meant(self, spans: list[Span]) -> list[Span]:
        return self.page.alike(self.here, spans)

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
    def _tags(self) -> Sequence[Mention | BlindTag]:
        """The tags that this person may know of."""
        return list(self.page.article.mentions.exclude(state="rejected"))

    @cached_property
    def tagged(self) -> list[Mention | BlindTag]:
        """The tags that these very words bear by now."""
        return [tag for tag in self._tags if Span(tag.start, tag.end) == self.here]

    @cached_property
    def crossed(self) -> list[Mention | BlindTag]:
        """The tags that begin or end within these words, and do not lie in them."""
        return [tag for tag in self._tags if self.here.crosses(Span(tag.start, tag.end))]


class BlindPreview(TagPreview):
    """The same for somebody who tags blind, and so is told of no tags but those of one's own."""

    def __init__(self, tagging: BlindTagging, *args: Any, **more: Any) -> None:
        self.tagging = tagging
        super().__init__(*args, **more)

    def _meant(self, spans: list[Span]) -> list[Span]:
        return spans

    @cached_property
    def _tags(self) -> Sequence[Mention | BlindTag]:
        return list(self.tagging.tags.all())


def preview(article: Article, span: Span | None, words: str, *, part: bool = False) -> TagPreview:
    """What selected or else typed words would be a tag of. Refused where they are none."""
    page, (words, here, spans, within) = _asked(article, span, words, part=part)
    return TagPreview(page, words, here, spans, part=within)


def blind_preview(tagging: BlindTagging, span: Span | None, words: str, *, part: bool = False) -> BlindPreview:
    """The same for who tags blind."""
    page, (words, here, spans, within) = _asked(tagging.article, span, words, part=part)
    return BlindPreview(tagging, page, words, here, spans, part=within)


def _asked(
    article: Article, span: Span | None, words: str, *, part: bool
) -> tuple[Selecting, tuple[str, Span, list[Span], str]]:
    page = Selecting(article)
    if span is None:
        surface, spans = typed(article, words)
        return page, (surface, spans[0], spans, "")
    chosen = page.words(span, part=part)
    return page, (chosen.said, chosen.span, page.everywhere(chosen), chosen.part)
