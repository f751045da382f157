"""Machine edits of spacing: only what nobody wrote on purpose."""

import pytest

from articles.core.cleaning.spacing import spacing_edits
from articles.core.edits import Span, apply
from articles.core.values import Block, Scraped


def spaced(raw, *, kept=True):
    scraped = Scraped(raw_text=raw)
    block = Block(span=Span(start=0, end=len(raw)), kind="body", kept=kept, reason="", confidence=1)
    edits = spacing_edits(scraped, [block])
    return apply(raw, [block.span], edits).text, edits


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Un  pont\t neuf.", "Un pont neuf."),
        ("Un pont\nneuf \r\n de bois.\n", "Un pont neuf de bois."),
        ("ex\u00adem\u200bple \ufeffici", "exemple ici"),
        ("mot\u200e latin\u200d", "mot latin"),
        ("bruit\x08 ici", "bruit ici"),
    ],
)
def test_what_the_scraper_left_is_taken_out(raw, text):
    assert spaced(raw)[0] == text


@pytest.mark.parametrize(
    "raw",
    [
        "«\u00a0Oui\u00a0»\u00a0: 10\u00a0000\u202f; non\u00a0!",
        "שלום\u200f (2020)",
        "می\u200cخواهم",
        "👨\u200d👩\u200d👧",
        "क्\u200dष",
    ],
)
def test_what_the_author_wrote_stays(raw):
    text, edits = spaced(raw)
    assert text == raw
    assert edits == ()


def test_removed_blocks_are_spaced_too_but_their_lines_stay_apart():
    """An editor may keep one later; a block of several headlines is no paragraph."""
    assert spaced("Un  pont", kept=False)[0] == "Un pont"
    assert spaced("Un pont\nDeux ponts", kept=False)[0] == "Un pont\nDeux ponts"
    wrapped = "Une ligne qui ne s'arrête pas à la fin\nparce qu'une page étroite l'a coupée."
    assert spaced("Longtemps, " + wrapped, kept=False)[0] == "Longtemps, " + wrapped.replace("\n", " ")
