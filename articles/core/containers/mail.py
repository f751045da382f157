"""Mail (EML): the best text or HTML part, with subject, sender and date beside it."""

import binascii
import email
import email.header
import email.utils
import re
from collections.abc import Iterator
from email.message import Message

from articles.core.containers.items import Found, Refused
from articles.core.containers.job import Job, Source
from articles.core.containers.records import MARKUP
from articles.core.containers.streams import text_of
from articles.core.given import plain
from articles.core.values import Given

HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):(?:[ \t]|\r?$)(.*)")
# A message says who and what, and bears the marks of what carried it: a mail that is quoted in a text does not.
SAYS = frozenset({"from", "subject", "date", "to", "sender"})
CARRIED = frozenset(
    {"received", "message-id", "mime-version", "return-path", "delivered-to", "dkim-signature", "x-received"}
)
# Parts and headers of one mail; more are no mail but an attack on whoever takes it apart.
PARTS, HEADERS = 2000, 2000
LONGEST_HEADER = 4000


def recognise(head: bytes) -> bool:
    """A block of headers that ends in an empty line, some of them of the kind that only programs write."""
    names = headers_of(head)
    return len(SAYS & names.keys()) > 1 and bool(CARRIED & names.keys())


def headers_of(head: bytes) -> dict[str, str]:
    """The headers that a file begins with, in small letters; none when something else is among them."""
    found: dict[str, str] = {}
    last = ""
    lines = text_of(head).split("\n", HEADERS)
    if lines[0].startswith("From "):
        del lines[0]
    for line in lines:
        if not line.rstrip("\r"):
            return found
        match = HEADER.match(line)
        if match:
            last = match[1].lower()
            found.setdefault(last, match[2].strip()[:LONGEST_HEADER])
        elif last and line[0] in " \t":
            found[last] = (found[last] + " " + line.strip())[:LONGEST_HEADER]
        else:
            return {}
    return {}


def cut(source: Source, job: Job) -> Iterator[Found]:
    """One item: the mail."""
    message = parsed(source, job, "mail")
    part, content = best_part(message)
    if len(content) > job.limits.item_bytes:
        raise Refused("It is too large: the text of the mail is longer than an article may be.")
    sender, address = email.utils.parseaddr(words(message, "From"))
    given = Given.from_dict(
        {
            "title": words(message, "Subject"),
            "authors": [sender or address],
            "published": words(message, "Date"),
            "charset": part.get_content_charset() or "",
            "other": {"message-id": words(message, "Message-ID")},
        }
    )
    yield Found(name=source.name, place=source.place, content=content, given=given)


def parsed(source: Source, job: Job, what: str) -> Message:
    """The message, whole. Raises Refused."""
    data = job.in_one_piece(source.stream, what)
    if data.count(b"\n--") > PARTS:
        raise Refused(f"It has more than {PARTS} parts, as no {what} has.")
    return email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"))


def words(message: Message, name: str) -> str:
    """What a header says, decoded."""
    written = str(message.get(name, ""))[:LONGEST_HEADER]
    try:
        return plain(str(email.header.make_header(email.header.decode_header(written))))
    except (ValueError, LookupError, binascii.Error, email.errors.MessageError):
        return plain(written)


def best_part(message: Message) -> tuple[Message, bytes]:
    """The part that is the article: HTML with markup in it, else text. Raises Refused when there is none."""
    parts = [part for part in message.walk() if not part.is_multipart() and not _is_attached(part)]
    pages = [
        (part, body) for part in parts if part.get_content_type() == "text/html" and (body := body_of(part)).strip()
    ]
    texts = [
        (part, body) for part in parts if part.get_content_type() == "text/plain" and (body := body_of(part)).strip()
    ]
    real = [(part, body) for part, body in pages if MARKUP.search(body[:200_000].decode("latin-1"))]
    for found in (real, texts, pages):
        if found:
            # Of several the longest: the others are signatures and lists' footers.
            return max(found, key=lambda pair: len(pair[1]))
    raise Refused("There is no text in it: none of its parts is text or HTML, or it is encrypted.")


def body_of(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone."""
    try:
        body = part.get_payload(decode=True)
    except (ValueError, binascii.Error):
        return b""
    return body if isinstance(body, bytes) else b""


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"
