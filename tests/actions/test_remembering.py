"""What people decided about lines, kept for the other pages of the outlet."""

import pytest
from django.contrib.auth.models import User

from articles.actions import blocks, history
from articles.core.cleaning.memory import line_key
from articles.models import Article
from tests import factories
from tests.factories import block_with

SHARE = "Partager sur Facebook"


@pytest.fixture
def page(db: None) -> Article:
    return factories.ArticleFactory(url="https://lanterne.example/1")


def decided(article: Article) -> dict[str, str]:
    return dict(article.decided_lines.values_list("key", "kind"))


def test_a_decision_is_remembered_and_forgotten_when_it_is_taken_back(page: Article, ana: User) -> None:
    blocks.change_kind(page, block_with(page, SHARE).pk, kind="ad", by=ana, seen=page.version)
    assert decided(page) == {line_key(SHARE): "ad"}
    blocks.change_kind(page, block_with(page, SHARE).pk, kind="legal", by=ana, seen=page.version)
    assert decided(page) == {line_key(SHARE): "legal"}
    history.undo(page, page.log.first().pk, by=ana)
    assert decided(page) == {line_key(SHARE): "ad"}
    history.undo(page, page.log.get(action="change_kind", summary__contains="Share").pk, by=ana)
    assert decided(page) == {}


def test_what_was_kept_is_an_article_s_text_on_the_next_page_too(page: Article, ana: User) -> None:
    blocks.flip_block(page, block_with(page, SHARE).pk, by=ana, seen=page.version)
    assert decided(page) == {line_key(SHARE): "body"}


def test_a_paragraph_that_was_dropped_is_not_remembered_as_a_paragraph(page: Article, ana: User) -> None:
    row = blocks.flip_block(page, block_with(page, "Il a rappelé").pk, by=ana, seen=page.version)
    assert (row.kind, row.kept) == ("body", False)
    assert set(decided(page).values()) <= {"widget"}
    row = blocks.flip_block(page, page.blocks.get(kind="caption").pk, by=ana, seen=page.version)
    assert (row.kind, row.kept) == ("caption", True)
    assert "caption" not in decided(page).values(), "kept although a caption: says nothing about other pages"


def test_each_line_of_a_block_is_remembered(page: Article, ana: User) -> None:
    first = block_with(page, SHARE)
    blocks.join_block(page, first.pk, by=ana, seen=page.version)
    assert decided(page) == {line_key(SHARE): first.kind, line_key("Abonnez-vous à notre newsletter"): first.kind}


def test_a_part_that_was_cut_off_a_line_is_remembered_by_its_own_words(page: Article, ana: User) -> None:
    row = block_with(page, SHARE)
    at = page.raw_text.index(SHARE) + len("Partager ")
    blocks.split_block(page, row.pk, at=at, by=ana, seen=page.version)
    assert set(decided(page)) == {"partager", "sur facebook"}


def test_nothing_is_remembered_of_an_article_whose_outlet_nobody_knows(ana: User, db: None) -> None:
    article = factories.ArticleFactory(text="Un titre\n\nUn texte sans source, long de quelques mots seulement.\n")
    assert article.memory is None
    blocks.flip_block(article, article.blocks.first().pk, by=ana, seen=article.version)
    assert not article.decided_lines.exists()
