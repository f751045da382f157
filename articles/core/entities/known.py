"""What is known of single words: the company that names keep in other languages, and what a French word is.

A Brown cluster holds words that stand between the same neighbours; its number's lowest bits are its branch near the root
(Brown and others, 1992). Newspapers of other languages name the same persons, places and organisations: the clusters of
three of them tell what a name is that French news of the lesson never named. Sources in ``NOTICE``.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import numpy as np

LANGUAGES = ("en", "es", "de")
CLASSES = ("noun", "verb", "adj", "adv")
# So many bits from the root: a coarse branch, and two finer ones.
BRANCHES = (5, 8, 11)
# A word in capitals is looked up as a name, when it is too long for an acronym.
ACRONYM = 4


def _arrays(name: str) -> Mapping[str, np.ndarray]:
    with (files("articles.core") / "data" / "names" / f"{name}.npz").open("rb") as file:
        found = np.load(file, allow_pickle=False)
        return {key: found[key] for key in found.files}


def _words(lines: np.ndarray) -> list[str]:
    return lines.tobytes().decode().split("\n")


@cache
def clusters() -> tuple[Mapping[str, int], np.ndarray]:
    """Capitalised word -> its row in ``[words, languages]`` of cluster numbers, 0 where a language does not know it."""
    held = _arrays("clusters")
    return {word: row for row, word in enumerate(_words(held["words"]))}, held["ids"][held["at"]]


@cache
def lexicon() -> Mapping[str, str]:
    """Frequent French word in lower case -> what it may be, as initials ("nv": noun or verb)."""
    held = _arrays("lexicon")
    said = ["".join(kind[:2] for at, kind in enumerate(CLASSES) if bits >> at & 1) for bits in range(1 << len(CLASSES))]
    return dict(zip(_words(held["words"]), (said[bits] for bits in held["classes"].tolist()), strict=True))


def signs(word: str, shape: str) -> tuple[list[str], list[str]]:
    """The signs of a word where it stands, and those it is to its neighbours."""
    may_be = "po=" + lexicon().get(word.lower(), "")
    here, near = [may_be, may_be + shape], [may_be]
    if word[0].isupper():
        rows, numbers = clusters()
        row = rows.get(word)
        if row is None and word.isupper() and len(word) > ACRONYM:
            row = rows.get(word.title())
        for language, number in zip(
            LANGUAGES, [0] * len(LANGUAGES) if row is None else numbers[row].tolist(), strict=True
        ):
            here += _branches(language, number, shape)
            if number:
                near += [f"{language}={number}", f"{language}8={number & 255}"]
    return here, near


def _branches(language: str, number: int, shape: str) -> Iterator[str]:
    if not number:
        yield f"{language}?{shape}"
        return
    for bits in BRANCHES:
        yield f"{language}{bits}={number & ((1 << bits) - 1)}"
    yield f"{language}={number}"
