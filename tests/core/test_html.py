"""Pages: tags are cut by edits, lines know their place, and no source is slow."""

import pytest

from articles.core.edits import Span, apply
from articles.core.formats import open_bytes, open_text

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><title>Le pont &amp; la rivière - Gazette</title>
<meta property="og:title" content="Le pont &amp; la rivière">
<link rel="canonical" href="https://example.org/pont">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Le pont", "datePublished": "2021-03-12",
"author": [{"name": "Ana Lopes"}], "publisher": {"name": "Gazette"}}</script>
<style>p { color: red }</style></head>
<body class="nav-open"><nav><ul><li><a href="/">Accueil</a><li><a href="/monde">Monde</a></ul></nav>
<article class="articleBody"><h1>Le pont &amp; la&nbsp;rivi&egrave;re</h1>
<time datetime="2021-03-12T10:00">12 mars</time>
<p>Une   ligne <b>grasse </b> suivie.<br>Une autre</p><p>Troisième <a href="/x">lien</a></p>
<script>var a = "<p>non</p>";</script></article></body></html>"""


def shown(scraped):
    return [apply(scraped.raw_text, [place.span], scraped.markup).text for place in scraped.places]


def test_each_line_of_the_page_is_a_place_with_its_path_hints_and_link():
    scraped = open_text(PAGE)
    assert shown(scraped) == [
        "Accueil", "Monde", "Le pont & la\u00a0rivière", "12 mars", "Une ligne grasse suivie.", "Une autre",
        "Troisième lien"
    ]  # fmt: skip
    first, second, title, *_ = scraped.places
    assert (first.link, second.link) == ("/", "/monde")
    assert first.path == second.path == ("html", "body", "nav", "ul", "li", "a")[: len(first.path)]
    assert title.path[-1] == "h1"
    assert {"article", "body"} <= set(title.hints)


def test_the_head_is_read_with_the_place_of_each_value():
    scraped = open_text(PAGE)
    facts = {name: value for name, value, _ in scraped.metadata}
    assert facts["title"] == "Le pont & la rivière - Gazette"
    assert facts["og:title"] == "Le pont & la rivière"
    assert facts["canonical"] == "https://example.org/pont"
    assert (facts["lang"], facts["time"]) == ("fr", "2021-03-12T10:00")
    assert (facts["headline"], facts["datePublished"]) == ("Le pont", "2021-03-12")
    assert (facts["author"], facts["publisher"]) == ("Ana Lopes", "Gazette")
    spans = {name: span.of(PAGE) for name, _, span in scraped.metadata}
    assert spans["canonical"] == "https://example.org/pont"
    assert spans["author"] == "Ana Lopes"


def test_raw_is_the_whole_source_and_the_page_as_a_whole_has_no_tag_left():
    scraped = open_text(PAGE)
    assert scraped.raw_text == PAGE
    text = apply(PAGE, [Span(start=0, end=len(PAGE))], scraped.markup).text
    assert "<" not in text
    assert "color" not in text
    assert "Accueil\nMonde" in text


def test_a_link_around_a_part_of_a_line_is_not_the_line_s_link():
    assert open_text(PAGE).places[-1].link == ""


def test_a_quote_in_prose_does_not_swallow_the_page():
    scraped = open_text("<p>l'un < l'autre <p class=it's>deux <p>trois <!-- coupé <p>quatre")
    assert shown(scraped)[:3] == ["l'un < l'autre", "deux", "trois"]


HOSTILE = {
    "a million <": "<" * 1_000_000,
    "a million &": "&" * 1_000_000,
    "comments never closed": "<!--" * 250_000,
    "nested": "<div>" * 100_000 + "x" + "</div>" * 100_000,
    "nested with text": "<div>x" * 50_000,
    "inline never closed": "<b>x" * 100_000,
    "misplaced ends": "<i><div>" + "<b>x" * 30_000 + "</i>" * 30_000,
    "attributes": "<p " + "a=b " * 100_000 + ">x</p>",
    "quotes never closed": '<a href="x>y ' * 60_000,
    "two kinds of quotes": "<a href='x>y" + '<a href="x>y ' * 60_000,
    "unclosed scripts": "<script>" * 100_000,
    "unclosed svg": "<svg>" * 60_000,
    "unclosed paragraphs": "<p><font>x" * 30_000,
    "unclosed tags": "<a" * 300_000,
    "spaces after =": "<a =" + " " * 1_000_000,
    "references": "<p>" + "&amp;" * 100_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_source_is_read_to_its_end(source):
    scraped = open_bytes(b"<html>" + source.encode())
    assert scraped.raw_text == f"<html>{source}"
    assert all(edit.span.end <= len(scraped.raw_text) for edit in scraped.markup)
