"""W3C Web Annotation (JSON-LD): a collection with, for each article, one annotation that gives the text and one a tag.

The source of a tag is the text as we give it (``urn:uuid:`` and the article's id), not the page it came from: the address
of the page stands beside the text (``schema:url``). Positions are code points, as the model asks ("MUST be in terms of
unicode code points"); the quotation has 32 of them before and behind.
"""

import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from articles.core.exchange import json_values as j
from articles.core.exchange.labels import ours
from articles.core.exchange.offsets import held
from articles.core.exchange.values import AnnotatedText, ExchangeError, State, Tag, checked, decoded, once

CONTEXT_OF_ALL = "http://www.w3.org/ns/anno.jsonld"
WIKIDATA = "http://www.wikidata.org/entity/"
STATES: tuple[State, ...] = ("suggested", "confirmed", "rejected")
# A list in a list in a list is no page of annotations.
DEEPEST = 4


def write(articles: Iterable[AnnotatedText]) -> Iterator[bytes]:
    """One collection, written piece by piece; its id follows from the articles in it."""
    made, named = 0, uuid.uuid5(uuid.NAMESPACE_URL, CONTEXT_OF_ALL)
    yield f'{{"@context":{j.written(CONTEXT_OF_ALL)},"type":"AnnotationCollection","label":"Entity tags"'.encode()
    yield b',"first":{"type":"AnnotationPage","startIndex":0,"items":['
    for article in articles:
        named = uuid.uuid5(named, article.id)
        for one in (_text(article), *(_tag(article, tag) for tag in article.tags)):
            yield ((",\n" if made else "\n") + j.written(one)).encode()
            made += 1
    page = uuid.uuid5(named, "page")
    yield f'\n],"id":"urn:uuid:{page}"}},"total":{made},"id":"urn:uuid:{named}"}}\n'.encode()


def _source(article: AnnotatedText) -> str:
    return f"urn:uuid:{article.id}"


def _text(article: AnnotatedText) -> dict[str, Any]:
    body = {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": article.text}
    target = {"id": _source(article), "type": "Text"}
    said = {"dc:title": article.title, "schema:url": article.url, "schema:datePublished": article.published}
    return {
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, article.id)}",
        "type": "Annotation",
        "motivation": "describing",
        "body": {**body, **({"language": article.language} if article.language else {})},
        "target": {**target, **{key: value for key, value in said.items() if value}},
    }


