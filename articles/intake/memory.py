"""What the desk knows when it reads: the registries, as the core takes them."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from articles.core.values import KnownEntity, KnownOutlet, Memory
from articles.core.values import Office as Held
from articles.intake.pipelines import desk_recognisers
from articles.models import Entity, EntityAlias, Office, Outlet, OutletAlias, OutletDomain


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
    return Memory(outlets=outlets, entities=tuple(_entities()), recognisers=desk_recognisers())


def _entities() -> Iterator[KnownEntity]:
    """Rows, not objects: they are read anew for every run of items."""
    aliases, languages = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for pk, alias, language in EntityAlias.objects.values_list("entity", "name", "language"):
        aliases[pk].append(alias)
        languages[pk].append(language)
    offices = defaultdict[int, list[Held]](list)
    for pk, *held in Office.objects.values_list("entity", "title", "since", "until"):
        offices[pk].append(Held(*held))
    rows = list(Entity.objects.values_list("pk", "name", "type", "wikidata", "description", "country", "source"))
    folded = {pk: {name.casefold() for name in (name, *aliases[pk])} for pk, name, *_ in rows}
    bearers = Counter(name for names in folded.values() for name in names)
    for pk, name, kind, wikidata, description, country, source in rows:
        yield KnownEntity(
            name=name,
            type=kind,
            aliases=tuple(aliases[pk]),
            languages=tuple(languages[pk]),
            wikidata=wikidata,
            ambiguous=any(bearers[one] > 1 for one in folded[pk]),
            description=description,
            country=country,
            offices=tuple(offices[pk]),
            source=source,
        )
