"""Whom a text names as the source of what it says, and who was behind that source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles.core.attribution.phrases import Slot
from articles.core.attribution.words import NAME, UPPER, Text, Words, agency_keys
from articles.core.folding import key
from articles.core.registry import named
from articles.core.values import Attribution, KnownOutlet

TEXT = frozenset({"title", "subtitle", "body", "heading", "quote", "list"})
# A word, with the marks that stand inside words: צה"ל is one.
WORD = re.compile(r"[^\W_]+(?:(?:[.\-&]|(?<=[א-ת])[\"״'׳](?=[א-ת]))[^\W_]+)*|[.,;:!?()\"«»“”\n]|[’']")
# "- lakome-lakome2" at the end of a line: the name of a site, or its address, after the headline it printed.
TAIL = re.compile(r"\s[-–—|]\s(?P<tail>[^-–—|\n]{2,40}|[\w.]+(?:-[\w.]+)+)\s*$")
DOUBLED = re.compile(r"(?P<first>[a-z]{3,})[ -](?P<second>(?P=first)\d*)")
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|fr|ma|dz|tn|il|tv|be|ch|news|uk|eu)(?:\.\w\w)?")
LONGEST = 9
# The paper that reported, its name and all, stands no further before a source.
BEFORE = 1200
# "selon X" and its like are no shorter.
SHORTEST = 8


# How a name looks that stands before the words "said in a statement", and one behind "that … has seen".
STATING = re.compile(rf"(?:[Tt]he )?(?P<name>[{UPPER}][\w’'\-]{{1,40}}(?: (?:of |the )?[\w’'\-]{{1,40}}){{0,5}}?) ?")
SEEING = re.compile(rf"(?:[Ll][ae]s? |[Ll]['’])?(?:[{UPPER}][^,.;:!?]{{1,50}})")
PAPER = re.compile(rf"(?:[Tt]he )?(?P<name>{NAME})")
SENTENCE = re.compile(r"(?:^|[.!?”\"] )(?:[Tt]he )?\Z")
# "said to the AFP Anna Roux": the agency is the first word.
ACRONYM = re.compile(rf"[{UPPER}]{{2,5}}(?= )")
APPOSED = re.compile(rf"^[^,.;:!?]{{0,60}}, (?P<name>{NAME})(?=[.,])")
# In these every noun has a capital: only two in a row, or capitals throughout, are a name.
NOUNS_WITH_CAPITALS = frozenset({"de"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A noun phrase ``[start, end)`` of a text that names a source."""

    start: int
    end: int
    name: str


class Lists:
    """The word lists of some languages that say where the name of a source begins and ends."""

    def __init__(self, words: Words, outlets: Sequence[KnownOutlet]) -> None:
        self.sources, self.stop, self.linkers, self.nobody = (
            words.listed(name) for name in ("source_nouns", "stop", "linkers", "nobody")
        )
        articles = sorted(words.listed("determiners"), key=len, reverse=True)
        self.determiner = re.compile(
            "|".join(word if word.endswith("'") else f"{word} " for word in articles) or "(?!)"
        )
        self.generic = re.compile(rf"(?:{words.any_of('agency_generic')})(?=\S)")
        self.capital_nouns = words.languages[0] in NOUNS_WITH_CAPITALS
        named = (key(name) for outlet in outlets for name in (outlet.name, *outlet.aliases))
        self.known = agency_keys() | frozenset(named)

    def is_source(self, word: str) -> bool:
        """Whether a noun can be a source: itself, its first part, behind its article, or as the end of a compound."""
        bare = word.strip(".,")
        if bare in self.sources or word.split("-")[0] in self.sources:
            return True
        if word.startswith(("ال", "ה")) and word.removeprefix("ال").removeprefix("ה") in self.sources:
            return True
        return self.capital_nouns and any(bare.endswith(noun) for noun in self.sources if len(noun) > COMPOUND)

    def knows(self, name: str) -> bool:
        return key(name) in self.known


# A shorter noun than this ends too many others.
COMPOUND = 5


@lru_cache(maxsize=8)
def _lists(words: Words, outlets: tuple[KnownOutlet, ...]) -> Lists:
    return Lists(words, outlets)


def find(texts: Sequence[Text], outlets: Sequence[KnownOutlet], words: Words) -> Iterator[Attribution]:
    """Cited sources in reading order, each name once, the first time it is named."""
    seen: set[str] = set()
    lists = _lists(words, tuple(outlets))
    for number, text in enumerate(texts):
        if len(text.text) < SHORTEST:
            continue
        if text.kind in TEXT:
            found = _in_text(text, words, lists)
        elif text.kind == "caption" or _stands_alone(texts, number):
            found = _at_the_end(text, outlets)
        else:
            continue
        for attribution in found:
            name = key(attribution.name or "")
            if name not in seen:
                seen.add(name)
                yield attribution


def _stands_alone(texts: Sequence[Text], number: int) -> bool:
    """A single line among the text that is another page's headline; a list of them cites nothing."""
    around = texts[max(0, number - 1) : number + 2]
    return texts[number].kind == "related" and sum(one.kind == "related" for one in around) == 1


def _in_text(said: Text, words: Words, lists: Lists) -> Iterator[Attribution]:
    text, folded = said.text, said.folded
    found: list[tuple[Named, bool]] = []
    for name, via in (("according", False), ("via", True)):
        found += [(phrase, via) for phrase in _phrases(said, words.slot(name), lists)]
    stated = words.slot("stated_in").names(text, folded, STATING)
    found += [(Named(start=one.start, end=one.end, name=text[one.start : one.end]), False) for one in stated]
    before: Named | None = None
    for phrase, via in sorted(found, key=lambda row: (row[0].start, not row[1])):
        if before is not None and phrase.start < before.end:
            continue
        source = _behind(said, phrase, before if via else None, words, via=via)
        yield Attribution(
            role="cited",
            name=phrase.name,
            span=said.passage.raw(phrase.start, phrase.end),
            state="stated",
            reason="cited by the source named before it" if source else "named as a source in the text",
            via=source,
        )
        before = phrase


