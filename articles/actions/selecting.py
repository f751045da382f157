"""What a selection on the page means: whole words of one block, and all the places where the same words stand."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from articles.actions.recording import Refused
from articles.core.edits import CleanText, Span
from articles.core.snapping import apart, around, compounds, hyphens, only, partings, pieces, places, snap
from articles.models import Article, Block, Entity
from articles.models.bearers import Bearers, bearers
from articles.models.texts import block_clean, block_shown, markup_of, shown_words

CAPTION_KINDS = {"caption", "credit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Whole words of one block. ``span`` of raw; ``surface`` as the page showed them, ``said`` as they read by now;
    ``part``: what of them was selected, where that is a part between hyphens."""

    block: Block
    span: Span
    surface: str
    said: str
    part: str = ""


class Selecting:
    """The blocks of an article as they read on the page, for finding words in them."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._texts: dict[int, CleanText] = {}

    @cached_property
    def blocks(self) -> list[Block]:
        return list(self.article.blocks.all())

    @cached_property
    def taggable(self) -> list[Block]:
        """Blocks whose words may be tagged: the kept text, captions and credits."""
        return [block for block in self.blocks if block.kept or block.kind in CAPTION_KINDS]

    def text_of(self, block: Block) -> CleanText:
        """A kept block with its corrections, another one as the page showed it."""
        if block.pk not in self._texts:
            self._texts[block.pk] = (
                block_clean(self.article, block, self._edits)
                if block.kept
                else block_shown(self.article, block, self.markup)
            )
        return self._texts[block.pk]

    @cached_property
    def markup(self) -> list[Any]:
        return markup_of(self.article)

    @cached_property
    def _edits(self) -> list[Any]:
        return list(self.article.edits.all())

    def words(self, selected: Span, *, part: bool = False) -> Words:
        """A selection moved to whole words, without the marks and spaces at its ends; with ``part`` to no more than what
        lies between hyphens.

        Refused when it holds no word, or words of two blocks.
        """
        found = []
        for block in self.blocks:
            if block.start < selected.end and selected.start < block.end:
                words = self._words_in(block, selected, part=part)
                if words:
                    found.append(words)
        if not found:
            raise Refused("The selection holds no word.")
        if len(found) > 1:
            raise Refused("The selection reaches from one block into another. Select words of one block.")
        return found[0]

    def _words_in(self, block: Block, selected: Span, *, part: bool) -> Words | None:
        text = self.text_of(block)
        shown = text.clean_spans(selected)
        chosen = (shown[0].start, shown[-1].end) if shown else (0, 0)
        span = snap(text.text, *chosen, hyphens(text.text) if part else self._parted(block))
        if span is None:
            return None
        span = self._whole_name(text.text, span)
        raw = self._raw(text, span)
        surface = shown_words(self.article, raw, self.markup)
        said, within = " ".join(span.of(text.text).split()), only(text.text, span, *chosen)
        return Words(block=block, span=raw, surface=surface, said=said, part=within.of(text.text) if within else "")

    def _parted(self, block: Block) -> frozenset[int]:
        """The hyphens of a block that stand between names the registry knows: "Paris-Vienne", not "Saint-Malo"."""
        text = self.text_of(block).text
        return frozenset().union(*(partings(text, word, self._is_known) for word in compounds(text)))

    def _is_known(self, name: str) -> bool:
        return bool(self._names.of(name))

    @cached_property
    def _names(self) -> Bearers:
        """Who bears the names with hyphens that stand in the article, and their parts."""
        texts = [self.text_of(block).text for block in self.blocks]
        return bearers({part.of(text) for text in texts for word in compounds(text) for part in pieces(text, word)})

    def _whole_name(self, text: str, span: Span) -> Span:
        """Of a name that the registry knows, all of it: "Azur" behind "côte d'" is half of one, "Paris" behind "Université
        de" is a name of its own."""
        if not apart(text, span):
            return span
        wider = {place.of(text): place for place in around(text, span)}
        known = _known({*wider, span.of(text)})
        if span.of(text) in known:
            return span
        return max((wider[name] for name in known), key=len, default=span)

    def _raw(self, text: CleanText, span: Span) -> Span:
        raw = text.raw_spans(span)
        return Span(start=raw[0].start, end=raw[-1].end)

    def shows(self, span: Span, surface: str) -> bool:
        """Whether words that were tagged stand in the text or in a caption now."""
        return any(
            block.start <= span.start and span.end <= block.end and self.text_of(block).place(span, surface) is not None
            for block in self.taggable
        )

    def places(self, *names: str) -> list[Span]:
        """Every place of raw where one of these names stands as whole words in a block that may carry tags."""
        found = set()
        for block in self.taggable:
            text = self.text_of(block)
            for name in dict.fromkeys(names):
                found |= {self._raw(text, span) for span in places(text.text, name, self._parted(block))}
        return sorted(found)

    def everywhere(self, words: Words) -> list[Span]:
        """The words and all their other places, as they were written and as they read by now."""
        return sorted({words.span, *self.places(words.surface, words.said)})

    def alike(self, chosen: Span, spans: list[Span]) -> list[Span]:
        """Of the places of one name, those where it means what it means at the chosen one: "avec Rabat" is not "à Rabat"."""
        powers = self._powers
        return [span for span in spans if (tuple(span) in powers) == (tuple(chosen) in powers)] if powers else spans

    @cached_property
    def _powers(self) -> set[tuple[int, ...]]:
        """Where the name of a country or capital means who governs there, on anybody's word."""
        rows = self.article.mentions.filter(sense="power").exclude(state="rejected")
        return set(rows.values_list("start", "end"))


def typed(article: Article, surface: str) -> tuple[str, list[Span]]:
    """Words that were typed, as whole words, with every place of raw where they stand. Refused where there is none."""
    surface = " ".join(surface.split())
    words = snap(surface, 0, len(surface))
    if words is None:
        raise Refused("Write the words to tag.")
    page = Selecting(article)
    spans = page.places(surface) or page.places(words.of(surface))
    if not spans:
        raise Refused(
            f"“{words.of(surface)}” does not stand in the kept text or in a caption. Tags are put on words only."
        )
    return words.of(surface), spans


def _known(names: set[str]) -> set[str]:
    """Those of these words that the registry knows as a name, whatever apostrophe and first letter they have."""
    forms: dict[str, str] = {}
    for name in names:
        for plain in (name, name.replace("’", "'"), name.replace("'", "’")):
            forms |= {plain: name, plain[:1].upper() + plain[1:]: name}
    rows = Entity.objects.filter(Q(name__in=forms) | Q(aliases__name__in=forms)).prefetch_related("aliases").distinct()
    return {forms[name] for row in rows for name in row.names if name in forms}
