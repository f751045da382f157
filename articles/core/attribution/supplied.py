"""Who supplied the text (agencies, outlets it was taken from, translators) and who supplied the pictures."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from articles.core.attribution.pictures import PHOTO, PHOTO_IN_CAPTION
from articles.core.attribution.words import CALLED_AGENCY, CUT_OFF, DATELINE, TAKEN_FROM, TRANSLATED
from articles.core.folding import fold, key
from articles.core.registry import index_of, named, words, words_of
from articles.core.values import Attribution, KnownOutlet, Passage, Role

TEXT = frozenset({"title", "subtitle", "body", "heading", "quote", "list", "byline", "date", "source", "section"})
SIGNED = frozenset({"byline", "date", "source"})
PICTURE = frozenset({"caption", "credit"})
# Agencies that are known even to an empty registry.
AGENCIES = ("AFP", "Agence France-Presse", "Reuters", "AP", "Associated Press", "dpa", "EFE", "ANSA", "Xinhua", "TASS")
WITHOUT_REGISTRY = tuple((name, words_of(name)) for name in AGENCIES)
# A whole line that is no longer than this may be a source note, wherever it stands.
NOTE = 60
UNNAMED = re.compile(r"\(?(?:(?:[Pp]hoto|[Cc]rédit)s?\s*:?\s*(?:©\s*)?)?D\.?\s?R\.?\)?")
ACRONYM = re.compile(r"[^\W\d_]{2,6}")
INITIAL = re.compile(r"[^\W\d_]+")
SMALL = words("left_out_of_acronyms")
# How many characters before an acronym may hold the words it is short for.
EXPANSION = 120
SPLIT = re.compile(r"(?:(?<!\s)\s++|)(?:,|/|;|&|\bet\b|\band\b|\bavec\b|\bwith\b)\s*")


@lru_cache(maxsize=256)
def _agency_patterns(names: frozenset[str]) -> tuple[tuple[re.Pattern[str], frozenset[str] | None], ...]:
    """(pattern, kinds it holds in or None for all of TEXT); group "names" is one agency or several."""
    one = "(?:" + "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name))) + ")"
    some = rf"(?P<names>{one}(?:\s*(?:,|/|et|and|&|avec|with|-)\s*{one}){{0,20}})"
    dash = r"[-–—]"
    return tuple(
        (re.compile(pattern), kinds)
        for pattern, kinds in (
            # At the end of a paragraph, or before the dash of a dateline; elsewhere brackets explain an acronym.
            (rf"\((?:[Aa]vec |[Ww]ith )?{some}\)(?=\s*[.»\"”]?\s*$|\s*{dash})", None),
            (rf"^\s*(?:\(\s*)?{some}\s*\)?\s*{dash}\s", None),
            (rf"(?:^|[.!?»”\"]\s*){dash}+\s*(?:[Aa]vec |[Ww]ith )?{some}\s*\.?\s*$", None),
            (
                rf"^\s*(?:[Aa]vec|[Ww]ith|[Ss]ources?\s*:?|[Vv]ia|[Pp]ar|[Bb]y)\s+(?:l['’]|the |la )?{some}\s*\.?\s*$",
                None,
            ),
            (
                rf"\b(?:[Aa]vec|[Ww]ith|[Ss]ources?\s*:|[Vv]ia|[Pp]ar|[Bb]y|et|and)\s+(?:l['’]|the |la )?{some}\b",
                SIGNED,
            ),
            (rf"(?:^|[|•·/]|{dash}\s|,\s)\s*{some}\s*(?:$|[|•·]|{dash}|,)", SIGNED),
        )
    )


def agencies(passages: Sequence[Passage], outlets: Sequence[KnownOutlet]) -> Iterator[Attribution]:
    """News agencies behind the text; an agency in a picture's credit is none."""
    seen: set[str] = set()
    texts = [passage for passage in passages if passage.block.kind in TEXT]
    names = _in_question(texts, outlets)
    patterns = _agency_patterns(names) if names else ()
    for passage in texts:
        if passage.block.kind == "body" and (dateline := DATELINE.match(passage.text)):
            start, end = dateline.span("names")
            name = passage.text[start:end]
            if key(_known(name, outlets)) not in seen:
                seen.add(key(_known(name, outlets)))
                yield _stated(passage, "agency", start, end, name, "named in the dateline")
        for pattern, kinds in patterns:
            if kinds is not None and passage.block.kind not in kinds:
                continue
            for match in pattern.finditer(passage.text):
                for start, end in _parts(passage.text, match.start("names"), match.end("names")):
                    name = passage.text[start:end]
                    if match[0][0] == "(" and _explained(passage.text, match.start(), name, outlets):
                        continue
                    if key(_known(name, outlets)) not in seen:
                        seen.add(key(_known(name, outlets)))
                        yield _stated(passage, "agency", start, end, name, "text signed with an agency's name")


def _in_question(passages: Sequence[Passage], outlets: Sequence[KnownOutlet]) -> frozenset[str]:
    """Agencies' names whose words all stand on the page: few, where a pattern of all the world's takes long to make."""
    said = frozenset[str]().union(*(words_of(passage.text) for passage in passages))
    known = (name for name, needed in (*index_of(outlets).agencies, *WITHOUT_REGISTRY) if needed <= said)
    return frozenset(known) | _called(passages)


