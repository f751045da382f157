"""Notes, and questions that are waved through."""

import pytest
from django.contrib.auth.models import User

from articles.actions import notes
from articles.actions.recording import Conflict, Refused
from articles.models import Article
from tests import factories


@pytest.mark.parametrize("status", sorted({status for status, _ in factories.WAYS}))
def test_a_note_may_be_left_whatever_the_status_and_changes_nothing_else(status: str, ana: User) -> None:
    article = factories.make_article(status=status)
    version = article.version
    note = notes.add_note(article, text="  Le maire a rappelé.\n", by=ana)
    article.refresh_from_db()
    assert (note.text, note.author, article.version, article.status) == ("Le maire a rappelé.", ana, version, status)
    assert article.log.first().action == "add_note"


@pytest.mark.parametrize(("text", "sentence"), [(" \n", "empty"), ("x" * 5001, "5001 characters")])
def test_an_empty_or_endless_note_is_refused(article: Article, ana: User, text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        notes.add_note(article, text=text, by=ana)
    assert not article.notes.exists()


def test_a_question_is_settled_by_saying_that_it_is_fine(article: Article, ana: User) -> None:
    flag = article.flags.get()
    notes.dismiss_flag(article, flag.pk, by=ana, seen=article.version)
    flag.refresh_from_db()
    assert (flag.dismissed, flag.dismissed_by) == (True, ana)
    assert Article.objects.with_open_questions().get(pk=article.pk).open_flags == 0
    assert not Article.objects.flagged(flag.flag).exists()


def test_a_question_of_another_article_is_not_there(article: Article, ana: User) -> None:
    other = factories.ArticleFactory()
    with pytest.raises(Conflict):
        notes.dismiss_flag(article, other.flags.get().pk, by=ana, seen=article.version)


def test_a_note_without_its_log_entry_is_not_left(article: Article, ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**kwargs: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(notes.LogEntry.objects, "create", broken)
    with pytest.raises(RuntimeError):
        notes.add_note(article, text="x", by=ana)
    assert not article.notes.exists()
