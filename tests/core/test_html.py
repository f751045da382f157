"""Pages: tags are cut by edits, lines know their place, and no source is slow."""

import pytest

from articles.core.blocks import lines
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


def test_what_is_cut_between_two_lines_is_one_edit_that_shows_as_a_line_break():
    raw = "<html><body>\n <ul>\n <li><a href=/>Un</a></li>\n <!-- x --> <li><b>Deux</b> <i> trois</i></li></ul> </html>"
    scraped = open_text(raw)
    assert [(edit.span.of(raw), edit.replacement) for edit in scraped.markup] == [
        ("<html><body>\n <ul>\n <li><a href=/>", ""), ("</a></li>\n <!-- x --> <li><b>", "\n"), ("</b>", ""),
        ("<i> ", ""), ("</i></li></ul> </html>", "\n"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("un\n  <b>deux</b>", "un deux"),
        ("un <b> deux </b> trois", "un deux trois"),
        ("un<b>\n</b>deux", "un deux"),
        ("un<b> </b>&nbsp;<i>deux</i>", "un \u00a0deux"),
        ("caf&eacute;<b>&amp;</b> th&eacute;&#x200b;", "café& thé"),
        ("&nbsp; un &shy;deux \n", "un deux"),
        ("un <b title='a > b' data-x=\"<i>\">deux</B>", "un deux"),
        ("un <span></span><script>x</script> deux", "un deux"),
        ("a < b <= c", "a < b <= c"),
    ],
)
def test_a_line_is_shown_as_a_browser_shows_it(source, text):
    scraped = open_text(f"<html><p>{source}</p>")
    (line,) = lines(scraped)
    assert line.text == text
    assert shown(scraped) == [text]


def test_preformatted_text_keeps_its_white_space():
    assert shown(open_text("<html><pre>un\n  <b>deux</b> &amp;\ttrois</pre>")) == ["un\n  deux &\ttrois"]


def test_two_lines_inside_one_element_share_its_number():
    scraped = open_text("<html><ul><li>Un<li>Deux</ul><ul><li>Trois</ul>")
    first, second, third = scraped.places
    assert all(len(place.nodes) == len(place.path) == 3 for place in scraped.places)
    assert first.nodes[:2] == second.nodes[:2]
    assert first.nodes[2] != second.nodes[2]
    assert third.nodes[0] == first.nodes[0]
    assert third.nodes[1] != first.nodes[1]


def test_of_a_line_that_stands_very_deep_only_the_inmost_elements_count():
    source = "".join(f"<div class=outer{chr(97 + n % 26)}{chr(97 + n // 26)}>" for n in range(60))
    place = open_text(f"<html>{source}x<div class=inner>y").places[0]
    assert place.path == ("div",) * 40
    assert place.nodes == tuple(range(22, 62))
    assert place.hints[0] == "outerua"
    assert place.hints[-1] == "outerhc"


def test_a_place_knows_how_much_of_its_line_is_linked():
    scraped = open_text("<html><p>abcd <a href='/x'>ef<b>gh</b></a></p><p><a href='/y'>tout</a></p><p><a>rien</a></p>")
    assert [(place.linked, place.link) for place in scraped.places] == [(0.5, ""), (1.0, "/y"), (0.0, "")]


def test_inline_elements_around_the_whole_line_are_named_with_their_words():
    scraped = open_text(
        "<html><p><span class='byline authorName'>Par <b>Ana</b> Lopes</span></p><p><b>Un</b> deux</p>"
        "<p><a href='/x' class=y><time class=date>12 mars</time></a></p><p><b>Un <i>deux</i></b> <i>trois</i></p>"
    )
    assert [place.inline for place in scraped.places] == [
        ("span", "byline", "author", "name"), (), ("a", "time", "date"), ()
    ]  # fmt: skip


def test_a_tag_that_never_ends_costs_nothing_but_itself():
    scraped = open_text('<html><p>Un</p><p>Deux</p><a href="x')
    assert shown(scraped) == ["Un", "Deux", '<a href="x']
    assert shown(open_text("<html><p>Un</p><img alt='<p>Deux</p>"))[:1] == ["Un"]


def test_names_are_read_in_capitals_too():
    scraped = open_text("<HTML><BODY><P CLASS=Intro>Un<SCRIPT>x</Script><P ID='b'>Deux<BR>Trois</BODY></HTML>")
    assert shown(scraped) == ["Un", "Deux", "Trois"]
    assert [place.hints for place in scraped.places] == [("intro",), ("b",), ("b",)]


WORDS = " ".join(f"{a}{b}" for a in "abcdefghij" for b in "abcdefghij")
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
    "quotes in quotes": "<a b='\"' c=\"" * 60_000 + ">",
    "stray <": "< " * 300_000,
    "names": "".join(f"<x{n}>" for n in range(50_000)),
    "classes": "".join(f"<div class='{WORDS} w{n}'>x" for n in range(10_000)),
    "inline closed": "<b>" * 50_000 + "x" + "</b>" * 50_000,
    "links": "<a href=x>y" * 50_000,
    "blanks": "x" + "<b> </b>" * 50_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_source_is_read_to_its_end(source):
    scraped = open_bytes(b"<html>" + source.encode())
    assert scraped.raw_text == f"<html>{source}"
    assert all(edit.span.end <= len(scraped.raw_text) for edit in scraped.markup)
