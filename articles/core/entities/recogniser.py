"""Mentions of a text: registry names first, then names that the words around them give away."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from articles.core.entities import words as w
from articles.core.entities.matcher import Index, index_of, matches
from articles.core.folding import fold, key
from articles.core.values import EntityType, KnownEntity, Memory, Mention, Passage

Scope = Literal["text", "caption"]
SCOPES: dict[str, Scope] = {
    **dict.fromkeys(("title", "subtitle", "body", "heading", "quote", "list"), "text"),
    **dict.fromkeys(("caption", "credit"), "caption"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A mention at ``[start, end)`` of its passage's text, before overlaps are settled."""

    start: int
    end: int
    type: EntityType
    score: float
    entity: KnownEntity | None = None
    registry: bool = False


def find(passages: Sequence[Passage], memory: Memory, language: str) -> tuple[Mention, ...]:
    """Suggested tags in reading order, none inside another; none from bylines, date lines or page furniture.

    ``language`` is not used yet: the rules of French and English do not get in each other's way.
    """
    read = [passage for passage in passages if passage.block.kind in SCOPES]
    signers = _signers(passages)
    places = _single_names(memory.entities)
    index = index_of(memory.entities)
    chosen = [list(_settled(_all(passage.text, index), passage.text)) for passage in read]
    people = _surnames(chosen, read, places)
    mentions: list[Mention] = []
    for passage, found in zip(read, chosen, strict=True):
        found = _settled([*found, *_again(passage.text, people)], passage.text)
        mentions += [_mention(passage, one, signers) for one in found]
    return tuple(sorted(mentions, key=lambda mention: mention.span))


def _mention(passage: Passage, one: Found, signers: str) -> Mention:
    surface = passage.text[one.start : one.end]
    entity = one.entity.name if one.entity is not None else None
    score = one.score
    if one.type == "person" and key(surface) in signers:
        # Whoever signs the page may bear the name of somebody in public life.
        entity, score = None, min(score, 0.5)
    return Mention(
        span=passage.raw(one.start, one.end),
        surface=surface,
        type=one.type,
        score=round(score, 2),
        origin="registry" if one.registry else "model",
        entity=entity,
        scope=SCOPES[passage.block.kind],
    )


def _signers(passages: Sequence[Passage]) -> str:
    return " | ".join(key(passage.text) for passage in passages if passage.block.kind in ("byline", "date"))


def _single_names(entities: Iterable[KnownEntity]) -> frozenset[str]:
    return frozenset(
        key(name) for entity in entities if entity.type != "person" for name in (entity.name, *entity.aliases)
    )


def _all(text: str, index: Index) -> Iterator[Found]:
    yield from _registry(text, index)
    yield from _persons(text)
    for pattern, score in w.ORGANISATION:
        for match in pattern.finditer(text):
            yield Found(start=match.start(), end=match.end(), type="organisation", score=score)
    for pattern, score in w.EVENT:
        for match in pattern.finditer(text):
            yield Found(start=match.start(), end=match.end(), type="event", score=score)
    for match in w.PLACE.finditer(text):
        if match["name"] not in w.given_names() and fold(match["name"]) not in w.NOT_PERSONS:
            yield Found(start=match.start("name"), end=match.end("name"), type="place", score=0.5)
    for match in w.PAREN_ACRONYM.finditer(text):
        initials = "".join(word[0] for word in fold(match["long"]).replace("'", " ").replace("-", " ").split())
        if fold(match["short"])[0] in initials:
            yield Found(start=match.start("short"), end=match.end("short"), type="organisation", score=0.5)


def _registry(text: str, index: Index) -> Iterator[Found]:
    for hit in matches(text, index):
        surface = text[hit.start : hit.end]
        single = not any(char in surface for char in " -'’")
        if single and fold(surface) in w.COMMON and _opens(text, hit.start):
            continue
        score = (0.9 if single else 0.97) if hit.exact else 0.65
        yield Found(
            start=hit.start,
            end=hit.end,
            type=hit.entity.type,
            score=score if hit.sole else 0.5,
            entity=hit.entity if hit.sole else None,
            registry=True,
        )


def _opens(text: str, at: int) -> bool:
    """Whether a word opens a sentence, so that its capital says nothing."""
    before = text[max(0, at - 4) : at].rstrip(" \u00a0\"«“(’'")
    return not before or before[-1] in ".!?:\n-–—•"


def _persons(text: str) -> Iterator[Found]:
    given = w.given_names()
    for match in w.PERSON.finditer(text):
        yield from _by_given_name(text, match.start(), match.end(), given)
    for pattern, score in (
        (w.TITLED, 0.8),
        (w.SPEAKS, 0.6),
        (w.SPOKEN_BY, 0.7),
        (w.IN_OFFICE, 0.75),
        (w.AGED, 0.7),
        (w.APPOSED, 0.65),
    ):
        for match in pattern.finditer(text):
            name = match["name"]
            if _is_name(name) and (" " in name or not name.isupper()):
                yield Found(start=match.start("name"), end=match.end("name"), type="person", score=score)


def _by_given_name(text: str, start: int, end: int, given: frozenset[str]) -> Iterator[Found]:
    """A run of capitals from its first word that is a given name; the words before it belong to something else."""
    at = start
    while at < end:
        word = text[at:end].split(" ")[0].split("\u00a0")[0]
        first = word.split("-")[0]
        if (word in given or first in given) and _is_name(text[at:end]) and len(text[at:end].split()) > 1:
            yield Found(start=at, end=end, type="person", score=0.85)
            return
        at += len(word) + 1


def _is_name(name: str) -> bool:
    """Whether no word of it is one that persons' names do not hold."""
    found = name.replace("\u00a0", " ").split()
    return not any(
        fold(word) in w.NOT_PERSONS and word[:1].isupper() and fold(word) not in ("le", "la") for word in found
    )


def _settled(found: Iterable[Found], text: str) -> list[Found]:
    """One mention for any words: the longest, then the registry's, then the surest."""
    taken = bytearray(len(text) + 1)
    kept = []
    for one in sorted(found, key=_rank):
        if one.end > one.start and not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _rank(one: Found) -> tuple[int, int, float]:
    return -(one.end - one.start), 0 if one.registry else 1, -one.score


def _surnames(chosen: Sequence[Sequence[Found]], read: Sequence[Passage], others: frozenset[str]) -> dict[str, Found]:
    """Last names of the persons found by their whole name; a name that two of them share names neither."""
    people: dict[str, Found] = {}
    shared: set[str] = set()
    whole: dict[str, str] = {}
    for passage, found in zip(read, chosen, strict=True):
        for one in found:
            parts = passage.text[one.start : one.end].replace("\u00a0", " ").split()
            if one.type != "person" or len(parts) < 2:
                continue
            last = parts[-1]
            if len(last) < 3 or key(last) in others or last in w.given_names():
                continue
            if last in whole and whole[last] != key(" ".join(parts)):
                shared.add(last)
            whole[last] = key(" ".join(parts))
            people.setdefault(last, one)
    return {name: replace(one, entity=None) if name in shared else one for name, one in people.items()}


def _again(text: str, people: dict[str, Found]) -> Iterator[Found]:
    """Later mentions of a person by the last name alone."""
    if not people:
        return
    for match in w.LAST_NAME.finditer(text):
        if one := people.get(match[0]):
            yield replace(one, start=match.start(), end=match.end(), score=min(one.score, 0.75))
