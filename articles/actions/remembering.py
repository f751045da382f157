"""What people decided about the lines of an article, kept for the other pages of its outlet."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from articles.core.blocks import folded, lines
from articles.core.cleaning.memory import LONGEST, line_key
from articles.core.values import Scraped
from articles.models import Article, Block, DecidedLine
from articles.models.texts import block_shown, inside, markup_of

# What a dropped paragraph is called on the next page, where nobody said what it is instead.
DROPPED = "widget"


def remember_decisions(article: Article) -> None:
    """Make the remembered decisions on this article what its ledger says now. The caller holds the article's lock."""
    if article.memory_id is None:
        return
    wanted = set(_decided(article))
    there = {(row.key, row.kind): row.pk for row in article.decided_lines.all()}
    gone = [pk for said, pk in there.items() if said not in wanted]
    if gone:
        article.decided_lines.filter(pk__in=gone).delete()
    DecidedLine.objects.bulk_create(
        [
            DecidedLine(article=article, outlet_id=article.memory_id, key=key, kind=kind)
            for key, kind in sorted(wanted - there.keys())
        ],
        ignore_conflicts=True,
    )


def _decided(article: Article) -> Iterator[tuple[str, str]]:
    blocks = list(article.blocks.filter(decided_by="person"))
    if not blocks:
        return
    for block, texts in zip(blocks, _texts(article, blocks), strict=True):
        kind = _lesson(block)
        if kind:
            yield from ((key, kind) for text in texts if (key := line_key(text)))


def _lesson(block: Block) -> str:
    """What a decision says about the same line elsewhere; empty when it says nothing, as about a caption that was kept."""
    if block.kept == block.about.kept:
        return block.kind
    return "" if block.kept else DROPPED


def _texts(article: Article, blocks: Iterable[Block]) -> Iterator[list[str]]:
    """The lines of each block, as the reader of a page tells them apart."""
    if article.format == "html":
        markup = markup_of(article)
        for block in blocks:
            shown = block_shown(article, block, inside(markup, block.start, block.end)).text
            yield [folded(line) for line in shown.splitlines()]
        return
    found = lines(Scraped(raw_text=article.raw_text, format=article.format))
    for block in blocks:
        first = bisect_left(found, block.start, key=lambda line: line.content.start)
        last = bisect_right(found, block.end, key=lambda line: line.content.end)
        whole = [line.text for line in found[first:last]]
        # A part of a line that somebody cut off.
        yield whole or [folded(article.raw_text[block.start : block.end][: 2 * LONGEST])]
