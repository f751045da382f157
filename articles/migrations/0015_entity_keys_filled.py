"""Names as they are compared, what is published of which entity, and who extends the registry: editors, as the issue of
entities has it, since everything that is done to it can be taken back from the history."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.core.folding import key

MANY = 1000
GRANTED = {
    "editor": ["add_entity", "change_entity"],
    "chief editor": ["add_entity", "change_entity"],
    "admin": [f"{verb}_office" for verb in ("add", "change", "delete", "view")],
}


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Entity", "EntityAlias"):
        model, rows = apps.get_model("articles", name), []
        for row in model.objects.only("pk", "name").iterator(MANY):
            row.key = key(row.name)[:200]
            rows.append(row)
        model.objects.bulk_update(rows, ["key"], batch_size=MANY)
    published = apps.get_model("articles", "PublishedTag")
    for publication in apps.get_model("articles", "Publication").objects.exclude(tags=[]).only("tags").iterator(MANY):
        slugs = dict.fromkeys(tag["slug"] for tag in publication.tags if tag.get("slug"))
        published.objects.bulk_create(
            [published(publication=publication, slug=slug) for slug in slugs], ignore_conflicts=True
        )


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


def take_away(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    permission = apps.get_model("auth", "Permission")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTED):
        group.permissions.remove(
            *permission.objects.filter(codename__in=GRANTED[group.name], content_type__app_label="articles")
        )


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_entity_keys")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(grant, take_away),
    ]
