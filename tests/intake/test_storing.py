"""A reading put into rows."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from articles.actions.blocks import split_block
from articles.core.edits import Span
from articles.core.formats import open_bytes
from articles.core.reading import read
from articles.intake.memory import desk_memory
from articles.intake.storing import store_reading
from articles.models import Article, Block, Outlet, OutletAlias
from articles.models.texts import clean_of, markup_of
from tests import factories

pytestmark = pytest.mark.django_db


def reading_of(article: Article) -> object:
    return read(open_bytes(bytes(article.original.content), received_at=article.received_at), desk_memory())


@pytest.mark.parametrize("text", [factories.TEXT, factories.PAGE], ids=["text", "page"])
def test_the_rows_say_what_the_reading_said(text: str) -> None:
    article = factories.ArticleFactory(text=text)
    reading = reading_of(article)
    assert list(article.blocks.values_list("start", "end", "kind", "kept")) == [
        (b.span.start, b.span.end, b.kind, b.kept) for b in reading.blocks
    ]
    assert {row.name: row.value for row in article.fields.all()} == {
        name: list(f.value) if isinstance(f.value, tuple) else f.value for name, f in reading.fields.items()
    }
    assert [(row.role, row.name) for row in article.attribution.all()] == [
        (link.role, link.name or "") for link in reading.attribution
    ]
    assert list(article.mentions.values_list("start", "end", "type")) == sorted(
        (m.span.start, m.span.end, m.type) for m in reading.mentions
    )
    assert [(row.flag, row.start) for row in article.flags.all()] == [(f.flag, f.span.start) for f in reading.flags]
    assert article.rights.count() == len(reading.rights)
    assert len(article.dates) == len(reading.dates)
    assert article.clean_text == clean_of(article, article.blocks.all(), article.edits.all()).text
    assert factories.covers_raw_once(article)


def test_the_evidence_of_a_verdict_is_stored_with_it_and_both_sides_of_a_cut_keep_it(
    article: Article, ana: User
) -> None:
    at = article.raw_text.index("Il a rap")
    first = reading_of(article).blocks[0]
    said = replace(
        first, span=Span(start=0, end=len(article.raw_text)), evidence=("8 links in a row", "x" * 400), otherwise="list"
    )
    store_reading(article, replace(reading_of(article), blocks=(said,)))
    row = article.blocks.get()
    assert (row.evidence, row.otherwise, row.second.label) == (["8 links in a row", "x" * 300], "list", "List")
    one, other = split_block(article, row.pk, at=at, by=ana, seen=article.version + 1)
    assert one.evidence == other.evidence == row.evidence
    assert (one.second, other.second) == (row.second, row.second)


@pytest.mark.parametrize(
    ("confidence", "decided_by", "unsure"),
    [(0.74, "rule", True), (0.75, "rule", False), (0.4, "model", True), (0.4, "memory", True), (0.4, "person", False)],
)
def test_a_block_is_unsure_as_long_as_nobody_decided_it(confidence: float, decided_by: str, unsure: bool) -> None:
    assert Block(confidence=confidence, decided_by=decided_by).unsure is unsure


def test_the_tags_of_a_page_are_markup_and_no_edits() -> None:
    article = factories.ArticleFactory(text=factories.PAGE)
    assert article.format == "html"
    assert len(markup_of(article)) > 10
    assert not article.edits.filter(replacement="").filter(reason="markup").exists()
    assert "<" not in article.clean_text


def test_a_publisher_is_tied_to_the_outlet_that_bears_its_name_alone() -> None:
    article = factories.ArticleFactory(outlet="RFI")
    assert article.attribution.get(role="publisher").outlet == article.outlet
    assert article.outlet is not None
    alias = article.outlet.name
    OutletAlias.objects.create(outlet=Outlet.objects.exclude(pk=article.outlet_id).first(), name=alias)
    other = factories.ArticleFactory(outlet="RFI")
    assert other.outlet is None, "a name that two outlets bear leads to neither"


def test_text_of_any_length_fits_the_columns() -> None:
    long = "Un titre sans fin " * 60
    text = f"{long}\nPar {'Jeanne ' * 60}Morvan\n" + factories.TEXT.partition("LORVAL")[2]
    article = factories.ArticleFactory(text=text)
    assert len(article.title) <= 500
    assert factories.covers_raw_once(article)
