"""One name for one bearer within an article: family names, titles and acronyms that stand for a fuller name."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from articles.core.entities import words as w
from articles.core.entities.found import Found, settled
from articles.core.folding import fold, key

PARTICLES = frozenset(
    ("de", "du", "des", "la", "le", "van", "von", "der", "den", "di", "da", "dos", "ben", "bin", "al", "el", "d'")
)
SMALL = frozenset(("de", "du", "des", "la", "le", "les", "l", "d", "the", "of"))
ACRONYM = re.compile(rf"[{w.UPPER}](?:[{w.UPPER}]|[a-z](?=[{w.UPPER}])|[\-&\d]){{1,8}}")
LETTERS = re.compile(rf"(?<![\w\-])[{w.UPPER}][{w.UPPER}\d&\-]{{1,8}}(?![\w\-])")
BRACKET = re.compile(r" ?\((?P<inside>[^()\n]{2,90})\)")
# A title that belongs to the words but not to the name.
HONORIFIC = re.compile(r"(?:M\.|MM\.|Mme|Mlle|Me|Dr|Mr\.?|Mrs\.?|Ms\.?)[ \u00a0]")

Texts = Sequence[str]
Chosen = Sequence[Sequence[Found]]


def families(texts: Texts, chosen: Chosen, taken: Callable[[str], bool]) -> dict[str, Found]:
    """Last word of a name -> the person who was found by the whole name; one that two of them share names neither, and one
    that is ``taken`` by something else is left out."""
    people: dict[str, Found] = {}
    shared: set[str] = set()
    for text, found in zip(texts, chosen, strict=True):
        for one in found:
            name = _plain(text[one.start : one.end])
            if one.type != "person" or " " not in name:
                continue
            last = name.split(" ")[-1]
            if len(last) < 3 or taken(last) or last in w.given_names():
                continue
            if last in people and key(people[last].whole) != key(name):
                shared.add(last)
            people.setdefault(last, replace(one, whole=name))
    return {name: replace(one, entity=None, whole="") if name in shared else one for name, one in people.items()}


def again(text: str, found: Sequence[Found], people: dict[str, Found]) -> Iterator[Found]:
    """Later mentions by the family name alone that nothing found."""
    if not people:
        return
    taken = bytearray(len(text))
    for one in found:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    for match in w.LAST_NAME.finditer(text):
        bearer = people.get(match[0])
        if bearer is not None and not taken[match.start()]:
            tail = family(bearer.whole)
            start = match.end() - len(tail)
            start = start if tail and text[max(0, start) : match.end()] == tail else match.start()
            yield replace(bearer, start=start, end=match.end(), score=min(bearer.score, 0.75), registry=False)


def named_again(texts: Texts, chosen: Chosen) -> list[list[Found]]:
    """Names of several words that were told by the words beside them in one place, found in every other place too; for
    rules, which look at each sentence alone. The surest mention says what the name is."""
    surest: dict[str, Found] = {}
    for text, found in zip(texts, chosen, strict=True):
        for one in found:
            name = text[one.start : one.end]
            if " " not in name or name.isupper() or one.registry:
                continue
            if name not in surest or one.score > surest[name].score:
                surest[name] = one
    if not surest:
        return [list(found) for found in chosen]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, surest), key=len, reverse=True))})(?!\w)")
    return [
        settled(
            [*found, *(replace(surest[hit[0]], start=hit.start(), end=hit.end()) for hit in pattern.finditer(text))],
            text,
        )
        for text, found in zip(texts, chosen, strict=True)
    ]


def family(whole: str) -> str:
    """The family name of a whole name: "Anne-Sophie Le Goff" -> "Le Goff"; empty for an empty one."""
    parts = whole.split(" ")
    at = len(parts) - 1
    while at > 1 and fold(parts[at - 1]) in PARTICLES:
        at -= 1
    return " ".join(parts[at:])


def linked(text: str, one: Found, people: dict[str, Found], known: dict[str, Found]) -> Found:
    """The mention with the fuller name that it stands for, and that one's entity."""
    surface = _plain(text[one.start : one.end])
    if one.type != "person":
        fuller = known.get(surface)
        return replace(one, whole=fuller.whole, entity=one.entity or fuller.entity) if fuller else one
    fuller = people.get(surface.split(" ")[-1])
    if fuller is None or not fuller.whole or surface not in (family(fuller.whole), family(fuller.whole).split(" ")[-1]):
        return one
    if one.entity is not None and fuller.entity is not one.entity:
        # The registry knows somebody by the family name alone; here it stands behind another given name.
        return replace(one, entity=fuller.entity, whole=fuller.whole, registry=False, score=min(one.score, 0.75))
    return replace(one, entity=fuller.entity, whole=fuller.whole)


def _plain(surface: str) -> str:
    """A name without a title before it, its spaces as one."""
    return " ".join(HONORIFIC.sub("", surface, count=1).split())


def acronyms(texts: Texts, chosen: Chosen) -> dict[str, Found]:
    """Letters -> the organisation or event whose name stands beside them in brackets, either way round."""
    known: dict[str, Found] = {}
    for text, found in zip(texts, chosen, strict=True):
        named = [one for one in found if one.type in ("organisation", "event")]
        ends, starts = {one.end: one for one in named}, {one.start: one for one in named}
        for match in BRACKET.finditer(text):
            before, inside = ends.get(match.start()), starts.get(match.start("inside"))
            if before and stands_for(match["inside"], text[before.start : before.end]):
                known.setdefault(match["inside"], replace(before, whole=_plain(text[before.start : before.end])))
            elif before and inside and stands_for(text[before.start : before.end], text[inside.start : inside.end]):
                short = text[before.start : before.end]
                known.setdefault(short, replace(inside, whole=_plain(text[inside.start : inside.end])))
    return known


def stands_for(short: str, long: str) -> bool:
    """Whether these are letters that a name is abbreviated to: its first one, and the others in order within it."""
    if not ACRONYM.fullmatch(short) or len(long) <= len(short) + 2:
        return False
    folded = fold(long)
    words = [word for word in re.split(r"[\W_]+", folded) if word and word not in SMALL]
    rest = iter(folded)
    return (
        words[:1] != []
        and fold(short)[0] == words[0][0]
        and all(char in rest for char in fold(short) if char.isalpha())
    )


def spelled_out(text: str, found: Sequence[Found], known: dict[str, Found]) -> Iterator[Found]:
    """Each place where letters that were explained in brackets stand alone and nothing was found."""
    if not known:
        return
    taken = bytearray(len(text))
    for one in found:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    for match in LETTERS.finditer(text):
        if (fuller := known.get(match[0])) and not any(taken[match.start() : match.end()]):
            yield replace(fuller, start=match.start(), end=match.end(), score=min(fuller.score, 0.8), registry=False)
