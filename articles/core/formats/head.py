"""What a page says about itself: its head, its JSON-LD and its time elements, each with its place in the source."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from articles.core.edits import Span, stripped
from articles.core.formats.attributes import placed, values_of

Fact = tuple[str, str, Span]

META = frozenset(
    [
        "og:title",
        "og:site_name",
        "og:description",
        "og:url",
        "og:locale",
        "og:type",
        "description",
        "author",
        "article:author",
        "article:section",
        "article:published_time",
        "article:modified_time",
        "date",
        "dc.date",
        "dc.creator",
        "dc.title",
        "dc.date.issued",
        "pubdate",
        "publishdate",
        "publish-date",
        "parsely-pub-date",
        "parsely-author",
        "parsely-section",
        "parsely-title",
        "sailthru.date",
        "sailthru.author",
        "twitter:title",
        "twitter:description",
        "byl",
        "citation_title",
        "citation_author",
        "citation_publication_date",
        "news_keywords",
        "keywords",
        "section",
        "datepublished",
        "datemodified",
        "headline",
        "copyright",
        "publisher",
        "application-name",
        "language",
    ]
)
LINKED_DATA = {
    "headline": "headline", "datePublished": "datePublished", "dateModified": "dateModified",
    "articleSection": "articleSection", "description": "description", "author": "author",
    "publisher": "publisher", "inLanguage": "inLanguage", "articleBody": "articleBody",
    "isAccessibleForFree": "isAccessibleForFree",
}  # fmt: skip
ARTICLES = re.compile(r"Article|Posting|Report|WebPage|Review|LiveBlog", re.IGNORECASE)
FLAG = re.compile(r'"isAccessibleForFree"\s{0,9}:\s{0,9}"?\w{1,9}"?')
LINKED_DATA_LIMIT = 400_000
FACT_LIMIT = 400
DEPTH = 6


def facts_of(raw: str, name: str, attributes: str, inside: int, end: int) -> Iterator[Fact]:
    """What one tag says about the page; (name, value, span of the value in raw).

    The start tag, with these attributes, ends at ``inside``; the content of a title or a script ends at ``end``.
    """
    if name == "title":
        yield from _title(raw, inside, end)
    elif name == "script":
        if inside < end and "ld+json" in attributes.lower():
            yield from _linked_data(raw, inside, end)
    elif name != "link" or "canonical" in attributes.lower():
        yield from _tag(raw, name, attributes, inside - 1)


def _title(raw: str, start: int, end: int) -> Iterator[Fact]:
    closes = raw.rfind("<", start, end)
    span = stripped(raw, Span(start=start, end=max(closes, start)))
    if len(span):
        yield "title", " ".join(html.unescape(span.of(raw)).split()), span


def _tag(raw: str, tag: str, attributes: str, end: int) -> Iterator[Fact]:
    said = values_of(attributes)
    name, carrier = "", ""
    if tag == "meta":
        key = html.unescape(next((said[key] for key in ("property", "name", "itemprop") if key in said), ""))
        name, carrier = key.strip().lower(), "content"
        if name not in META:
            return
    elif tag == "link" and "canonical" in said.get("rel", "").lower().split():
        name, carrier = "canonical", "href"
    elif tag == "html":
        name, carrier = "lang", "lang" if "lang" in said else "xml:lang"
    elif tag == "time":
        name, carrier = "time", "datetime"
    if name and said.get(carrier):
        value, first, last = placed(raw, end - len(attributes), end, carrier)
        if value.strip():
            yield name, value.strip(), Span(start=first, end=last)


def _linked_data(raw: str, start: int, end: int) -> Iterator[Fact]:
    source = raw[start : raw.rfind("<", start, end)]
    if not source.strip() or len(source) > LINKED_DATA_LIMIT:
        return
    try:
        data = json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return
    for count, (name, value) in enumerate(_walk(data, DEPTH)):
        if count >= FACT_LIMIT:
            return
        yield name, value, _flag(raw, start, end, name) or _where(raw, start, end, value)


def _walk(data: Any, depth: int) -> Iterator[tuple[str, str]]:
    """(name, value) of the articles in JSON-LD, a few levels deep."""
    if depth <= 0:
        return
    if isinstance(data, list):
        for item in data[:50]:
            yield from _walk(item, depth - 1)
    elif isinstance(data, dict):
        if ARTICLES.search(str(data.get("@type", ""))[:200]):
            for key, name in LINKED_DATA.items():
                for value in _names(data.get(key)):
                    yield name, value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _walk(data.get(key), depth - 1)


def _names(value: Any) -> Iterator[str]:
    """The strings of a JSON-LD value: itself, its name, or those of its items."""
    for item in value[:20] if isinstance(value, list) else [value]:
        words = item.get("name") if isinstance(item, dict) else str(item).lower() if isinstance(item, bool) else item
        if isinstance(words, str) and words.strip():
            yield " ".join(html.unescape(words).split())


def _flag(raw: str, start: int, end: int, name: str) -> Span | None:
    """Where a yes or no is written, with its name: alone the word proves nothing."""
    said = FLAG.search(raw, start, end) if name == "isAccessibleForFree" else None
    return Span(start=said.start(), end=said.end()) if said else None


def _where(raw: str, start: int, end: int, value: str) -> Span:
    """Where the value is written in the script; the whole script when it is written in escapes."""
    for written in (value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]):
        at = raw.find(written, start, end)
        if at >= 0:
            return Span(start=at, end=at + len(written))
    return Span(start=start, end=end)
