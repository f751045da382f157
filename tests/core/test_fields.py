from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.cleaning.kinds import KINDS
from articles.core.edits import Span
from articles.core.formats import open_text
from articles.core.metadata import fields
from articles.core.reading import read
from articles.core.registry import shipped_memory
from articles.core.values import Memory
from tests.core.passages import page


def found(*lines, language="fr", memory=None, **beside):
    scraped, passages = page(*lines)
    return fields.find(replace(scraped, **beside), passages, language, memory or shipped_memory())


def test_every_field_of_the_table_is_answered():
    assert set(found(("body", "Rien."))) == set(fields.FIELDS)


def test_nothing_is_invented_for_an_empty_page():
    answered = found(("body", "Un paragraphe sans rien d'autre."))
    for name in ("title", "subtitle", "authors", "published", "section", "url"):
        assert (answered[name].value, answered[name].state) == (None, "unknown"), name


def test_a_title_keeps_its_full_stop_and_offers_itself_without():
    title = found(("title", "Le port rouvre ses quais. "), ("heading", "Un chantier"))["title"]
    assert title.value == "Le port rouvre ses quais."
    assert title.span == Span(start=0, end=25)
    assert [one.value for one in title.candidates] == ["Le port rouvre ses quais", "Un chantier"]


def test_the_head_of_a_page_gives_a_title_where_no_line_does():
    title = found(("body", "Texte."), metadata=(("og:title", "Un titre", Span(start=0, end=5)),))["title"]
    assert (title.value, title.state) == ("Un titre", "stated")


def test_the_name_of_a_site_is_no_title_in_a_script_without_spaces():
    source = (
        "<html><head><title>小さいのに高性能なモバイルプロジェクター | RBB TODAY</title></head><body>"
        "<h1>RBB TODAY</h1><h1>小さいのに高性能なモバイルプロジェクター</h1>"
        f"<p>{'モバイルプロジェクターは小さい。' * 20}</p></body></html>"
    )
    assert read(open_text(source), shipped_memory()).fields["title"].value == "小さいのに高性能なモバイルプロジェクター"


@pytest.mark.parametrize(
    ("kind", "line", "authors"),
    [
        ("byline", "Par Camille Duroc", ["Camille Duroc"]),
        ("byline", "Camille Duroc", ["Camille Duroc"]),
        ("byline", "By Jane Roe and John Q. Doe", ["Jane Roe", "John Q. Doe"]),
        ("byline", "Par Camille Duroc, Léo Blin et Ana de la Torre", ["Camille Duroc", "Léo Blin", "Ana de la Torre"]),
        ("byline", "Par Camille Duroc avec AFP", ["Camille Duroc"]),
        ("byline", "Par Camille Duroc (avec AFP)", ["Camille Duroc"]),
        ("byline", "De notre correspondante à Oran, Camille Duroc", ["Camille Duroc"]),
        ("byline", "Camille Duroc, envoyée spéciale à Oran", ["Camille Duroc"]),
        ("byline", "ByJane Roe Dec 9, 2016", ["Jane Roe"]),
        ("byline", "C. D.", ["C. D."]),
        ("date", "Publié le 03/04/2021 à 10h05 - Par Camille Duroc", ["Camille Duroc"]),
        ("date", "Par Camille Duroc | Publié le 3 avril 2021", ["Camille Duroc"]),
        ("body", "Un entretien. Propos recueillis par Camille Duroc", ["Camille Duroc"]),
        ("byline", "Par la rédaction", None),
        ("byline", "La rédaction", None),
        ("byline", "Par AFP", None),
        ("byline", "admin", None),
        ("byline", "Le Monde", None),
        ("byline", "By Times of Israel Staff", None),
        ("byline", "Par le ministère de la Santé", None),
        ("date", "Publié le 3 avril 2021", None),
        ("body", "La loi a été votée par Camille Duroc.", None),
        ("caption", "Photo par Camille Duroc", None),
    ],
)
def test_only_people_who_sign_are_authors(kind, line, authors):
    assert found((kind, line))["authors"].value == authors


