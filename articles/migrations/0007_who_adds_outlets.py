"""Editors add an outlet that an article names; chief editors also change outlets and declare two the same."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GRANTED = {"editor": ["add_outlet"], "chief editor": ["add_outlet", "change_outlet"]}


def _each(apps: Apps) -> list[tuple[object, list[object]]]:
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    return [
        (row, list(permission.objects.filter(content_type__app_label="articles", codename__in=GRANTED[row.name])))
        for row in group.objects.filter(name__in=GRANTED)
    ]


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group, permissions in _each(apps):
        group.permissions.add(*permissions)


def take_away(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group, permissions in _each(apps):
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_outlets_on_the_desk")]
    operations = [migrations.RunPython(grant, take_away)]
