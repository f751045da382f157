"""What the desk knows when it reads: the registries, as the core takes them."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Q

from articles.core.entities.learned import ENOUGH, lessons
from articles.core.folding import key
from articles.core.values import KnownEntity, KnownOutlet, Learned, Memory, SaidOfName
from articles.intake.pipelines import desk_recognisers
from articles.models import Entity, EntityAlias, Outlet, OutletAlias, OutletDomain, RememberedName

# The most names that people spoke of whose lessons are loaded.
MOST_NAMES = 20_000
# What was said of names when they were read last, and what follows from it.
_last_said: tuple[list[SaidOfName], Learned] = [], Learned()


def desk_memory() -> Memory:
    """The outlets and entities of the database. An entity that shares a name with another, or that somebody told
    apart from one, is ambiguous."""
    aliases, domains = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for pk, alias in OutletAlias.objects.values_list("outlet", "name"):
        aliases[pk].append(alias)
    for pk, domain in OutletDomain.objects.values_list("outlet", "domain"):
        domains[pk].append(domain)
    outlets = tuple(
        KnownOutlet(
            name=name,
            aliases=tuple(aliases[pk]),
            domains=tuple(domains[pk]),
            country=country,
            timezone=timezone,
            language=language,
            is_agency=is_agency,
        )
        for pk, name, country, timezone, language, is_agency in Outlet.objects.values_list(
            "pk", "name", "country", "timezone", "language", "is_agency"
        )
    )
    return Memory(
        outlets=outlets,
        entities=tuple(_entities()),
        learned=_learned(),
        recognisers=desk_recognisers(),
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


def _entities() -> Iterator[KnownEntity]:
    """Rows, not objects: they are read anew for every run of items. Names are compared folded, as the matcher does."""
    aliases = defaultdict[int, list[str]](list)
    for pk, alias in EntityAlias.objects.values_list("entity", "name"):
        aliases[pk].append(alias)
    rows = list(Entity.objects.values_list("pk", "name", "type", "wikidata"))
    folded = {pk: {key(name) for name in (name, *aliases[pk])} for pk, name, _, _ in rows}
    apart = set(Entity.distinct_from.through.objects.values_list("from_entity", flat=True))
    bearers = Counter(name for names in folded.values() for name in names)
    for pk, name, kind, wikidata in rows:
        yield KnownEntity(
            name=name,
            type=kind,
            aliases=tuple(aliases[pk]),
            wikidata=wikidata,
            ambiguous=pk in apart or any(bearers[one] > 1 for one in folded[pk]),
        )
