"""Where a new reading differs from the ledger of an article: the proposals that it makes."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from articles.core.edits import Edit, Span, stripped
from articles.core.values import Block as BlockValue
from articles.models import Article, Block, Proposal
from articles.models.texts import inside, markup_of, shown_words


def differences(article: Article, found: Sequence[BlockValue]) -> list[Proposal]:
    """A proposal, not saved yet, for each run of raw where a reading gives another kind than the ledger.

    Both cover raw once, but may cut it otherwise: each piece that lies in one block of either is compared by itself, so
    a proposal never reaches across the border of a block on the desk, only cuts into one. Nothing is proposed that a
    person dismissed, or that the machine had said already when a person decided otherwise.
    """
    markup = markup_of(article)
    dismissed = list(article.proposals.filter(state="dismissed"))
    proposals: list[Proposal] = []
    before: Block | None = None
    for block, value, piece in _pieces(list(article.blocks.all()), found, markup):
        span = _words(article, piece, markup)
        if span is None:
            continue
        heard = block.decided_by == "person" and value.kind == block.found_kind
        told = any(row.kind == value.kind and row.start <= span.start and span.end <= row.end for row in dismissed)
        if value.kind == block.kind or heard or told:
            before = None
        elif before == block and proposals[-1].kind == value.kind and not value.kept:
            proposals[-1].end = span.end  # lines that go together, as removed lines do
        else:
            proposals.append(_proposal(article, block, value, span))
            before = block
    return proposals


def _proposal(article: Article, block: Block, value: BlockValue, span: Span) -> Proposal:
    return Proposal(
        article=article,
        start=span.start,
        end=span.end,
        was=block.kind,
        kind=value.kind,
        reason=value.reason[:300],
        evidence=[phrase[:300] for phrase in value.evidence],
        otherwise=value.otherwise[:20],
        confidence=value.confidence,
        decided_by=value.decided_by,
        version=article.version,
    )


def _words(article: Article, piece: Span, markup: Sequence[Edit]) -> Span | None:
    """A piece without the white space around it; None when a reader sees nothing there."""
    span = stripped(article.raw_text, piece)
    seen = len(span) and shown_words(article, piece, inside(markup, piece.start, piece.end)).strip()
    return span if seen else None


def _pieces(
    blocks: Sequence[Block], found: Sequence[BlockValue], markup: Sequence[Edit]
) -> Iterator[tuple[Block, BlockValue, Span]]:
    """Each run that lies in one block of the desk and one of the reading, in order."""

    def border(at: int) -> int:
        """The point itself; behind a tag of the page, where it lies in one."""
        before = bisect_left(markup, at, key=lambda edit: edit.span.start) - 1
        return max(at, markup[before].span.end) if before >= 0 else at

    i = j = 0
    while i < len(blocks) and j < len(found):
        block, value = blocks[i], found[j]
        start, end = max(block.start, border(value.span.start)), min(block.end, border(value.span.end))
        if start < end:
            yield block, value, Span(start=start, end=end)
        if block.end <= border(value.span.end):
            i += 1
        else:
            j += 1
