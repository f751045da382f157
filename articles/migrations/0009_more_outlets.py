"""The outlets that ship now and did not when this desk began: those of which it knows neither a name nor a domain.

What the desk has made of its own outlets since stays as it is. A desk that begins today has them all already.
"""

import importlib

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.core.folding import key
from articles.core.registry import shipped_memory

free = importlib.import_module("articles.migrations.0003_registry").free


def add_missing(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    outlets, aliases, domains = (
        apps.get_model("articles", name).objects for name in ("Outlet", "OutletAlias", "OutletDomain")
    )
    names = {key(name) for rows in (outlets, aliases) for name in rows.values_list("name", flat=True)}
    known = set(domains.values_list("domain", flat=True))
    taken = set(outlets.values_list("slug", flat=True))
    for row in shipped_memory().outlets:
        if names.isdisjoint(map(key, (row.name, *row.aliases))) and known.isdisjoint(row.domains):
            outlet = outlets.create(
                name=row.name, slug=free(row.name, taken), country=row.country, timezone=row.timezone,
                language=row.language, is_agency=row.is_agency, shipped=True,
            )  # fmt: skip
            aliases.bulk_create(aliases.model(outlet=outlet, name=name) for name in dict.fromkeys(row.aliases))
            domains.bulk_create(domains.model(outlet=outlet, domain=domain) for domain in dict.fromkeys(row.domains))


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_lede_against_quote")]
    operations = [migrations.RunPython(add_missing, migrations.RunPython.noop)]
