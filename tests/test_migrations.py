"""What the migrations leave: no missing ones, groups with exactly their permissions, the registry of the project."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from articles.core.registry import shipped_memory
from articles.models import Entity, EntityAlias, Outlet, OutletDomain
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


@pytest.mark.django_db(transaction=True)
def test_a_test_with_real_transactions_has_groups_and_registry_too() -> None:
    assert Group.objects.count() == 3
    assert Outlet.objects.count() > 100
    assert factories.make_article(status="approved").live
