"""What the desk knows when it reads: the registries, as the core takes them."""

from collections import Counter

from articles.core.values import KnownEntity, KnownOutlet, Memory
from articles.models import Entity, Outlet


def desk_memory() -> Memory:
    """The outlets and entities of the database. An entity that shares a name with another is ambiguous."""
    outlets = tuple(
        KnownOutlet(
            name=outlet.name,
            aliases=tuple(alias.name for alias in outlet.aliases.all()),
            domains=tuple(domain.domain for domain in outlet.domains.all()),
            country=outlet.country,
            timezone=outlet.timezone,
            language=outlet.language,
            is_agency=outlet.is_agency,
        )
        for outlet in Outlet.objects.prefetch_related("aliases", "domains")
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
    return Memory(outlets=outlets, entities=entities)
