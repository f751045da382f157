"""What is the same for every test and takes long: the registry is read once, and so is a text that many tests bring in;
an article that comes to an empty desk is read and stored once, and its rows are laid down again.

The registry is as the migrations left it for every test whose changes are rolled back; one that writes to it reads it as
the product does, from its first write on. A reading depends on the text and the memory alone, neither on a clock nor on
a database: of the same text with the same memory there is one. An article depends on its text, on what stands beside it,
and on all that the desk knows: it is laid down again only where nobody wrote to the desk before it, in a test that
changes neither a setting nor the product.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from articles.core.reading import read
from articles.core.values import Memory, Reading, Scraped
from articles.intake.memory import Rows, registry_rows

REGISTRY = ("articles_outlet", "articles_entity", "articles_office")
# People and their browsers: what is written there does not change what comes of an article.
PEOPLE = {"auth_user", "auth_user_groups", "auth_user_user_permissions", "django_session"}
_WRITES = re.compile(r'(?:INSERT INTO|INSERT OR IGNORE INTO|UPDATE|DELETE FROM) "(\w+)"')
_BACK = "ROLLBACK TO SAVEPOINT "
# The most values of one article that are kept: a database takes so many in one statement.
MOST_VALUES = 30_000


class Watch:
    """Sees every statement that one test sends to the database: the tables that it wrote to, "" for what is unclear.
    What is rolled back was never written."""

    def __init__(self) -> None:
        self.written: set[str] = set()
        self._saved: dict[str, set[str]] = {}

    def __call__(self, execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        done = execute(sql, *args)
        if sql.startswith("SAVEPOINT "):
            self._saved[sql.removeprefix("SAVEPOINT ")] = set(self.written)
        elif sql.startswith(_BACK):
            self.written = set(self._saved.get(sql.removeprefix(_BACK), {""}))
        elif not sql.startswith(("SELECT", "(SELECT", "RELEASE")):
            found = _WRITES.match(sql)
            self.written.add(found[1] if found else "")
        return done


class KeptRegistry:
    """Stands for ``registry_rows`` in one test."""

    _rows: Rows | None = None

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    @property
    def written(self) -> bool:
        return any(not table or table.startswith(REGISTRY) for table in self._watch.written)

    def __call__(self) -> Rows:
        if self.written:
            return registry_rows()
        if KeptRegistry._rows is None:
            KeptRegistry._rows = registry_rows()
        return KeptRegistry._rows


# Texts with what stands beside them, and a memory each -> what was read. The parts of the memory are held, so that
# their ids stay theirs.
_readings: OrderedDict[tuple[Any, ...], tuple[Memory, Reading]] = OrderedDict()
MOST = 300


def read_once(scraped: Scraped, memory: Memory) -> Reading:
    """``read``, once for the same text and the same registries. What an outlet's memory says is read anew."""
    if memory.outlet is not None or memory.facts or memory.recognisers:
        return read(scraped, memory)
    key = (repr(replace(scraped, received_at=None)), id(memory.outlets), id(memory.entities), id(memory.learned))
    if key not in _readings:
        if len(_readings) >= MOST:
            _readings.popitem(last=False)
        _readings[key] = memory, read(scraped, memory)
    _readings.move_to_end(key)
    return replace(_readings[key][1], scraped=scraped)


class Snapshot(NamedTuple):
    """The rows of an article: its key, what stood in each table, whose it is, and when it came in."""

    pk: int
    rows: dict[type[Model], list[tuple[Any, ...]]]
    owners: dict[int, str]
    begun: datetime
    ended: datetime


class KeptArticles:
    """Stands for ``bring_in`` of the factories in one test."""

    _kept: dict[tuple[Any, ...], Snapshot] = {}

    def __init__(self, watch: Watch, make: Callable[..., int], changed: Callable[[], bool] = lambda: False) -> None:
        self._watch = watch
        self._make = make
        self._changed = changed

    def __call__(self, *people: User, **how: Any) -> int:
        if self._watch.written - PEOPLE or self._changed():
            return self._make(*people, **how)
        key = (*(person.username for person in people), *sorted(how.items()))
        if key not in self._kept:
            begun = timezone.now()
            pk = self._make(*people, **how)
            if self._watch.written - PEOPLE <= set(_tables()):
                kept = snapshot(pk, self._watch.written - PEOPLE, people, begun)
                if all(len(rows) * len(rows[0]) <= MOST_VALUES for rows in kept.rows.values()):
                    self._kept[key] = kept
            return pk
        kept = self._kept[key]
        lay_down(kept, people)
        return kept.pk


@cache
def _tables() -> dict[str, type[Model]]:
    """The tables of the desk that are empty when a test begins."""
    models = apps.get_app_config("articles").get_models(include_auto_created=True)
    tables = {model._meta.db_table: model for model in models}
    return {table: model for table, model in tables.items() if not table.startswith(REGISTRY)}


def rows_of(model: type[Model]) -> list[tuple[Any, ...]]:
    """All that stands in a table, as the database says it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_columns(model)} FROM {model._meta.db_table}")  # noqa: S608
        return list(cursor.fetchall())


def snapshot(pk: int, tables: set[str], people: tuple[User, ...], begun: datetime) -> Snapshot:
    rows = {_tables()[table]: rows_of(_tables()[table]) for table in sorted(tables)}
    return Snapshot(
        pk=pk,
        rows={model: found for model, found in rows.items() if found},
        owners={person.pk: person.username for person in people},
        begun=begun,
        ended=timezone.now(),
    )


def lay_down(kept: Snapshot, people: tuple[User, ...]) -> None:
    """Write the rows as they were, as if they were made now, by the people of this test."""
    keys = {person.username: person.pk for person in people}
    whose = {old: keys[name] for old, name in kept.owners.items()}
    later = timezone.now() - kept.ended
    with connection.cursor() as cursor:
        for model, rows in kept.rows.items():
            table = connection.ops.quote_name(model._meta.db_table)
            marks = ", ".join([f"({', '.join(['%s'] * len(rows[0]))})"] * len(rows))
            values = [value for row in rows for value in _anew(model, row, whose, kept, later)]
            cursor.execute(f"INSERT INTO {table} ({_columns(model)}) VALUES {marks}", values)  # noqa: S608


def _anew(
    model: type[Model], row: tuple[Any, ...], whose: dict[int, int], kept: Snapshot, later: timedelta
) -> Iterator[Any]:
    for field, value in zip(model._meta.concrete_fields, row, strict=True):
        if isinstance(value, datetime):
            aware = value if value.tzinfo else value.replace(tzinfo=UTC)
            moment = aware + later if kept.begun <= aware <= kept.ended else aware
            yield connection.ops.adapt_datetimefield_value(moment)
        elif field.related_model is User and value is not None:
            yield whose[value]
        else:
            yield value


def _columns(model: type[Model]) -> str:
    return ", ".join(connection.ops.quote_name(field.column) for field in model._meta.concrete_fields)
