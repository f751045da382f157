"""The attributes of one tag: their values and places, and the words that name a part of the page."""

import html
import re
from functools import lru_cache

# No tag that a person or a program writes in earnest is longer.
READ = 8192
VALUE, WORDS = 400, 200
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+")
ONLY_LETTERS = bytes(n if chr(n).isalpha() else 0x20 for n in range(128)) + bytes(128)
HINTING = frozenset(["class", "id", "role", "itemprop"])
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def values_of(attributes: str) -> dict[str, str]:
    """The values of a tag's attributes by name, as they are written."""
    return {
        name.lower(): double or single or bare for name, double, single, bare in ATTRIBUTE.findall(attributes[:READ])
    }


def placed(raw: str, start: int, end: int, wanted: str) -> tuple[str, int, int]:
    """(value, its start and end in raw) of one attribute of the tag whose inside this is."""
    found = [match for match in ATTRIBUTE.finditer(raw, start, min(end, start + READ)) if match[1].lower() == wanted]
    group = found[-1].lastindex or 1 if found else 0
    if group < 2:
        return "", start, start
    return html.unescape(found[-1][group]), found[-1].start(group), found[-1].end(group)


@lru_cache(maxsize=512)
def hints_of(attributes: str) -> dict[str, None]:
    """The words of the attributes that name a part of the page, in order, and "hidden" for what is not shown.

    Remembered, as the elements of a list, and the pages of an outlet, bear the same attributes: never to be changed.
    """
    if attributes.startswith(' class="') and attributes.find('"', 8) == len(attributes) - 1 and "&" not in attributes:
        # What most tags have, and no more.
        return dict.fromkeys(_words(attributes[8:-1][:VALUE]))
    hints: list[str] = []
    for written, double, single, bare in ATTRIBUTE.findall(attributes):
        name = written.lower()
        if name in HINTING:
            value = double or single or bare
            hints += _words((html.unescape(value) if "&" in value else value)[:VALUE])
        elif name == "hidden" or (name == "style" and HIDDEN.search(double or single or bare)):
            hints.append("hidden")
    return dict.fromkeys(hints[:WORDS])


def link_of(attributes: str) -> str:
    """The address in the first href."""
    _, found, rest = attributes.partition(' href="')
    if found and '"' in rest:
        return html.unescape(rest.partition('"')[0]).strip()
    for written, double, single, bare in ATTRIBUTE.findall(attributes[:READ]):
        if written.lower() == "href":
            return html.unescape(double or single or bare).strip()
    return ""


def _words(value: str) -> list[str]:
    """Small letters, cut where a name written without spaces changes from small letters to capitals."""
    if value.isascii() and value.islower():
        return value.encode().translate(ONLY_LETTERS).decode().split()
    return " ".join(WORD.findall(value)).lower().split()
