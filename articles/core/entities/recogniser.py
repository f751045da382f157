"""Mentions of a text: what a recogniser finds (or the rules, where there is none), and the names of the registry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from articles.core.entities import senses, within
from articles.core.entities import words as w
from articles.core.entities.english import names_by_lists
from articles.core.entities.found import Found, opens, settled
from articles.core.entities.matcher import Hit, Index, index_of, matches
from articles.core.entities.rules import names_by_context
from articles.core.entities.trained import shipped
from articles.core.folding import fold, key
from articles.core.values import KnownEntity, Memory, Mention, NamedWords, Passage

Scope = Literal["text", "caption"]
SCOPES: dict[str, Scope] = {
    **dict.fromkeys(("title", "subtitle", "body", "heading", "quote", "list"), "text"),
    **dict.fromkeys(("caption", "credit"), "caption"),
}
# How often a name of the registry is right where a recogniser says the same, says another type, or says nothing.
AGREED, TYPE_AGAINST, ALONE, ALONE_SEVERAL = 0.98, 0.6, 0.55, 0.9
# A recogniser that is so sure of a type is believed against the registry.
SURE = 0.9


def find(passages: Sequence[Passage], memory: Memory, language: str) -> tuple[Mention, ...]:
    """Suggested tags in reading order, none inside another; none from bylines, date lines or page furniture.

    ``language`` chooses the recogniser: the desk's own for it, else the one that comes with the project, else rules.
    """
    read = [passage for passage in passages if _counts(passage)]
    texts = [passage.text for passage in read]
    index = index_of(memory.entities)
    recognise = memory.recognisers.get(language) or shipped(language)
    if recognise is None:
        chosen = [settled([*_registry(text, index), *_by_rules(text, language)], text) for text in texts]
    else:
        named = recognise(texts)
        chosen = [_both(text, names, index) for text, names in zip(texts, named, strict=True)]
    people = within.families(texts, chosen, _not_persons(memory.entities))
    letters = within.acronyms(texts, chosen)
    signers = _signers(passages)
    mentions: list[Mention] = []
    for passage, found in zip(read, chosen, strict=True):
        text = passage.text
        found = settled([*found, *within.again(text, found, people), *within.spelled_out(text, found, letters)], text)
        mentions += [_mention(passage, within.linked(text, one, people, letters), signers) for one in found]
    return tuple(sorted(mentions, key=lambda mention: mention.span))


def _by_rules(text: str, language: str) -> Iterator[Found]:
    yield from names_by_context(text)
    if language == "en":
        yield from names_by_lists(text)


def _counts(passage: Passage) -> bool:
    """Whether a passage gives tags: title and kept text, and captions and credits of their own scope."""
    scope = SCOPES.get(passage.block.kind)
    return scope == "caption" or (scope == "text" and passage.block.kept)


def _mention(passage: Passage, one: Found, signers: str) -> Mention:
    surface = passage.text[one.start : one.end]
    entity = one.entity.name if one.entity is not None else None
    score, whole = one.score, one.whole if key(one.whole) != key(surface) else ""
    if one.type == "person" and (key(surface) in signers or (whole and key(whole) in signers)):
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
        whole=whole,
        sense=senses.sense(passage.text, one.start, one.end) if one.type == "place" and senses.governs(surface) else "",
    )


def _signers(passages: Sequence[Passage]) -> str:
    return " | ".join(key(passage.text) for passage in passages if passage.block.kind in ("byline", "date"))


def _not_persons(entities: Iterable[KnownEntity]) -> frozenset[str]:
    return frozenset(
        key(name) for entity in entities if entity.type != "person" for name in (entity.name, *entity.aliases)
    )


def _both(text: str, names: Sequence[NamedWords], index: Index) -> list[Found]:
    """What the recogniser and the registry say together of a passage."""
    said = {(one.start, one.end): one for one in names}
    found: list[Found] = []
    for one in _registry(text, index):
        same = said.pop((one.start, one.end), None)
        if same is not None:
            found.append(_agreed(one, same))
            continue
        over = [name for name in said.values() if name.start < one.end and one.start < name.end]
        if any(name.start <= one.start and one.end <= name.end for name in over):
            continue
        several = any(char in text[one.start : one.end] for char in " -")
        if several or over:
            found.append(replace(one, score=min(one.score, ALONE_SEVERAL)))
        elif one.score > ALONE:
            found.append(replace(one, score=ALONE))
    found += [Found(start=one.start, end=one.end, type=one.type, score=one.sure) for one in said.values()]
    return settled(found, text)


def _agreed(one: Found, name: NamedWords) -> Found:
    if one.type == name.type:
        return replace(one, score=max(name.sure, AGREED if one.score > SURE else one.score))
    if name.sure >= SURE:
        return replace(one, type=name.type, score=name.sure, entity=None, registry=False)
    return replace(one, score=TYPE_AGAINST)


def _registry(text: str, index: Index) -> Iterator[Found]:
    for hit in matches(text, index):
        surface = text[hit.start : hit.end]
        single = not any(char in surface for char in " -'’")
        if single and fold(surface) in w.COMMON and opens(text, hit.start):
            continue
        score = (0.92 if single else 0.97) if hit.exact else 0.65
        yield _of_registry(hit, score)


def _of_registry(hit: Hit, score: float) -> Found:
    return Found(
        start=hit.start,
        end=hit.end,
        type=hit.entity.type,
        score=score if hit.sole else 0.5,
        entity=hit.entity if hit.sole else None,
        registry=True,
    )
