"""Entity tags in and out, in the formats that other programs read and write: one row of FORMATS each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from articles.core.exchange import brat, conll, doccano, label_studio, w3c
from articles.core.exchange.values import AnnotatedText, ExchangeError, Tag

__all__ = ["BY_ENDING", "FORMATS", "AnnotatedText", "ExchangeError", "Format", "Tag"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: ``nested`` whether a tag may stand inside another, ``meant`` whether it says who is meant, ``states``
    whether what is only suggested is told from what is confirmed, ``text`` whether white space comes back as it was."""

    name: str
    label: str
    ending: str
    media_type: str
    write: Callable[[Iterable[AnnotatedText]], Iterator[bytes]]
    read: Callable[[bytes], Iterator[AnnotatedText]]
    nested: bool = True
    meant: bool = False
    states: bool = False
    scores: bool = False
    about: bool = True
    text: bool = True


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format(
            name="w3c",
            label="W3C Web Annotation",
            ending="jsonld",
            media_type='application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
            write=w3c.write,
            read=w3c.read,
            meant=True,
            states=True,
            scores=True,
        ),
        Format(
            name="doccano",
            label="doccano",
            ending="jsonl",
            media_type="application/jsonl",
            write=doccano.write,
            read=doccano.read,
        ),
        Format(
            name="label-studio",
            label="Label Studio",
            ending="json",
            media_type="application/json",
            write=label_studio.write,
            read=label_studio.read,
            meant=True,
            states=True,
            scores=True,
        ),
        Format(
            name="brat",
            label="brat",
            ending="zip",
            media_type="application/zip",
            write=brat.write,
            read=brat.read,
            meant=True,
            states=True,
            about=False,
        ),
        Format(
            name="conll",
            label="CoNLL",
            ending="conll",
            media_type="text/plain; charset=utf-8",
            write=conll.write,
            read=conll.read,
            nested=False,
            about=False,
            text=False,
        ),
    )
}
BY_ENDING = {row.ending: row for row in FORMATS.values()}
