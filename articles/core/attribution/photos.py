"""Who made or supplied the pictures."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from articles.core.attribution.restricted import patterns
from articles.core.attribution.words import OTHER, UPPER, Text, Words, agencies, picture_agencies
from articles.core.values import Attribution

PICTURE = frozenset({"caption", "credit"})
IN_TEXT = frozenset({"title", "subtitle", "body", "heading", "quote", "list", "byline", "date", "source", "section"})
# A picture's credit ends where a restriction, a full stop or another picture begins.
NAMED = r"(?P<name>[^()\n]{2,120}?)"
END = r"\s*(?=\)|/ ?RESTRICTED|\.(?:\s|$)|$|\n|[;|])"
TO_THE_END = re.compile(NAMED + END)
TO_THE_BRACKET = re.compile(rf"{NAMED}\s*\)")
MARKED = re.compile(rf"©\s*(?:\d{{4}}\s*)?{NAMED}{END}")
# "(Photo Ann Roux / AFP)": without a word between, only a name with a stroke in it is a credit.
WITH_A_STROKE = re.compile(rf"(?P<name>[{UPPER}][^()/\n]{{1,80}}/[^()\n]{{2,60}}?)\s*\)")
LOUD = re.compile(
    rf"[.!?»”\"]\s+(?P<name>[{UPPER}][{UPPER}.’'\-]+(?: [{UPPER}][{UPPER}.’'\-]{{0,40}}){{1,40}}"
    rf"(?: ?/ ?[{UPPER}][{UPPER}0-9.’'\- ]+)?)\s*$"
)
UNNAMED = re.compile(r"\(?(?:(?:[Pp]hoto|[Cc]rédit)s?\s*:?\s*(?:©\s*)?)?D\.?\s?R\.?\)?")
# A whole line that is no longer than this may be a name alone.
NAME_LENGTH = 60


class Cues(NamedTuple):
    """Patterns over folded text that end where the name of a credit begins."""

    bracket: re.Pattern[str]
    bare: re.Pattern[str]
    word: re.Pattern[str]
    phrase: re.Pattern[str]


@lru_cache(maxsize=8)
def _cues(words: Words) -> Cues:
    word, phrase, bracket = (words.any_of(name) for name in ("credit_word", "credit_by", "credit_bracket"))
    return Cues(
        bracket=re.compile(rf"\( {{0,3}}(?:{bracket}|{word}(?: {{0,3}}[:©] {{0,3}}| by ))"),
        bare=re.compile(rf"\( {{0,3}}{word} {{1,3}}"),
        word=re.compile(rf"{word} {{0,3}}[:©] {{0,3}}(?:© {{0,3}})?"),
        phrase=re.compile(phrase),
    )


@cache
def _slashed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An agency before a stroke in brackets, and a photographer before an agency at the edge of a sentence."""
    known = {*picture_agencies(), *agencies()}
    names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    person = rf"(?:[{UPPER}][\w.’'\-]{{1,40}} ){{0,4}}[{UPPER}][\w.’'\-]{{1,40}}"
    return (
        re.compile(rf"\(\s*(?P<name>(?:{names})(?: Photo)?\s?/ ?[{UPPER}][^()\n]{{1,80}})\)"),
        re.compile(rf"(?:^|[.!?»\"”)(]\s*|[-–—|]\s+)(?P<name>{person}\s?(?:/|via)\s?(?:{names})(?: Images)?)\b"),
    )


def find(texts: list[Text], words: Words) -> Iterator[Attribution]:
    """All credits of pictures, in captions and credits and, in brackets, in the text."""
    cues = _cues(words)
    for text in texts:
        if text.kind not in PICTURE and text.kind not in IN_TEXT:
            continue
        taken = bytearray(len(text.text))
        for match in _matches(text, cues):
            name = _before_terms(match["name"])[0].strip(" \u00a0.,:;-–")
            start = match.start("name") + match["name"].find(name) if name else -1
            end = start + len(name)
            if len(name) < 2 or name.isdigit() or any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            yield _link(text, start, end, "named in the picture's credit")
        if text.kind == "credit" and not any(taken):
            yield from _bare(text)


def _matches(text: Text, cues: Cues) -> Iterator[re.Match[str]]:
    agency_first, agency_last = _slashed()
    if "(" in text.text:
        yield from _behind(text, cues.bracket, TO_THE_BRACKET)
        yield from _behind(text, cues.bare, WITH_A_STROKE)
        yield from agency_first.finditer(text.text)
    if text.kind not in PICTURE:
        return
    yield from _behind(text, cues.word, TO_THE_END)
    yield from _behind(text, cues.phrase, TO_THE_END)
    yield from MARKED.finditer(text.text)
    yield from agency_last.finditer(text.text)
    yield from LOUD.finditer(text.text)


def _behind(text: Text, cue: re.Pattern[str], name: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """What stands behind each cue. A word such as "Photo" begins with a capital; it may be glued to the word before."""
    for found in cue.finditer(text.folded):
        at = found.start()
        glued = at > 0 and text.text[at - 1].isalnum()
        first = text.text[at]
        if glued and not (first.isupper() and text.text[at - 1].islower()):
            continue
        if (match := name.match(text.text, found.end())) is not None:
            yield match


def _link(text: Text, start: int, end: int, reason: str) -> Attribution:
    span = text.passage.raw(start, end)
    return Attribution(role="photo_credit", name=text.text[start:end], span=span, state="stated", reason=reason)


def _bare(text: Text) -> Iterator[Attribution]:
    """A credit line that is nothing but a name."""
    words, apart = _before_terms(text.text.strip(" \u00a0\n\t.,:;-–—()|©"))
    if UNNAMED.fullmatch(text.text.strip()):
        start, end = len(text.text) - len(text.text.lstrip()), len(text.text.rstrip())
        reason = "rights reserved, without the photographer's name"
        span = text.passage.raw(start, end)
        yield Attribution(role="photo_credit", name=None, span=span, state="unknown", reason=reason)
    elif apart and 2 <= len(words) <= NAME_LENGTH and _begins(words) and not re.search(r"[.!?:]\s|\d{3}", words):
        start = text.text.index(words)
        yield _link(text, start, start + len(words), "name alone where credits stand")


def _before_terms(words: str) -> tuple[str, bool]:
    """A name without the restriction behind it, and whether a stroke or a stop parts them; all of it where none is."""
    lowered = words.lower()
    found = (row.pattern.search(words) for row in patterns() if row.may_match(words, lowered))
    at = min((match.start() for match in found if match), default=len(words))
    name = words[:at].rstrip(" \u00a0(")
    bare = name.rstrip("/,;.–—-")
    return bare.rstrip(), at == len(words) or bare != name


def _begins(words: str) -> bool:
    return words[0].isupper() or re.match(rf"[{OTHER}]", words) is not None
