import html
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.core import attribution
from articles.core.cleaning.kinds import KINDS
from articles.core.edits import Span, apply
from articles.core.folding import key
from articles.core.formats import open_text
from articles.core.metadata import fields
from articles.core.reading import read
from articles.core.registry import shipped_memory
from articles.core.values import FROM_THE_UPLOAD, Memory
from tests.core.passages import page


def found(*lines, memory=None, **beside):
    scraped, passages = page(*lines)
    scraped, memory = replace(scraped, **beside), memory or shipped_memory()
    chain = attribution.find(scraped, passages, fields.find(scraped, passages, "fr", memory), memory)
    for one in chain:
        assert one.role in attribution.ROLES
        assert one.state != "stated" or one.span is not None or one.reason == FROM_THE_UPLOAD
    return [(one.role, one.name, one.state) for one in chain]


@pytest.mark.parametrize(
    ("kind", "line", "expected"),
    [
        ("comments", "La rédaction de Bord de Mer retirera tout commentaire injurieux.", "Bord de Mer"),
        ("related", "Anna Roux sur Radio Quai : « Nous partons »", "Radio Quai"),
        ("legal", "© 2024 Bord de Mer. Tous droits réservés.", "Bord de Mer"),
        ("legal", "Copyright © 2019-2024 The Quay Post", "The Quay Post"),
        ("subscribe", "Inscrivez-vous à la newsletter de Bord de Mer", "Bord de Mer"),
        ("legal", "© 2024 Quayside. Tous droits réservés.", "Quayside"),
        ("share", "Suivez Bord de Mer sur Facebook", "Bord de Mer"),
        ("subscribe", "Follow Quay News on Twitter", "Quay News"),
    ],
)
def test_the_publisher_is_inferred_from_the_page_furniture(kind, line, expected):
    assert ("publisher", expected, "inferred") in found((kind, line))


def test_an_outlet_that_was_named_is_stated_by_the_upload_or_by_the_page():
    assert ("publisher", "Bord de Mer", "stated") in found(("body", "Texte."), outlet="Bord de Mer")
    scraped, passages = page(("legal", "© Bord de Mer"))
    (link, *_) = attribution.find(replace(scraped, outlet="Bord de Mer"), passages, {}, shipped_memory())
    assert (link.state, link.reason) == ("stated", "from the upload, the page agrees")
    assert link.span.of(scraped.raw_text) == "Bord de Mer"


def test_the_address_and_the_site_name_give_the_publisher():
    assert ("publisher", "Le Monde", "inferred") in found(("body", "T."), url="https://www.lemonde.fr/x")
    head = (("og:site_name", "Bord de Mer", Span(start=0, end=11)),)
    assert ("publisher", "Bord de Mer", "stated") in found(("navigation", "Bord de Mer"), metadata=head)
    assert ("publisher", "Bord de Mer", "inferred") in found(("body", "Some other words."), metadata=head)


@pytest.mark.parametrize(
    ("kind", "line"),
    [("source", "Bord de Mer avec"), ("source", "Source :"), ("source", "Via"), ("source", "Originally published on")],
)
def test_a_source_note_that_was_cut_off_keeps_its_place(kind, line):
    assert ("republished_from", None, "unknown") in found((kind, line))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Source : Bord de Mer", "Bord de Mer"),
        ("Publié initialement sur Bord de Mer", "Bord de Mer"),
        ("This article was originally published on Quay News", "Quay News"),
        ("JForum avec Bord de Mer", "Bord de Mer"),
    ],
)
def test_a_source_note_names_the_outlet_it_took_the_text_from(line, name):
    assert ("republished_from", name, "stated") in found(("source", line))


@pytest.mark.parametrize("line", ["© 2024 Getty Images", "© AFP", "© Flash90"])
def test_who_supplies_texts_or_pictures_is_no_publisher(line):
    assert "publisher" not in [role for role, _, _ in found(("legal", line))]


