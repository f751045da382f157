"""Whom a text names as the source of what it says, and who was behind that source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.core.attribution.words import (
    APPOSED,
    CITED,
    GENERIC,
    LINKERS,
    NOBODY,
    REPORTED_BY,
    SAID_IN_A_STATEMENT,
    SEEN_BY,
    SOURCES,
    STOP,
)
from articles.core.folding import fold, key
from articles.core.registry import named
from articles.core.values import Attribution, KnownOutlet, Passage

TEXT = frozenset({"title", "subtitle", "body", "heading", "quote", "list"})
WORD = re.compile(r"[^\W_]+(?:[.\-&][^\W_]+)*|[.,;:!?()\"«»“”\n]|[’']")
DETERMINER = re.compile(r"(?:l'|le |la |les |un |une |the |a |an |son |sa |ses |its |des )")
# "- lakome-lakome2" at the end of a line: the name of a site, or its address, after the headline it printed.
TAIL = re.compile(r"\s[-–—|]\s(?P<tail>[^-–—|\n]{2,40}|[\w.]+(?:-[\w.]+)+)\s*$")
DOUBLED = re.compile(r"(?P<first>[a-z]{3,})[ -](?P<second>(?P=first)\d*)")
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|fr|ma|dz|tn|il|tv|be|ch|news|uk|eu)(?:\.\w\w)?")
LONGEST = 9
# The paper that reported, its name and all, stands no further before a source.
BEFORE = 1200
# "selon X" and its like are no shorter.
SHORTEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A noun phrase ``[start, end)`` of a text that names a source."""

    start: int
    end: int
    name: str


def find(passages: Sequence[Passage], outlets: Sequence[KnownOutlet]) -> Iterator[Attribution]:
    """Cited sources in reading order, each name once, the first time it is named."""
    seen: set[str] = set()
    for number, passage in enumerate(passages):
        if len(passage.text) < SHORTEST:
            continue
        if passage.block.kind in TEXT:
            found = _in_text(passage)
        elif passage.block.kind == "caption" or _stands_alone(passages, number):
            found = _at_the_end(passage, outlets)
        else:
            continue
        for attribution in found:
            name = key(attribution.name or "")
            if name not in seen:
                seen.add(name)
                yield attribution


def _stands_alone(passages: Sequence[Passage], number: int) -> bool:
    """A single line among the text that is another page's headline; a list of them cites nothing."""
    around = passages[max(0, number - 1) : number + 2]
    return passages[number].block.kind == "related" and sum(one.block.kind == "related" for one in around) == 1


def _in_text(passage: Passage) -> Iterator[Attribution]:
    text = passage.text
    folded = fold(text)
    found: list[tuple[Named, bool]] = []
    for pattern, via in CITED:
        phrases = (noun_phrase(text, folded, match.end()) for match in pattern.finditer(folded))
        found.extend((phrase, via) for phrase in phrases if phrase)
    for match in SAID_IN_A_STATEMENT.finditer(text):
        start = match.start("name") + (4 if match["name"][:4].lower() == "the " else 0)
        found.append((Named(start=start, end=match.end("name"), name=text[start : match.end("name")]), False))
    before: Named | None = None
    for phrase, via in sorted(found, key=lambda row: (row[0].start, not row[1])):
        if before is not None and phrase.start < before.end:
            continue
        source = _behind(text, phrase, before if via else None, via=via)
        yield Attribution(
            role="cited",
            name=phrase.name,
            span=passage.raw(phrase.start, phrase.end),
            state="stated",
            reason="cited by the source named before it" if source else "named as a source in the text",
            via=source,
        )
        before = phrase


def _behind(text: str, phrase: Named, before: Named | None, *, via: bool) -> str:
    """Who named this source: the source named just before, the paper that reported, or the one that has seen it."""
    if before is not None and phrase.start - before.end < 40:
        return before.name
    if via and (report := REPORTED_BY.search(text, max(0, phrase.start - BEFORE), phrase.start)):
        return report["name"]
    seen = SEEN_BY.match(text[phrase.end : phrase.end + 120])
    return ((seen["fr"] or seen["en"]) if seen else "").strip()


def noun_phrase(text: str, folded: str, at: int) -> Named | None:
    """The source whose name begins at this place, without its article; None for a pronoun or a vague phrase."""
    article = DETERMINER.match(folded, at)
    start = article.end() if article else at
    end, words = start, 0
    solid = False
    for match in WORD.finditer(folded, start, start + 120):
        word = match[0]
        if not word[0].isalnum():
            if word == "'" and text[match.start() - 1].isalpha():
                continue
            break
        familiar = word == "with" and folded[start:end].endswith("familiar")
        if (word in STOP and not familiar) or words >= LONGEST or (words == 0 and word in NOBODY):
            break
        capital = text[match.start()].isupper()
        if words and capital and words == 1 and folded[start:end] in NOBODY:
            break
        solid = solid or capital or (word in SOURCES or word.split("-")[0] in SOURCES)
        words += 1
        if word not in LINKERS:
            end = match.end()
    if not solid or end <= start or not _heads(text, folded, start, end):
        return None
    start, end = _proper(text, folded, start, end)
    return Named(start=start, end=end, name=text[start:end])


def _proper(text: str, folded: str, start: int, end: int) -> tuple[int, int]:
    """The proper name where one follows what it is: "l'agence de presse X" is X, "le consortium chargé de Y, X" is X."""
    generic = GENERIC.match(folded, start, end)
    if generic and text[generic.end()].isupper():
        return generic.end(), end
    if text[start].islower() and text[start:end] == text[start:end].lower():
        apposed = APPOSED.match(text[end : end + 160])
        if apposed:
            return end + apposed.start("name"), end + apposed.end("name")
    return start, end


def _heads(text: str, folded: str, start: int, end: int) -> bool:
    """Whether the phrase begins with a name or a noun that can be a source, not with one that only contains it."""
    words = folded[start:end].split()
    return text[start].isupper() or any(
        word.strip(".,") in SOURCES or word.split("-")[0] in SOURCES or word in SOURCES for word in words[:2]
    )


def _at_the_end(passage: Passage, outlets: Sequence[KnownOutlet]) -> Iterator[Attribution]:
    match = TAIL.search(passage.text)
    if match is None or len(passage.text[: match.start()].split()) < 4:
        return
    tail = match["tail"].strip()
    name = ""
    if outlet := named(tail, outlets):
        name = tail if tail != tail.lower() else outlet.name
    elif doubled := DOUBLED.fullmatch(tail.lower()):
        name = doubled["second"].capitalize()
    elif DOMAIN.fullmatch(tail.lower()):
        name = tail
    if name:
        start = match.start("tail")
        yield Attribution(
            role="cited",
            name=name,
            span=passage.raw(start, start + len(tail)),
            state="inferred",
            reason="line ends with the name of the site that printed it",
        )
