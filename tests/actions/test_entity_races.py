"""A merge of entities beside a reader that stores tags of the one that goes."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction

from articles.core.edits import Span
from articles.core.formats import open_bytes
from articles.core.reading import read
from articles.core.values import Mention as Found
from articles.intake.memory import desk_memory
from articles.intake.storing import store_reading
from articles.models import Article, Entity, Mention
from tests import factories
from tests.actions.test_entities import merged


def naming(article: Article, name: str) -> Any:
    """A reading of this article, with a tag of this entity."""
    from dataclasses import replace

    reading = read(open_bytes(bytes(article.original.content), received_at=article.received_at), desk_memory())
    at = article.raw_text.index("la mairie")
    span = Span(start=at, end=at + len("la mairie"))
    tag = Found(
        span=span, surface="la mairie", type="organisation", entity=name, score=1.0, origin="registry", scope="text"
    )
    return replace(reading, mentions=(tag,))


@pytest.mark.django_db
def test_an_article_that_was_read_before_a_merge_is_stored_after_it(article: Article, ana: Any) -> None:
    gone = factories.EntityFactory(name="Mairie de Lorval", slug="mairie")
    reading = naming(article, gone.name)
    store_reading(article, reading)
    assert article.mentions.get(surface="la mairie").entity == gone
    article.mentions.all().delete()
    merged(gone, factories.EntityFactory(name="Ville de Lorval", slug="ville"), ana)
    store_reading(article, reading)
    stored = article.mentions.get(surface="la mairie")
    assert (stored.entity, stored.candidate) == (None, "Mairie de Lorval"), "a name of another; a person links it"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one transaction write at a time.")
def test_a_merge_waits_for_the_reader_that_holds_the_entity() -> None:
    """Without the lock the reader's commit breaks: what its tag leads to is gone."""
    ana, article = factories.person("ana"), factories.ArticleFactory()
    gone = factories.EntityFactory(name="Mairie de Lorval", slug="mairie")
    kept = factories.EntityFactory(name="Ville de Lorval", slug="ville")
    reading = naming(article, gone.name)
    started, problems = threading.Event(), []

    def merge() -> None:
        try:
            started.set()
            merged(gone, kept, ana)
        except Exception as problem:  # noqa: BLE001  said in the test's own thread
            problems.append(problem)
        finally:
            connection.close()

    thread = threading.Thread(target=merge)
    with transaction.atomic():
        store_reading(article, reading)
        thread.start()
        assert started.wait(30)
        thread.join(0.5)
        assert thread.is_alive(), "it waits"
    thread.join(60)
    assert problems == []
    assert not Entity.objects.filter(pk=gone.pk).exists()
    assert Mention.objects.get(surface="la mairie").entity == kept
