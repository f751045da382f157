"""Lines cover raw exactly once, whatever raw is."""

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.blocks import folded, lines
from articles.core.edits import Span, apply
from articles.core.formats import open_text
from articles.core.values import Scraped

SOUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div class='a b'>",
            "<br>",
            "<a href=x>",
            "</a>",
            "texte ",
            "&amp;",
            "&#x0;",
            "<",
            ">",
            '"',
            "\n",
            " ",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<li>",
            "</ul>",
            "é",
            "<h1>",
            "&nbsp;",
            "<b>",
            "</b>",
            "<pre>",
            "<a b=\"<p>'",
            "\u200b",
        ]
    )
).map("".join)


def covered(scraped):
    found = lines(scraped)
    assert "".join(line.span.of(scraped.raw_text) for line in found) == scraped.raw_text
    for line in found:
        assert line.span.covers(line.content)
    return found


@given(st.text())
def test_any_text_is_covered_exactly_once(text):
    covered(Scraped(raw_text=text))


@given(SOUP)
def test_any_tag_soup_is_covered_exactly_once(soup):
    covered(open_text("<html>" + soup))


@given(SOUP)
def test_the_edits_of_any_tag_soup_stand_in_order_between_its_words(soup):
    scraped = open_text("<html>" + soup)
    spans = [edit.span for edit in scraped.markup]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for place in scraped.places:
        assert all(place.span.covers(span) or not place.span.overlaps(span) for span in spans)
    for one, other in pairwise(scraped.places):
        assert one.span.end < other.span.start
        assert Span(one.span.end, other.span.start) in spans


@given(SOUP)
def test_a_line_says_what_its_edits_make_of_its_source(soup):
    scraped = open_text("<html>" + soup)
    for line in lines(scraped):
        if line.place is not None:
            assert line.text == folded(apply(scraped.raw_text, [line.content], scraped.markup).text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\f", "\v"])
def test_every_kind_of_line_end_ends_a_line(end):
    assert [line.text for line in covered(Scraped(raw_text=f"  Un{end}Deux {end}{end}"))] == ["Un", "Deux"]


def test_an_empty_text_has_no_line_and_white_space_has_one():
    assert lines(Scraped(raw_text="")) == ()
    assert len(covered(Scraped(raw_text=" \n\n"))) == 1


def test_a_single_line_of_a_megabyte_is_one_line():
    assert len(covered(Scraped(raw_text="mot " * 250_000))) == 1


WORDS = (
    "Le vieux pont de pierre a rouvert lundi matin aux piétons et aux cyclistes de toute la vallée, a dit la mairie. "
)


@pytest.mark.parametrize("width", [60, 72, 80])
def test_lines_that_a_machine_wrapped_become_paragraphs(width):
    paragraphs = [(WORDS * 5).strip(), (WORDS * 4).strip()]
    raw = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in ["Le pont rouvre", *paragraphs])
    assert [line.text for line in lines(Scraped(raw_text=raw))] == ["Le pont rouvre", *paragraphs]


def test_short_lines_that_end_where_they_want_stay_lines():
    raw = "\n".join(["Le pont rouvre", "Une ligne", "Un titre un peu plus long que les autres", "Fin"] * 5)
    assert len(lines(Scraped(raw_text=raw))) == 20
