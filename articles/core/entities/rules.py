"""Names that the words around them give away: what is used where no recogniser was trained (English: beta)."""

from collections.abc import Iterator

from articles.core.entities import words as w
from articles.core.entities.found import Found
from articles.core.folding import fold

# A pattern of such a score needs no other witness.
SURE = 0.75


def names_by_context(text: str) -> Iterator[Found]:
    """Persons, organisations, events and places of a passage; they may overlap."""
    yield from _persons(text)
    for pattern, score in w.ORGANISATION:
        for match in pattern.finditer(text):
            yield Found(start=match.start(), end=match.end(), type="organisation", score=score)
    for pattern, score in w.EVENT:
        for match in pattern.finditer(text):
            yield Found(start=match.start(), end=match.end(), type="event", score=score)
    for match in w.PLACE.finditer(text):
        if match["name"] not in w.given_names() and fold(match["name"]) not in w.NOT_PERSONS:
            yield Found(start=match.start("name"), end=match.end("name"), type="place", score=0.5)
    yield from acronyms(text)


def long_names(text: str) -> Iterator[Found]:
    """Organisations whose long names follow a pattern that says enough by itself ("ministère … de la Défense")."""
    for pattern, score in w.ORGANISATION:
        if score >= SURE:
            for match in pattern.finditer(text):
                yield Found(start=match.start(), end=match.end(), type="organisation", score=score)


def titled(text: str) -> Iterator[Found]:
    """Persons behind a title ("le président Duroc")."""
    for match in w.TITLED.finditer(text):
        if _is_name(match["name"]) and not match["name"].isupper():
            yield Found(start=match.start("name"), end=match.end("name"), type="person", score=0.6)


def acronyms(text: str) -> Iterator[Found]:
    """Letters in brackets behind the name that they stand for."""
    for match in w.PAREN_ACRONYM.finditer(text):
        initials = "".join(word[0] for word in fold(match["long"]).replace("'", " ").replace("-", " ").split())
        if fold(match["short"])[0] in initials:
            yield Found(start=match.start("short"), end=match.end("short"), type="organisation", score=0.5)


def _persons(text: str) -> Iterator[Found]:
    given = w.given_names()
    for match in w.PERSON.finditer(text):
        yield from _by_given_name(text, match.start(), match.end(), given)
    for pattern, score in (
        (w.TITLED, 0.8),
        (w.SPEAKS, 0.6),
        (w.SPOKEN_BY, 0.7),
        (w.IN_OFFICE, 0.75),
        (w.AGED, 0.7),
        (w.APPOSED, 0.65),
    ):
        for match in pattern.finditer(text):
            name = match["name"]
            if _is_name(name) and (" " in name or not name.isupper()):
                yield Found(start=match.start("name"), end=match.end("name"), type="person", score=score)


def _by_given_name(text: str, start: int, end: int, given: frozenset[str]) -> Iterator[Found]:
    """A run of capitals from its first word that is a given name; the words before it belong to something else."""
    at = start
    while at < end:
        word = text[at:end].split(" ")[0].split("\u00a0")[0]
        first = word.split("-")[0]
        if (word in given or first in given) and _is_name(text[at:end]) and len(text[at:end].split()) > 1:
            yield Found(start=at, end=end, type="person", score=0.85)
            return
        at += len(word) + 1


def _is_name(name: str) -> bool:
    """Whether no word of it is one that persons' names do not hold."""
    found = name.replace("\u00a0", " ").split()
    return not any(
        fold(word) in w.NOT_PERSONS and word[:1].isupper() and fold(word) not in ("le", "la") for word in found
    )
