"""Words that a person would not have chosen: what a machine makes of the terms of another language."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from articles.core.folding import fold
from articles.core.quality.passages import flag_on
from articles.core.registry import rows
from articles.core.values import Flag, Passage


class Friend(NamedTuple):
    """A false friend: what was meant, and the word before which the phrase is good language after all."""

    meant: str
    unless: str


@cache
def _false_friends() -> dict[str, tuple[re.Pattern[str], dict[str, Friend]]]:
    """By language: one pattern of all phrases, and what each stands for, by the phrase folded."""
    found: dict[str, dict[str, Friend]] = {}
    for phrase, meant, language, unless in rows("false_friends.tsv", 4):
        found.setdefault(language, {})[fold(phrase)] = Friend(meant, fold(unless))
    return {
        language: (re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b"), phrases)
        for language, phrases in found.items()
    }


def translated(passage: Passage, language: str) -> Iterator[Flag]:
    """The false friends of the page's language in a passage."""
    if language not in _false_friends():
        return
    pattern, phrases = _false_friends()[language]
    folded = fold(passage.text)
    for match in pattern.finditer(folded):
        friend = phrases[match[0]]
        if friend.unless and folded.startswith(f" {friend.unless} ", match.end()):
            continue
        detail = f"Perhaps {friend.meant} was meant."
        yield flag_on(passage, "machine_translation", match.start(), match.end(), detail)
