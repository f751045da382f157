"""News agencies that supplied a text. An agency in a picture's credit, or one that a sentence quotes, is none."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from articles.core.attribution.words import LATIN_OUTLET, NAME, UPPER, Text, Words, agencies, picture_agencies
from articles.core.folding import fold, key
from articles.core.registry import index_of, named, words_in
from articles.core.registry import words as listed
from articles.core.values import Attribution, KnownOutlet

TEXT = frozenset({"title", "subtitle", "body", "heading", "quote", "list", "byline", "date", "source", "section"})
SIGNED = frozenset({"byline", "date", "source"})
UNNAMED = SIGNED | {"body"}
DASH = "[-—]"
# How far before a name the words may begin that make it a signature.
AROUND = 90
JOINS = r"\s*(?:,|/|&|-|\b(?:et|and|und|avec|with|mit|con|com|y|e)\b|و)\s*"
SPLIT = re.compile(r"(?:(?<!\s)\s++|)(?:,|/|;|&|\b(?:et|and|und|avec|with|mit|con|com|y|e)\b)\s*")
# "PARIS (Some Agency) -": what stands in the brackets of a dateline is an agency, known or not.
DATELINE = re.compile(rf"^\s*[{UPPER}][^()—–\n]{{1,50}}\((?P<names>{NAME})\)\s*[—–-]")
# "MADRID, 3 may (EFE). El…": before a full stop instead of a dash only a place in capitals makes a dateline.
PLACE = re.compile(rf"^\s*[{UPPER}]{{3,}}[^()\n]{{0,50}}\(\s*$")
SIGNED_WITH = "text signed with an agency's name"
ACRONYM = re.compile(r"[^\W\d_]{2,6}")
INITIAL = re.compile(r"[^\W\d_]+")
SMALL = listed("left_out_of_acronyms")
# How many characters before an acronym may hold the words it is short for.
EXPANSION = 120
# What a button says that makes letters larger; in brackets it is an agency.
NO_SIGNATURE = frozenset({"AA"})


class Around(NamedTuple):
    """What stands before and behind a name that signs (folded), in passages of which kinds (None for all)."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    kinds: frozenset[str] | None = None


@lru_cache(maxsize=8)
def _around(words: Words) -> tuple[Around, ...]:
    said, joined = words.any_of("agency_with"), words.any_of("agency_joined")
    return tuple(
        Around(re.compile(rf"{before}\Z"), re.compile(behind), kinds)
        for before, behind, kinds in (
            # At the end of a paragraph, or before the dash of a dateline; elsewhere brackets explain an acronym.
            (rf"\( {{0,3}}(?:{said})?", rf"(?:/[a-z]{{2,4}}){{0,3}} {{0,3}}\)(?= *[.»\"”]? *$| *\.? *{DASH})", None),
            (r"^ *(?:\( *)?", rf" *\)? *\.?{DASH} ", None),
            (rf"(?:^|[.!?»”\"] *){DASH}+ *(?:{said})?", r" *\.? *$", None),
            (rf"^ *\(? *{said}", r" *\)? *\.? *$", None),
            (rf"(?<!\w)(?:{said}|{joined})", r"(?!\w)", SIGNED),
            (rf"(?:^|[|•·/]|{DASH} |, ) *", rf"(?:/[a-z]{{2,4}}){{0,3}} *(?:$|[|•·]|{DASH}|,)", SIGNED),
        )
    )


@lru_cache(maxsize=8)
def _unnamed(words: Words) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """ "With agencies", where a line is signed and at the end of a paragraph."""
    said, alone = words.any_of("with_agencies"), words.any_of("agencies")
    return (
        re.compile(rf"(?:(?<!\w){said}|(?:^|[(/|,;]|{DASH}) *{alone})(?= *\)? *\.? *(?:$|[|•·,]))"),
        re.compile(rf"(?:\(|^|{DASH}) *(?P<said>{said}|{alone}) *\)? *\.? *$"),
    )


@lru_cache(maxsize=256)
def _names(written: frozenset[str]) -> re.Pattern[str]:
    """One agency, or several in a row."""
    one = "(?:" + "|".join(sorted(map(re.escape, written), key=lambda name: (-len(name), name))) + ")"
    return re.compile(rf"(?<![\w@.]){one}(?:{JOINS}{one}){{0,20}}(?!\w)")


@cache
def _without_registry() -> tuple[tuple[str, frozenset[str]], ...]:
    """Agencies that are known even to an empty registry, with the words of their names."""
    return tuple((each, words_in(each)) for name, aliases in agencies().items() for each in (name, *aliases))


