"""Which outlet's page this is: stated beside the text, or inferred from what its furniture says."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from articles.core.attribution import head
from articles.core.attribution.supplied import note_of
from articles.core.attribution.words import COPYRIGHT, NAME, OTHER_NAME, OUTLET, OUTLET_SHAPE, Text, Words
from articles.core.edits import Span
from articles.core.folding import fold, key
from articles.core.registry import addresses, host_of, named, outlet_of
from articles.core.values import FROM_THE_UPLOAD, Attribution, KnownOutlet, Memory, Scraped

FURNITURE = frozenset({"legal", "comments", "subscribe", "share", "source", "navigation", "widget", "ad", "related"})
ARTICLES = frozenset({"the", "le", "la", "les", "el", "der", "die", "das", "il", "o", "a"})
HOST = re.compile(r"(?:[\w-]+\.)+[A-Za-z]{2,}")
YEAR_BEHIND = re.compile(r"(?<![ ,])[ ,]++(?:19|20)\d\d$")
PROMPT = 2
COPYRIGHT_LINE = "named in the copyright line"
# A copyright line, whatever its language: the sign before the name, or a name before the sign and its year.
LINES: tuple[tuple[re.Pattern[str], str, int], ...] = (
    (re.compile(rf"{COPYRIGHT}(?:[Bb]y )?(?P<name>{NAME}|{OTHER_NAME})"), COPYRIGHT_LINE, 4),
    (re.compile(rf"\b(?P<name>{NAME}) ?(?:©|\([cC]\)) ?\d{{4}}"), COPYRIGHT_LINE, 4),
    (
        re.compile(rf"[|·•][ \u00a0](?P<name>{NAME}),? (?:©|\(c\))? ?(?:19|20)\d\d[ .]*$"),
        "the last line of the page signs with it",
        3,
    ),
)
BEFORE_RESERVED = re.compile(rf"\b(?P<name>{NAME})[ .,\u00a0]*+(?:[-–—|][ \u00a0]*+)?\Z")
BEHIND_RESERVED = re.compile(rf"[ ,:\u00a0–-]*+(?P<name>{NAME}|{OTHER_NAME})")
ON_AIR = re.compile(rf"(?P<name>{NAME})(?=[ \u00a0]?:)")
WINDOW = 120
LONGEST_IN_A_REASON = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Words of the page that name its outlet."""

    name: str
    span: Span
    reason: str
    weight: int


def find(
    scraped: Scraped, texts: Sequence[Text], memory: Memory, words: Words, agencies: Sequence[Attribution] = ()
) -> tuple[Attribution, ...]:
    """The publisher, first; behind it those that speak against it. Nothing when the page names none.

    ``agencies`` supplied the text: they are none."""
    suppliers = {key(agency.name or "") for agency in agencies}
    hints = [hint for hint in _hints(texts, memory, words) if key(hint.name) not in suppliers]
    stated = [*head.names(scraped, head.SITE), *head.names(scraped, head.PUBLISHERS)]
    outlet = outlet_of(scraped, memory.outlets)
    if scraped.outlet and not (HOST.fullmatch(scraped.outlet) and (stated or outlet)):
        given = _given(scraped.outlet, hints, texts)
        return _against_upload(given, stated, memory) if given.span is None else (given,)
    if stated and (stated[0].under.lower() in head.SITE or outlet is None):
        first = _publisher(stated[0].value, stated[0].span, f"page head: {stated[0].under}", stated=stated[0].holds)
        return _disputed(first, hints, scraped, memory)
    if outlet:
        proof = next((hint.span for hint in hints if named(hint.name, memory.outlets) == outlet), None)
        return (_publisher(outlet.name, proof, "address of the page is on its site"),)
    if hints:
        return (_strongest(hints, memory),)
    host = next((host for address in addresses(scraped) if (host := host_of(address))), "")
    return (_publisher(host, None, "address of the page is on this site"),) if host else ()


def _publisher(name: str, span: Span | None, reason: str, *, stated: bool = False) -> Attribution:
    state = "stated" if stated and span else "inferred"
    return Attribution(
        role="publisher", name=name, span=span, state="stated" if state == "stated" else "inferred", reason=reason
    )


def _disputed(first: Attribution, hints: Sequence[Hint], scraped: Scraped, memory: Memory) -> tuple[Attribution, ...]:
    """The publisher that the head names; where the copyright line names another outlet, both, and neither is sure.

    A copyright line often names the company that owns the outlet: only a known outlet speaks against another name."""
    hosts = [host_of(address) for address in addresses(scraped)]
    for hint in hints:
        rival = named(hint.name, memory.outlets)
        if hint.reason != COPYRIGHT_LINE or rival is None or rival.is_agency:
            continue
        mine = named(first.name or "", memory.outlets)
        if rival == mine or _related(first.name or "", rival) or any(_at_home(host, rival) for host in hosts):
            continue
        reason = f"page head says {_short(first.name or '')}, copyright line says {_short(hint.name)}"
        return tuple(
            Attribution(role="publisher", name=name, span=span, state="disputed", reason=reason)
            for name, span in ((first.name, first.span), (hint.name, hint.span))
        )
    return (first,)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_IN_A_REASON else f"{name[: LONGEST_IN_A_REASON - 1].rstrip()}…"


def _related(name: str, outlet: KnownOutlet) -> bool:
    """Whether a name shares a word with an outlet's names, or is written together in one of its domains."""
    mine = {word for word in key(name).split() if len(word) > 2} - ARTICLES
    theirs = {word for each in (outlet.name, *outlet.aliases) for word in key(each).split()}
    compact = key(name).replace(" ", "")
    return bool(mine & theirs) or any(compact in domain for domain in outlet.domains)