@pytest.mark.parametrize(
    ("kind", "line", "agency"),
    [
        ("body", "PARIS (AFP) - Le port a rouvert ses quais mardi.", "AFP"),
        ("body", "Le port a rouvert ses quais. (AFP)", "AFP"),
        ("body", "Le port a rouvert ses quais (avec Reuters).", "Reuters"),
        ("body", "The quay has reopened. — With AP", "AP"),
        ("byline", "Camille Duroc avec AFP", "AFP"),
        ("byline", "Par AFP", "AFP"),
        ("byline", "AFP", "AFP"),
        ("source", "Source : Reuters", "Reuters"),
        ("source", "Bord de Mer avec AFP", "AFP"),
        ("body", "(Photo by Ann Roux / AFP)", None),
        ("caption", "Le port. Ann Roux / AFP", None),
        ("credit", "AFP", None),
        ("credit", "(Photo by Ann Roux / AFP)", None),
        ("body", "Il l'a dit à l'AFP.", None),
        ("body", "L'Autorité palestinienne (AP) a voté la loi mardi.", None),
        ("body", "Ainsi a voté l'Autorité palestinienne (AP).", None),
        ("body", "It was the year of artificial general intelligence (AGI).", None),
        ("body", "Le port rouvre, écrit Associated Press (AP).", "AP"),
        ("body", "Le port a rouvert ses quais. (Getty Images)", None),
        ("related", "Le port rouvre (AFP)", None),
    ],
)
def test_an_agency_is_the_one_that_supplied_the_text(kind, line, agency):
    assert [name for role, name, _ in found((kind, line)) if role == "agency"] == ([agency] if agency else [])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Selon l'agence de presse algérienne, le port ferme.", ["agence de presse algérienne"]),
        ("Le port ferme, selon Anna Roux.", ["Anna Roux"]),
        ("D'après le quotidien Bord de Mer, il ferme.", ["quotidien Bord de Mer"]),
        ("« Nous partons », ont indiqué les Gardes côtes royaux dans un communiqué.", ["Gardes côtes royaux"]),
        ("The quay is closed, according to the Harbour Authority.", ["Harbour Authority"]),
        ("“We leave,” Anna Roux told Quay News on Tuesday.", ["Quay News"]),
        ("Anna Roux told Quay Radio it was closed.", ["Quay Radio"]),
        ("Selon lui, le port ferme.", []),
        ("Selon plusieurs témoins, le port ferme.", []),
        ("Selon une tradition ancienne, le port ferme.", []),
        ("Le port ferme selon que le vent tourne.", []),
    ],
)
def test_a_cited_source_has_a_name(text, names):
    assert [name for role, name, _ in found(("body", text)) if role == "cited"] == names


def test_a_source_cited_by_a_source_says_so():
    text = "Le port ferme, selon l'agence de presse algérienne, qui a cité la direction du port."
    scraped, passages = page(("body", text))
    chain = attribution.find(scraped, passages, {}, shipped_memory())
    assert [(one.name, one.via) for one in chain] == [
        ("agence de presse algérienne", ""),
        ("direction du port", "agence de presse algérienne"),
    ]


@pytest.mark.parametrize(
    ("kind", "line", "name"),
    [
        ("credit", "(Photo by Ann Roux / AFP)", "Ann Roux / AFP"),
        ("caption", "Le port en 2019. Crédit : Ville du Port.", "Ville du Port"),
        ("caption", "Le port. © Ann Roux", "Ann Roux"),
        ("credit", "Photo credit: Ann Roux/Reuters", "Ann Roux/Reuters"),
        ("caption", "Image reproduite avec l’aimable autorisation de la ville.", "ville"),
        ("body", "The quay (AP Photo/Ann Roux) is closed.", "AP Photo/Ann Roux"),
    ],
)
def test_a_picture_has_its_credit(kind, line, name):
    assert [one for role, one, _ in found((kind, line)) if role == "photo_credit"] == [name]


def test_an_author_is_stated_with_the_words_that_name_him():
    scraped, passages = page(("byline", "Par Camille Duroc et Léo Blin"))
    told = fields.find(scraped, passages, "fr", Memory())
    chain = attribution.find(scraped, passages, told, Memory())
    assert [one.span.of(scraped.raw_text) for one in chain if one.role == "author"] == ["Camille Duroc", "Léo Blin"]


