"""Lists of names that the trained recogniser knows: given and family names, towns, lands, names that recur in the news."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Protocol

from articles.core.entities.known import lexicon
from articles.core.entities.tokens import tokens
from articles.core.folding import fold
from articles.core.registry import data, rows

PLAIN = ("given", "families", "cities", "towns", "lands")
# The lists of organisations by what they are.
ORGANISATIONS = frozenset(
    ("body", "power", "party", "armed", "union", "company", "press", "club", "league", "school", "news organisation")
)
# An acronym of so many letters may be written with one capital ("Unesco"): of fewer, it is too often something else.
LETTERS = 4
# Words of a name of several words, at most.
LONGEST = 8


class Folded(Protocol):
    """A word as the lists ask for it."""

    @property
    def folded(self) -> str: ...


class Listed(Folded, Protocol):
    """A word whose lists are known."""

    @property
    def listed(self) -> str: ...


class Lists:
    """Names by their lists. Names of one word must be written as in the list (a capital tells "Nice" from "nice")."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._single: dict[str, str] = {}
        self._several: dict[tuple[str, ...], str] = {}
        self._starts: dict[str, int] = {}
        for name, listed in named:
            words = tuple(_cut(name))
            if len(words) == 1:
                before = self._single.get(name, "")
                if listed not in before.split("+"):
                    self._single[name] = f"{before}+{listed}" if before else listed
            elif words and len(words) <= LONGEST:
                before = self._several.get(words, "")
                if listed not in before.split("+"):
                    self._several[words] = f"{before}+{listed}" if before else listed
                self._starts[words[0]] = max(self._starts.get(words[0], 0), len(words))

    def __len__(self) -> int:
        return len(self._single) + len(self._several)

    def of(self, word: str) -> str:
        """The lists that hold a word, joined by "+"; for a compound those of its first part."""
        found = self._single.get(word)
        if found is None and word.isupper() and len(word) > 4:
            found = self._single.get(word.title())
        if found is None and word.istitle() and len(word) >= LETTERS and word.isalpha():
            found = self._acronym(word)
        if found is None and "-" in word:
            found = self._single.get(word.split("-")[0], "")
            return found and "-" + found
        return found or ""

    def _acronym(self, word: str) -> str | None:
        """The lists of organisations that hold a word's letters as an acronym, unless the word is a common one."""
        listed = self._single.get(word.upper(), "")
        if listed and word.lower() not in lexicon() and all(map(grouped, listed.split("+"))):
            return listed
        return None

    def whole(self, words: Sequence[Listed]) -> str:
        """What the lists that hold just these words are of, joined by "+"; organisations of all kinds say so.

        A noun alone names nothing, whatever it may stand before."""
        if len(words) > 1:
            listed = self._several.get(tuple([word.folded for word in words]), "")
        else:
            listed = "" if "noun " in words[0].listed else words[0].listed
        return "+".join((listed, *map(grouped, listed.split("+"))))

    def spans(self, words: Sequence[Folded], written: Sequence[str]) -> list[list[str]]:
        """For each word the signs of the names of several words that it is part of, longest first, none in another."""
        signs: list[list[str]] = [[] for _ in words]
        folded = [word.folded for word in words]
        upto = 0
        for at, longest in enumerate(map(self._starts.get, folded)):
            if not longest or at < upto:
                continue
            for size in range(min(longest, len(folded) - at), 1, -1):
                listed = self._several.get(tuple(folded[at : at + size]))
                if listed and any(word[0].isupper() for word in written[at : at + size]):
                    begins, inside = _spanned(listed, size)
                    signs[at : at + size] = begins, *[inside] * (size - 1)
                    upto = at + size
                    break
        return signs


@cache
def _spanned(listed: str, size: int) -> tuple[list[str], list[str]]:
    """The signs of the first word of a name of several words in these lists, and of those behind it."""
    parts = dict.fromkeys(part for name in listed.split("+") for part in (name, grouped(name)) if part)
    begins, inside = ([sign for part in parts for sign in (f"g={part}", f"gb={part}{at}")] for at in "BI")
    return begins, inside


def grouped(listed: str) -> str:
    """What the lists of organisations have in common; empty for others."""
    return "organisation" if listed in ORGANISATIONS else ""


def leading(listed: str) -> str:
    """The lists with the first of those of organisations alone: which others hold a name too is met too seldom to learn."""
    parts = listed.split("+")
    first = next(filter(grouped, parts), "")
    return "+".join(part for part in parts if part == first or not grouped(part))


def _cut(name: str) -> list[str]:
    if name.replace("-", "").isalpha():
        return [name]
    return [fold(token.text) for token in tokens(name)]


@cache
def nouns() -> Mapping[str, str]:
    """What a noun before a name says that it names ("quotidien" -> "noun press"), folded; several joined by "+"."""
    found: dict[str, str] = {}
    for kind, several in rows("names/nouns.tsv", 2):
        for word in dict.fromkeys(several.split("|")):
            found[word] = f"{found[word]}+{kind}" if word in found else kind
    return found


@cache
def lists() -> Lists:
    """The lists that come with the project; read once."""
    return Lists(_names())


def _names() -> Iterable[tuple[str, str]]:
    for name in PLAIN:
        for line in data(f"names/{name}.txt").splitlines():
            yield line, name
    for word in data("given_names.txt").splitlines()[1].split():
        yield word, "given"
    for kind, names in rows("names/news.tsv", 2):
        for name in names.split("|"):
            yield name, f"news {kind}"
    for listed, names in rows("names/organisations.tsv", 2):
        for name in names.split("|"):
            yield name, listed
    for listed, names in rows("names/registry.tsv", 2):
        for name in names.split("|"):
            yield name, listed