def _in_question(texts: Sequence[Text], outlets: Sequence[KnownOutlet], words: Words) -> frozenset[str]:
    """Agencies' names whose words all stand on the page: few, where a pattern of all the world's takes long to make."""
    said = frozenset[str]().union(*(words_in(text.text) for text in texts))
    known = (name for name, needed in (*index_of(outlets).agencies, *_without_registry()) if needed <= said)
    pictures = {name for name, only in picture_agencies().items() if only}
    return (frozenset(known) | _called(texts, words)) - pictures


def find(texts: Sequence[Text], outlets: Sequence[KnownOutlet], words: Words) -> Iterator[Attribution]:
    """News agencies behind the text, each once; one without a name where the page says only "agencies"."""
    seen: set[str] = set()
    mine = [text for text in texts if text.kind in TEXT]
    written = _in_question(mine, outlets, words)
    names = _names(written) if written else None
    for text in mine:
        signatures = _signatures(text, names, words) if names else ()
        for start, end, reason in (*_dateline(text), *signatures):
            name = text.text[start:end]
            if reason == SIGNED_WITH and _explained(text, start, name, outlets):
                continue
            mark = key(_known(name, outlets))
            if mark not in seen:
                seen.add(mark)
                yield _link(text, start, end, reason)
    if not seen:
        yield from _without_a_name(mine, words)


def _explained(text: Text, start: int, name: str, outlets: Sequence[KnownOutlet]) -> bool:
    """Whether a name in brackets is short for the words before them, another body's: "Palestinian Authority (PA)"."""
    head = text.folded[max(0, start - EXPANSION) : start].rstrip()
    if not head.endswith("(") or not ACRONYM.fullmatch(name):
        return False
    before = head[:-1].rstrip()
    said = [word for word in INITIAL.findall(before) if word not in SMALL][-len(name) :]
    if "".join(word[0] for word in said) != fold(name):
        return False
    outlet = named(name, outlets)
    return outlet is None or not any(key(before).endswith(key(alias)) for alias in outlet.aliases)


def _called(texts: Sequence[Text], words: Words) -> set[str]:
    """Names that the page itself calls agencies, known to the registry or not."""
    slot = words.slot("agency_called")
    heard = ((text, one) for text in texts for one in slot.names(text.text, text.folded, LATIN_OUTLET))
    return {text.text[one.start : one.end].rstrip(" ,.;:-") for text, one in heard}


def _known(name: str, outlets: Sequence[KnownOutlet]) -> str:
    outlet = named(name, outlets)
    return outlet.name if outlet else name


def _dateline(text: Text) -> Iterator[tuple[int, int, str]]:
    if text.kind == "body" and (found := DATELINE.match(text.text)):
        yield *found.span("names"), "named in the dateline"


def _signatures(text: Text, names: re.Pattern[str], words: Words) -> Iterator[tuple[int, int, str]]:
    for match in names.finditer(text.text):
        start, end = match.span()
        if PLACE.match(text.text[: min(start, AROUND)]) and text.folded.startswith((")", " )"), end):
            reason = "named in the dateline"
        elif match[0] in NO_SIGNATURE and text.text[start - 1 : start] != "(":
            continue
        elif any(_signs(around, text, start, end) for around in _around(words)):
            reason = SIGNED_WITH
        else:
            continue
        for first, last in parts(text.text, start, end):
            yield first, last, reason


def _signs(around: Around, text: Text, start: int, end: int) -> bool:
    if around.kinds is not None and text.kind not in around.kinds:
        return False
    before = around.before.search(text.folded, max(0, start - AROUND), start)
    return before is not None and around.behind.match(text.folded, end) is not None


def parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names of a list; a hyphen joins words of one name, so it does not part them."""
    edges = [start, *(edge for match in SPLIT.finditer(text, start, end) for edge in match.span()), end]
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        words = text[a:b].strip(" \u00a0.()")
        if words:
            at = text.index(words, a, b)
            yield at, at + len(words)


def _link(text: Text, start: int, end: int, reason: str) -> Attribution:
    span = text.passage.raw(start, end)
    return Attribution(role="agency", name=text.text[start:end], span=span, state="stated", reason=reason)


def _without_a_name(texts: Sequence[Text], words: Words) -> Iterator[Attribution]:
    in_line, at_the_end = _unnamed(words)
    for text in texts:
        if text.kind not in UNNAMED:
            continue
        found = in_line.search(text.folded) if text.kind in SIGNED else None
        found = found or at_the_end.search(text.folded)
        if found:
            start, end = found.span("said" if "said" in found.re.groupindex else 0)
            reason = "agencies supplied the text, none of them is named"
            span = text.passage.raw(start, end)
            yield Attribution(role="agency", name=None, span=span, state="unknown", reason=reason)
            return
