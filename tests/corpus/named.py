"""The annotated news articles of tests/corpus/named, as the scorer takes them.

``[Pau](l)`` is a name and its type; of ``[col du |Tourmalet](l)`` the words before the bar may be taken as a part of it:
both are right.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from articles.training.mentions import Article, Expected, Tag

FOLDER = Path(__file__).parent / "named"
MARK = re.compile(r"\[([^\]]+)\]\(([ploe])\)")
TYPES = {"p": "person", "l": "place", "o": "organisation", "e": "event"}


def articles(language: str) -> Iterator[Article]:
    """The articles of a language: the first line of each is its title."""
    for part in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").split("\n== ")[1:]:
        name, marked = part.split("\n", 1)
        text, expected, at = "", [], 0
        for mark in MARK.finditer(marked):
            text += marked[at : mark.start()]
            head, _, name = mark[1].rpartition("|")
            begin, start = len(text), len(text) + len(head)
            text += head + name
            others = (Tag(begin, len(text), TYPES[mark[2]]),) if head else ()
            expected.append(Expected(Tag(start, len(text), TYPES[mark[2]]), others=others))
            at = mark.end()
        yield Article(name=name, text=(text + marked[at:]).strip(), group=name, expected=tuple(expected))
