"""Names of the registry in a text: one pass, longest match, whole words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles.core.folding import fold
from articles.core.values import KnownEntity

WORD = re.compile(r"[^\W_]+")
# What may stand between the words of one name; an apostrophe or a hyphen also ends a word ("l'Inde", "sud-Liban").
GAP = re.compile(r"[ \-'.]{1,2}")
MOST_WORDS = 9
# Names of so many words are known even where no capital helps.
SURE_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A name of the registry at ``[start, end)``; ``entity`` None when several entities bear it."""

    start: int
    end: int
    entity: KnownEntity
    sole: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written in the registry, and the entities that bear it."""

    written: str
    bearers: tuple[KnownEntity, ...]


Index = dict[str, dict[tuple[str, ...], list[Name]]]


@lru_cache(maxsize=4)
def index_of(entities: tuple[KnownEntity, ...]) -> Index:
    """Names by their first word, then by all their words. Ask once an article: to look it up costs a hash of them all."""
    bearers: dict[tuple[str, ...], dict[str, list[KnownEntity]]] = {}
    for entity in entities:
        for name in dict.fromkeys((entity.name, *entity.aliases)):
            words = tuple(WORD.findall(fold(name)))
            if words and len(words) <= MOST_WORDS:
                bearers.setdefault(words, {}).setdefault(name, []).append(entity)
    index: Index = {}
    for words, names in bearers.items():
        everyone = tuple({id(one): one for some in names.values() for one in some}.values())
        index.setdefault(words[0], {})[words] = [Name(written, everyone) for written in names]
    return index


def matches(text: str, index: Index) -> Iterator[Hit]:
    """The longest registry name that begins at each word, none inside another."""
    folded = fold(text)
    words = [(match[0], match.start(), match.end()) for match in WORD.finditer(folded)]
    at = 0
    while at < len(words):
        hit, used = _longest(index.get(words[at][0]), words, at, folded, text)
        if hit is not None:
            yield hit
        at += used


def _longest(
    names: dict[tuple[str, ...], list[Name]] | None,
    words: list[tuple[str, int, int]],
    at: int,
    folded: str,
    text: str,
) -> tuple[Hit | None, int]:
    if not names:
        return None, 1
    run = [words[at][0]]
    spans = [tuple(run)]
    for before, after in zip(words[at : at + MOST_WORDS], words[at + 1 : at + MOST_WORDS], strict=False):
        if not GAP.fullmatch(folded, before[2], after[1]):
            break
        run.append(after[0])
        spans.append(tuple(run))
    for span in reversed(spans):
        start, end = words[at][1], words[at + len(span) - 1][2]
        for name in names.get(span, ()):
            if (exact := _fits(name.written, text[start:end], len(span))) is not None and not _inside(text, start, end):
                sole = len(name.bearers) == 1 and not name.bearers[0].ambiguous
                return Hit(start=start, end=end, entity=name.bearers[0], sole=sole, exact=exact), len(span)
    return None, 1


def _fits(written: str, surface: str, words: int) -> bool | None:
    """Whether the words are this name: True as written or with a capital, False without one, None not at all."""
    if written.isupper() and words == 1:
        return True if surface == written else None
    if written[:1].islower():
        return True
    # Only a script with capitals can miss one.
    if surface[:1].isupper() or not surface[:1].islower():
        return True
    return False if words >= SURE_WORDS else None


def _inside(text: str, start: int, end: int) -> bool:
    """Whether a hyphen joins the words to a longer name that the registry does not know ("Paris-Saclay")."""
    return (
        text[end : end + 1] == "-"
        and text[end + 1 : end + 2].isupper()
        and text[end + 1 : end + 3].isalpha()
        and (start > 0 and text[start - 1] == "-")
    )
