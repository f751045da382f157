"""Chief editors may publish against rights, with a reason; restrictions on the desk know what they were read as."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

GRANTED = {"chief editor": ["override_rights"]}


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Permissions are made after all migrations; the groups need them now. A group that an admin took away stays away."""
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permission = apps.get_model("auth", "Permission")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTED):
        group.permissions.add(
            *permission.objects.filter(codename__in=GRANTED[group.name], content_type__app_label="articles")
        )


def take_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    permission = apps.get_model("auth", "Permission")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTED):
        group.permissions.remove(*permission.objects.filter(codename__in=GRANTED[group.name]))


def remember_what_was_read(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("articles", "Restriction").objects.filter(found_as="").update(found_as=F("constraint"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_rights")]
    operations = [
        migrations.RunPython(grant, take_back),
        migrations.RunPython(remember_what_was_read, migrations.RunPython.noop),
    ]
