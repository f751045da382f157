"""Words folded for comparing: lower case, no accents, one apostrophe, one hyphen, one space; never for storing."""

import unicodedata
from functools import lru_cache

APOSTROPHES = "'’‘ʼ`´"
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


def fold(text: str) -> str:
    """The text folded character by character, so that an offset means the same place in both."""
    if text.isascii() and text.isprintable() and "`" not in text:
        return text.lower()
    return "".join(map(_folded, text))


def key(name: str) -> str:
    """A name as a dictionary key: folded, with hyphens and runs of space as one space."""
    return joined(fold(name))


def joined(folded: str) -> str:
    """Folded words with hyphens and runs of space as one space."""
    return " ".join(folded.replace("-", " ").split())