def test_a_signature_with_a_word_before_it_is_the_better_proof():
    authors = found(("byline", "Camille Duroc"), ("date", "Publié le 03/04/2021 - Par Camille Duroc"))["authors"]
    assert authors.value == ["Camille Duroc"]
    assert authors.span is not None
    assert authors.span.start > 20


@pytest.mark.parametrize(
    ("line", "language", "value", "precision", "source"),
    [
        ("Publié le 18/02/2021 à 16h30", "fr", "2021-02-18T16:30:00+01:00", "minute", "language"),
        ("Publié le 18/07/2021 à 16h30", "fr", "2021-07-18T16:30:00+02:00", "minute", "language"),
        ("Publié le 1er mars 2021 à 9 h", "fr", "2021-03-01T09:00:00+01:00", "minute", "language"),
        ("3 août 2021", "fr", "2021-08-03", "day", "language"),
        (
            "Mis à jour le 04/03/2021 à 8h00 - Publié le 03/03/2021 à 7h15",
            "fr",
            "2021-03-03T07:15:00+01:00",
            "minute",
            "language",
        ),
        ("Published 4.30pm, 3 April 2021", "en", "2021-04-03T16:30:00", "minute", "unknown"),
        ("April 3, 2021 4:30 p.m. EST", "en", "2021-04-03T16:30:00-05:00", "minute", "stated"),
        ("2021-04-03T16:30:00Z", "en", "2021-04-03T16:30:00+00:00", "minute", "stated"),
        ("2021-04-03T16:30:00+03:00", "fr", "2021-04-03T16:30:00+03:00", "minute", "stated"),
        ("25/12/2021", "en", "2021-12-25", "day", "unknown"),
        ("18. Januar 2023", "de", "2023-01-18", "day", "unknown"),
        ("18 de enero de 2023", "es", "2023-01-18", "day", "unknown"),
        ("18 يناير 2023", "ar", "2023-01-18", "day", "unknown"),
        ("18 בינואר 2023", "he", "2023-01-18", "day", "unknown"),
        ("Mars 2021", "fr", "2021-03", "month", "language"),
    ],
)
def test_a_date_line_is_read_as_its_language_writes_it(line, language, value, precision, source):
    field = found(("date", line), language=language)["published"]
    assert (field.value, field.details["precision"], field.details["timezone_from"]) == (value, precision, source)
    assert field.state == "stated"


def test_an_outlet_gives_its_timezone_and_its_order_of_day_and_month():
    british = found(("date", "03/04/2021 10:00"), language="en", outlet="The Guardian")["published"]
    american = found(("date", "03/04/2021 10:00"), language="en", url="https://www.nytimes.com/a")["published"]
    assert british.value == "2021-04-03T10:00:00+01:00"
    assert american.value == "2021-03-04T10:00:00-05:00"
    assert british.details["timezone_from"] == "outlet country"


def test_figures_that_can_be_read_both_ways_are_only_inferred():
    field = found(("date", "03/04/2021"), language="en")["published"]
    assert field.state == "inferred"
    assert {field.value, field.candidates[0].value} == {"2021-03-04", "2021-04-03"}


@pytest.mark.parametrize("kind", ["caption", "related", "comments", "credit", "body", "legal", "widget"])
def test_a_date_elsewhere_is_never_the_publication(kind):
    assert found((kind, "Le 19 juillet 2021 à 10h00"))["published"].value is None


def test_an_address_with_a_date_is_a_guess():
    field = found(("body", "Texte."), url="https://exemple.test/2021/04/03/texte")["published"]
    assert (field.value, field.state, field.span) == ("2021-04-03", "inferred", None)


@pytest.mark.parametrize(("line", "section"), [("Économie.", "Économie"), ("Accueil > Monde > Asie", "Asie")])
def test_a_section_is_the_rubric_alone(line, section):
    assert found(("section", line))["section"].value == section


@given(
    st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.text(max_size=80)), max_size=6),
    st.sampled_from(["fr", "en", ""]),
)
def test_any_text_is_read_and_every_proof_lies_in_raw(lines, language):
    scraped, passages = page(*lines)
    for field in fields.find(scraped, passages, language, Memory()).values():
        assert field.state != "stated" or field.span is not None
        for span in (field.span, *(one.span for one in field.candidates)):
            assert span is None or (span.end <= len(scraped.raw_text) and len(span))
