"""The outlets that come with the project, for the admin to extend. Its entities come with 0016, which has room for all."""

from collections.abc import Callable, Iterable

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Model
from django.utils.text import slugify

from articles.core.registry import shipped_memory
from articles.core.values import KnownOutlet

BATCH = 1000


def free(name: str, taken: set[str]) -> str:
    base = slugify(name, allow_unicode=True)[:180] or "entry"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Many rows at a time: one by one they take most of the time of a migration, and of a test that needs them anew."""
    memory = shipped_memory()
    _load_outlets(lambda name: apps.get_model("articles", name), memory.outlets)


def _load_outlets(model: Callable[[str], type[Model]], known: Iterable[KnownOutlet]) -> None:
    outlet, alias, domain = model("Outlet"), model("OutletAlias"), model("OutletDomain")
    taken = set(outlet.objects.values_list("slug", flat=True))
    there = set(outlet.objects.values_list("name", flat=True))
    domains = set(domain.objects.values_list("domain", flat=True))
    fresh: dict[str, KnownOutlet] = {}
    for row in known:
        if row.name not in there:
            fresh.setdefault(row.name, row)
    made = outlet.objects.bulk_create(
        [
            outlet(
                name=row.name, slug=free(row.name, taken), country=row.country, timezone=row.timezone,
                language=row.language, is_agency=row.is_agency, shipped=True,
            )
            for row in fresh.values()
        ],
        BATCH,
    )  # fmt: skip
    pairs = [*zip(made, fresh.values(), strict=True)]
    alias.objects.bulk_create(
        [alias(outlet=one, name=name) for one, row in pairs for name in dict.fromkeys(row.aliases)], BATCH
    )
    # A domain is one outlet's: the first that ships with it.
    owners = {name: one for one, row in reversed(pairs) for name in row.domains if name not in domains}
    domain.objects.bulk_create([domain(outlet=one, domain=name) for name, one in owners.items()], BATCH)


def unload(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing: what an admin made of these rows since is not ours to delete."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_groups")]
    operations = [migrations.RunPython(load, unload)]
