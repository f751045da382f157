"""The entities that ship: what a desk lacks of them, and what its own shipped rows leave empty.

What the desk made or changed stays: its own entities, names and facts it wrote, what it deleted. Its rows are known by
their Wikidata id, else by name and type. A desk that begins today gets them all here.
"""

import importlib
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.core.folding import key
from articles.core.registry import rows, shipped_memory
from articles.core.values import KnownEntity

free = importlib.import_module("articles.migrations.0003_registry").free
FACTS = ("wikidata", "description", "country", "source")


def bring(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """Bring the entities of the data files to the desk. A second time changes nothing."""
    model = lambda name: apps.get_model("articles", name)  # noqa: E731
    desk = list(model("Entity").objects.all())
    names: dict[int, list[str]] = {row.pk: [] for row in desk}
    for pk, name in model("EntityAlias").objects.values_list("entity", "name"):
        names[pk].append(name)
    by_id = {row.wikidata: row for row in desk if row.wikidata}
    by_name: dict[tuple[str, str], Any] = {}
    for row in desk:
        for name in names[row.pk]:
            by_name.setdefault((key(name), row.type), row)
    by_name |= {(key(row.name), row.type): row for row in desk}
    # Of these a desk was given all: what it has no more, it took out.
    given = _given() if any(row.shipped for row in desk) else frozenset[str]()
    found: dict[int, tuple[Any, KnownEntity]] = {}
    new: list[KnownEntity] = []
    for known in shipped_memory().entities:
        # Who governs a country may stand there by any of its names.
        called = (known.name, *known.aliases) if known.governs else (known.name,)
        row = by_id.get(known.wikidata) or next(filter(None, (by_name.get((key(n), known.type)) for n in called)), None)
        if row is None:
            if known.name not in given:
                new.append(known)
        elif row.shipped:
            found.setdefault(row.pk, (row, known))
    _fill(model, list(found.values()), by_id, names, given)
    _add(model, new, {row.slug for row in desk})
    _govern(model)


def _given() -> frozenset[str]:
    """The names of the registry before it had languages, as every desk of that time was given them."""
    return frozenset(name for _, cell in rows("first_registry.tsv", 2) for name in cell.split("|"))


def _add(model: Any, new: list[KnownEntity], taken: set[str]) -> None:
    made = model("Entity").objects.bulk_create(
        model("Entity")(
            name=known.name, slug=free(known.name, taken), type=known.type, shipped=True,
            **{fact: getattr(known, fact) for fact in FACTS},
        )
        for known in new
    )  # fmt: skip
    pairs = list(zip(made, new, strict=True))
    model("EntityAlias").objects.bulk_create(
        model("EntityAlias")(entity=row, name=name, language=language)
        for row, known in pairs
        for name, language in zip(known.aliases, known.languages, strict=True)
    )
    _give_offices(model, pairs)


def _govern(model: Any) -> None:
    """Which country each government governs, where nobody said so: nobody could before there was a place for it."""
    ids = {one.name: one.wikidata for one in shipped_memory().entities if one.type == "place"}
    lands: dict[str, Any] = {}
    for row in model("Entity").objects.filter(type="place").order_by("-shipped", "pk"):
        lands.setdefault(key(row.name), row)
        lands.setdefault(row.wikidata or key(row.name), row)
    bodies: dict[str, Any] = {}
    for row in model("Entity").objects.filter(type="organisation").order_by("-shipped", "pk"):
        bodies.setdefault(key(row.name), row)
    for alias in model("EntityAlias").objects.filter(entity__type="organisation").select_related("entity"):
        bodies.setdefault(key(alias.name), alias.entity)
    changed = []
    for known in (one for one in shipped_memory().entities if one.governs):
        land = lands.get(ids[known.governs]) or lands.get(key(known.governs))
        body = next((bodies[key(name)] for name in (known.name, *known.aliases) if key(name) in bodies), None)
        if land is not None and body is not None and body.governs_id is None:
            body.governs = land
            changed.append(body)
    model("Entity").objects.bulk_update(changed, ["governs"], batch_size=200)


def _give_offices(model: Any, pairs: list[tuple[Any, KnownEntity]]) -> None:
    model("Office").objects.bulk_create(
        model("Office")(entity=row, title=office.title, since=office.since, until=office.until)
        for row, known in pairs
        for office in known.offices
    )


def _fill(
    model: Any,
    found: list[tuple[Any, KnownEntity]],
    by_id: dict[str, Any],
    names: dict[int, list[str]],
    given: frozenset[str],
) -> None:
    """What is empty in rows that shipped: facts, names in languages they lack, offices where none is written."""
    changed = []
    for row, known in found:
        empty = {fact: getattr(known, fact) for fact in FACTS if not getattr(row, fact) and getattr(known, fact)}
        if by_id.get(known.wikidata, row) is not row:
            empty.pop("wikidata", None)
        for fact, value in empty.items():
            setattr(row, fact, value)
        changed += [row] * bool(empty)
    model("Entity").objects.bulk_update(changed, FACTS, batch_size=200)
    language = {
        (row.pk, name): spoken
        for row, known in found
        for name, spoken in zip(known.aliases, known.languages, strict=True)
    }
    untold = [
        alias
        for alias in model("EntityAlias").objects.filter(language="")
        if language.get((alias.entity_id, alias.name))
    ]
    for alias in untold:
        alias.language = language[alias.entity_id, alias.name]
    model("EntityAlias").objects.bulk_update(untold, ["language"], batch_size=200)
    model("EntityAlias").objects.bulk_create(
        model("EntityAlias")(entity=row, name=name, language=spoken)
        for row, known in found
        for name, spoken in zip(known.aliases, known.languages, strict=True)
        if name not in given and name not in (row.name, *names[row.pk])
    )
    held = set(model("Office").objects.values_list("entity", flat=True))
    _give_offices(model, [(row, known) for row, known in found if row.pk not in held])


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_entity_keys_filled")]
    operations = [migrations.RunPython(bring, migrations.RunPython.noop)]
