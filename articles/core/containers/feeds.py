"""RSS and Atom: an entry is an article, with what the feed says of it.

lxml reads the file piece by piece and mends what is not well-formed, as feeds often are: the standard library's parser,
with or without defusedxml, stops at the first bare "&" or undeclared prefix, and feedparser holds the whole file and reads
half a megabyte a second. Entities are never resolved, nothing is fetched,
and a file that defines entities is refused: no feed needs them, and attacks do.
"""

import html
import re
from collections.abc import Iterator

from lxml import etree

from articles.core.containers.ampersands import Ampersands
from articles.core.containers.items import Found, Refused, size
from articles.core.containers.job import Job, Source
from articles.core.containers.records import MARKUP
from articles.core.containers.streams import text_of
from articles.core.formats.html import recognise as is_page
from articles.core.values import Given

ROOT = re.compile(
    r"\s*+(?:<\?xml[^>]{0,300}>)?(?:\s++|<!--(?:[^-]|-(?!->)){0,5000}+-->|<\?[^>]{0,500}>|"
    r"<!DOCTYPE[^>\[]{0,500}(?:\[[^\]]{0,20000}\]\s*)?>)*+<(?:rss|(?:\w+:)?RDF|(?:\w+:)?feed)(?=[\s>])"
)
DECLARES = re.compile(r"<!ENTITY\s")
ENTRIES = frozenset({"item", "entry"})
# The words of an entry, the surest first: content:encoded, Atom's content, RSS's description.
BODIES = ("encoded", "content", "description", "summary")
# Titles and descriptions in this vocabulary are a picture's.
PICTURES = "search.yahoo.com/mrss"
# These are often the beginning of the article only.
SHORT = frozenset({"description", "summary"})
WEB = ("http://", "https://")
PIECE = 32_768
# The end of a feed that is all there.
LAST, CLOSED = 2000, re.compile(rb"</(?:\w+:)?(?:rss|feed|RDF)\s*>")
REFERENCE = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
TAGS = re.compile(r"<[^<>]*+>")


def recognise(head: bytes) -> bool:
    """The root of a feed, behind whatever may stand before it."""
    text = text_of(head)
    found = ROOT.match(text)
    # A page may hold an element of any name; feeds say which vocabulary they are written in, or are RSS.
    return found is not None and (found[0].endswith("<rss") or "http://" in text[found.end() : found.end() + 2000])


def cut(source: Source, job: Job) -> Iterator[Found]:
    """The entries in order. What cannot be mended ends the file, after the entries before it."""
    if DECLARES.search(text_of(source.stream.peek(PIECE))):
        raise Refused("It defines entities of its own, as attacks do and feeds do not: it was not read.")
    reader = _Reader(source, job)
    try:
        yield from reader.run()
    except etree.XMLSyntaxError as error:
        line = getattr(error, "lineno", 0) or 0
        raise Refused(
            f"The feed is no well-formed XML from line {line} on: what stands behind it was not read."
        ) from error


