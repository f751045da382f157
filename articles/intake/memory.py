"""What the desk knows when it reads: the registries, as the core takes them."""

from collections import Counter, defaultdict

from articles.core.values import KnownEntity, KnownOutlet, Memory
from articles.intake.pipelines import desk_recognisers
from articles.models import Entity, Outlet, OutletAlias, OutletDomain


def desk_memory() -> Memory:
    """The outlets and entities of the database. An entity that shares a name with another is ambiguous."""
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
    rows = list(Entity.objects.prefetch_related("aliases"))
    names = Counter(
        folded for row in rows for folded in {row.name.casefold(), *(a.name.casefold() for a in row.aliases.all())}
    )
    entities = tuple(
        KnownEntity(
            name=row.name,
            type=row.type,
            aliases=tuple(alias.name for alias in row.aliases.all()),
            wikidata=row.wikidata,
            ambiguous=any(
                names[name.casefold()] > 1 for name in (row.name, *(alias.name for alias in row.aliases.all()))
            ),
        )
        for row in rows
    )
    return Memory(outlets=outlets, entities=entities, recognisers=desk_recognisers())
