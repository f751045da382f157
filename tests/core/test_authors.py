"""Who signed the text, among all whom a page names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.formats import open_text
from articles.core.metadata import authors
from articles.core.metadata.people import is_firm, signed
from articles.core.reading import read
from articles.core.registry import shipped_memory
from articles.core.values import Memory
from tests.core.passages import page

BODY = ("body", "Le port rouvre ses quais après deux ans de travaux, a annoncé la ville mardi soir.")
TITLE = ("title", "Le port rouvre ses quais")


def found(*lines):
    scraped, passages = page(*lines)
    field = authors.find(scraped, passages, shipped_memory())
    return field.value, field.span.of(scraped.raw_text) if field.span else None


def of_page(head="", byline="", after=""):
    text = "Le port rouvre ses quais après deux ans de travaux, a annoncé la ville. " * 4
    article = f"<article><h1>Le port rouvre ses quais</h1>{byline}<p>{text}</p></article>"
    source = f"<html><head>{head}</head><body>{article}{after}</body></html>"
    scraped = open_text(source)
    field = read(scraped, shipped_memory()).fields["authors"]
    return field.value, field.reason


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Por María R. Sahuquillo", ["María R. Sahuquillo"]),
        ("By Miguel A. Herguedas For Dailymail.Com", ["Miguel A. Herguedas"]),
        ("Von Ulrich ExnerKorrespondent", ["Ulrich Exner"]),
        ("By Jen KimPublished 3 May", ["Jen Kim"]),
        ("Byby Jen Kim", ["Jen Kim"]),
        ("By Condé Nast", None),
        ("By LeBron McDonald", ["LeBron McDonald"]),
        ("Von Anna Sleegers, Frankfurt", ["Anna Sleegers"]),
        ("Kolumne von Lars Brunckhorst", ["Lars Brunckhorst"]),
        ("di Luca Monaco e Teresa Fallavollita", ["Luca Monaco", "Teresa Fallavollita"]),
        ("by Rev. Hugh Amory", ["Hugh Amory"]),
        ("بقلم: رنا الخصاونة", ["رنا الخصاونة"]),
        ("מאת: עינב שטרית", ["עינב שטרית"]),
        ("Texto: Henrique Valadares", ["Henrique Valadares"]),
        ("Par Lucile & Tom", ["Lucile", "Tom"]),
        ("Par l'équipe de communication", None),
        ("By Loona Construction", None),
        ("By Agência Lusa", None),
        ("بقلم: هيئة التحرير", None),
        ("Von der Redaktion", None),
        ("By Associated Newspapers Ltd", None),
    ],
)
def test_a_line_is_signed_by_people_only(line, names):
    value, proof = found(TITLE, ("byline", line), BODY)
    assert value == names
    assert names is None or proof.startswith(names[0].split()[0])


def test_bylines_of_other_articles_do_not_sign_this_one():
    others = [("byline", f"By {name}") for name in ("Ana Lopes", "Jean Petit", "Paul Roux")]
    filler = [("related", "Une autre histoire")] * 30
    assert found(TITLE, ("byline", "By Camille Duroc"), BODY, *filler, *others)[0] == ["Camille Duroc"]


def test_lines_that_stand_together_sign_together():
    lines = (("byline", "By Camille Duroc"), ("byline", "By Ana Lopes"))
    assert found(TITLE, *lines, BODY)[0] == ["Camille Duroc", "Ana Lopes"]


def test_a_name_alone_far_away_signs_nothing_where_others_do():
    filler = [("related", "Une autre histoire")] * 30
    names = (("byline", "Camille Duroc"), ("byline", "Ana Lopes"))
    assert found(TITLE, BODY, *filler, *names)[0] is None


def test_what_the_head_says_is_proven_by_the_line_that_repeats_it():
    head = '<meta name="author" content="Camille Duroc">'
    assert of_page(head, '<p class="byline">Par Camille Duroc</p>') == (["Camille Duroc"], "byline")
    assert of_page(head) == (["Camille Duroc"], "page head: author")


def test_a_line_that_names_more_people_than_the_head_is_believed():
    head = '<meta name="author" content="Camille Duroc">'
    assert of_page(head, '<p class="byline">Par Camille Duroc et Ana Lopes</p>')[0] == ["Camille Duroc", "Ana Lopes"]


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="admin">',
        '<meta name="author" content="La rédaction">',
        '<meta name="author" content="Gazette du Port"><meta property="og:site_name" content="Gazette du Port">',
        '<meta property="article:author" content="https://example.org/gazette">',
        '<meta name="author" content="contact@example.org">',
        '<script type="application/ld+json">{"@type": "Article", "author": {"@type": "Organization", "name": "Port Libre"}}'
        "</script>",
    ],
)
def test_a_head_that_names_nobody_leaves_the_authors_unknown(head):
    assert of_page(head) == (None, "nobody signs the text")


def test_the_card_for_social_media_says_who_wrote_it():
    head = '<meta name="twitter:label1" content="Écrit par"><meta name="twitter:data1" content="Camille Duroc">'
    assert of_page(head) == (["Camille Duroc"], "page head: written by")
    other = '<meta name="twitter:label1" content="Durée"><meta name="twitter:data1" content="Camille Duroc">'
    assert of_page(other)[0] is None


def test_an_element_that_signs_is_believed_where_the_head_is_silent():
    link = '<div>À la une<a rel="author" href="/ana">Ana Lopes</a></div>'
    assert of_page("", link)[0] == ["Ana Lopes"]


@given(
    st.lists(st.tuples(st.sampled_from(["byline", "date", "source", "body", "title", "related"]), st.text(max_size=60)))
)
def test_any_lines_are_read_and_what_is_stated_is_proven(lines):
    scraped, passages = page(*lines)
    field = authors.find(scraped, passages, Memory())
    assert field.value is None or (field.value and all(field.value))
    assert field.state != "stated" or (field.span is not None and field.span.of(scraped.raw_text).strip())


@given(st.text(max_size=40))
def test_a_firm_is_told_by_any_of_its_words(name):
    assert is_firm(f"{name} GmbH")
    assert isinstance(is_firm(name), bool)


HOSTILE = ["By " + "A" * 200_000, "By " + "a " * 100_000, "By " + "A. " * 60_000, "Par " * 50_000, "By" * 100_000,
           " " * 300_000, "By " + "Ab" * 100_000, "-" * 200_000, "By Ana Lopes, " * 20_000]  # fmt: skip


@pytest.mark.parametrize("line", HOSTILE, ids=[line[:8] for line in HOSTILE])
def test_a_hostile_line_is_read_to_its_end(line):
    assert isinstance(signed(line, (), bare=True), list)
