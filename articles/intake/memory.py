"""What the desk knows when it reads: the registries and what people said of names, as the core takes them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Q

from articles.core.entities.learned import ENOUGH, lessons
from articles.core.folding import key
from articles.core.values import KnownEntity, KnownOutlet, Learned, Memory, SaidOfName
from articles.core.values import Office as Held
from articles.intake.pipelines import desk_recognisers
from articles.models import Entity, EntityAlias, Office, Outlet, OutletAlias, OutletDomain, RememberedName

# The most names that people spoke of whose lessons are loaded.
MOST_NAMES = 20_000


class Rows(NamedTuple):
    """The registries as they stand in the database, as plain rows: they are read anew for every run of items.
    ``apart``: the keys of entities that somebody told apart from one of the same name."""

    outlets: list[tuple[Any, ...]]
    outlet_aliases: list[tuple[Any, ...]]
    domains: list[tuple[Any, ...]]
    entities: list[tuple[Any, ...]]
    entity_aliases: list[tuple[Any, ...]]
    offices: list[tuple[Any, ...]]
    apart: list[int]


# The rows read last, and what was made of them.
_last: tuple[Rows, Memory] | None = None
# What was said of names when they were read last, and what follows from it.
_last_said: tuple[list[SaidOfName], Learned] = [], Learned()


def desk_memory() -> Memory:
    """The outlets and entities of the database. An entity that shares a name with another, or that somebody told apart
    from one, is ambiguous.

    As long as the rows are the same so are the tuples: what the core has indexed by them holds."""
    global _last
    rows, last = registry_rows(), _last
    if last is not None and rows == last[0]:
        known = last[1]
    else:
        known = Memory(outlets=tuple(_outlets(rows)), entities=tuple(_entities(rows)))
        _last = rows, known
    return Memory(outlets=known.outlets, entities=known.entities, learned=_learned(), recognisers=desk_recognisers())


def registry_rows() -> Rows:
    entities = Entity.objects.order_by("name", "pk")
    return Rows(
        outlets=list(
            Outlet.objects.values_list("pk", "name", "country", "timezone", "language", "is_agency").order_by("name")
        ),
        outlet_aliases=list(OutletAlias.objects.values_list("outlet", "name").order_by("outlet", "name")),
        domains=list(OutletDomain.objects.values_list("outlet", "domain").order_by("outlet", "domain")),
        entities=list(
            entities.values_list("pk", "name", "type", "wikidata", "description", "country", "source", "governs__name")
        ),
        entity_aliases=list(EntityAlias.objects.values_list("entity", "name", "language").order_by("entity", "name")),
        offices=list(Office.objects.values_list("entity", "title", "since", "until").order_by("entity", "since", "pk")),
        apart=list(Entity.distinct_from.through.objects.order_by("pk").values_list("from_entity", flat=True)),
    )


def _learned() -> Learned:
    """As long as the rows are the same so is what follows from them: what the core has indexed by it holds."""
    global _last_said
    rows = list(_said_of_names())
    if rows != _last_said[0]:
        _last_said = rows, lessons(rows)
    return _last_said[1]


def _said_of_names() -> Iterator[SaidOfName]:
    """All that was said of the names of which people said the same often enough, the most often first."""
    often = RememberedName.objects.filter(Q(confirmed__gte=ENOUGH) | Q(confirmed=0, rejected__gte=ENOUGH))
    keys = often.order_by("-confirmed", "-rejected", "pk").values("key")[:MOST_NAMES]
    rows = RememberedName.objects.filter(key__in=keys)
    yield from map(
        SaidOfName._make, rows.order_by("key", "type").values_list("key", "type", "name", "confirmed", "rejected")
    )


def _outlets(rows: Rows) -> Iterator[KnownOutlet]:
    aliases, domains = _together(rows.outlet_aliases), _together(rows.domains)
    for pk, name, country, timezone, language, is_agency in rows.outlets:
        yield KnownOutlet(
            name=name,
            aliases=tuple(alias for (alias,) in aliases[pk]),
            domains=tuple(domain for (domain,) in domains[pk]),
            country=country,
            timezone=timezone,
            language=language,
            is_agency=is_agency,
        )


def _entities(rows: Rows) -> Iterator[KnownEntity]:
    """Names are compared folded, as the matcher does."""
    aliases, offices, apart = _together(rows.entity_aliases), _together(rows.offices), set(rows.apart)
    folded = {pk: {key(name), *(key(alias) for alias, _ in aliases[pk])} for pk, name, *_ in rows.entities}
    bearers = Counter(name for names in folded.values() for name in names)
    for pk, name, kind, wikidata, description, country, source, governs in rows.entities:
        yield KnownEntity(
            name=name,
            type=kind,
            aliases=tuple(alias for alias, _ in aliases[pk]),
            languages=tuple(language for _, language in aliases[pk]),
            wikidata=wikidata,
            ambiguous=pk in apart or any(bearers[one] > 1 for one in folded[pk]),
            description=description,
            country=country,
            offices=tuple(Held(*held) for held in offices[pk]),
            source=source,
            governs=governs or "",
        )


def _together(rows: Iterable[tuple[Any, ...]]) -> defaultdict[int, list[tuple[Any, ...]]]:
    """key -> the rest of the rows that stand with it."""
    found = defaultdict[int, list[tuple[Any, ...]]](list)
    for pk, *rest in rows:
        found[pk].append(tuple(rest))
    return found