class _Reader:
    """The state of one feed: what it says of itself, and how many entries were met."""

    def __init__(self, source: Source, job: Job) -> None:
        self.source, self.job = source, job
        self.number = 0
        self.feed: dict[str, str] = {}

    def run(self) -> Iterator[Found]:
        """Entry by entry; each is dropped from the tree once it is read."""
        parser = etree.XMLPullParser(
            events=("start", "end"), recover=True, resolve_entities=False, no_network=True, huge_tree=False,
            load_dtd=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        stream, since, tail = self.source.stream, 0, b""
        while stream.peek(1) in (b"\n", b"\r", b" ", b"\t"):
            stream.read(1)
        mend = None if b"\0" in stream.peek(PIECE) else Ampersands()
        while data := stream.read(PIECE):
            parser.feed(mend.mended(data, last=not stream.peek(1)) if mend else data)
            since, tail = since + len(data), (tail + data)[-LAST:]
            for entry in self._entries(parser):
                yield self._found(entry)
                since = 0
            if since > self.job.limits.line_bytes:
                limit = size(self.job.limits.line_bytes)
                raise Refused(f"An entry of the feed is too large: it has more than {limit}. The rest was not read.")
        parser.close()
        held_back = list(self._entries(parser))
        broken_off = CLOSED.search(tail.replace(b"\0", b"")) is None
        for entry in held_back[: len(held_back) - broken_off]:
            yield self._found(entry)
        if broken_off:
            raise Refused(f"The feed ends in the middle, behind its entry {self.number}: the rest is missing.")

    def _entries(self, parser: etree.XMLPullParser) -> Iterator[etree._Element]:
        return (element for event, element in parser.read_events() if self._entry_ends(event, element))

    def _entry_ends(self, event: str, element: etree._Element) -> bool:
        if event == "start":
            if element.getparent() is None:
                self._begin(element)
            return False
        name = _local(element)
        if name in ENTRIES:
            return True
        parent = element.getparent()
        if parent is not None and _local(parent) in ("channel", "feed") and name in ("title", "language"):
            self.feed.setdefault(name, _words(element))
        return False

    def _begin(self, root: etree._Element) -> None:
        dtd = root.getroottree().docinfo.internalDTD
        if dtd is not None and any(True for _ in dtd.iterentities()):
            raise Refused("It defines entities of its own, as attacks do and feeds do not: it was not read.")
        if language := root.get("{http://www.w3.org/XML/1998/namespace}lang"):
            self.feed["language"] = language

    def _found(self, entry: etree._Element) -> Found:
        self.number += 1
        place = f"entry {self.number}"
        try:
            content, under = _content(entry)
            data = content.encode("utf-8", "replace")
            if len(data) > self.job.limits.item_bytes:
                raise Refused(f"It is too large: the entry has {size(len(data))}.")
            found = self.source.item(place, data, self._given(entry, under))
        except Refused as refused:
            found = self.source.problem(str(refused), place)
        entry.clear()
        parent = entry.getparent()
        while parent is not None and entry.getprevious() is not None:
            del parent[0]
        return found

    def _given(self, entry: etree._Element, under: str) -> Given:
        said = {
            "feed": self.feed.get("title", ""),
            "taken from": under if under in SHORT else "",
            "updated": _first(entry, "updated", "modified"),
        }
        return Given.from_dict(
            {
                "url": _address(entry),
                "title": _plain(_first(entry, "title")),
                "authors": list(_authors(entry)),
                "published": _first(entry, "pubDate", "published", "date", "issued"),
                "language": _first(entry, "language") or self.feed.get("language", ""),
                "section": _section(entry),
                "outlet": _outlet(entry),
                "other": {key: value for key, value in said.items() if value},
            }
        )


def _local(element: etree._Element) -> str:
    """The name of an element without its namespace; nothing for what is none."""
    tag = element.tag
    # A prefix that was never declared stays in the name.
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _children(entry: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in entry if _local(child) == name and PICTURES not in child.tag)


def _words(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()


def _first(entry: etree._Element, *names: str) -> str:
    return next((words for name in names for child in _children(entry, name) if (words := _words(child))), "")


def _content(entry: etree._Element) -> tuple[str, str]:
    """The words of an entry as a page or a text, and the name of the element that held them."""
    for name in BODIES:
        for child in _children(entry, name):
            marked = child.get("type") in ("xhtml", "application/xhtml+xml") and len(child)
            text = etree.tostring(child[0], encoding="unicode", with_tail=False) if marked else _words(child)
            if text.strip():
                page = MARKUP.search(text[:200_000]) or REFERENCE.search(text[:200_000])
                return f"<div>{text}</div>" if page and not is_page(text) else text, name
    raise Refused("The entry has no text: the feed gives its title and address only.")


def _plain(text: str) -> str:
    """A title without markup: many feeds escape theirs twice."""
    return html.unescape(TAGS.sub("", html.unescape(text) if REFERENCE.search(text) else text))


def _address(entry: etree._Element) -> str:
    links = [*_children(entry, "origLink"), *_children(entry, "link")]
    for link in links:
        address = link.get("href") or _words(link)
        if link.get("rel", "alternate") == "alternate" and address.startswith(WEB):
            return address
    guid = _first(entry, "guid", "id")
    return guid if guid.startswith(WEB) else ""


def _authors(entry: etree._Element) -> Iterator[str]:
    for name in ("author", "creator"):
        for child in _children(entry, name):
            said = _first(child, "name") or _words(child)
            # RSS: "ana@lorval.example (Ana Lopes)".
            inside = re.search(r"\(([^()]{2,100})\)\s*$", said) if "@" in said else None
            if said:
                yield inside[1] if inside else said


def _section(entry: etree._Element) -> str:
    return next((child.get("term") or _words(child) for child in _children(entry, "category")), "")


def _outlet(entry: etree._Element) -> str:
    """Who published the entry, where it says so; the feed's own title is often the name of a search."""
    for source in _children(entry, "source"):
        if said := _first(source, "title") or _words(source):
            return said
    return _first(entry, "publisher")
