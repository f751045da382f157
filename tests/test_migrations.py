"""What the migrations leave: no missing ones, groups with exactly their permissions, the registry of the project."""

import importlib
from dataclasses import replace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from articles.core.registry import shipped_memory
from articles.intake.memory import desk_memory
from articles.models import Entity, EntityAlias, Office, Outlet, OutletDomain
from tests import factories

pytestmark = pytest.mark.django_db

EDITOR = {
    "articles.view_article",
    "articles.review_article",
    "articles.add_upload",
    "articles.view_upload",
    "articles.view_publication",
    "articles.add_outlet",
    "articles.add_entity",
    "articles.change_entity",
}
CHIEF = EDITOR | {
    "articles.approve_article",
    "articles.retract_article",
    "articles.override_rights",
    "articles.change_outlet",
}
ADMIN = {
    "articles.view_article",
    "articles.view_logentry",
    "articles.view_upload",
    "articles.view_publication",
    "auth.view_group",
    *(f"auth.{verb}_user" for verb in ("add", "change", "view")),
    *(f"articles.{verb}_scrapertoken" for verb in ("add", "change", "view")),
    *(
        f"articles.{verb}_{model}"
        for verb in ("add", "change", "delete", "view")
        for model in ("outlet", "outletalias", "outletdomain", "entity", "entityalias", "office")
    ),
}


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(("trait", "permissions"), [("editor", EDITOR), ("chief", CHIEF), ("admin", ADMIN)])
def test_a_group_holds_exactly_its_permissions(trait: str, permissions: set[str]) -> None:
    user = User.objects.get(pk=factories.UserFactory(**{trait: True}).pk)
    assert user.get_all_permissions() == permissions


def test_there_are_three_groups() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {"editor", "chief editor", "admin"}


def test_the_registry_of_the_project_is_there_once() -> None:
    memory = shipped_memory()
    assert Outlet.objects.filter(shipped=True).count() == len({row.name for row in memory.outlets})
    assert Entity.objects.filter(shipped=True).count() == len(memory.entities)
    assert EntityAlias.objects.exists()
    assert OutletDomain.objects.exists()
    assert not Entity.objects.filter(slug="").exists()


def test_an_older_desk_gets_the_outlets_it_lacks_and_keeps_its_own() -> None:
    shipped = shipped_memory().outlets
    Outlet.objects.filter(name=shipped[0].name).delete()
    mine = Outlet.objects.get(name=shipped[1].name)
    mine.name, mine.country = "Renamed by the desk", "XX"
    mine.save()
    many = Outlet.objects.count()
    importlib.import_module("articles.migrations.0009_more_outlets").add_missing(apps, None)
    assert Outlet.objects.get(name=shipped[0].name).aliases.count() == len(set(shipped[0].aliases))
    assert Outlet.objects.count() == many + 1, "an outlet known by its domain was added again"
    mine.refresh_from_db()
    assert (mine.name, mine.country) == ("Renamed by the desk", "XX")


def older_desk(*rows: tuple[str, str, str, list[str]]) -> None:
    """A desk with the entities of before: names without languages, nothing said of them."""
    Entity.objects.all().delete()
    for number, (name, kind, wikidata, aliases) in enumerate(rows):
        row = Entity.objects.create(name=name, type=kind, wikidata=wikidata, slug=f"old-{number}", shipped=True)
        EntityAlias.objects.bulk_create(EntityAlias(entity=row, name=alias) for alias in aliases)


def bring() -> None:
    importlib.import_module("articles.migrations.0016_registry_data").bring(apps, None)


def names(row: Entity) -> dict[str, str]:
    return dict(row.aliases.values_list("name", "language"))


def test_an_older_desk_learns_what_it_lacks_of_the_entities_it_was_given() -> None:
    older_desk(("Maroc", "place", "Q1028", ["Morocco"]), ("Gabriel Attal", "person", "", []))
    bring()
    morocco, attal = Entity.objects.get(slug="old-0"), Entity.objects.get(slug="old-1")
    assert (morocco.country, morocco.description) == ("MA", "country in Africa")
    assert "Babel" in morocco.source
    assert names(morocco) | {"Morocco": "en", "المغرب": "ar", "מרוקו": "he"} == names(morocco)
    assert [(office.since, office.until) for office in attal.offices.all()] == [("2024-01-09", "2024-09-05")]
    assert Entity.objects.filter(shipped=True).count() > 1000, "the new ones are there"
    assert Entity.objects.filter(name="Maroc").count() == 1


