"""Who bears a name: the registry asked by its names as they are compared, a few queries for however many names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from articles.core.entities.linking import family_key
from articles.models.entities import Entity, EntityAlias
from articles.models.keys import entity_key


@dataclass(frozen=True, slots=True)
class Bearers:
    """``names``: name as it is compared -> the keys of the entities that bear it; ``families``: family name -> those of
    persons whose name ends with it; ``governs``: entity -> the code of the country that it governs."""

    names: Mapping[str, tuple[int, ...]]
    families: Mapping[str, tuple[int, ...]]
    governs: Mapping[int, str] = field(default_factory=dict)

    def of(self, name: str) -> tuple[int, ...]:
        """The entities that bear a name, of whatever type."""
        return self.names.get(entity_key(name), ())

    def of_family(self, name: str) -> tuple[int, ...]:
        """The persons who bear it as their family name."""
        return self.families.get(entity_key(name), ())

    def governing(self, codes: Iterable[str]) -> tuple[int, ...]:
        """Who governs the countries of these codes."""
        wanted = set(codes)
        return tuple(sorted(pk for pk, code in self.governs.items() if code in wanted))


def bearers(names: Iterable[str], families: Iterable[str] = (), codes: Iterable[str] = ()) -> Bearers:
    """Who bears these names, which persons these family names, and who governs the countries of these codes."""
    wanted = sorted(codes)
    rows = Entity.objects.governing(*wanted).values_list("pk", "governs__country", "country") if wanted else ()
    governs = {pk: land or own for pk, land, own in rows}
    said, ends = {entity_key(name) for name in names}, {entity_key(name) for name in families}
    found, related = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    asked = Q(key__in=said)
    for end in ends - {""}:
        asked |= Q(key__endswith=f" {end}")
    for pk, name, key, type_ in _rows(asked) if said or ends else ():
        found[key].add(pk)
        if type_ == "person" and (family := family_key(name)) in ends:
            related[family].add(pk)
    return Bearers(_sorted(found), _sorted(related), governs)


def _rows(entities: Q, aliases: Q | None = None) -> Iterator[tuple[int, str, str, str]]:
    """(key of the entity, name, the name as it is compared, type) for names and aliases, in one query."""
    names = Entity.objects.filter(entities).order_by().values_list("pk", "name", "key", "type")
    others = EntityAlias.objects.filter(entities if aliases is None else aliases).order_by()
    yield from names.union(others.values_list("entity", "name", "key", "entity__type"), all=True)


def _sorted(found: Mapping[str, set[int]]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(sorted(pks)) for name, pks in found.items()}


def shared(pks: Iterable[int]) -> set[int]:
    """Those of these entities that nothing may be linked to without a person's word: another entity, of whatever type,
    bears one of their names, or somebody told them apart from a namesake."""
    wanted = set(pks)
    if not wanted:
        return set()
    apart = Entity.distinct_from.through.objects.filter(from_entity__in=wanted)
    found = set(apart.values_list("from_entity", flat=True))
    left = wanted - found
    own = [(pk, key) for pk, _, key, _ in _rows(Q(pk__in=left), Q(entity__in=left))] if left else []
    others = defaultdict[str, set[int]](set)
    for pk, _, key, _ in _rows(Q(key__in={key for _, key in own})) if own else ():
        others[key].add(pk)
    return found | {pk for pk, key in own if others[key] - {pk}}