def _phrases(said: Text, slot: Slot, lists: Lists) -> Iterator[Named]:
    """The sources that stand behind the words of a slot; of several readings of the words, the first that names one."""
    for cue in slot.scan.finditer(said.folded):
        if _counted(said.folded, cue.start(), lists):
            continue
        ends = {
            match.end() for row in slot.rows if row.before and (match := row.before.match(said.folded, cue.start()))
        }
        readings = (noun_phrase(said.text, said.folded, end, lists) for end in sorted(ends, reverse=True))
        if phrase := next((one for one in readings if one), None):
            yield phrase


def _counted(folded: str, at: int, lists: Lists) -> bool:
    """Whether an article stands before the words: "il secondo governo" is the second one, and nobody's word."""
    before = folded[max(0, at - 8) : at].split(" ")
    return len(before) > 1 and before[-1] == "" and before[-2] in lists.linkers | {"um", "uma", "al", "no", "na"}


def _behind(said: Text, phrase: Named, before: Named | None, words: Words, *, via: bool) -> str:
    """Who named this source: the source named just before, the paper that reported, or the one that has seen it."""
    if before is not None and phrase.start - before.end < 40:
        return before.name
    if via and (paper := _paper(said, phrase.start, words)):
        return paper
    window = slice(phrase.end, phrase.end + 120)
    seen = (one for one in words.slot("seen").names(said.text[window], said.folded[window], SEEING) if one.cue == 0)
    first = next(seen, None)
    return said.text[phrase.end + first.start : phrase.end + first.end].strip() if first else ""


def _paper(said: Text, at: int, words: Words) -> str:
    """The paper at the beginning of a sentence that reported what stands at ``at``."""
    start = max(0, at - BEFORE)
    text, folded = said.text[start:at], said.folded[start:at]
    for heard in words.slot("reported").names(text, folded, PAPER):
        between = text[heard.end :]
        if not re.search(r"[.!?]", between) and len(between) <= REPORT and SENTENCE.search(text[: heard.start]):
            return text[heard.start : heard.end]
    return ""


# A sentence that begins with "The Paper reported" names its source no further on than this.
REPORT = 220


def noun_phrase(text: str, folded: str, at: int, lists: Lists) -> Named | None:
    """The source whose name begins at this place, without its article; None for a pronoun or a vague phrase."""
    article = lists.determiner.match(folded, at)
    start = article.end() if article else at
    end, words, capitals = start, 0, 0
    solid = False
    for match in WORD.finditer(folded, start, start + 120):
        word = match[0]
        if not word[0].isalnum():
            if word == "'" and text[match.start() - 1].isalpha():
                continue
            break
        familiar = word == "with" and folded[start:end].endswith("familiar")
        if (word in lists.stop and not familiar) or words >= LONGEST or (words == 0 and word in lists.nobody):
            break
        capital = text[match.start()].isupper()
        if solid and lists.capital_nouns and not capital and word not in lists.linkers:
            break
        if words and capital and words == 1 and folded[start:end] in lists.nobody:
            break
        solid = solid or (capital and not lists.capital_nouns) or lists.is_source(word)
        capitals += capital and text[match.start() : match.end()] != word.upper()
        words += 1
        if word not in lists.linkers:
            end = match.end()
    solid = solid or _is_name(text[start:end], capitals, lists)
    if not solid or end <= start or not _heads(text, folded, start, end, lists):
        return None
    start, end = _proper(text, folded, start, end, lists)
    return Named(start=start, end=end, name=text[start:end])


def _is_name(phrase: str, capitals: int, lists: Lists) -> bool:
    """Where capitals say nothing: a name the desk knows, or two words with capitals and nothing else."""
    return lists.knows(phrase) or (lists.capital_nouns and capitals == len(phrase.split()) == 2)


def _proper(text: str, folded: str, start: int, end: int, lists: Lists) -> tuple[int, int]:
    """The proper name where one follows what it is: "l'agence de presse X" is X, "le consortium chargé de Y, X" is X."""
    acronym = ACRONYM.match(text, start, end)
    if acronym and key(acronym[0]) in agency_keys():
        return start, acronym.end()
    # "Agence France-Presse" is called so.
    called = text[start].isupper() and lists.knows(text[start:end])
    generic = None if called else lists.generic.match(folded, start, end)
    if generic and (text[generic.end()].isupper() or lists.knows(text[generic.end() : end])):
        return generic.end(), end
    if text[start].islower() and text[start:end] == text[start:end].lower():
        apposed = APPOSED.match(text[end : end + 160])
        if apposed:
            return end + apposed.start("name"), end + apposed.end("name")
    return start, end


def _heads(text: str, folded: str, start: int, end: int, lists: Lists) -> bool:
    """Whether the phrase begins with a name or a noun that can be a source, not with one that only contains it."""
    if text[start].isupper() or any(lists.is_source(word) for word in folded[start:end].split()[:2]):
        return True
    return lists.knows(text[start:end])


def _at_the_end(said: Text, outlets: Sequence[KnownOutlet]) -> Iterator[Attribution]:
    match = TAIL.search(said.text)
    if match is None or len(said.text[: match.start()].split()) < 4:
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
            span=said.passage.raw(start, start + len(tail)),
            state="inferred",
            reason="line ends with the name of the site that printed it",
        )
