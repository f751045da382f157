"""Mentions of a text: what a recogniser finds (or the rules, where there is none), and the names of the registry."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from articles.core.entities import senses, within
from articles.core.entities import words as w
from articles.core.entities.english import names_by_lists, trimmed
from articles.core.entities.found import Found, opens, settled
from articles.core.entities.governing import governed
from articles.core.entities.learned import wanted, with_lessons
from articles.core.entities.matcher import Hit, Index, bearers, index_of, matches
from articles.core.entities.rules import long_names, names_by_context, titled
from articles.core.entities.trained import shipped
from articles.core.folding import fold, key
from articles.core.registry import words
from articles.core.values import Memory, Mention, NamedWords, Passage

Scope = Literal["text", "caption"]
SCOPES: dict[str, Scope] = {
    **dict.fromkeys(("title", "subtitle", "body", "heading", "quote", "list"), "text"),
    **dict.fromkeys(("caption", "credit"), "caption"),
}
# How often a name of the registry is right where a recogniser says the same, says another type, or says nothing.
AGREED, TYPE_AGAINST, ALONE, ALONE_SEVERAL = 0.98, 0.6, 0.55, 0.9
# A recogniser that is so sure of a type is believed against the registry.
SURE = 0.9
LONGEST_ACRONYM = 6
# Of more names in an article nobody is told whether they mean who governs: it is a list of names.
MOST_TOLD = 2000
# The recogniser learned from sentences, and a credit is none: what it finds there alone is a guess.
IN_A_CREDIT = 0.6
CREDIT_WORDS = words("credit_words")
ARTICLES = words("articles")


def find(passages: Sequence[Passage], memory: Memory, language: str) -> tuple[Mention, ...]:
    """Suggested tags in reading order, none inside another; none from bylines, date lines or page furniture.

    ``language`` chooses the recogniser: the desk's own for it, else the one that comes with the project, else rules.
    """
    read = [passage for passage in passages if _counts(passage)]
    texts = [passage.text for passage in read]
    index = index_of(memory.entities)
    recognise = memory.recognisers.get(language) or shipped(language)
    if recognise is None:
        alone = [settled([*_registry(text, index), *_by_rules(text, language)], text) for text in texts]
        chosen = within.named_again(texts, alone)
    else:
        named = recognise(texts)
        chosen = [
            _both(one.text, names, index, credit=one.block.kind == "credit")
            for one, names in zip(read, named, strict=True)
        ]
    if memory.learned.names or memory.learned.types:
        chosen = _with_lessons(read, chosen, memory)
    people = within.families(texts, chosen, lambda name: any(one.type != "person" for one in bearers(name, index)))
    letters = within.acronyms(texts, chosen)
    signers = _signers(passages)
    mentions: list[Mention] = []
    for passage, found in zip(read, chosen, strict=True):
        text = passage.text
        found = settled([*found, *within.again(text, found, people), *within.spelled_out(text, found, letters)], text)
        found = wanted(text, [*found, *_behind_titles(text, found)], memory.learned)
        for one in found:
            if passage.block.kind != "credit" or not _of_a_credit(text, one):
                one = within.linked(text, one, people, letters)
                mentions.append(_mention(passage, one, signers, told=len(mentions) < MOST_TOLD))
    return tuple(sorted(governed(mentions, index, memory.learned), key=lambda mention: mention.span))


def _with_lessons(read: Sequence[Passage], chosen: Sequence[list[Found]], memory: Memory) -> list[list[Found]]:
    names, learned = index_of(memory.learned.names), memory.learned
    return [
        with_lessons(one.text, found, learned, names, credit=one.block.kind == "credit")
        for one, found in zip(read, chosen, strict=True)
    ]


def _behind_titles(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Persons behind a title, where nothing else is found: what a recogniser may miss in a sentence with little else."""
    for one in titled(text):
        if not any(other.start < one.end and one.start < other.end for other in found):
            yield one


def _by_rules(text: str, language: str) -> Iterator[Found]:
    if language == "en":
        yield from trimmed(text, names_by_context(text))
        yield from names_by_lists(text)
    else:
        yield from names_by_context(text)


def _counts(passage: Passage) -> bool:
    """Whether a passage gives tags: title and kept text, and captions and credits of their own scope."""
    scope = SCOPES.get(passage.block.kind)
    return scope == "caption" or (scope == "text" and passage.block.kept)


