"""The text panel: every block on both sides, in the order of raw."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from articles.core.edits import Edit as EditValue
from articles.core.edits import Span, apply
from articles.core.panes import Mark, Run, runs
from articles.models import Article, Block, Edit
from articles.models.texts import edits_of, kept_in_order
from articles.views.panels.proposals import Offer, ProposalsPanel


@dataclass(slots=True, kw_only=True)
class Row:
    """One block on both sides. ``moved``: it is read at the top, and a ghost stands in its place."""

    block: Block
    number: int
    raw: list[Run]
    clean: list[Run]
    lines: int
    moved: bool = False
    edits: int = 0
    offers: list[Offer] = field(default_factory=list)


class TextPanel:
    """The rows of an article: its blocks with their words and what stands on them."""

    def __init__(
        self,
        article: Article,
        *,
        blocks: Sequence[Block],
        edits: Sequence[Edit],
        markup: Sequence[EditValue],
        marks: Sequence[Mark],
        proposals: ProposalsPanel,
    ) -> None:
        self.raw_text = article.raw_text
        self.of_a_page = article.format != "text"
        self.blocks, self.edits, self.markup, self.marks = blocks, edits, markup, marks
        self.proposals = proposals

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(number, block) for number, block in enumerate(self.blocks, 1)]

    @cached_property
    def moved(self) -> set[int]:
        """Keys of the titles and subtitles that are read before a block which stands before them in raw."""
        in_raw = {block.pk: number for number, block in enumerate(block for block in self.blocks if block.kept)}
        return {block.pk for place, block in enumerate(kept_in_order(self.blocks)) if in_raw[block.pk] > place}

    def row(self, pk: int) -> Row | None:
        """The row of one block, without making the others."""
        for number, block in enumerate(self.blocks, 1):
            if block.pk == pk:
                return self._row(number, block)
        return None

    def _row(self, number: int, block: Block) -> Row:
        marks = self._marks_by_block.get(block.pk, [])
        edits = self._edits_by_block.get(block.pk, [])
        markup = self._markup_by_block.get(block.pk, [])
        span = Span(start=block.start, end=block.end)
        shown = apply(self.raw_text, [span], markup)
        in_clean = [mark for mark in marks if mark.name.startswith("tag")]
        words = apply(self.raw_text, [span], [*markup, *edits_of(edits)])
        clean = runs(words, in_clean) if block.kept else []
        return Row(
            block=block,
            number=number,
            raw=self._without_indents(runs(shown, marks)),
            clean=clean,
            lines=sum(1 for line in shown.text.splitlines() if line.strip()),
            moved=block.pk in self.moved,
            edits=sum(1 for edit in edits if edit.by == "person"),
            offers=self.proposals.of(block),
        )

    def _by_block[T](self, items: Iterable[T], span: Callable[[T], tuple[int, int]]) -> dict[int, list[T]]:
        """Things that stand in raw, by the key of each block that they touch."""
        found: dict[int, list[T]] = {}
        starts = [block.start for block in self.blocks]
        for item in items:
            start, end = span(item)
            at = max(bisect_right(starts, start) - 1, 0)
            while at < len(self.blocks) and self.blocks[at].start < end:
                found.setdefault(self.blocks[at].pk, []).append(item)
                at += 1
        return found

    @cached_property
    def _marks_by_block(self) -> dict[int, list[Mark]]:
        return self._by_block(self.marks, lambda mark: (mark.span.start, mark.span.end))

    @cached_property
    def _edits_by_block(self) -> dict[int, list[Edit]]:
        return self._by_block(self.edits, lambda edit: (edit.start, edit.end))

    @cached_property
    def _markup_by_block(self) -> dict[int, list[EditValue]]:
        return self._by_block(self.markup, lambda edit: (edit.span.start, edit.span.end))

    def _without_indents(self, found: list[Run]) -> list[Run]:
        """Runs as a browser shows them: in the source of a page, white space between two lines shows as nothing."""
        if not self.of_a_page:
            return found
        return [run for run in found if not (run.verbatim and "\n" in run.text and not run.text.strip())]

    @property
    def promoted(self) -> list[Row]:
        """Title and subtitle that stand further down in raw, as they are read: at the top."""
        return sorted((row for row in self.rows if row.moved), key=lambda row: row.block.kind != "title")
