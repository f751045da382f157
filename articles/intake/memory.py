"""What the desk knows when it reads: the registries, as the core takes them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from articles.core.values import KnownEntity, KnownOutlet, Memory
from articles.intake.pipelines import desk_recognisers
from articles.models import Entity, EntityAlias, Outlet, OutletAlias, OutletDomain


class Rows(NamedTuple):
    """The registries as they stand in the database, as plain rows: they are read anew for every run of items."""

    outlets: list[tuple[Any, ...]]
    outlet_aliases: list[tuple[int, str]]
    domains: list[tuple[int, str]]
    entities: list[tuple[Any, ...]]
    entity_aliases: list[tuple[int, str]]


# The rows read last, and what was made of them.
_last: tuple[Rows, Memory] | None = None


def desk_memory() -> Memory:
    """The outlets and entities of the database. An entity that shares a name with another is ambiguous.

    As long as the rows are the same so are the tuples: what the core has indexed by them holds."""
    global _last
    rows, last = registry_rows(), _last
    if last is not None and rows == last[0]:
        known = last[1]
    else:
        known = Memory(outlets=tuple(_outlets(rows)), entities=tuple(_entities(rows)))
        _last = rows, known
    return Memory(outlets=known.outlets, entities=known.entities, recognisers=desk_recognisers())


def registry_rows() -> Rows:
    return Rows(
        outlets=list(
            Outlet.objects.values_list("pk", "name", "country", "timezone", "language", "is_agency").order_by("name")
        ),
        outlet_aliases=list(OutletAlias.objects.values_list("outlet", "name").order_by("outlet", "name")),
        domains=list(OutletDomain.objects.values_list("outlet", "domain").order_by("outlet", "domain")),
        entities=list(Entity.objects.values_list("pk", "name", "type", "wikidata").order_by("name", "pk")),
        entity_aliases=list(EntityAlias.objects.values_list("entity", "name").order_by("entity", "name")),
    )


def _outlets(rows: Rows) -> Iterator[KnownOutlet]:
    aliases, domains = _together(rows.outlet_aliases), _together(rows.domains)
    for pk, name, country, timezone, language, is_agency in rows.outlets:
        yield KnownOutlet(
            name=name,
            aliases=tuple(aliases[pk]),
            domains=tuple(domains[pk]),
            country=country,
            timezone=timezone,
            language=language,
            is_agency=is_agency,
        )


def _entities(rows: Rows) -> Iterator[KnownEntity]:
    aliases = _together(rows.entity_aliases)
    folded = {pk: {name.casefold() for name in (name, *aliases[pk])} for pk, name, _, _ in rows.entities}
    bearers = Counter(name for names in folded.values() for name in names)
    for pk, name, kind, wikidata in rows.entities:
        yield KnownEntity(
            name=name,
            type=kind,
            aliases=tuple(aliases[pk]),
            wikidata=wikidata,
            ambiguous=any(bearers[one] > 1 for one in folded[pk]),
        )


def _together(rows: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    """key -> the names that stand with it."""
    found = defaultdict[int, list[str]](list)
    for pk, name in rows:
        found[pk].append(name)
    return found
