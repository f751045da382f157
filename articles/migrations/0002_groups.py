"""The groups of the desk, with their permissions."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EDITOR = ["view_article", "review_article", "add_upload", "view_upload", "view_publication"]
CHIEF = [*EDITOR, "approve_article", "retract_article"]
REGISTRY = ["outlet", "outletalias", "outletdomain", "entity", "entityalias"]
ADMIN = [
    "view_article",
    "view_logentry",
    "view_upload",
    "view_publication",
    *(f"{verb}_{model}" for verb in ("add", "change", "delete", "view") for model in REGISTRY),
    # Nobody deletes an account: who did something stays known. Accounts are deactivated.
    *(f"{verb}_user" for verb in ("add", "change", "view")),
    "view_group",
]
GROUPS = {"editor": EDITOR, "chief editor": CHIEF, "admin": ADMIN}


def create_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Permissions are made after all migrations; the groups need them now."""
    for label in ("auth", "articles"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    permission = apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.set(
            permission.objects.filter(codename__in=codenames, content_type__app_label__in=("articles", "auth"))
        )


def remove_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create_groups, remove_groups)]
