"""Which outlet's page this is: stated beside the text, or inferred from what its furniture says."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.core.attribution.words import CUT_OFF, NOT_NAMES, ON_AIR, OUTLET_SHAPE, PUBLISHER, TAKEN_FROM
from articles.core.edits import Span
from articles.core.folding import fold, key
from articles.core.registry import addresses, host_of, named, outlet_of
from articles.core.values import Attribution, KnownOutlet, Memory, Passage, Scraped

FURNITURE = frozenset({"legal", "comments", "subscribe", "share", "source", "navigation", "widget", "ad", "related"})
ARTICLES = frozenset({"the", "le", "la", "les"})
YEAR_BEHIND = re.compile(r"(?<![ ,])[ ,]++(?:19|20)\d\d$")
PROMPT = 2
SITE_NAMES = ("og:site_name", "application-name", "publisher", "dc.publisher", "copyright")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Words of the page that name its outlet."""

    name: str
    span: Span
    reason: str
    weight: int


def find(
    scraped: Scraped, passages: Sequence[Passage], memory: Memory, agencies: Sequence[Attribution] = ()
) -> Attribution | None:
    """The publisher, or None when nothing on the page names it. ``agencies`` supplied the text: they are none."""
    suppliers = {key(agency.name or "") for agency in agencies}
    hints = [hint for hint in _hints(passages, memory) if key(hint.name) not in suppliers]
    if scraped.outlet:
        return _given(scraped.outlet, hints, passages)
    for wanted in SITE_NAMES[:1]:
        for name, value, span in scraped.metadata:
            if name.lower() == wanted and value.strip():
                return _publisher(value.strip(), span, "stated", f"page head: {name}")
    outlet = outlet_of(scraped, memory.outlets)
    if outlet:
        proof = next((hint.span for hint in hints if named(hint.name, memory.outlets) == outlet), None)
        return _publisher(outlet.name, proof, "inferred", "address of the page is on its site")
    if hints:
        return _strongest(hints, memory)
    host = next((host for address in addresses(scraped) if (host := host_of(address))), "")
    if host:
        return _publisher(host, None, "inferred", "address of the page is on this site")
    return None


def _publisher(name: str, span: Span | None, state: str, reason: str) -> Attribution:
    return Attribution(
        role="publisher",
        name=name,
        span=span,
        state="stated" if state == "stated" and span else "inferred",
        reason=reason,
    )


def _given(name: str, hints: Sequence[Hint], passages: Sequence[Passage]) -> Attribution:
    """The outlet named with the upload; stated when the page itself holds the name."""
    for hint in hints:
        if key(hint.name) == key(name):
            return _publisher(name, hint.span, "stated", "named with the upload, the page agrees")
    folded = fold(name)
    for passage in passages:
        at = fold(passage.text).find(folded) if passage.block.kind in FURNITURE else -1
        if at >= 0:
            span = passage.raw(at, at + len(name))
            return _publisher(name, span, "stated", "named with the upload, the name stands on the page")
    return _publisher(name, None, "inferred", "named with the upload, the page does not say so")


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
    return _publisher(proof.name, proof.span, "inferred", proof.reason)


def _hints(passages: Sequence[Passage], memory: Memory) -> Iterator[Hint]:
    for passage in passages:
        kind, text = passage.block.kind, passage.text
        if kind == "source":
            for pattern in (CUT_OFF, TAKEN_FROM):
                if (match := pattern.match(text)) and match["first"]:
                    yield _hint(passage, match.start("first"), match["first"], "signs the source note", 2)
        if kind in FURNITURE and kind != "related":
            for reason, pattern, weight in PUBLISHER:
                for match in pattern.finditer(text):
                    hint = _hint(passage, match.start("name"), match["name"], reason, weight)
                    # A prompt may name a newsletter instead.
                    if weight == PROMPT and not looks_like_outlet(hint.name, memory.outlets):
                        continue
                    if hint.name and not _is_none(hint.name, memory):
                        yield hint
        if kind in FURNITURE:
            for match in ON_AIR.finditer(text):
                if looks_like_outlet(match["name"], memory.outlets):
                    reason = "headline list says what was said there"
                    yield _hint(passage, match.start("name"), match["name"], reason, 2)


def _hint(passage: Passage, start: int, words: str, reason: str, weight: int) -> Hint:
    name = words.rstrip(" \u00a0.,;:'’-–")
    name = YEAR_BEHIND.sub("", name)
    if name.endswith(("'s", "’s")):
        name = name[:-2]
    end = start + max(len(name), 1)
    return Hint(name=name, span=passage.raw(start, end), reason=reason, weight=weight)


def _is_none(name: str, memory: Memory) -> bool:
    """Whether a name with capitals is no outlet: a platform, an agency, or the first word of a sentence."""
    outlet = named(name, memory.outlets)
    if outlet is not None:
        return outlet.is_agency
    words = fold(name).split()
    if words[0] in ARTICLES:
        words = words[1:]
    return len(name) < 2 or name.isdigit() or not words or words[0] in NOT_NAMES


def looks_like_outlet(name: str, outlets: Sequence[KnownOutlet]) -> bool:
    """Whether the registry knows the name or it is shaped as outlets' names are."""
    return named(name, outlets) is not None or OUTLET_SHAPE.search(name) is not None
