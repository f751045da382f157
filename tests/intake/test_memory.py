"""What the desk knows when it reads."""

import pytest
from django.test.utils import CaptureQueriesContext

from articles.core.registry import shipped_memory
from articles.intake.memory import desk_memory
from articles.models import EntityAlias, OutletAlias, OutletDomain
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_kept")]


def entity(name: str) -> list[object]:
    return [row for row in desk_memory().entities if row.name == name]


def test_the_registry_of_the_project_is_on_the_desk() -> None:
    desk, shipped = desk_memory(), shipped_memory()
    assert {row.name for row in desk.outlets} == {row.name for row in shipped.outlets}
    assert {(row.name, row.type) for row in desk.entities} == {(row.name, row.type) for row in shipped.entities}
    assert len(desk.entities) > 500


def test_what_an_admin_adds_is_known_at_the_next_reading() -> None:
    outlet = factories.OutletFactory(name="Le Phare", is_agency=True)
    OutletAlias.objects.create(outlet=outlet, name="Phare Soir")
    OutletDomain.objects.create(outlet=outlet, domain="phare.example")
    found = next(row for row in desk_memory().outlets if row.name == "Le Phare")
    assert (found.aliases, found.domains, found.timezone, found.is_agency) == (
        ("Phare Soir",),
        ("phare.example",),
        "Europe/Paris",
        True,
    )


def test_a_name_that_two_entities_bear_is_ambiguous_for_both() -> None:
    one = factories.EntityFactory(name="Comité du quai", type="organisation")
    assert [row.ambiguous for row in entity("Comité du quai")] == [False]
    two = factories.EntityFactory(name="Autre", type="organisation")
    EntityAlias.objects.create(entity=two, name="comité du QUAI")
    assert [row.ambiguous for row in (*entity("Comité du quai"), *entity("Autre"))] == [True, True]
    EntityAlias.objects.create(entity=one, name="CQ")


def test_an_alias_that_repeats_the_name_makes_nobody_ambiguous() -> None:
    one = factories.EntityFactory(name="Comité du quai")
    EntityAlias.objects.create(entity=one, name="comité du quai")
    assert [row.ambiguous for row in entity("Comité du quai")] == [False]


def test_an_ambiguous_name_is_never_linked_by_the_machine() -> None:
    factories.EntityFactory(name="Emmanuel Macron", type="person")
    article = factories.ArticleFactory()
    assert not article.mentions.filter(surface="Emmanuel Macron", entity__isnull=False).exists()


def test_the_memory_takes_the_same_few_queries_however_much_the_desk_knows() -> None:
    from django.db import connection

    with CaptureQueriesContext(connection) as before:
        desk_memory()
    for _ in range(5):
        OutletAlias.objects.create(outlet=factories.OutletFactory(), name="x")
    with CaptureQueriesContext(connection) as after:
        desk_memory()
    assert len(before) == len(after) <= 8


def test_the_same_registry_is_the_same_memory_and_what_is_indexed_by_it_holds() -> None:
    before = desk_memory()
    assert desk_memory().outlets is before.outlets
    assert desk_memory().entities is before.entities
    outlet = factories.OutletFactory()
    after = desk_memory()
    assert after.outlets is not before.outlets
    assert outlet.name in {row.name for row in after.outlets}
    outlet.delete()
    assert desk_memory().outlets == before.outlets
