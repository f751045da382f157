"""The last gate for HTML that leaves us, and the only module that knows bleach.

Three walls: a linear check (both sanitisers are quadratic on hostile input), bleach with an allow-list (the sanitiser
the owner named; no longer maintained upstream), and nh3, which is. To drop bleach, delete its call in ``sanitize``.
"""

import json
import re

import bleach
import nh3

TAGS = frozenset(
    {"p", "h2", "h3", "blockquote", "ul", "ol", "li", "em", "strong", "br", "figure", "figcaption", "a", "span", "div"}
)
ATTRIBUTES = {"a": ["href", "title"], "p": ["dir", "lang"], "h2": ["dir"], "li": ["dir"], "blockquote": ["dir"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})

# Measured with bleach 6.4: every hostile input known is over one of these; the worst that is not costs about a second.
MAX_CHARACTERS = 512 * 1024
MAX_DEPTH = 200
MAX_TAGS = 20_000
MAX_REFERENCES = 20_000
MAX_TAG_LENGTH = 8 * 1024

VOID_OR_OPEN = frozenset(
    {"p", "li", "br", "hr", "img", "input", "meta", "link", "td", "tr", "th", "dt", "dd", "option"}
)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# XML 1.0 has no way to say these; one of them makes a feed unreadable.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What would end a script element or a line of it, as JSON says it in escapes.
NOT_IN_A_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


class UnsafeHtmlError(ValueError):
    """HTML that no sanitiser should be given; the message is a sentence."""


def sanitize(html: str) -> str:
    """HTML with nothing in it but the allow-list. UnsafeHtmlError where it would cost too much to find out."""
    check(html)
    once = bleach.clean(printable(html), tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True)
    return nh3.clean(
        once,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(PROTOCOLS),
        link_rel="noopener noreferrer",
    )


def printable(text: str) -> str:
    """Text without the characters that XML 1.0 cannot hold."""
    return NOT_XML.sub("", text)


def script_data(data: object) -> str:
    """Plain values as JSON that can stand in a script element: nothing in it can end the element or open a comment."""
    return json.dumps(data, ensure_ascii=False).translate(NOT_IN_A_SCRIPT)


def check(html: str) -> None:
    """The linear wall: size, number of tags and references, depth, length of a tag."""
    if len(html) > MAX_CHARACTERS:
        raise UnsafeHtmlError(f"A passage has {len(html)} characters; {MAX_CHARACTERS} is the most we publish in one.")
    if html.count("<") > MAX_TAGS or html.count("&") > MAX_REFERENCES:
        raise UnsafeHtmlError("A passage holds more tags or character references than text ever does.")
    if any(len(part.partition(">")[0]) > MAX_TAG_LENGTH for part in html.split("<")[1:]):
        raise UnsafeHtmlError("A tag of a passage is longer than any honest tag.")
    depth = 0
    for match in TAG.finditer(html):
        if match[2].lower() in VOID_OR_OPEN:
            continue
        depth += -1 if match[1] else 1
        if depth > MAX_DEPTH:
            raise UnsafeHtmlError(f"A passage nests tags more than {MAX_DEPTH} deep.")
