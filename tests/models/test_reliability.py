"""How often people corrected our reading of an outlet: plain counts, and what they rest on."""

import pytest
from django.contrib.auth.models import User

from articles.actions import attribution as chain
from articles.actions import blocks, facts
from articles.models import Outlet
from articles.models.reliability import Corrected, reliability
from tests import factories
from tests.factories import block_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def outlet(db: None) -> Outlet:
    return factories.OutletFactory(name="La Lanterne")


def row(rows: list[Corrected], label: str) -> tuple[int, int, int]:
    found = next(row for row in rows if row.label == label)
    return found.found, found.corrected, found.confirmed


def test_articles_that_nobody_worked_on_count_for_nothing(outlet: Outlet) -> None:
    factories.ArticleFactory(outlet="La Lanterne")
    found = reliability(outlet)
    assert (found.articles, found.fields, found.links, found.blocks) == (0, [], [], [])


def test_corrections_and_confirmations_are_counted_apart(outlet: Outlet, ana: User) -> None:
    article = factories.ArticleFactory(outlet="La Lanterne")
    other = factories.ArticleFactory(outlet="La Lanterne")
    facts.fix_field(article, "section", text="Mer", by=ana, seen=article.version)
    facts.confirm_field(article, "title", by=ana, seen=article.version)
    facts.confirm_field(other, "section", by=ana, seen=other.version)
    chain.remove_link(article, article.attribution.get(role="author").pk, by=ana, seen=article.version)
    blocks.flip_block(article, block_with(article, "Partager").pk, by=ana, seen=article.version)
    blocks.confirm_block(article, block_with(article, "Abonnez").pk, by=ana, seen=article.version)
    found = reliability(outlet)
    assert found.articles == 2
    assert row(found.fields, "Section") == (2, 1, 1)
    assert row(found.fields, "Title") == (2, 0, 1)
    assert row(found.links, "Author") == (2, 1, 0)
    every = article.blocks.count() + other.blocks.count()
    assert row(found.blocks, "All blocks") == (every, 1, 1)
    assert [one.label for one in found.blocks[1:]] == ["Share"]
    assert found.blocks[0].percent == round(100 / every)


def test_articles_of_other_outlets_do_not_count(outlet: Outlet, ana: User) -> None:
    article = factories.ArticleFactory(outlet="Le Phare")
    facts.fix_field(article, "section", text="Mer", by=ana, seen=article.version)
    assert reliability(outlet).articles == 0
