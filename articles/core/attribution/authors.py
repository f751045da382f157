"""Who signed the text: the people that the field found, with the words that name them, and desks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from articles.core.attribution.words import Text, Words
from articles.core.edits import Span
from articles.core.folding import fold, key
from articles.core.values import FROM_THE_UPLOAD, Attribution, Candidate, Field

SIGNED = frozenset({"byline", "date", "source"})
HEAD = "page head"
# A name without a word that introduces it is weaker evidence than one that the page's head gives.
WEAK = "name alone"
SHORTEST = 3
LONGEST_IN_A_REASON = 24


def find(
    texts: Sequence[Text], field: Field | None, raw: str, words: Words, publishers: Iterable[str] = ()
) -> Iterator[Attribution]:
    """The authors that the field found, each with the words that name it; then desks that sign.

    Where byline and page head name quite different people, both are given and neither is sure. ``publishers`` are names
    of organisations: a head that gives one of them as the author says nothing against a byline."""
    names = _listed(field.value) if field is not None else []
    rival = _rival(field, names, {key(name) for name in publishers}) if field is not None and names else None
    dispute = _against(field, rival) if field is not None and rival is not None else ""
    for name in names:
        span = _proof(name, field.span if field else None, texts, raw)
        if dispute:
            yield Attribution(role="author", name=name, span=span, state="disputed", reason=dispute)
        elif span:
            yield Attribution(role="author", name=name, span=span, state="stated", reason="signs the text")
        elif field is not None and field.reason == FROM_THE_UPLOAD:
            yield Attribution(role="author", name=name, span=None, state="stated", reason=FROM_THE_UPLOAD)
        else:
            yield Attribution(role="author", name=name, span=None, state="inferred", reason="named beside the text")
    if rival is not None:
        for name in _listed(rival.value):
            yield Attribution(role="author", name=name, span=rival.span, state="disputed", reason=dispute)
    yield from _desks(texts, words)


def _listed(value: object) -> list[str]:
    return [name for name in value if isinstance(name, str) and name] if isinstance(value, list) else []


def _rival(field: Field, names: Sequence[str], organisations: set[str]) -> Candidate | None:
    """What the page's head or the upload says against the byline, or the byline against them; None when they may agree."""
    if field.reason.startswith(WEAK):
        return None
    mine = _side(field.reason)
    people = [one for one in field.candidates if not organisations & {key(name) for name in _listed(one.value)}]
    strong = [one for one in people if _listed(one.value) and not one.reason.startswith(WEAK)]
    others = [one for one in strong if _side(one.reason) != mine]
    same_side = [name for one in strong if one not in others for name in _listed(one.value)]
    told = [name for one in others for name in _listed(one.value)]
    if not told or any(_may_be(one, other) for one in (*names, *same_side) for other in told):
        return None
    return others[0]


def _may_be(one: str, other: str) -> bool:
    """Whether two names share a word, or the one may be the initials of the other."""
    first, second = (_words(name) for name in (one, other))
    if set(first) & set(second) or "".join(first) == "".join(second):
        return True
    short, long = sorted((first, second), key=lambda words: sum(map(len, words)))
    initials = "".join(word[0] for word in long)
    return "".join(short) == initials or (len("".join(short)) <= SHORTEST and "".join(short)[0] == initials[0])


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", key(name)) or [key(name) or "?"]


def _against(field: Field, rival: Candidate) -> str:
    ours = ", ".join(_listed(field.value))
    theirs = ", ".join(_listed(rival.value))
    sides = sorted([(_side(field.reason), _short(ours)), (_side(rival.reason), _short(theirs))])
    return ", ".join(f"{side} says {names}" for side, names in sides)


def _side(reason: str) -> str:
    """Who says it."""
    return "page head" if reason.startswith(HEAD) else "upload" if reason.startswith(FROM_THE_UPLOAD) else "byline"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_IN_A_REASON else f"{name[: LONGEST_IN_A_REASON - 1].rstrip()}…"


def _proof(name: str, span: Span | None, texts: Sequence[Text], raw: str) -> Span | None:
    """The words that name an author: inside the field's proof, else in a line that signs."""
    if span is not None and span.end <= len(raw):
        at = fold(" ".join(span.of(raw).split())).find(fold(name))
        exact = fold(span.of(raw)).find(fold(name))
        if exact >= 0:
            return Span(start=span.start + exact, end=span.start + exact + len(name))
        if at >= 0:
            return span
    for text in texts:
        if text.kind in SIGNED and (at := text.folded.find(fold(name))) >= 0:
            return text.passage.raw(at, at + len(name))
    return None


@lru_cache(maxsize=8)
def _desk(words: Words) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words.any_of('desk')})(?P<name>{words.any_of('desk_name')})(?!\w)")


def _desks(texts: Sequence[Text], words: Words) -> Iterator[Attribution]:
    for text in texts:
        if text.kind in ("byline", "date") and (desk := _desk(words).search(text.folded)):
            start, end = desk.span("name")
            span = text.passage.raw(start, end)
            name, reason = text.text[start:end], "a desk signs the text"
            yield Attribution(role="author", name=name, span=span, state="stated", reason=reason)
