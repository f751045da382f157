"""What is uploaded -> the articles in it. One module per format; to add one, add a row to CONTAINERS.

A container is cut forward, lazily and in the same order each time: one item is in memory at a time, and a cutting that
was interrupted goes on by skipping the items it had. Nothing in a file makes ``cut`` raise: what cannot be taken is an
item with a problem, a sentence for an editor.
"""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import BinaryIO

from articles.core.containers import (
    feeds,
    gzip_file,
    json_lines,
    json_text,
    mail,
    tables,
    tar_archive,
    warc,
    webpages,
    zip_archive,
)
from articles.core.containers.items import Exhausted, Found, Limits
from articles.core.containers.job import HEAD, Container, Job, Source
from articles.core.containers.streams import Stream, Unavailable, Window

__all__ = ["CONTAINERS", "HEAD", "Container", "Found", "Limits", "cut", "recognise"]

# In the order in which they are tried; what none claims is a single article, text or a page.
CONTAINERS: tuple[Container, ...] = (
    Container(name="zip", label="ZIP archive", recognise=zip_archive.recognise, cut=zip_archive.cut),
    Container(name="gzip", label="gzip file", recognise=gzip_file.recognise, cut=gzip_file.cut),
    Container(name="tar", label="tar archive", recognise=tar_archive.recognise, cut=tar_archive.cut),
    Container(name="warc", label="WARC web archive", recognise=warc.recognise, cut=warc.cut),
    Container(name="mhtml", label="Saved page (MHTML)", recognise=webpages.recognise, cut=webpages.cut),
    Container(name="eml", label="Mail", recognise=mail.recognise, cut=mail.cut),
    Container(name="feed", label="RSS or Atom feed", recognise=feeds.recognise, cut=feeds.cut),
    Container(name="jsonl", label="JSON Lines", recognise=json_lines.recognise, cut=json_lines.cut),
    Container(name="json", label="JSON", recognise=json_text.recognise, cut=json_text.cut),
    Container(name="csv", label="CSV table", recognise=tables.recognise, cut=tables.cut, fits=tables.fits),
)


def recognise(head: bytes, *, mapping: Mapping[str, str] | None = None) -> str:
    """The name of the row of CONTAINERS that a file with these first bytes (HEAD of them are enough) belongs to; empty
    for a single article. ``mapping`` as for ``cut``: it may tell a table from a text."""
    row = Job(containers=CONTAINERS, limits=Limits(), mapping=mapping or {}).row(head[:HEAD])
    return row.name if row else ""


def cut(
    file: BinaryIO, *, name: str, limits: Limits | None = None, mapping: Mapping[str, str] | None = None
) -> Iterator[Found]:
    """The items of a file, which is seekable and read from its beginning; a file that is one article is one item.

    ``mapping`` says which of a record's keys holds what (our name -> their key, dots lead into what is nested). Raises
    OSError only when ``file`` itself cannot be read.
    """
    limits = limits or Limits()
    job = Job(containers=CONTAINERS, limits=limits, mapping=mapping or {})
    window = Window(file)
    try:
        window.seek(0)
        source = Source(stream=Stream(window), name=name, window=window)
        for number, found in zip(count(1), job.cut(source), strict=False):
            if number > limits.items:
                sentence = f"The upload has more than {limits.items} items: nothing from here on was read."
                yield Found(name=name, place=found.place, problem=sentence)
                return
            yield found
    except Exhausted as exhausted:
        yield Found(name=name, place="", problem=str(exhausted))
    except Unavailable as unavailable:
        raise unavailable.original from unavailable
