"""JSON-LD: what a page's articles say of themselves in its scripts, with the place of each value."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from articles.core.edits import Span

Fact = tuple[str, str, Span]

# A property of an article -> the name of the fact.
LINKED_DATA = {
    name: name
    for name in (
        "headline",
        "alternativeHeadline",
        "datePublished",
        "dateModified",
        "dateCreated",
        "articleSection",
        "description",
        "author",
        "creator",
        "translator",
        "contributor",
        "publisher",
        "sourceOrganization",
        "provider",
        "copyrightHolder",
        "copyrightNotice",
        "copyrightYear",
        "creditText",
        "license",
        "usageInfo",
        "acquireLicensePage",
        "isBasedOn",
        "isAccessibleForFree",
        "inLanguage",
        "articleBody",
    )
}
# A property of an article's picture -> the name of the fact.
OF_PICTURE = {"creditText": "image.credit", "copyrightHolder": "image.holder", "license": "image.license"}
ARTICLES = re.compile(r"Article|Posting|Report|WebPage|Review|LiveBlog", re.IGNORECASE)
# What signs a text, by the type that the page gives it.
SIGNING = {"person": "by.person", "organization": "by.organisation", "newsmediaorganization": "by.organisation",
           "corporation": "by.organisation"}  # fmt: skip
YES_OR_NO = frozenset({"true", "false"})
WRAPPING = re.compile(r"\s*+(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)?")
CLOSING = re.compile(r"(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>|;)\s*\Z")
SCRIPT_LIMIT, FACT_LIMIT, ITEMS, NAMES, DEPTH = 400_000, 400, 200, 20, 8


@dataclass(frozen=True, slots=True)
class Said:
    """A value of a property: ``words`` as a reader sees them, ``written`` as the data has them."""

    name: str
    words: str
    key: str
    written: str | bool | int


def linked_data(raw: str, start: int, end: int) -> Iterator[Fact]:
    """The facts in the script whose content starts and ends here."""
    source = raw[start:end]
    if not source.strip() or len(source) > SCRIPT_LIMIT:
        return
    data = _loaded(source)
    known = _by_id(data, DEPTH)
    for count, said in enumerate(_walk(data, known, DEPTH)):
        if count >= FACT_LIMIT:
            return
        yield said.name, said.words, _where(raw, start, end, said)


def _loaded(source: str) -> Any:
    """The data, also where a comment, a CDATA mark or a semicolon stands around it, or its quotes are references; None
    when it is broken."""
    wrapped = WRAPPING.match(source)
    begin = wrapped.end() if wrapped else 0
    closed = CLOSING.search(source, max(begin, len(source) - 40))
    inside = source[begin : closed.start() if closed else len(source)]
    for written in (inside, html.unescape(inside)):
        try:
            return json.loads(written, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _by_id(data: Any, depth: int) -> dict[str, dict[str, Any]]:
    """The nodes of a graph that others refer to by ``@id``, where they have a name."""
    known: dict[str, dict[str, Any]] = {}
    for item in data[:ITEMS] if isinstance(data, list) else [data]:
        if isinstance(item, dict) and depth > 0:
            if isinstance(item.get("@id"), str) and item.get("name"):
                known.setdefault(item["@id"], item)
            for inner in (item.get("@graph"), item.get("author"), item.get("publisher")):
                if isinstance(inner, (list, dict)):
                    known |= {name: node for name, node in _by_id(inner, depth - 1).items() if name not in known}
    return known


def _walk(data: Any, known: dict[str, dict[str, Any]], depth: int) -> Iterator[Said]:
    """What the articles in JSON-LD say, a few levels deep."""
    if depth <= 0:
        return
    if isinstance(data, list):
        for item in data[:ITEMS]:
            yield from _walk(item, known, depth - 1)
    elif isinstance(data, dict):
        if ARTICLES.search(str(data.get("@type", ""))[:200]):
            for key, name in LINKED_DATA.items():
                yield from _values(name, key, data.get(key), known)
            yield from _signers(data, known)
            yield from _pictures(data, known)
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _walk(data.get(key), known, depth - 1)


def _items(value: Any) -> list[Any]:
    return value[:NAMES] if isinstance(value, list) else [value]


def _values(name: str, key: str, value: Any, known: dict[str, dict[str, Any]]) -> Iterator[Said]:
    """The strings of a value: itself, its name, or those of its items."""
    for item in _items(value):
        written = _written(item, known)
        if isinstance(written, bool):
            yield Said(name, str(written).lower(), key, written)
        elif isinstance(written, int):
            yield Said(name, str(written), key, written)
        elif isinstance(written, str) and (words := " ".join(html.unescape(written).split())):
            yield Said(name, words, key, written)


def _written(item: Any, known: dict[str, dict[str, Any]]) -> Any:
    if not isinstance(item, dict):
        return item
    node = item if item.get("name") else known.get(str(item.get("@id", "")), item)
    name = node.get("name") or node.get("url")
    return name[0] if isinstance(name, list) and name else name


def _signers(article: dict[str, Any], known: dict[str, dict[str, Any]]) -> Iterator[Said]:
    for item in _items(article.get("author")):
        if isinstance(item, dict):
            node = item if item.get("@type") else known.get(str(item.get("@id", "")), item)
            types = [kind for kind in _items(node.get("@type")) if isinstance(kind, str)]
            if name := next((SIGNING[kind.lower()] for kind in types if kind.lower() in SIGNING), ""):
                yield from _values(name, "author", item, known)


def _pictures(article: dict[str, Any], known: dict[str, dict[str, Any]]) -> Iterator[Said]:
    for picture in _items(article.get("image")):
        if isinstance(picture, dict):
            for key, name in OF_PICTURE.items():
                yield from _values(name, key, picture.get(key), known)


def _where(raw: str, start: int, end: int, said: Said) -> Span:
    """Where the value is written in the script; the whole script when it is written in escapes that we do not know."""
    if not isinstance(said.written, str) or said.words.lower() in YES_OR_NO:
        # With its name: a yes, a no or a year alone proves nothing.
        match = re.compile(rf'"{said.key}"\s*+:\s*+"?{said.words}"?', re.IGNORECASE).search(raw, start, end)
        return Span(start=match.start(), end=match.end()) if match else Span(start=start, end=end)
    plain, shown = json.dumps(said.written)[1:-1], json.dumps(said.written, ensure_ascii=False)[1:-1]
    for written in dict.fromkeys((said.written, plain, shown, plain.replace("/", "\\/"), shown.replace("/", "\\/"))):
        at = raw.find(written, start, end)
        if at >= 0:
            return Span(start=at, end=at + len(written))
    return Span(start=start, end=end)