def test_what_a_desk_made_of_its_entities_stays() -> None:
    older_desk(
        ("Maroc", "place", "Q1028", []),  # Morocco, Royaume du Maroc: taken out
        ("Donald J. Trump", "person", "Q22686", ["Trump"]),  # renamed
        ("Ville de Rome", "place", "", []),
    )
    Entity.objects.filter(slug="old-0").update(description="a kingdom", country="XX")
    Office.objects.create(entity=Entity.objects.get(slug="old-1"), title="homme d'affaires", since="1971")
    own = Entity.objects.create(name="Zuzana Čaputová", type="person", slug="own", description="ours")
    bring()
    row = Entity.objects.get(slug="old-0")
    assert (row.description, row.country, row.wikidata) == ("a kingdom", "XX", "Q1028")
    assert not {"Morocco", "Royaume du Maroc"} & set(names(row))
    renamed = Entity.objects.get(wikidata="Q22686")
    assert (renamed.name, renamed.slug) == ("Donald J. Trump", "old-1")
    assert [office.title for office in renamed.offices.all()] == ["homme d'affaires"]
    own.refresh_from_db()
    assert (own.description, own.country, own.aliases.count(), own.offices.count()) == ("ours", "", 0, 0)
    assert Entity.objects.filter(name="Zuzana Čaputová").count() == 1
    assert not Entity.objects.filter(name="Rabat").exists(), "every desk had it: this one took it out"
    assert Entity.objects.filter(name="Nouakchott").count() + Entity.objects.filter(name="Palikir").count() == 1


def test_an_older_desk_s_own_government_is_the_one_that_governs() -> None:
    older_desk(("Royaume du Maroc", "place", "Q1028", ["Maroc"]), ("Espagne", "place", "", []))
    own = Entity.objects.create(name="Gouvernement marocain", type="organisation", slug="own", notes="ours")
    bring()
    own.refresh_from_db()
    assert (own.governs.name, own.notes, own.aliases.count()) == ("Royaume du Maroc", "ours", 0)
    assert Entity.objects.get(name="Royaume du Maroc").government == [own], "it is not there twice"
    (spanish,) = Entity.objects.get(name="Espagne").government
    assert (spanish.name, spanish.shipped) == ("gouvernement de l'Espagne", True)
    assert Entity.objects.get(name="gouvernement de la Roumanie").governs is None, "the desk took that country out"


def test_bringing_the_entities_again_changes_nothing() -> None:
    def told() -> list[object]:
        return [
            list(Entity.objects.order_by("pk").values_list()),
            list(EntityAlias.objects.order_by("pk").values_list()),
            list(Office.objects.order_by("pk").values_list()),
        ]

    before = told()
    bring()
    assert told() == before


def test_an_id_that_another_row_has_is_not_given_twice() -> None:
    older_desk(("Maroc", "place", "", []), ("Le royaume", "place", "Q1028", []))
    bring()
    assert Entity.objects.filter(wikidata="Q1028").count() == 1


def test_each_shipped_entity_is_on_the_desk_with_all_that_is_known_of_it() -> None:
    desk = {(row.name, row.type): row for row in desk_memory().entities}
    for known in shipped_memory().entities:
        row = desk[known.name, known.type]
        assert sorted(zip(row.aliases, row.languages, strict=True)) == sorted(
            zip(known.aliases, known.languages, strict=True)
        )
        assert replace(row, aliases=known.aliases, languages=known.languages, ambiguous=known.ambiguous) == known


@pytest.mark.django_db(transaction=True)
def test_a_test_with_real_transactions_has_groups_and_registry_too() -> None:
    assert Group.objects.count() == 3
    assert Outlet.objects.count() > 100
    assert factories.make_article(status="approved").live
