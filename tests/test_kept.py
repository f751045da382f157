"""What is kept between tests is what the product would read."""

from dataclasses import replace

import pytest

from articles.core.formats import open_text
from articles.core.reading import read
from articles.intake.memory import desk_memory, registry_rows
from articles.intake.remembering import recall
from articles.models import Entity, EntityAlias, Outlet
from tests import factories
from tests.kept import KeptRegistry, Watch, read_once

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
