"""Elements in the text of a page whose attributes say that their words sign it, or whose text it is."""

import re
from dataclasses import dataclass, field

from articles.core.edits import Span
from articles.core.formats.attributes import values_of

Fact = tuple[str, str, Span]

# Words of a class that names nothing but the person who signs; what stands around it, and other people, are no such.
SIGNS = re.compile(
    r"(?:^|[\s_-])(?:(?:post|entry|article|story|blog|p|meta|news|content)[_-]*+)*+"
    r"(?:author|authors|byline|bylines|writer|autor|auteur|verfasser)(?:[_-]*(?:name|names|link|title|full|by|item))*(?:$|\s)",
    re.IGNORECASE,
)
NAMED = re.compile(r"(?:author|byline)[_-]*(?:full[_-]*)?name(?![a-z])", re.IGNORECASE)
OTHERS = re.compile(r"comment|related|(?<!v)card|teaser|avatar|social|follow|bookmark|review", re.IGNORECASE)
PROFILE = re.compile(
    r"/(?:authors?|profile|contributors?|autore?n?|auteurs?|journalists?|redakteure?|by)/[^/?#]", re.IGNORECASE
)
# Longer than this are the lives of authors, not their names.
LONGEST = 120


@dataclass(slots=True)
class Mark:
    """An open element: the name of its fact, how deep it stands, its ordinal in the page, and (start, end, words) of its
    texts so far."""

    name: str
    depth: int
    number: int
    texts: list[tuple[int, int, str]] = field(default_factory=list)

    def fact(self) -> Fact | None:
        """What it says, when it is as short as a name."""
        words = " ".join(" ".join(text for _, _, text in self.texts).split())
        if not words or len(words) > LONGEST:
            return None
        return self.name, words, Span(start=self.texts[0][0], end=self.texts[-1][1])


def may_sign(attributes: str) -> bool:
    """Whether it is worth while to look closer: true for few tags of a page."""
    return (
        "uthor" in attributes
        or "yline" in attributes
        or "utor" in attributes
        or "riter" in attributes
        or "/profile/" in attributes
        or "/contributor" in attributes
        or "source-org" in attributes
    )


def name_of(attributes: str) -> str:
    """The name of the fact that an element with these attributes is; empty when it is none."""
    said = values_of(attributes)
    if "author" in said.get("rel", "").lower().split():
        return "by.rel"
    if said.get("itemprop", "").lower() == "author":
        return "by.itemprop"
    classes = said.get("class", "")
    if "source-org" in classes.split():
        return "source-org"
    if not OTHERS.search(classes) and (NAMED.search(classes) or SIGNS.search(classes)):
        return "by.class"
    return "by.link" if PROFILE.search(said.get("href", "")) else ""
