"""The proposals panel: what the reader would make of this article today, where its ledger says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import Truncator

from articles.core.edits import Edit, Span
from articles.models import Article, Block, Proposal
from articles.models.texts import inside, shown_words

WORDS = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An open proposal where it stands now: ``block`` is the one in which it begins; ``part`` when it is about a part
    of that block only; ``free`` when nobody decided there, so that it can be accepted."""

    proposal: Proposal
    block: Block
    words: str
    part: bool
    free: bool


class ProposalsPanel:
    """The open proposals of an article, in the order of raw."""

    def __init__(
        self, article: Article, rows: Sequence[Proposal], *, blocks: Sequence[Block], markup: Sequence[Edit]
    ) -> None:
        self.article, self.rows, self.blocks, self.markup = article, rows, blocks, markup

    @cached_property
    def offers(self) -> list[Offer]:
        found, at = [], 0
        for row in self.rows:
            while at + 1 < len(self.blocks) and self.blocks[at + 1].start <= row.start:
                at += 1
            if self.blocks:
                found.append(self._offer(row, self.blocks[at]))
        return found

    def _offer(self, row: Proposal, block: Block) -> Offer:
        words = self._shown(row.start, row.end)
        return Offer(
            proposal=row,
            block=block,
            words=Truncator(words).chars(WORDS),
            part=words != self._shown(block.start, block.end),
            free=block.decided_by != "person" and row.end <= block.end,
        )

    def _shown(self, start: int, end: int) -> str:
        within = inside(self.markup, start, end)
        return " ".join(shown_words(self.article, Span(start=start, end=end), within).split())

    @property
    def free(self) -> int:
        """How many can be accepted."""
        return sum(1 for offer in self.offers if offer.free)

    def of(self, block: Block) -> list[Offer]:
        """The proposals for one block."""
        return self._by_block.get(block.pk, [])

    @cached_property
    def _by_block(self) -> dict[int, list[Offer]]:
        found: dict[int, list[Offer]] = {}
        for offer in self.offers:
            found.setdefault(offer.block.pk, []).append(offer)
        return found
