"""How other programs count: in code points as we do, or in UTF-16 units as JavaScript does. Told by words where a file
gives them, else by whole words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from articles.core.exchange.values import Tag


def held(tag: Tag, text: str) -> Tag:
    """A tag whose file gives its words too, in code points. Where they stand in neither way of counting, it keeps them as
    its quotation, and its position says nothing (see ``placing``)."""
    if not tag.quote or not tag.end:
        return tag
    for place in ((tag.start, tag.end), from_units(text, tag.start, tag.end)):
        if place and _plain(text[place[0] : place[1]]) == _plain(tag.quote):
            return replace(tag, start=place[0], end=place[1], quote="", prefix="", suffix="")
    return tag


def from_units(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A range that was counted in UTF-16 units, in code points; None where it is none, or cuts a character in two."""
    if not 0 <= start < end:
        return None
    units = text.encode("utf-16-le")
    if 2 * end > len(units):
        return None
    try:
        before, words = (part.decode("utf-16-le") for part in (units[: 2 * start], units[2 * start : 2 * end]))
    except UnicodeDecodeError:
        return None
    return len(before), len(before) + len(words)


def counted(text: str, tags: Sequence[Tag], certain: Iterable[tuple[int, int, str]] = ()) -> list[Tag]:
    """Tags without their words, in code points: taken as UTF-16 units where more of them are whole words then. ``certain``
    ones are in code points and are not asked."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return list(tags)
    known = set(certain)
    asked = [tag for tag in tags if (tag.start, tag.end, tag.type) not in known]
    moved = {(tag.start, tag.end): from_units(text, tag.start, tag.end) for tag in asked}
    as_units = sum(place is not None and _whole(text, *place) for place in moved.values())
    if as_units <= sum(_whole(text, *place) for place in moved):
        return list(tags)
    return [
        replace(tag, start=place[0], end=place[1]) if tag in asked and place else tag
        for tag in tags
        for place in [moved.get((tag.start, tag.end))]
    ]


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a range is words from the first letter to the last, without spaces at its ends."""
    if not 0 <= start < end <= len(text) or text[start].isspace() or text[end - 1].isspace():
        return False
    inside = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return not inside and not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def _plain(words: str) -> str:
    """Words without their white space: Label Studio writes a line break as a backslash and an n."""
    return "".join(words.replace("\\n", " ").split())
