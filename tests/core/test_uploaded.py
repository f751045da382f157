"""What came with the upload, as evidence: it states what the page does not say, and disputes what the page says otherwise.

Nothing is stated without a proof: words of the page, or the upload's own word for it, which must then be its word."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.core import attribution
from articles.core.cleaning.kinds import KINDS
from articles.core.edits import Span
from articles.core.folding import key
from articles.core.formats import open_bytes
from articles.core.metadata import fields
from articles.core.reading import read
from articles.core.registry import shipped_memory
from articles.core.values import FROM_THE_UPLOAD, Field, Given, Memory, Scraped
from tests.core.passages import page

TEXT = "Le port a rouvert lundi, a annoncé la capitainerie. Les cargos reviendront dès mercredi, selon la même source."
SAID = Given(
    url="https://www.lorval.example/port",
    outlet="Lorval Matin",
    title="Le port de Lorval rouvre",
    authors=("Ana Lopes", "Léo Blin"),
    published="2024-03-12T10:15:00+01:00",
    language="fr-FR",
    section="Économie",
)


def found(*lines: tuple[str, str], said: Given = SAID, head: tuple[tuple[str, str], ...] = ()) -> dict[str, Field]:
    scraped, passages = page(*lines, ("body", TEXT))
    metadata = tuple((name, value, Span(start=0, end=1)) for name, value in head)
    scraped = replace(scraped, given=said, url=said.url, outlet=said.outlet, metadata=metadata)
    return fields.find(scraped, passages, "", shipped_memory())


def chain(*lines: tuple[str, str], said: Given = SAID, head: tuple[tuple[str, str], ...] = ()) -> list[tuple[str, ...]]:
    scraped, passages = page(*lines, ("body", TEXT))
    metadata = tuple((name, value, Span(start=0, end=len(scraped.raw_text))) for name, value in head)
    scraped = replace(scraped, given=said, url=said.url, outlet=said.outlet, metadata=metadata)
    memory = shipped_memory()
    told = fields.find(scraped, passages, "fr", memory)
    return [(one.role, one.name or "", one.state) for one in attribution.find(scraped, passages, told, memory)]


def test_the_upload_states_what_the_page_does_not_say() -> None:
    values = {
        "title": "Le port de Lorval rouvre",
        "authors": ["Ana Lopes", "Léo Blin"],
        "published": "2024-03-12T10:15:00+01:00",
        "section": "Économie",
        "language": "fr",
        "url": "https://www.lorval.example/port",
    }
    told = found()
    for name, value in values.items():
        field = told[name]
        assert (field.value, field.state, field.span, field.reason) == (value, "stated", None, FROM_THE_UPLOAD), name
    assert told["subtitle"].value is None


def test_what_the_page_says_too_keeps_its_proof_in_the_page() -> None:
    told = found(
        ("title", "Le port de Lorval rouvre"),
        ("byline", "Par Ana Lopes et Léo Blin"),
        ("date", "Publié le 12/03/2024"),
        ("section", "Économie"),
    )
    for name in ("title", "authors", "published", "section"):
        assert (told[name].state, told[name].span is not None) == ("stated", True), name


def test_the_more_precise_date_of_the_upload_is_offered() -> None:
    field = found(("date", "Publié le 12/03/2024"))["published"]
    assert (field.value, field.state) == ("2024-03-12", "stated")
    assert [(one.value, one.reason) for one in field.candidates] == [("2024-03-12T10:15:00+01:00", FROM_THE_UPLOAD)]


def test_another_day_is_a_dispute_and_the_next_day_is_not() -> None:
    field = found(("date", "Publié le 02/03/2024"))["published"]
    assert (field.value, field.state) == ("2024-03-02", "disputed")
    assert field.reason.endswith("the upload says another day")
    assert field.candidates[0].value == "2024-03-12T10:15:00+01:00"
    assert found(("date", "Publié le 13/03/2024"))["published"].state == "stated"
    head = (("article:published_time", "2024-02-01"),)
    assert found(head=head)["published"].state == "disputed"


def test_a_date_that_proves_little_gives_way_to_the_upload() -> None:
    said = replace(SAID, url="https://lorval.example/2024/01/05/port")
    field = found(said=said)["published"]
    assert (field.value, field.reason) == ("2024-03-12T10:15:00+01:00", FROM_THE_UPLOAD)
    assert "2024-01-05" in [one.value for one in field.candidates]
    changed = found(("date", "Mis à jour le 20/03/2024"))["published"]
    assert (changed.value, changed.state) == ("2024-03-12T10:15:00+01:00", "stated")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("Tue, 12 Mar 2024 10:15:00 +0100", "2024-03-12T10:15:00+01:00"),
        ("1710234900", "2024-03-12T09:15:00+00:00"),
        ("1710234900000", "2024-03-12T09:15:00+00:00"),
        ("20240312101500", "2024-03-12T10:15:00"),
        ("20240312", "2024-03-12"),
        ("2024-03-12 10:15:00", "2024-03-12T10:15:00"),
        ("March 12, 2024", "2024-03-12"),
        ("yesterday", None),
        ("99999999999999", None),
        ("9" * 500, None),
    ],
)
def test_dates_are_understood_as_scrapers_write_them(said: str, value: str | None) -> None:
    assert found(said=Given(published=said))["published"].value == value


def test_another_title_is_a_dispute_with_the_head_and_goes_before_a_line_that_only_might_be_one() -> None:
    field = found(("title", "La grève continue"), head=(("og:title", "La grève continue"),))["title"]
    assert (field.value, field.state) == ("La grève continue", "disputed")
    assert field.candidates[0].value == SAID.title
    longer = found(("title", "Le port rouvre"), head=(("og:title", "Le port rouvre - Lorval"),))["title"]
    assert (longer.value, longer.state) == ("Le port rouvre", "stated")
    line = found(("title", "Partager cette page"))["title"]
    assert (line.value, line.state, line.reason) == (SAID.title, "stated", FROM_THE_UPLOAD)


def test_other_people_are_a_dispute_and_a_name_alone_gives_way() -> None:
    field = found(("title", "Le port"), ("byline", "Par Tom Roux"))["authors"]
    assert (field.value, field.state) == (["Tom Roux"], "disputed")
    assert field.candidates[0].value == ["Ana Lopes", "Léo Blin"]
    more = found(("title", "Le port"), ("byline", "Par Ana Lopes"))["authors"]
    assert (more.value, more.state) == (["Ana Lopes"], "stated")
    alone = found(("title", "Le port"), ("byline", "Quai Nord"))["authors"]
    assert alone.value == ["Ana Lopes", "Léo Blin"]


def test_firms_and_desks_in_the_upload_sign_nothing_and_an_agency_is_one() -> None:
    said = Given(authors=("AFP", "La rédaction", "Lorval Matin"), outlet="Lorval Matin")
    assert found(said=said)["authors"].value is None
    assert ("agency", "AFP", "stated") in chain(said=said)


def test_the_chain_names_what_the_upload_names() -> None:
    links = chain()
    assert ("publisher", "Lorval Matin", "stated") in links
    assert ("author", "Ana Lopes", "stated") in links
    links = chain(("title", "Le port"), ("byline", "Par Tom Roux"))
    assert ("author", "Tom Roux", "disputed") in links
    assert ("author", "Ana Lopes", "disputed") in links


def test_another_outlet_in_the_head_that_the_desk_knows_is_a_dispute() -> None:
    head = (("og:site_name", "Le Monde"),)
    links = chain(("navigation", "Le Monde"), head=head)
    assert ("publisher", "Lorval Matin", "disputed") in links
    assert ("publisher", "Le Monde", "disputed") in links
    unknown = chain(("navigation", "Quai Ouest"), head=(("og:site_name", "Quai Ouest"),))
    assert ("publisher", "Lorval Matin", "stated") in unknown


def test_a_host_in_place_of_an_outlet_leads_to_its_name() -> None:
    assert ("publisher", "Le Monde", "inferred") in chain(said=Given(outlet="www.lemonde.fr"))
    assert ("publisher", "Lorval", "stated") in chain(
        ("navigation", "Lorval"), said=Given(outlet="lorval.example"), head=(("og:site_name", "Lorval"),)
    )
    assert ("publisher", "lorval.example", "stated") in chain(said=Given(outlet="lorval.example"))


def test_a_language_that_the_words_contradict_is_only_offered() -> None:
    scraped, passages = page(("body", TEXT))
    field = fields.find(replace(scraped, given=Given(language="en_GB")), passages, "fr", Memory())["language"]
    assert (field.value, field.state) == ("fr", "inferred")
    assert [one.value for one in field.candidates] == ["en"]


def test_the_charset_of_the_transport_is_believed_where_the_bytes_allow_it() -> None:
    def read_as(data: bytes, charset: str) -> Scraped:
        return open_bytes(data, given=Given(charset=charset))

    russian = "Порт открылся в понедельник."
    told = read_as(russian.encode("koi8-r"), "KOI8-R")
    assert (told.raw_text, told.encoding, told.encoding_reason) == (russian, "koi8-r", "as the upload says")
    assert read_as(TEXT.encode(), "iso-8859-1").raw_text == TEXT
    assert read_as(TEXT.encode("cp1252"), "utf-8").raw_text == TEXT
    assert read_as(TEXT.encode("cp1252"), "no-such-charset").raw_text == TEXT
    assert read_as(TEXT.encode("cp1252"), "utf-7").raw_text == TEXT
    assert read_as("港が再開した。".encode("iso2022_jp"), "iso-2022-jp").raw_text == "港が再開した。"
    assert read_as("Été".encode("utf-16"), "iso-8859-1").raw_text == "Été"
    page_in_greek = '<html><meta charset="windows-1253"><p>Το λιμάνι άνοιξε ξανά.</p></html>'
    assert read_as(page_in_greek.encode("cp1253"), "").raw_text == page_in_greek


def test_what_is_given_is_kept_with_the_scraped_article() -> None:
    scraped = open_bytes(TEXT.encode(), given=SAID, outlet="Quai Ouest")
    assert scraped.given == replace(SAID, outlet="Quai Ouest")
    assert (scraped.url, scraped.outlet) == (SAID.url, "Quai Ouest")


NAMES = st.sampled_from(
    ["Ana Lopes", "AFP", "Le Monde", "Par Tom Roux", "lemonde.fr", "2024-03-12", "x" * 300, "", "&"]
)
WORDS = NAMES | st.text(max_size=30)
GIVEN = st.builds(
    Given.from_dict,
    st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(("url", "outlet", "title", "published", "language", "section", "charset"), WORDS),
            "authors": st.lists(WORDS, max_size=3),
        },
    ),
)
LINES = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), WORDS), max_size=5)


@settings(deadline=None)
@given(LINES, GIVEN)
def test_nothing_is_stated_without_a_proof_in_the_page_or_the_upload(lines, said) -> None:
    scraped, passages = page(*lines)
    scraped = replace(scraped, given=said, url=said.url, outlet=said.outlet)
    told = fields.find(scraped, passages, "fr", shipped_memory())
    for field in told.values():
        if field.state == "stated" and field.span is None:
            assert field.reason.startswith(FROM_THE_UPLOAD)
            assert _says(said, field)
    for link in attribution.find(scraped, passages, told, shipped_memory()):
        if link.state == "stated" and link.span is None:
            assert link.reason == FROM_THE_UPLOAD
            assert any(key(link.name or "") in key(name) for name in (said.outlet, *said.authors))


def _says(said: Given, field: Field) -> bool:
    """Whether the upload says the value, in its own words or as they are read."""
    if field.name == "authors":
        return all(any(key(name) in key(given) for given in said.authors) for name in field.value)
    if field.name == "published":
        return bool(said.published)
    told = getattr(said, field.name)
    return key(field.value) == key(told) or key(told).startswith(key(field.value))


@settings(deadline=None, max_examples=30)
@given(GIVEN)
def test_no_given_makes_reading_fail(said) -> None:
    reading = read(open_bytes(TEXT.encode(), given=said), shipped_memory())
    assert reading.scraped.given == said