def test_a_line_ends_with_the_site_that_printed_it():
    assert ("cited", "Quai2", "inferred") in found(("caption", "Le port ferme ses quais au public - quai-quai2"))


def test_a_translator_and_a_copyright_holder_are_named():
    assert ("translator", "Léo Blin", "stated") in found(("source", "Traduit de l'anglais par Léo Blin"))
    assert ("copyright_holder", "Bord de Mer", "stated") in found(("legal", "© 2024 Bord de Mer"))


# Pieces of lines that name somebody, in the desk's languages: put together at random they make every kind of half note.
PIECES = st.lists(
    st.sampled_from(
        ["Par Anna Roux", "avec", "AFP", "(", ")", "/", "Source : ", "© 2024 ", "selon ", "l'agence ", "Le Monde", "- ",
         "Quay News", "J.-P. D.", "Photo : ", " told ", ", according to ", "Read the original at ", "Mit Material von ",
         "dpa", "laut ", "Polizei", "Con información de ", "EFE", "según ", "Fonte: ", "secondo ", "com Lusa", ". ", "1",
         "المصدر: ", "رويترز", "وفقا ل", "מקור: ", "לפי ", "משרד", 'צה"ל', ", qui a cité ", "\u00a0", "\n", "«", "»", "a",
         "Traduit par ", "Foto: ", "Tous droits réservés", "La rédaction de ", "newsletter de ", "ROUX", "— "]
    ),
    max_size=9,
).map(" ".join)  # fmt: skip
LANGUAGE = st.sampled_from(["", "fr", "en", "es", "de", "it", "pt", "ar", "he", "sv"])


def proved(one, raw):
    """Whether the words of the proof hold the name, white space folded."""
    return key(" ".join(one.name.split())) in key(" ".join(one.span.of(raw).split()))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(KINDS)), PIECES | st.text(max_size=80)), max_size=6), LANGUAGE)
def test_any_text_is_read_and_every_proof_lies_in_raw_and_holds_the_name(lines, language):
    scraped, passages = page(*lines)
    told = fields.find(scraped, passages, language, shipped_memory())
    for one in attribution.find(scraped, passages, told, shipped_memory()):
        assert one.span is None or one.span.of(scraped.raw_text).strip()
        assert (one.name is None) == (one.state == "unknown")
        assert one.state != "stated" or (one.span is not None and proved(one, scraped.raw_text))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["p", "address", "footer", "figcaption", "h1"]), PIECES), max_size=5), PIECES)
def test_a_name_inside_markup_is_proved_by_the_words_that_show_it(elements, site):
    body = "".join(f"<{tag}>{words.replace(' ', ' <b> </b>&nbsp;')}</{tag}>" for tag, words in elements)
    scraped = open_text(
        f'<html><head><meta property="og:site_name" content="{site.replace(chr(34), "")}"></head>{body}</html>'
    )
    reading = read(scraped, shipped_memory())
    for one in reading.attribution:
        if one.state == "stated":
            cut = [edit for edit in scraped.markup if one.span.overlaps(edit.span)]
            shown = apply(scraped.raw_text, [one.span], cut).text
            # What the page's head says is no part of the text that is shown.
            words = shown if shown.strip() else html.unescape(one.span.of(scraped.raw_text))
            assert key(" ".join(one.name.split())) in key(" ".join(words.split()))


HOSTILE = ["1", " ", "A ", "(AFP) ", "selon l'agence ", "© ", "Source : ", "Photo : ", "Anna Roux / ", "laut Polizei ",
           "«", "said in a statement ", "A-", "וכ ", "this article "]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("kind", ["body", "byline", "caption", "legal"])
def test_a_line_that_repeats_itself_for_ever_is_read_to_its_end(kind, unit):
    # A search that backtracks would never come back from this; how fast it comes back is for tests/benchmarks/growth.py.
    scraped, passages = page((kind, unit * (4_000 // len(unit)) + "\nSource : Le Fanal"))
    for one in attribution.find(scraped, passages, {}, shipped_memory()):
        assert one.span is None or one.span.of(scraped.raw_text).strip()
