"""How other programs count: in code points as we do, or in UTF-16 units as JavaScript does. Told by words where a file
gives them, else by whole words."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from articles.core.exchange.values import Tag

# Words with so much more white space than in their quotation are other words.
STRETCHED = 8


def held(tag: Tag, text: str) -> Tag:
    """A tag whose file gives its words too, in code points. Where they stand in neither way of counting, it keeps them as
    its quotation, and its position says nothing (see ``placing``)."""
    if not tag.quote or not tag.end:
        return tag
    words = _plain(tag.quote)
    for place in ((tag.start, tag.end), from_units(text, tag.start, tag.end)):
        if place and place[1] - place[0] <= STRETCHED * len(tag.quote) and _plain(text[slice(*place)]) == words:
            return replace(tag, start=place[0], end=place[1], quote="", prefix="", suffix="")
    return tag


@lru_cache(maxsize=4)
def _pairs(text: str) -> tuple[int, ...]:
    """Where the characters begin that are two UTF-16 units, in units."""
    beyond = (at for at, char in enumerate(text) if char > "\uffff")
    return tuple(at + before for before, at in enumerate(beyond))


def from_units(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A range that was counted in UTF-16 units, in code points; None where it is none, or cuts a character in two."""
    pairs = _pairs(text)
    if not 0 <= start < end <= len(text) + len(pairs):
        return None
    before = [bisect_left(pairs, at) for at in (start, end)]
    if any(count and pairs[count - 1] + 1 == at for count, at in zip(before, (start, end), strict=True)):
        return None
    return start - before[0], end - before[1]


def counted(text: str, tags: Sequence[Tag], certain: Iterable[tuple[int, int, str]] = ()) -> list[Tag]:
    """Tags without their words, in code points: taken as UTF-16 units where more of them are whole words then. ``certain``
    ones are in code points and are not asked."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return list(tags)
    known = set(certain)
    asked = {tag: from_units(text, tag.start, tag.end) for tag in tags if (tag.start, tag.end, tag.type) not in known}
    as_units = sum(place is not None and _whole(text, *place) for place in asked.values())
    if as_units <= sum(_whole(text, tag.start, tag.end) for tag in asked):
        return list(tags)
    places = ((tag, asked.get(tag)) for tag in tags)
    return [replace(tag, start=place[0], end=place[1]) if place else tag for tag, place in places]


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a range is words from the first letter to the last, without spaces at its ends."""
    if not 0 <= start < end <= len(text) or text[start].isspace() or text[end - 1].isspace():
        return False
    inside = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return not inside and not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def _plain(words: str) -> str:
    """Words without their white space: Label Studio writes a line break as a backslash and an n."""
    return "".join(words.replace("\\n", " ").split())
