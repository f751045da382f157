"""The whole reading: never an error, the title first, every clean character proved by raw."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.core.edits import apply, corrections
from articles.core.formats import UnreadableError, open_bytes, open_text
from articles.core.reading import clean, read
from articles.core.values import Memory, Scraped, in_reading_order

TEXT = """Le port a rouvert lundi, a annoncé la capitainerie. Les cargos reviendront dès mercredi, selon la même source.
Les dockers  ont signé un accord avec les armateurs, après six semaines de grève et de longues négociations nocturnes.
Ana Lopes
Le port rouvre ses quais aux cargos
Économie.
Publié le 12/03/2021 à 10h15 - Par Ana Lopes
Publicité"""
SOUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<h1>",
            "<br>",
            "Le port rouvre. ",
            "été",
            "&amp;",
            "<script>",
            "</script>",
            "<!--",
            "\n",
            "12/03Titre",
            "Par Ana Lopes",
            "« Oui »",
            "\u200d",
            "<td>",
            "'",
            '"',
            "(AFP)",
        ]
    )
).map("".join)


def checked(scraped):
    reading = read(scraped, Memory())
    raw = scraped.raw_text
    assert "".join(block.span.of(raw) for block in reading.blocks) == raw
    text = clean(reading)
    assert sum(len(piece.clean) for piece in text.pieces) == len(text.text)
    for piece in text.pieces:
        assert len(piece.raw)
        if piece.verbatim:
            assert piece.clean.of(text.text) == piece.raw.of(raw)
    return reading


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_reading_fail(text):
    checked(Scraped(raw_text=text))


@settings(deadline=None)
@given(SOUP)
def test_no_tag_soup_makes_reading_fail(soup):
    checked(open_text("<html>" + soup))


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_bytes_are_read_or_refused_with_a_sentence(data):
    try:
        scraped = open_bytes(data)
    except UnreadableError as error:
        said = str(error)
    else:
        said = "."
        checked(scraped)
    assert said.endswith(".")


def test_clean_text_is_the_title_and_then_the_paragraphs():
    first, second = TEXT.split("\n")[:2]
    reading = checked(open_text(TEXT))
    assert clean(reading).text == f"Le port rouvre ses quais aux cargos\n\n{first}\n\n{second.replace('  ', ' ')}"
    assert reading.language == "fr"


@settings(deadline=None)
@given(st.integers(min_value=0), st.sampled_from(["", "navires", "les « cargos »"]))
def test_a_correction_gives_the_text_that_the_person_wanted(at, new):
    reading = read(open_text(TEXT), Memory())
    before = clean(reading)
    words = list(re.finditer(r"(?<= )\S+(?= )", before.text))
    word = words[at % len(words)]
    wanted = before.text[: word.start()] + new + before.text[word.end() :]
    edits = (*reading.edits, *corrections(before, wanted, reason="correction"))
    spans = [block.span for block in in_reading_order(reading.blocks)]
    # A space left before a paragraph's end is not shown.
    assert apply(TEXT, spans, edits).text.strip() == wanted.replace(" \n", "\n").strip()


def test_a_page_reads_as_its_text():
    page = "<html><body><h1>Le pont rouvre</h1><p>Le pont&nbsp;a <b>rouvert</b> lundi,   après\nsix semaines de travaux et d'attente pour tous.</p></body></html>"  # noqa: E501
    reading = checked(open_text(page))
    assert (
        clean(reading).text
        == "Le pont rouvre\n\nLe pont\u00a0a rouvert lundi, après six semaines de travaux et d'attente pour tous."
    )
