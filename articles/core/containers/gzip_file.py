"""gzip: whatever is packed in it, read as it comes out. Several members in a row, as in a WARC, are one file."""

import zlib
from collections.abc import Iterator

from articles.core.containers.items import Found, Refused
from articles.core.containers.job import Job, Source
from articles.core.containers.streams import CHUNK, Stream

MAGIC = b"\x1f\x8b\x08"
WITH_HEADER = 31


def recognise(head: bytes) -> bool:
    """The magic number, deflate, and no flags that do not exist."""
    return head.startswith(MAGIC) and len(head) > 3 and head[3] < 0x20


def cut(source: Source, job: Job) -> Iterator[Found]:
    """The items of what is packed, under the name of the file."""
    job.check_depth(source)
    packed = source.stream
    unpacked = Stream(Gunzip(packed), job.meter(lambda: packed.position))
    yield from job.inside(source, unpacked, source.name, "")


class Gunzip:
    """What comes out of a gzip stream, never more at once than was asked for. Raises Refused where it is broken, after
    everything before the break was given."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._member = zlib.decompressobj(WITH_HEADER)

    def read(self, size: int, /) -> bytes:
        while True:
            if self._member.eof and not self._next_member():
                return b""
            data = self._member.unconsumed_tail or self._stream.read(CHUNK)
            if not data:
                raise Refused("Its gzip data end in the middle: the rest of it is missing.")
            try:
                out = self._member.decompress(data, size)
            except zlib.error as error:
                raise Refused("Its gzip data are damaged: what stands behind the damage could not be read.") from error
            if self._member.eof:
                self._stream.unread(self._member.unused_data)
            if out:
                return out

    def _next_member(self) -> bool:
        """Begin with the next member. What is none, such as zeros up to a block's end, ends the file."""
        if not self._stream.peek(len(MAGIC)).startswith(MAGIC):
            return False
        self._member = zlib.decompressobj(WITH_HEADER)
        return True
