"""What people said of names as suggestions, used on the next article: what they rejected stays away, what they confirmed
is found. Where they said different things of a name, the recogniser's word stays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from articles.core.entities import words as w
from articles.core.entities.found import Found, opens, settled
from articles.core.entities.matcher import Index, matches
from articles.core.folding import fold, key
from articles.core.values import EntityType, KnownEntity, Learned, SaidOfName

# On how many articles people must have said the same of a name before it counts.
ENOUGH = 2
# How often a name is right that people confirmed so often, and never otherwise.
CONFIRMED = 0.92
# What the name of a country or capital means where people confirmed it as this type.
MEANT: dict[EntityType, Literal["place", "power"]] = {"place": "place", "organisation": "power"}


def lessons(said: Iterable[SaidOfName]) -> Learned:
    """What follows from what was said. ``said`` holds every row of the names in it, one a name and type."""
    by_name: dict[str, list[SaidOfName]] = {}
    for row in said:
        by_name.setdefault(row.key, []).append(row)
    found: dict[str, EntityType] = {}
    unwanted: dict[str, frozenset[EntityType]] = {}
    names: list[KnownEntity] = []
    senses: dict[str, Literal["place", "power"]] = {}
    for name, rows in sorted(by_name.items()):
        if name in w.power_keys():
            meant = [row for row in rows if row.type in MEANT and row.confirmed]
            if len(meant) == 1 and meant[0].confirmed >= ENOUGH:
                senses[name] = MEANT[meant[0].type]
        never = frozenset(row.type for row in rows if row.rejected >= ENOUGH and not row.confirmed)
        right = [row for row in rows if row.confirmed]
        if never:
            unwanted[name] = never
        if senses.get(name) == "power":
            # "Rabat" is the place or who governs there, as the words say: neither type is its only one.
            continue
        if len(right) == 1 and right[0].confirmed >= ENOUGH and not right[0].rejected:
            found[name] = right[0].type
            names.append(KnownEntity(name=right[0].name, type=right[0].type))
    return Learned(types=found, unwanted=unwanted, names=tuple(names), senses=senses)


def with_lessons(text: str, found: Sequence[Found], learned: Learned, index: Index, *, credit: bool) -> list[Found]:
    """What was found in a passage, of the types that people gave, and with the names that nothing found: not inside or
    across another name, nor in a credit, which is no sentence. ``index`` holds the names."""
    typed = [_typed(text, one, learned) for one in found]
    missed = [] if credit else [one for one in _missed(text, index) if not any(_cuts(one, other) for other in typed)]
    return settled([*typed, *missed], text) if missed else typed


def wanted(text: str, found: Sequence[Found], learned: Learned) -> list[Found]:
    """What was found, without what people rejected and never confirmed."""
    if not learned.unwanted:
        return list(found)
    return [one for one in found if one.type not in learned.unwanted.get(key(text[one.start : one.end]), ())]


def _typed(text: str, one: Found, learned: Learned) -> Found:
    type_ = learned.types.get(key(text[one.start : one.end]))
    if type_ is None:
        return one
    if type_ == one.type:
        return replace(one, score=max(one.score, CONFIRMED))
    return replace(one, type=type_, score=CONFIRMED, entity=None, registry=False)


def _missed(text: str, index: Index) -> Iterator[Found]:
    for hit in matches(text, index):
        surface = text[hit.start : hit.end]
        common = not any(char in surface for char in " -'’") and fold(surface) in w.COMMON and opens(text, hit.start)
        if hit.exact and hit.sole and not common:
            yield Found(start=hit.start, end=hit.end, type=hit.entity.type, score=CONFIRMED)


def _cuts(one: Found, other: Found) -> bool:
    """Whether a name shares words with another that it does not hold whole, or is the same."""
    inside = one.start <= other.start and other.end <= one.end and one.end - one.start > other.end - other.start
    return one.start < other.end and other.start < one.end and not inside