def _of_a_credit(text: str, one: Found) -> bool:
    """Whether words are what credits are made of: "Photo", or its terms in capitals."""
    return _shouted(text, one) or (not one.registry and fold(text[one.start : one.end]) in CREDIT_WORDS)


def _shouted(text: str, one: Found) -> bool:
    """Whether a word of a credit is in capitals because its terms are ("RESTRICTED TO EDITORIAL USE")."""
    surface = text[one.start : one.end]
    return not one.registry and surface.isupper() and surface.isalpha() and len(surface) > LONGEST_ACRONYM


def _mention(passage: Passage, one: Found, signers: str, *, told: bool) -> Mention:
    """A name as a mention; ``told``: with what it means, if it is that of a country or capital."""
    surface = passage.text[one.start : one.end]
    entity = one.entity.name if one.entity is not None else None
    score, whole = one.score, one.whole if key(one.whole) != key(surface) else ""
    if one.type == "person" and (key(surface) in signers or (whole and key(whole) in signers)):
        # Whoever signs the page may bear the name of somebody in public life.
        entity, score = None, min(score, 0.5)
    if passage.block.kind == "credit" and not one.registry:
        score = min(score, IN_A_CREDIT)
    return Mention(
        span=passage.raw(one.start, one.end),
        surface=surface,
        type=one.type,
        score=round(score, 2),
        origin="registry" if one.registry else "model",
        entity=entity,
        scope=SCOPES[passage.block.kind],
        whole=whole,
        sense=_sense(passage.text, one) if told and one.type == "place" else "",
    )


def _sense(text: str, one: Found) -> senses.Sense:
    return senses.sense(text, one.start, one.end) if senses.governs(text[one.start : one.end]) else ""


def _signers(passages: Sequence[Passage]) -> str:
    return " | ".join(key(passage.text) for passage in passages if passage.block.kind in ("byline", "date"))


def _both(text: str, names: Sequence[NamedWords], index: Index, *, credit: bool) -> list[Found]:
    """What the recogniser and the registry say together of a passage. A credit is no sentence: there the registry wins."""
    # The name that each character belongs to, counted from 1: a line of nothing but names costs no more a name.
    owner = np.zeros(len(text) + 1, np.int32)
    for number, name in enumerate(names, 1):
        owner[name.start : name.end] = number
    said = dict(enumerate(names, 1))
    found: list[Found] = list(long_names(text))
    hits, same = list(_registry(text, index)), set[int]()
    said = {number: name for number, name in said.items() if not _two(text, name, hits)}
    for one in hits:
        over = {number for number in owner[one.start : one.end].tolist() if number in said}
        first = said.get(min(over)) if over else None
        if first is not None and len(over) == 1 and first.start <= one.start and one.end <= first.end:
            if first[:2] == (one.start, one.end):
                found.append(_agreed(one, first))
                same.add(min(over))
                continue
            if not credit:
                continue
            same.add(min(over))
        several = any(char in text[one.start : one.end] for char in " -")
        found.append(replace(one, score=min(one.score, ALONE_SEVERAL if several or over else ALONE)))
    for number, name in said.items():
        if number not in same:
            found.append(Found(start=name.start, end=name.end, type=name.type, score=name.sure))
    return settled(found, text)


def _two(text: str, name: NamedWords, hits: Sequence[Found]) -> bool:
    """Whether a hyphen joins two names of the registry that were taken for one ("Maroc-Israël")."""
    dash = text.find("-", name.start, name.end)
    if dash < 0:
        return False
    at = bisect_left(hits, name.start, key=lambda hit: hit.start)
    return [(hit.start, hit.end) for hit in hits[at : at + 2]] == [(name.start, dash), (dash + 1, name.end)]


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
        if _only_a_noun(surface):
            continue
        score = (0.92 if single else 0.97) if hit.exact else 0.65
        yield _of_registry(hit, score)


def _only_a_noun(surface: str) -> bool:
    """Whether an article stands before one word in lower case: "La réunion" is a meeting, not La Réunion."""
    article, _, word = surface.partition(" ")
    return fold(article) in ARTICLES and bool(word) and " " not in word and word[0].islower()


def _of_registry(hit: Hit, score: float) -> Found:
    return Found(
        start=hit.start,
        end=hit.end,
        type=hit.entity.type,
        score=score if hit.sole else 0.5,
        entity=hit.entity if hit.sole else None,
        registry=True,
    )
