"""WARC: the pages among the responses of a web crawl.

warcio parses each record: its headers, the HTTP response in it, chunked and packed bodies. Where a record ends is found
here, as a record may lie about its length, and a library that believes it loses those behind.
"""

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from articles.core.containers.items import Found, Refused, size
from articles.core.containers.job import Job, Source
from articles.core.containers.streams import CHUNK, Stream
from articles.core.given import plain
from articles.core.values import Given

VERSION = re.compile(rb"WARC/(?:0\.\d{1,2}|1\.[01])\r?\n")
LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
TYPE = re.compile(rb"^warc-type:[ \t]*([\w-]{1,40})", re.IGNORECASE | re.MULTILINE)
BEHIND = b"\r\n\r\n"
NEXT = re.compile(rb"\r?\n\r?\n(?=WARC/(?:0\.\d|1\.[01]))")
LONGEST_HEADER = 64_000
PAGES = ("text/html", "application/xhtml+xml")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
UNPACKED = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
LIES = "The record lies about its length, so its end is not certain: it was left out, and the next one looked for."
# Records that every crawl has beside its responses.
COURSE = frozenset({"warcinfo", "request", "metadata"})
# So many kinds of what was left out are named.
KINDS = 6


def recognise(head: bytes) -> bool:
    """The version that each record begins with."""
    return VERSION.match(head) is not None


def cut(source: Source, job: Job) -> Iterator[Found]:
    """The pages, each an item whose place is the number of its record; what is no page is counted in a last item."""
    reader = _Records(source.stream, job.limits.item_bytes)
    left_out: Counter[str] = Counter()
    for number, record in enumerate(reader, 1):
        place = f"record {number}"
        if record.kind:
            if record.kind not in COURSE:
                left_out[record.kind] += 1
            continue
        try:
            if record.problem:
                raise Refused(record.problem)
            found = _page(record.data, left_out, job.limits.item_bytes)
        except Refused as refused:
            yield source.problem(str(refused), place)
            continue
        if found is not None:
            yield source.item(place, *found)
    if total := left_out.total():
        named = ", ".join(f"{count} × {kind}" for kind, count in left_out.most_common(KINDS))
        more = ", …" if len(left_out) > KINDS else ""
        yield source.problem(f"{total} records are no pages and were left out: {named}{more}.")


class _Record(NamedTuple):
    """A record: its bytes if it is a response, else what ``kind`` it is, or the ``problem`` why it cannot be taken."""

    data: bytes = b""
    kind: str = ""
    problem: str = ""


class _Records:
    """The records of a file in order."""

    def __init__(self, stream: Stream, limit: int) -> None:
        self.stream, self.limit = stream, limit

    def __iter__(self) -> Iterator[_Record]:
        while self._begin():
            header = self._header()
            length = LENGTH.search(header)
            if not length:
                yield _Record(problem="The record is damaged: it does not say how long it is.")
                continue
            yield self._record(header, int(length[1]))

    def _begin(self) -> bool:
        """Go to the next line that begins a record."""
        while head := self.stream.peek(12):
            if VERSION.match(head):
                return True
            line = self.stream.readline(CHUNK)
            if len(line) == CHUNK and not line.endswith(b"\n"):
                self.stream.skip_line()
        return False

    def _header(self) -> bytes:
        """The lines up to the empty one; nothing when there is no end to them."""
        lines, total = [], 0
        while total < LONGEST_HEADER and (line := self.stream.readline(LONGEST_HEADER)):
            lines.append(line)
            total += len(line)
            if not line.strip():
                return b"".join(lines)
        return b""

    def _record(self, header: bytes, length: int) -> _Record:
        said = TYPE.search(header)
        kind = said[1].decode().lower() if said else "of no kind"
        if kind != "response":
            return _Record(kind=kind) if self._skip(length) else _Record(problem=LIES)
        # A packed page is no larger than what it unpacks to, with its headers.
        if length > self.limit + LONGEST_HEADER:
            if not self._skip(length):
                return _Record(problem=LIES)
            too_large = f"It is too large: the record has {size(length)}, and an article may have {size(self.limit)}."
            return _Record(problem=too_large)
        body = self.stream.read(length)
        if len(body) == length and self._ends():
            return _Record(header + body + BEHIND)
        if len(body) < length or NEXT.search(body):
            # Records behind this one may be inside what it claims.
            if inside := NEXT.search(body):
                self.stream.unread(body[inside.end() :])
            elif len(body) < length:
                missing = f"The file ends in the middle of this record: {size(length - len(body))} of it are missing."
                return _Record(problem=missing)
        return _Record(problem=LIES)

    def _ends(self) -> bool:
        """Whether the record is over here: at the end of the file, or before the next one."""
        behind = self.stream.peek(20)
        return not behind.strip() or VERSION.match(behind.lstrip(b"\r\n")) is not None

    def _skip(self, length: int) -> bool:
        """Pass over so many bytes; whether a record ends there. One that begins on the way is where reading goes on."""
        tail = b""
        while length > 0 and (data := self.stream.read(min(CHUNK, length))):
            length -= len(data)
            if inside := NEXT.search(tail + data):
                self.stream.unread((tail + data)[inside.end() :])
                return False
            tail = data[-20:]
        return length == 0 and self._ends()


def _page(data: bytes, left_out: Counter[str], limit: int) -> tuple[bytes, Given] | None:
    """The page in a record and what is said beside it; None, counted, for what is no page. Raises Refused."""
    try:
        record: Any = next(iter(ArchiveIterator(io.BytesIO(data))))
    except (ArchiveLoadFailed, StatusAndHeadersParserException, StopIteration, ValueError) as error:
        raise Refused("The record is damaged: its headers cannot be read.") from error
    http = record.http_headers
    kind, charset = _type(http.get_header("Content-Type") or "" if http else "")
    status = str(http.get_statuscode() if http else "")
    if kind not in PAGES or status != "200":
        left_out[plain(kind, 60) or "without a type" if kind not in PAGES else f"status {plain(status, 10)}"] += 1
        return None
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "")
    said = {"url": address, "fetched": record.rec_headers.get_header("WARC-Date") or "", "charset": charset}
    return _body(record, http, limit), Given.from_dict(said)


def _body(record: Any, http: Any, limit: int) -> bytes:
    packed = str(http.get_header("Content-Encoding") or "").strip().lower()
    if packed not in UNPACKED:
        raise Refused(f"The page is packed in a way that is not opened here ({plain(packed, 40)}).")
    try:
        content: bytes = record.content_stream().read(limit + 1)
    except (ValueError, zlib.error, EOFError, OSError) as error:
        raise Refused("The page in the record is damaged: it could not be unpacked.") from error
    if len(content) > limit:
        raise Refused(f"It is too large: the page unpacks to more than {size(limit)}, the most an article may have.")
    if not content.strip():
        raise Refused("The page in the record is empty.")
    return content


def _type(header: str) -> tuple[str, str]:
    """The media type and the charset of a Content-Type."""
    charset = CHARSET.search(header[:1000])
    return header.split(";")[0].strip().lower(), charset[1] if charset else ""