def _at_home(host: str, outlet: KnownOutlet) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in outlet.domains)


def _given(name: str, hints: Sequence[Hint], texts: Sequence[Text]) -> Attribution:
    """The outlet named with the upload, with the words of the page that name it too, if there are any."""
    for hint in hints:
        if key(hint.name) == key(name):
            return _publisher(name, hint.span, f"{FROM_THE_UPLOAD}, the page agrees", stated=True)
    folded = fold(name)
    for text in texts:
        at = text.folded.find(folded) if text.kind in FURNITURE else -1
        if at >= 0:
            span = text.passage.raw(at, at + len(name))
            return _publisher(name, span, f"{FROM_THE_UPLOAD}, the name stands on the page", stated=True)
    return Attribution(role="publisher", name=name, span=None, state="stated", reason=FROM_THE_UPLOAD)


def _against_upload(given: Attribution, stated: Sequence[head.Said], memory: Memory) -> tuple[Attribution, ...]:
    """The outlet that the upload names; where the page's head names another one that the desk knows, both, and neither is
    sure."""
    name = given.name or ""
    mine = named(name, memory.outlets)
    for one in stated:
        rival = named(one.value, memory.outlets)
        if rival is None or rival.is_agency or rival == mine or _related(name, rival) or not one.holds:
            continue
        reason = f"upload says {_short(name)}, page head says {_short(one.value)}"
        other = Attribution(role="publisher", name=one.value, span=one.span, state="disputed", reason=reason)
        return replace(given, state="disputed", reason=reason), other
    return (given,)


def _strongest(hints: Sequence[Hint], memory: Memory) -> Attribution:
    """The name with most behind it; the proof is its strongest line, the earliest of equals."""

    def identity(hint: Hint) -> str:
        outlet = named(hint.name, memory.outlets)
        return key(outlet.name if outlet else hint.name)

    weights: Counter[str] = Counter()
    for hint in hints:
        weights[identity(hint)] += hint.weight + (1 if named(hint.name, memory.outlets) else 0)
    chosen = max(weights, key=lambda name: weights[name])
    proof = max((hint for hint in hints if identity(hint) == chosen), key=lambda hint: (hint.weight, -hint.span.start))
    return _publisher(proof.name, proof.span, proof.reason)


def _hints(texts: Sequence[Text], memory: Memory, words: Words) -> Iterator[Hint]:
    no_names = words.listed("not_outlets")
    for text in texts:
        if text.kind not in FURNITURE:
            continue
        if text.kind == "source" and (note := note_of(text, words)) and note.first:
            yield _hint(text, *note.first, "signs the source note", 2)
        if text.kind != "related":
            for hint in _in_furniture(text, words):
                # A prompt may name a newsletter instead.
                if hint.weight == PROMPT and not looks_like_outlet(hint.name, memory.outlets):
                    continue
                if hint.name and not _is_none(hint.name, memory, no_names):
                    yield hint
        for heard in words.slot("on_air").names(text.text, text.folded, ON_AIR):
            if looks_like_outlet(text.text[heard.start : heard.end], memory.outlets):
                yield _hint(text, heard.start, heard.end, "headline list says what was said there", 2)


def _in_furniture(text: Text, words: Words) -> Iterator[Hint]:
    for heard in words.slot("publisher").names(text.text, text.folded, OUTLET):
        yield _hint(text, heard.start, heard.end, heard.reason, heard.weight)
    for pattern, reason, weight in LINES:
        for match in pattern.finditer(text.text):
            yield _hint(text, *match.span("name"), reason, weight)
    for reserved in _reserved(words).finditer(text.folded):
        before = BEFORE_RESERVED.search(text.text, max(0, reserved.start() - WINDOW), reserved.start())
        if before:
            yield _hint(text, *before.span("name"), COPYRIGHT_LINE, 4)
        if behind := BEHIND_RESERVED.match(text.text, reserved.end()):
            yield _hint(text, *behind.span("name"), COPYRIGHT_LINE, 3)


@lru_cache(maxsize=8)
def _reserved(words: Words) -> re.Pattern[str]:
    return re.compile(rf"(?:{words.any_of('reserved_by')}|{words.any_of('reserved')})")


def _hint(text: Text, start: int, end: int, reason: str, weight: int) -> Hint:
    name = text.text[start:end].rstrip(" \u00a0.,;:'’-–")
    name = YEAR_BEHIND.sub("", name)
    if name.endswith(("'s", "’s")):
        name = name[:-2]
    span = text.passage.raw(start, start + max(len(name), 1))
    return Hint(name=name, span=span, reason=reason, weight=weight)


def _is_none(name: str, memory: Memory, no_names: frozenset[str]) -> bool:
    """Whether a name with capitals is no outlet: a platform, an agency, or the first word of a sentence."""
    outlet = named(name, memory.outlets)
    if outlet is not None:
        return outlet.is_agency
    words = fold(name).split()
    if words[0] in ARTICLES:
        words = words[1:]
    return len(name) < 2 or name.isdigit() or not words or words[0] in no_names


def looks_like_outlet(name: str, outlets: Sequence[KnownOutlet]) -> bool:
    """Whether the registry knows the name or it is shaped as outlets' names are."""
    return named(name, outlets) is not None or OUTLET_SHAPE.search(name) is not None
