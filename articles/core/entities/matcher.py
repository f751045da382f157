"""Names of the registry in a text: one pass, longest match, whole words.

A word may carry what its language writes before it without a space: "l'Inde", "בישראל", "والمغرب". Case, accents and the
kind of apostrophe or hyphen do not count. Which structure the index has was measured (tests/benchmarks/entities.py).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from articles.core.folding import fold
from articles.core.values import KnownEntity

# Vowel points and accents that are characters of their own belong to the word, and do not count.
MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u064b-\u0652\u0670\u0640"
# A ticker glues the day to its headline ("14/02Tsahal"): the text says so by its capital, the folded one does not.
WORD = re.compile(rf"\d+(?=[A-ZÀ-Þ][a-zà-ÿ]{{2}})|[^\W_](?:[^\W_]|[{MARKS}])*")
MARK = re.compile(rf"[{MARKS}]+")
# What may stand between the words of one name; an apostrophe or a hyphen also ends a word ("l'Inde", "sud-Liban").
GAP = re.compile(r"[ \-'.]{1,2}")
MOST_WORDS = 9
# Names of so many words are known even where no capital helps.
SURE_WORDS = 3
FIRST_PREFIX = "\u05d0"
# Hebrew and Arabic write "and", "in", "to", "from", "the" with the word; what is left must be a word and no syllable.
PREFIX = {
    "hebrew": re.compile(r"ו?(?:מה|שב|שה|כש|[הבלכמש])?(?=[\u05d0-\u05ea]{3})"),
    "arabic": re.compile(r"[وف]?(?:[بكل]?ال|لل|[بكل])?(?=[\u0621-\u064a]{3})"),
}


class Hit(NamedTuple):
    """A name of the registry at ``[start, end)``; ``sole`` when one entity alone bears it, ``exact`` when its capitals
    are right too. ``bearers`` are all entities of that name."""

    start: int
    end: int
    bearers: tuple[KnownEntity, ...]
    exact: bool

    @property
    def entity(self) -> KnownEntity:
        """The first bearer: the only one where ``sole``."""
        return self.bearers[0]

    @property
    def sole(self) -> bool:
        """Whether nobody else of the registry bears the name."""
        return len(self.bearers) == 1 and not self.bearers[0].ambiguous


class Named(NamedTuple):
    """The ways a name is written in the registry, and the entities that bear it."""

    written: tuple[str, ...]
    bearers: tuple[KnownEntity, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """``names``: folded words, joined by a space -> the name; ``longest``: first word -> how many words at most;
    ``governments``: code of a country -> who governs it."""

    names: dict[str, Named]
    longest: dict[str, int]
    governments: dict[str, tuple[KnownEntity, ...]]


class _Same:
    """A key that stands for one object: a whole registry takes long to hash and compare."""

    __slots__ = ("it",)

    def __init__(self, it: Sequence[KnownEntity]) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it


@lru_cache(maxsize=4)
def _index(entities: _Same) -> Index:
    names: dict[str, Named] = {}
    longest: dict[str, int] = {}
    lands = {entity.name: entity.country for entity in entities.it if entity.type == "place"}
    governments: dict[str, tuple[KnownEntity, ...]] = {}
    for entity in entities.it:
        if entity.governs:
            code = lands.get(entity.governs) or entity.country
            governments[code] = (*governments.get(code, ()), entity)
        for name in dict.fromkeys((entity.name, *entity.aliases)):
            words = _words(name)
            if not words or len(words) > MOST_WORDS:
                continue
            key = " ".join(words)
            known = names.get(key)
            if known is None:
                names[key] = Named((name,), (entity,))
                if longest.get(words[0], 0) < len(words):
                    longest[words[0]] = len(words)
                continue
            written = known.written if name in known.written else (*known.written, name)
            same = any(one is entity for one in known.bearers)
            names[key] = Named(written, known.bearers if same else (*known.bearers, entity))
    return Index(names, longest, governments)


def index_of(entities: tuple[KnownEntity, ...]) -> Index:
    """The index of a registry, made once for each tuple that holds one."""
    return _index(_Same(entities))


def bearers(name: str, index: Index) -> tuple[KnownEntity, ...]:
    """The entities that bear a name, however it is written."""
    named = index.names.get(" ".join(_words(name)))
    return named.bearers if named else ()


def _words(name: str) -> list[str]:
    folded = fold(name)
    return [_bare(folded[match.start() : match.end()]) for match in WORD.finditer(name)]


def _bare(word: str) -> str:
    return word if word.isascii() else MARK.sub("", word)


class Found(NamedTuple):
    """A word of the text: bare for comparing, and where it stands."""

    bare: str
    start: int
    end: int


def matches(text: str, index: Index) -> Iterator[Hit]:
    """The longest registry name that begins at each word, none inside another."""
    folded = fold(text)
    words = [Found(_bare(folded[m.start() : m.end()]), m.start(), m.end()) for m in WORD.finditer(text)]
    upto, longest = 0, index.longest
    for at, word in enumerate(words):
        # Most words begin no name, and in most scripts nothing is written before one.
        if at < upto or (word.bare not in longest and word.bare[0] < FIRST_PREFIX):
            continue
        for first in _readings(word):
            most = longest.get(first.bare, 0)
            if most and (found := _longest(index, first, words, at, most, folded, text)):
                hit, upto = found
                yield hit
                break


def _readings(word: Found) -> Iterator[Found]:
    """The word, then without what Hebrew or Arabic writes before it."""
    yield word
    script = (
        "hebrew" if "\u05d0" <= word.bare[0] <= "\u05ea" else "arabic" if "\u0621" <= word.bare[0] <= "\u064a" else ""
    )
    if script:
        prefix = PREFIX[script].match(word.bare)
        # A pointed word's letters do not stand where its bare ones do: only the whole word is looked up.
        if prefix and prefix.end() and len(word.bare) == word.end - word.start:
            for size in range(1, prefix.end() + 1):
                yield Found(word.bare[size:], word.start + size, word.end)


def _longest(
    index: Index, first: Found, words: Sequence[Found], at: int, most: int, folded: str, text: str
) -> tuple[Hit, int] | None:
    """The longest name that begins with this word, and the number of the word behind it."""
    keys = [(first.bare, first.end)]
    for number in range(at + 1, min(at + most, len(words))):
        before, after = words[number - 1], words[number]
        if not GAP.fullmatch(folded, before.end, after.start):
            break
        keys.append((f"{keys[-1][0]} {after.bare}", after.end))
    for size in range(len(keys), 0, -1):
        key, end = keys[size - 1]
        if (named := index.names.get(key)) and not _inside(text, first.start, end):
            fits = [_fits(written, text[first.start : end], size) for written in named.written]
            if any(fit is not None for fit in fits):
                return Hit(first.start, end, named.bearers, True in fits), at + size
    return None


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