def _explained(text: str, at: int, name: str, outlets: Sequence[KnownOutlet]) -> bool:
    """Whether the name is short for the words before the bracket, another body's: "the Palestinian Authority (PA)"."""
    if not ACRONYM.fullmatch(name):
        return False
    before = fold(text[max(0, at - EXPANSION) : at])
    said = [word for word in INITIAL.findall(before) if word not in SMALL][-len(name) :]
    if "".join(word[0] for word in said) != fold(name):
        return False
    outlet = named(name, outlets)
    return outlet is None or not any(key(before).endswith(key(alias)) for alias in outlet.aliases)


def _called(passages: Sequence[Passage]) -> set[str]:
    """Names that the page itself calls agencies, known to the registry or not."""
    found = (match for passage in passages for match in CALLED_AGENCY.finditer(passage.text))
    return {(match["fr"] or match["en"]).rstrip(" ,.;:-") for match in found}


def _known(name: str, outlets: Sequence[KnownOutlet]) -> str:
    outlet = named(name, outlets)
    return outlet.name if outlet else name


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names of a list; a hyphen joins words of one name, so it does not part them."""
    edges = [start, *(edge for match in SPLIT.finditer(text, start, end) for edge in match.span()), end]
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        words = text[a:b].strip(" \u00a0.()")
        if words:
            at = text.index(words, a, b)
            yield at, at + len(words)


def _stated(passage: Passage, role: Role, start: int, end: int, name: str, reason: str) -> Attribution:
    return Attribution(role=role, name=name, span=passage.raw(start, end), state="stated", reason=reason)


def republished(passages: Sequence[Passage], outlets: Sequence[KnownOutlet]) -> Iterator[Attribution]:
    """Outlets that the text was taken from; with no name where the source note was cut off."""
    for passage in passages:
        kind, text = passage.block.kind, passage.text
        short = len(text.strip()) <= NOTE and kind not in ("title", "section", "heading", "related", "navigation")
        if kind not in ("source", "byline") and not (
            short and kind in ("body", "credit", "caption", "legal", "widget")
        ):
            continue
        if (cut := CUT_OFF.match(text)) and (kind == "source" or cut["first"] is None or kind == "body"):
            start, end = len(text) - len(text.lstrip()), len(text.rstrip())
            yield Attribution(
                role="republished_from",
                name=None,
                span=passage.raw(start, end),
                state="unknown",
                reason="source note ends before the name, lost with its link",
            )
        elif (match := TAKEN_FROM.match(text)) and (kind == "source" or (match["first"] is None and short)):
            yield from _taken_from(passage, match, outlets)


def _taken_from(passage: Passage, match: re.Match[str], outlets: Sequence[KnownOutlet]) -> Iterator[Attribution]:
    text = passage.text
    for start, end in _parts(text, match.start("names"), len(text)):
        name = re.split(r"[.|(]\s|\s[-–—|]\s|\s(?:le|on|du|en|in)\s(?=\d|[a-z])|\n", text[start:end])[0].rstrip(' .)»"')
        outlet = named(name, outlets)
        plain = name[:1].isupper() or outlet is not None or re.fullmatch(r"[\w-]+\.\w{2,4}", name)
        if not plain or len(name) > NOTE or (outlet and outlet.is_agency) or name in AGENCIES:
            continue
        yield _stated(passage, "republished_from", start, start + len(name), name, "named in the source note")


def translators(passages: Sequence[Passage]) -> Iterator[Attribution]:
    """Who translated the text, where a line says so."""
    for passage in passages:
        if passage.block.kind in ("byline", "date", "source", "body", "credit"):
            for match in TRANSLATED.finditer(passage.text):
                start, end = match.span("name")
                yield _stated(passage, "translator", start, end, match["name"], "named as the translator")


def photo_credits(passages: Sequence[Passage]) -> Iterator[Attribution]:
    """Who made or supplied the pictures."""
    for passage in passages:
        kind = passage.block.kind
        patterns = (*PHOTO, *PHOTO_IN_CAPTION) if kind in PICTURE else PHOTO[:3] if kind in TEXT else ()
        taken = bytearray(len(passage.text))
        for pattern in patterns:
            for match in pattern.finditer(passage.text):
                words = match["name"].strip(" \u00a0.,:;-–")
                start = match.start("name") + match["name"].find(words) if words else -1
                end = start + len(words)
                if len(words) < 2 or words.isdigit() or any(taken[start:end]):
                    continue
                taken[start:end] = b"\1" * (end - start)
                yield _stated(passage, "photo_credit", start, end, words, "named in the picture's credit")
        if kind == "credit" and not any(taken):
            yield from _bare_credit(passage)


def _bare_credit(passage: Passage) -> Iterator[Attribution]:
    """A credit line that is nothing but a name."""
    text = passage.text
    words = text.strip(" \u00a0\n\t.,:;-–—()|©")
    if UNNAMED.fullmatch(text.strip()):
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        reason = "rights reserved, without the photographer's name"
        span = passage.raw(start, end)
        yield Attribution(role="photo_credit", name=None, span=span, state="unknown", reason=reason)
    elif 2 <= len(words) <= NOTE and words[0].isupper() and not re.search(r"[.!?:]\s|\d{3}", words):
        start = text.index(words)
        yield _stated(passage, "photo_credit", start, start + len(words), words, "name alone where credits stand")
