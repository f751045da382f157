"""Reads, named as an editor speaks."""

import pytest
from django.contrib.auth.models import User

from articles.actions import notes, tags
from articles.models import Article, Publication
from articles.views.page import ReviewPage
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_queue_and_the_review_page_count_the_same_questions(ana: User) -> None:
    for text in (factories.TEXT, factories.PAGE, "Deux mots seulement."):
        article = factories.ArticleFactory(text=text)
        counted = Article.objects.with_open_questions().get(pk=article.pk)
        assert counted.open_questions == ReviewPage(article, ana).questions.total
        factories.propose(article, article.raw_text.split()[0], "ad")
        again = Article.objects.with_open_questions().get(pk=article.pk)
        assert again.open_questions == ReviewPage(article, ana).questions.total == counted.open_questions + 1


def test_settling_a_question_lowers_the_count(ana: User) -> None:
    article = factories.ArticleFactory()

    def count() -> int:
        return Article.objects.with_open_questions().get(pk=article.pk).open_questions

    before = count()
    notes.dismiss_flag(article, article.flags.get().pk, by=ana, seen=article.version)
    assert count() == before - 1
    tags.confirm_all_tags(article, by=ana, seen=article.version)
    assert Article.objects.with_open_questions().get(pk=article.pk).suggested_mentions == 0


def test_waiting_is_what_somebody_still_has_to_work_on() -> None:
    made = {key: factories.make_article(status=key[0], live=key[1]) for key in factories.WAYS}
    waiting = {key for key, article in made.items() if Article.objects.waiting().filter(pk=article.pk).exists()}
    assert {status for status, _ in waiting} == {"new", "in_review", "ready", "sent_back"}


def test_the_last_word_on_each_article_is_a_publication_or_a_tombstone() -> None:
    factories.make_article(status="ready", live=True)
    gone = factories.make_article(status="retracted")
    last = Publication.objects.latest_of_each()
    assert last.count() == 2
    assert last.get(article=gone).tombstone
    assert Publication.objects.current().count() == 1