def _tag(article: AnnotatedText, tag: Tag) -> dict[str, Any]:
    body: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "tagging", "value": tag.type}]
    if tag.wikidata:
        body.append({"type": "SpecificResource", "purpose": "identifying", "source": f"{WIKIDATA}{tag.wikidata}"})
    if tag.entity:
        body.append({"type": "TextualBody", "purpose": "identifying", "value": tag.entity})
    if tag.state != "confirmed":
        body.append({"type": "TextualBody", "purpose": "assessing", "value": f"{tag.state} {json.dumps(tag.score)}"})
    exact, prefix, suffix = article.quoted(tag)
    place = {"type": "TextPositionSelector", "start": tag.start, "end": tag.end}
    return {
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{article.id} {tag.start} {tag.end} {tag.type}')}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": body,
        "target": {
            "source": _source(article),
            "selector": [
                place,
                {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
            ],
        },
    }


def read(data: bytes) -> Iterator[AnnotatedText]:
    """The articles in the order in which they are met. Read as well: a page, a list, or one annotation of others."""
    found: dict[str, _Read] = {}
    everywhere: list[str] = []
    for number, value in enumerate(_annotations(j.parsed(decoded(data, "The file"), "The file")), 1):
        one = j.Record(value, f"Annotation {number}")
        try:
            source = _source_of(one)
            at = found.setdefault(source, _Read(source))
            at.take(one)
        except _LeftOut as why:
            everywhere.append(f"{one.where} {why}.")
    for at in found.values():
        at.left_out += everywhere
        everywhere = []
        yield at.article()
    if everywhere:
        yield AnnotatedText(id="", text=None, left_out=tuple(everywhere))


class _LeftOut(Exception):
    """An annotation that is none of words and their type."""


def _annotations(value: Any, deep: int = 0) -> Iterator[Any]:
    if isinstance(value, list) and deep < DEEPEST:
        for one in value:
            yield from _annotations(one, deep + 1)
        return
    record = j.Record(value, "The file")
    kind = record.value.get("type", record.value.get("@type"))
    if kind == "AnnotationCollection" and deep < DEEPEST:
        if not isinstance(record.value.get("first"), dict):
            raise ExchangeError("The collection names its first page instead of holding it: give the page itself.")
        if "next" in record.record("first"):
            raise ExchangeError("The collection has more pages than it holds: give them as a list.")
        yield from _annotations(record.value["first"], deep + 1)
    elif kind == "AnnotationPage" or ("items" in record and kind is None):
        yield from record.items("items")
    elif "target" in record or kind == "Annotation":
        yield value
    else:
        raise ExchangeError("The file is no annotation, page or collection of the Web Annotation model.")


def _target(one: j.Record) -> Any:
    """The target; one in a list is the same as one alone."""
    target = one.value.get("target")
    if isinstance(target, list):
        if len(target) != 1:
            raise _LeftOut("has several targets" if target else "has no source")
        target = target[0]
    return target


def _source_of(one: j.Record) -> str:
    """The source of the words; "" where the page that was annotated goes without saying."""
    target = _target(one)
    if isinstance(target, dict):
        if "selector" in target and target.get("source", target.get("id")) is None:
            return ""
        source = target.get("source", target.get("id"))
        target = source.get("id") if isinstance(source, dict) else source
    if not isinstance(target, str) or not target:
        raise _LeftOut("has no source")
    return j.words(target, f"{one.where}: “source”").removeprefix("urn:uuid:")


class _Read:
    """What is known of one article while its annotations are read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text: str | None = None
        self.title = self.url = self.published = self.language = ""
        self.tags: list[Tag] = []
        self.left_out: list[str] = []

    def take(self, one: j.Record) -> None:
        bodies = [
            j.Record(body, f"{one.where}: “body”") for body in _list(one.value.get("body")) if isinstance(body, dict)
        ]
        target = _target(one)
        if "selector" not in target if isinstance(target, dict) else True:
            return self._describe(one, bodies)
        labels = [body.words("value") for body in bodies if _purpose(body, one) in ("tagging", "classifying")]
        labels += [body for body in _list(one.value.get("bodyValue")) if isinstance(body, str)]
        if len(labels) != 1:
            raise _LeftOut("has no label, or several")
        place, quote = _selectors(j.Record(target, f"{one.where}: “target”"))
        state, score = _assessed(bodies, one)
        meant = [body for body in bodies if _purpose(body, one) == "identifying"]
        wikidata = [body.words("source", "id") for body in meant if "source" in body or "id" in body]
        self.tags.append(
            Tag(
                start=place.whole("start") if place else 0,
                end=place.whole("end") if place else 0,
                type=ours(labels[0]),
                state=state,
                score=score,
                entity=next((body.words("value") for body in meant if "value" in body), ""),
                wikidata=next((one.rsplit("/", 1)[1] for one in wikidata if "wikidata.org/" in one), ""),
                quote=quote.words("exact") if quote else "",
                prefix=quote.words("prefix") if quote else "",
                suffix=quote.words("suffix") if quote else "",
            )
        )
        return None

    def _describe(self, one: j.Record, bodies: list[j.Record]) -> None:
        texts = [body for body in bodies if _purpose(body, one) == "describing" and "value" in body]
        if len(texts) != 1 or self.text is not None or not isinstance(_target(one), dict):
            raise _LeftOut("selects no words")
        target = j.Record(_target(one), f"{one.where}: “target”")
        self.text = texts[0].words("value")
        self.title, self.url = target.words("dc:title"), target.words("schema:url")
        self.published, self.language = target.words("schema:datePublished"), texts[0].words("language")

    def article(self) -> AnnotatedText:
        where = f"The text “{self.source[:80]}”"
        return checked(
            AnnotatedText(
                id=self.source,
                text=self.text,
                tags=once(self.tags if self.text is None else (held(tag, self.text) for tag in self.tags)),
                title=self.title,
                language=self.language,
                url=self.url,
                published=self.published,
                left_out=tuple(self.left_out),
            ),
            where,
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _purpose(body: j.Record, one: j.Record) -> str:
    """What a body is for: its own word, or the annotation's."""
    said = body.value.get("purpose", one.value.get("motivation"))
    return said.removeprefix("oa:") if isinstance(said, str) else ""


def _selectors(target: j.Record) -> tuple[j.Record | None, j.Record | None]:
    found: dict[str, j.Record] = {}
    for value in _list(target.value.get("selector")):
        selector = j.Record(value, f"{target.where}: “selector”")
        if "refinedBy" in selector:
            raise _LeftOut("selects words inside of another selection")
        found.setdefault(selector.words("type", "@type").removeprefix("oa:"), selector)
    place, quote = found.get("TextPositionSelector"), found.get("TextQuoteSelector")
    if place is None and (quote is None or not quote.words("exact")):
        raise _LeftOut("has neither a position nor a quotation")
    return place, quote


def _assessed(bodies: list[j.Record], one: j.Record) -> tuple[State, float]:
    for body in bodies:
        if _purpose(body, one) == "assessing":
            said, _, score = body.words("value").partition(" ")
            state = next((state for state in STATES if state == said), None)
            if state:
                return state, j.share(j.parsed(score or "1", body.where), body.where)
    return "confirmed", 1.0
