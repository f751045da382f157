"""What the names of HTML elements mean here: words as data, and the reading of one tag's attributes."""

import html
import re
from collections.abc import Iterator

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
CUT_WITH_CONTENT = frozenset(
    ["script", "style", "noscript", "template", "svg", "iframe", "textarea", "select", "title", "object"]
)
# A browser reads these to the end of the page when nothing closes them.
CUT_TO_THE_END = frozenset(["script", "style", "textarea", "iframe", "title", "template"])
BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "link",
        "main",
        "menu",
        "meta",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "picture",
        "pre",
        "section",
        "source",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "video",
        "audio",
    ]
)
# A start tag -> the open elements it closes, and what it does not look beyond.
CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
PARAGRAPH_CLOSES: tuple[frozenset[str], frozenset[str]] = (frozenset({"p"}), BREAKS - {"p"})
ATTRIBUTE_BYTES = 8192
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")
WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]*|[^\W\d_a-zA-Z]+")
HINTING = ("class", "id", "role", "itemprop")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def attributes(raw: str, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
    """(name, value, start, end of the value in raw) of a tag's attributes, of its first 8 KB only."""
    for match in ATTRIBUTE.finditer(raw, start, min(end, start + ATTRIBUTE_BYTES)):
        group = match.lastindex or 0
        if group < 2:
            yield match[1].lower(), "", match.start(1), match.end(1)
        else:
            yield match[1].lower(), html.unescape(match[group]), match.start(group), match.end(group)


def hints_and_link(raw: str, start: int, end: int) -> tuple[tuple[str, ...], str]:
    """The words of the attributes that name a part of the page, "hidden" for what is not shown, and the href."""
    hints: list[str] = []
    href = ""
    for name, value, _, _ in attributes(raw, start, end):
        if name in HINTING:
            hints += [word.lower() for word in WORD.findall(value[:400])]
        elif name == "hidden" or (name == "style" and HIDDEN.search(value)):
            hints.append("hidden")
        elif name == "href" and not href:
            href = value.strip()
    return tuple(dict.fromkeys(hints)), href
