"""MHTML: a page that a browser saved with its pictures in one file; the page itself is what is taken."""

import email.message
from collections.abc import Iterator

from articles.core.containers.items import Found, Refused
from articles.core.containers.job import Job, Source
from articles.core.containers.mail import body_of, headers_of, parsed, words
from articles.core.values import Given

LOCATION = "snapshot-content-location"
# What a mail has that is sent, and a saved page has not.
SENT = frozenset({"received", "message-id", "return-path", "delivered-to", "to"})


def recognise(head: bytes) -> bool:
    """Headers of a message whose parts belong together, and which nobody sent."""
    headers = headers_of(head)
    related = headers.get("content-type", "").lower().startswith("multipart/related")
    return related and "mime-version" in headers and (LOCATION in headers or not SENT & headers.keys())


def cut(source: Source, job: Job) -> Iterator[Found]:
    """One item: the page."""
    message = parsed(source, job, "saved page")
    page = _page(message)
    content = body_of(page)
    if not content.strip():
        raise Refused("The page in it is empty.")
    if len(content) > job.limits.item_bytes:
        raise Refused("It is too large: the page in it is longer than an article may be.")
    location = words(message, LOCATION) or words(page, "Content-Location")
    given = Given.from_dict(
        {
            "url": location if location.startswith(("http://", "https://")) else "",
            "title": words(message, "Subject"),
            "fetched": words(message, "Date"),
            "charset": page.get_content_charset() or "",
        }
    )
    yield Found(name=source.name, place=source.place, content=content, given=given)


def _page(message: email.message.Message) -> email.message.Message:
    """The part that the others belong to: the one that the file names as its start, the one at its address, the first."""
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise Refused("There is no page in it: none of its parts is HTML.")
    start = str(message.get_param("start", ""))
    location = words(message, LOCATION)
    named = (part for part in pages if start and words(part, "Content-ID") == start)
    there = (part for part in pages if location and words(part, "Content-Location") == location)
    return next(named, None) or next(there, None) or pages[0]
