"""The commands that touch the database."""

import os
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.actions import facts
from articles.intake import remembering
from articles.management.commands import demo, reread_articles
from articles.management.commands.demo import ACCOUNTS, PASSWORD, demo_items
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command(*args, stdout=out, stderr=out)
    return out.getvalue()


def test_the_demo_refuses_to_run_where_debug_is_off() -> None:
    with pytest.raises(CommandError, match="only with DEBUG=1"):
        run("demo")
    assert not User.objects.exists()
    assert not Article.objects.exists()


def test_the_demo_makes_accounts_and_loads_every_article(settings: Any) -> None:
    settings.DEBUG = True
    said = run("demo")
    assert Article.objects.count() == len(demo_items()) >= 10
    assert f"Loaded {Article.objects.count()} demo articles" in said
    assert "http://127.0.0.1:8000" in said
    for username, _, _, group in ACCOUNTS:
        assert username in said
        user = authenticate(username=username, password=PASSWORD)
        assert [row.name for row in user.groups.all()] == [group]
        assert user.is_staff == (group == "admin")
        assert not user.is_superuser
    for article in Article.objects.all():
        assert factories.covers_raw_once(article)
        assert article.clean_text


@pytest.mark.parametrize(
    ("given", "expected"), [("", "http://127.0.0.1:8177"), ("https://n.example", "https://n.example")]
)
def test_the_demo_gives_feeds_the_port_that_it_serves(
    given: str, expected: str, settings: Any, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = True
    settings.PUBLIC_BASE_URL = given or "http://127.0.0.1:8000"
    monkeypatch.setenv("PUBLIC_BASE_URL", given)
    served: list[Any] = []
    monkeypatch.setattr(demo, "call_command", lambda *args, **options: served.append(args))
    monkeypatch.setattr(demo.queue, "our_worker_runs", lambda: False)
    run("demo", "--serve", "--port", "8177")
    assert served[-1] == ("runserver", "127.0.0.1:8177")
    assert (django_settings.PUBLIC_BASE_URL, os.environ["PUBLIC_BASE_URL"]) == (expected, expected)


def test_a_second_run_of_the_demo_keeps_what_is_there(settings: Any, article: Article) -> None:
    settings.DEBUG = True
    ana = factories.person("ana")
    facts.fix_field(article, "title", text="Mine", by=ana, seen=article.version)
    said = run("demo")
    assert "they are kept" in said
    assert [row.title for row in Article.objects.all()] == ["Mine"]
    ana.refresh_from_db()
    assert ana.check_password(factories.PASSWORD), "an account that was there keeps its password"
    run("demo")
    assert User.objects.filter(username="ana").count() == 1


def test_articles_are_read_again_and_people_keep_their_word(article: Article) -> None:
    other = factories.ArticleFactory(text=factories.PAGE)
    facts.fix_field(article, "title", text="Mine", by=factories.person("ana"), seen=article.version)
    said = run("reread_articles")
    assert "Read 2 articles again" in said
    article.refresh_from_db()
    assert article.title == "Mine"
    assert article.log.first().action == "reread"
    assert other.log.first().action == "reread"


def test_reading_again_says_what_differs_and_a_dry_run_changes_nothing(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, settled = factories.ArticleFactory(text=factories.PAGE), factories.make_article(status="rejected")
    facts.fix_field(article, "title", text="Mine", by=factories.person("ana"), seen=article.version)
    real = remembering.read

    def learned(scraped: Any, memory: Any) -> Any:
        reading = real(scraped, memory)
        blocks = [replace(b, kind="caption", kept=False) if b.kind == "byline" else b for b in reading.blocks]
        return replace(reading, blocks=tuple(blocks))

    monkeypatch.setattr(remembering, "read", learned)
    before = list(Article.objects.order_by("pk").values_list("version", "clean_text"))
    said = run("reread_articles", "--dry-run")
    assert "Read 2 articles again (dry run: nothing is changed); left 1 alone" in said
    assert "2 differ, in 2 blocks: 1 would be taken as nobody had worked on them, 1 would have proposals." in said
    assert "     2  Byline -> Caption" in said
    assert list(Article.objects.order_by("pk").values_list("version", "clean_text")) == before
    said = run("reread_articles")
    assert "2 differ, in 2 blocks: 1 was taken as nobody had worked on them, 1 have proposals." in said
    assert article.proposals.get().kind == "caption"
    assert other.blocks.filter(kind="caption").exists()
    assert not settled.log.filter(action="reread").exists()


def test_single_articles_can_be_read_again(article: Article) -> None:
    other = factories.ArticleFactory(text=factories.PAGE)
    assert "Read 1 articles again" in run("reread_articles", str(other.pk))
    assert not article.log.filter(action="reread").exists()


def test_an_article_that_cannot_be_read_does_not_stop_the_others(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    from articles.core.formats import UnreadableError

    other, real = factories.ArticleFactory(text=factories.PAGE), reread_articles.reread

    def reread(row: Article, **kwargs: Any) -> object:
        if row.pk == article.pk:
            raise UnreadableError("It is a picture.")
        return real(row, **kwargs)

    monkeypatch.setattr(reread_articles, "reread", reread)
    said = run("reread_articles")
    assert f"Article {article.pk}: It is a picture." in said
    assert "Read 1 articles again" in said
    assert other.log.filter(action="reread").exists()


def test_reading_files_needs_no_database(tmp_path: Any, django_assert_num_queries: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text(factories.TEXT)
    with django_assert_num_queries(0):
        assert "Le port de Lorval" in run("read", str(path))
