"""The outlets that come with the project, for the admin to extend. Its entities come with 0014, which has room for all."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.text import slugify

from articles.core.registry import shipped_memory


def free(name: str, taken: set[str]) -> str:
    base = slugify(name, allow_unicode=True)[:180] or "entry"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    model = lambda name: apps.get_model("articles", name)  # noqa: E731
    memory = shipped_memory()
    taken = set(model("Outlet").objects.values_list("slug", flat=True))
    domains = set(model("OutletDomain").objects.values_list("domain", flat=True))
    for known in memory.outlets:
        outlet, made = model("Outlet").objects.get_or_create(
            name=known.name,
            defaults={
                "slug": free(known.name, taken),
                "country": known.country,
                "timezone": known.timezone,
                "language": known.language,
                "is_agency": known.is_agency,
                "shipped": True,
            },
        )
        if made:
            model("OutletAlias").objects.bulk_create(
                model("OutletAlias")(outlet=outlet, name=name) for name in dict.fromkeys(known.aliases)
            )
            fresh = [domain for domain in dict.fromkeys(known.domains) if domain not in domains]
            domains.update(fresh)
            model("OutletDomain").objects.bulk_create(
                model("OutletDomain")(outlet=outlet, domain=domain) for domain in fresh
            )


def unload(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing: what an admin made of these rows since is not ours to delete."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_groups")]
    operations = [migrations.RunPython(load, unload)]
