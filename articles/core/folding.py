"""Words folded for comparing: lower case, no accents, one apostrophe, one hyphen, one space; never for storing."""

import unicodedata
from functools import lru_cache

from articles.core.codepoints import PerCharacter, codes, text_of

APOSTROPHES = "'’‘ʼ`´׳"
HYPHENS = "-‐‑‒–"


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    if char in APOSTROPHES:
        return "'"
    if char in HYPHENS:
        return "-"
    if char.isspace():
        return " "
    base = unicodedata.normalize("NFD", char)[:1].lower()
    return base if len(base) == 1 else char


# Longer texts are folded all at once.
LONG = 200
FOLDED = PerCharacter(lambda char: ord(_folded(char)))


def fold(text: str) -> str:
    """The text folded character by character, so that an offset means the same place in both."""
    if text.isascii() and text.isprintable() and "`" not in text:
        return text.lower()
    if len(text) >= LONG:
        return text_of(FOLDED.of(codes(text)))
    return "".join(map(_folded, text))


def key(name: str) -> str:
    """A name as a dictionary key: folded, with hyphens and runs of space as one space."""
    return joined(fold(name))


def joined(folded: str) -> str:
    """Folded words with hyphens and runs of space as one space."""
    return " ".join(folded.replace("-", " ").split())
