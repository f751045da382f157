"""What is kept between tests is what the product would read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from articles.core.formats import open_text
from articles.core.reading import read
from articles.intake import settling
from articles.intake.memory import desk_memory, registry_rows
from articles.intake.remembering import recall
from articles.models import Article, Entity, EntityAlias, Outlet
from tests import factories
from tests.kept import KeptArticles, KeptRegistry, Watch, read_once, rows_of

pytestmark = pytest.mark.django_db


def known(name: str) -> bool:
    memory = desk_memory()
    return any(name in (row.name, *row.aliases) for row in (*memory.outlets, *memory.entities))


def test_what_is_kept_is_what_the_migrations_left() -> None:
    assert KeptRegistry(Watch())() == registry_rows()


@pytest.mark.parametrize("again", [1, 2])
def test_a_test_that_writes_to_the_registry_reads_its_own(again: int) -> None:
    assert not known("Comité du quai")
    factories.EntityFactory(name="Comité du quai")
    assert known("Comité du quai")


def test_a_row_that_is_changed_or_deleted_without_its_object_is_seen() -> None:
    entity = Entity.objects.filter(aliases__isnull=False).first()
    alias = entity.aliases.first()
    Outlet.objects.filter(pk=Outlet.objects.first().pk).update(name="Le Phare renommé")
    assert known("Le Phare renommé")
    EntityAlias.objects.filter(pk=alias.pk).delete()
    found = next(row for row in desk_memory().entities if row.name == entity.name)
    assert alias.name not in found.aliases


def test_a_text_is_read_once_for_one_registry_and_anew_for_another() -> None:
    memory, scraped = desk_memory(), open_text(factories.TEXT)
    kept = read_once(scraped, memory)
    assert kept == read(scraped, memory)
    assert read_once(replace(scraped, url="https://courrier.example/port"), memory).scraped.url
    factories.EntityFactory(name="Lorval", type="place")
    assert "Lorval" in {row.entity for row in read_once(scraped, desk_memory()).mentions}
    assert "Lorval" not in {row.entity for row in kept.mentions}


def test_what_an_outlet_s_other_pages_say_is_never_kept() -> None:
    factories.ArticleFactory(outlet="Le Courrier")
    scraped = open_text(factories.TEXT)
    memory = replace(desk_memory(), outlet=recall("le courrier", ["abonnez-vous a notre newsletter"]))
    assert memory.outlet is not None
    assert read_once(scraped, memory) == read(scraped, memory)


def desk_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the desk, without moments."""
    models = apps.get_app_config("articles").get_models(include_auto_created=True)
    return {
        model._meta.db_table: sorted(
            (tuple(value for value in row if not isinstance(value, datetime)) for row in rows_of(model)), key=repr
        )
        for model in models
        if not model._meta.db_table.startswith(("articles_outlet", "articles_entity", "articles_office"))
    }


def kept_articles(make: Callable[..., int], watch: Watch | None = None) -> KeptArticles:
    """With nothing kept before this test."""
    kept = KeptArticles(watch or Watch(), make)
    kept._kept = {}
    return kept


class Counted:
    """Brings articles in as the factory does, and counts them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settling, "given_of", settling.given_of)  # whoever changes the product keeps nothing
        self.real = factories.bring_in
        self.times = 0

    def __call__(self, *people: User, **how: Any) -> int:
        self.times += 1
        return self.real(*people, **how)


HOW = {"number": 0, "url": "", "outlet": "", "together": False}


@pytest.fixture
def scout() -> User:
    return factories.UserFactory(editor=True, username="scout")


def test_a_kept_article_has_every_row_of_one_that_came_in(scout: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make, watch = Counted(monkeypatch), Watch()
    kept = kept_articles(make, watch)
    how = HOW | {"content": factories.TEXT.encode()}
    with connection.execute_wrapper(watch), transaction.atomic():
        first = kept(scout, **how)
        came_in = desk_rows()
        assert sum(map(len, came_in.values())) > 50
        transaction.set_rollback(True)
    assert not Article.objects.exists()
    begun = timezone.now()
    with connection.execute_wrapper(watch):
        assert kept(scout, **how) == first
    assert make.times == 1
    assert desk_rows() == came_in
    article = Article.objects.get(pk=first)
    assert begun - timedelta(seconds=60) < article.received_at <= timezone.now()
    assert article.log.get().person == scout
    assert not watch.written & {"", "articles_entity", "articles_outlet"}


def test_what_comes_to_a_desk_that_somebody_wrote_to_is_read_and_stored(
    scout: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, watch = Counted(monkeypatch), Watch()
    kept = kept_articles(make, watch)
    with connection.execute_wrapper(watch):
        for number, change in enumerate((
            lambda: factories.EntityFactory(name="Lorval", type="place"),
            lambda: Outlet.objects.filter(pk=Outlet.objects.first().pk).update(name="Le Phare renommé"),
            lambda: kept(scout, **HOW, content=b"Un autre titre\n\nUne phrase toute simple."),
        ), start=2):  # fmt: skip
            with transaction.atomic():
                change()
                before = make.times
                article = Article.objects.get(pk=kept(scout, **HOW, content=factories.TEXT.encode()))
                assert make.times == before + 1
                assert number > 2 or article.mentions.filter(entity__name="Lorval").exists()
                transaction.set_rollback(True)


def test_a_person_who_signs_in_first_changes_nothing(
    scout: User, desk: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    make, watch = Counted(monkeypatch), Watch()
    kept = kept_articles(make, watch)
    with connection.execute_wrapper(watch):
        for _ in range(2):
            with transaction.atomic():
                desk("ana")
                kept(scout, **HOW, content=factories.TEXT.encode())
                transaction.set_rollback(True)
    assert make.times == 1


def test_a_test_that_changes_the_product_brings_its_article_in(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    real = settling.create_article
    monkeypatch.setattr(settling, "create_article", lambda *args, **how: seen.append(1) or real(*args, **how))
    factories.ArticleFactory()
    assert seen == [1]


def test_a_test_that_changes_a_setting_brings_its_article_in(settings: Any) -> None:
    assert not isinstance(factories.bring_in, KeptArticles)
