"""How many independent sources stand behind several articles: counted from what they share and whom they name."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin[K: Hashable]:
    """Articles that go back to one source, and why, in phrases; one alone has no reason."""

    members: tuple[K, ...]
    because: tuple[str, ...] = ()


def count_origins[K: Hashable](
    members: Sequence[K],
    *,
    shared: Iterable[tuple[K, K, str]] = (),
    sources: Mapping[K, Mapping[str, str]] | None = None,
    publishers: Mapping[K, str] | None = None,
) -> list[Origin[K]]:
    """The origins of these articles, the one with most of them first. ``shared`` are pairs that share words, with a
    phrase that says so; ``sources`` the agencies and outlets that an article says it is from (key -> name);
    ``publishers`` the key of who published it: what was taken from there goes back to it."""
    named: dict[str, list[tuple[K, str]]] = {}
    for member in members:
        for key, name in (sources or {}).get(member, {}).items():
            named.setdefault(key, []).append((member, name))
    links = list(shared)
    for key, rows in named.items():
        first, name = rows[0]
        links += [(first, member, f"both are from {name}") for member, _ in rows[1:]]
        for owner in members:
            if (publishers or {}).get(owner) == key:
                links += [(member, owner, f"one is taken from the other, {name}") for member, _ in rows[:1]]
    return _joined(members, links)


def _joined[K: Hashable](members: Sequence[K], links: Iterable[tuple[K, K, str]]) -> list[Origin[K]]:
    group = {member: {member} for member in members}
    reasons: dict[int, list[str]] = {}
    for one, two, because in links:
        if one not in group or two not in group or one == two:
            continue
        mine, theirs = group[one], group[two]
        if mine is not theirs:
            mine |= theirs
            reasons.setdefault(id(mine), []).extend(reasons.pop(id(theirs), []))
            for member in theirs:
                group[member] = mine
        if because not in reasons.setdefault(id(mine), []):
            reasons[id(mine)].append(because)
    origins = []
    for member in members:
        if member in group:
            found = group[member]
            inside = tuple(other for other in members if other in found)
            origins.append(Origin(members=inside, because=tuple(reasons.get(id(found), ()))))
            for other in inside:
                del group[other]
    return sorted(origins, key=lambda origin: -len(origin.members))
