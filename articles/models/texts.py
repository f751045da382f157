"""From rows to the values of the core, and the texts that they make."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from articles.core.edits import CleanText, Span, apply
from articles.core.edits import Edit as EditValue
from articles.core.values import READING_ORDER
from articles.models.article import Article
from articles.models.ledger import Block, Edit


def markup_of(article: Article) -> list[EditValue]:
    """The edits that turn the source of a page into its text, in order; none for plain text."""
    return [
        EditValue(span=Span(start=start, end=end), replacement=words, reason="markup")
        for start, end, words in sorted(article.markup, key=lambda row: row[:2])
    ]


def inside(edits: Sequence[EditValue], start: int, end: int) -> Sequence[EditValue]:
    """Of edits that stand in order, those that begin in a run of raw."""
    first = bisect_left(edits, start, key=lambda edit: edit.span.start)
    return edits[first : bisect_left(edits, end, key=lambda edit: edit.span.start)]


def edits_of(rows: Iterable[Edit]) -> list[EditValue]:
    return [
        EditValue(
            span=Span(start=row.start, end=row.end),
            replacement=row.replacement,
            reason=row.reason,
            by="person" if row.by == "person" else "machine",
        )
        for row in rows
    ]


def kept_in_order(blocks: Iterable[Block]) -> list[Block]:
    """Kept blocks as a reader meets them: title, subtitle, then the rest as they stand in raw."""
    return sorted((block for block in blocks if block.kept), key=lambda b: (READING_ORDER.get(b.kind, 2), b.start))


def clean_of(article: Article, blocks: Iterable[Block], edits: Iterable[Edit]) -> CleanText:
    """The clean text of an article, with its map to raw."""
    spans = [Span(start=block.start, end=block.end) for block in kept_in_order(blocks)]
    return apply(article.raw_text, spans, [*markup_of(article), *edits_of(edits)])


def block_clean(article: Article, block: Block, edits: Iterable[Edit]) -> CleanText:
    """The words of one block with its edits applied, whether it is kept or not."""
    span = Span(start=block.start, end=block.end)
    return apply(article.raw_text, [span], [*markup_of(article), *edits_of(edits)])


def block_shown(article: Article, block: Block, markup: Iterable[EditValue]) -> CleanText:
    """The words of one block as the page showed them: markup applied, nothing else."""
    return apply(article.raw_text, [Span(start=block.start, end=block.end)], markup)


def shown_words(article: Article, span: Span, markup: Iterable[EditValue]) -> str:
    """What a reader of the page saw at a span of raw."""
    return apply(article.raw_text, [span], [edit for edit in markup if span.covers(edit.span)]).text
