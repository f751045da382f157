"""Who bears a name: every entity by its names as names are compared, kept in memory as long as the registry is the same."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Value

from articles.core.entities.linking import family_key
from articles.models.entities import Entity, EntityAlias, EntityLogEntry, name_key

# A change that leaves no trace in the counts (a name corrected in the admin) is seen after so many seconds.
FRESH = 10.0


@dataclass(frozen=True, slots=True)
class Bearers:
    """``names``: name key -> the keys of the entities that bear it; ``families``: family name -> those of persons."""

    names: dict[str, tuple[int, ...]]
    families: dict[str, tuple[int, ...]]
    state: tuple[Any, ...]
    made: float

    def of(self, name: str) -> tuple[int, ...]:
        """The entities that bear a name, of whatever type."""
        return self.names.get(name_key(name), ())


_kept: dict[str, Bearers] = {}


def bearers() -> Bearers:
    """The bearers of all names. Rows, not objects, and only when the registry changed since they were read."""
    state, kept = _state(), _kept.get("")
    if kept is None or kept.state != state or time.monotonic() - kept.made > FRESH:
        kept = _kept[""] = _read(state)
    return kept


def forget_bearers() -> None:
    """Read them anew next time."""
    _kept.clear()


def _state() -> tuple[Any, ...]:
    """How many rows there are and the newest, of what names are made of: one query."""
    entities, aliases, log = (
        model.objects.order_by().values(table=Value(number)).annotate(rows=Count("pk"), newest=Max("pk"))
        for number, model in enumerate((Entity, EntityAlias, EntityLogEntry))
    )
    return tuple(sorted(tuple(row.values()) for row in entities.union(aliases, log, all=True).order_by()))


def _read(state: tuple[Any, ...]) -> Bearers:
    names, families = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for pk, name, type_ in _rows():
        names[name_key(name)].add(pk)
        if type_ == "person" and (family := family_key(name)):
            families[family].add(pk)
    return Bearers(
        {name: tuple(sorted(pks)) for name, pks in names.items()},
        {name: tuple(sorted(pks)) for name, pks in families.items()},
        state,
        time.monotonic(),
    )


def _rows() -> Iterator[tuple[int, str, str]]:
    yield from Entity.objects.order_by().values_list("pk", "name", "type")
    yield from EntityAlias.objects.order_by().values_list("entity", "name", "entity__type")


def shared(pks: Iterable[int]) -> set[int]:
    """Those of these entities that nothing may be linked to without a person's word: another entity, of whatever type,
    bears one of their names, or somebody told them apart from a namesake."""
    wanted = set(pks)
    if not wanted:
        return set()
    apart = Entity.distinct_from.through.objects.filter(from_entity__in=wanted)
    found = set(apart.values_list("from_entity", flat=True))
    left, known = wanted - found, bearers()
    if left:
        rows = [
            *Entity.objects.filter(pk__in=left).values_list("pk", "name"),
            *EntityAlias.objects.filter(entity__in=left).values_list("entity", "name"),
        ]
        found |= {pk for pk, name in rows if len(known.of(name)) > 1}
    return found
