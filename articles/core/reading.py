"""read(scraped, memory) -> Reading: the one place that knows the order of the steps."""

from collections.abc import Iterator, Sequence

from articles.core import attribution, blocks, entities, quality, recalled
from articles.core.cleaning.classifier import classify
from articles.core.cleaning.spacing import spacing_edits
from articles.core.edits import CleanText, Edit, apply, resolved
from articles.core.metadata import dates, fields, language, moments
from articles.core.values import Block, Memory, Passage, Reading, Scraped, in_reading_order


def read(scraped: Scraped, memory: Memory) -> Reading:
    """Everything the machine says about one article: ledger, edits, facts with proof, chain, tags, questions."""
    lines = blocks.lines(scraped)
    said = language.detect("\n".join(line.text for line in lines))
    ledger = classify(scraped, lines, said, memory)
    passages = tuple(_passages(scraped, ledger))
    found = recalled.fields(fields.find(scraped, passages, said, memory), memory.facts)
    chain = recalled.links(attribution.find(scraped, passages, found, memory), memory.facts, passages)
    return Reading(
        scraped=scraped,
        language=said,
        blocks=ledger,
        edits=resolved((*scraped.markup, *spacing_edits(scraped, ledger))),
        fields=found,
        dates=dates.find(passages, found["published"], said),
        attribution=chain,
        rights=attribution.restrictions(passages, scraped, lambda words: moments.until(words, found["published"])),
        mentions=entities.find(passages, memory, said),
        flags=quality.flags(passages, said, chain),
    )


def _passages(scraped: Scraped, ledger: Sequence[Block]) -> Iterator[Passage]:
    """The blocks with their words as a reader sees them. Markup and blocks both stand in order: one walk over both."""
    markup: list[Edit] = sorted(scraped.markup, key=lambda edit: edit.span.start)
    at = 0
    for block in ledger:
        first = at
        while at < len(markup) and markup[at].span.start < block.span.end:
            at += 1
        yield Passage(block=block, shown=apply(scraped.raw_text, [block.span], markup[first:at]))


def clean(reading: Reading) -> CleanText:
    """The clean article: kept blocks in reading order with the edits applied, mapped to raw."""
    return apply(reading.scraped.raw_text, [block.span for block in in_reading_order(reading.blocks)], reading.edits)
