"""Reading what was uploaded: forward with a look ahead, or anywhere; never more at once than was asked for."""

import codecs
import io
import os
import tempfile
from collections.abc import Callable
from typing import BinaryIO, Protocol

from articles.core.containers.items import Refused

CHUNK = 65_536
# More than this is never read at once by a library that believes what a file says of itself.
AT_ONCE = 16_000_000
# What is unpacked to be read anywhere stays in memory up to here; beyond, in a file without a name.
IN_MEMORY = 8_000_000
WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Unavailable(Exception):
    """The uploaded file itself could not be read: not what is in it, but the disk or the database below."""

    def __init__(self, original: OSError) -> None:
        super().__init__(str(original))
        self.original = original


class Reads(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Window:
    """The uploaded file as libraries see it: errors of the file are set apart from errors of what is in it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def read(self, size: int = -1) -> bytes:
        wanted = AT_ONCE + 1 if size < 0 else size
        if size > AT_ONCE:
            raise Refused("It is damaged: it asks to be read in pieces larger than any that it can have.")
        try:
            data = self.file.read(wanted)
        except OSError as error:
            raise Unavailable(error) from error
        if len(data) > AT_ONCE:
            raise Refused("It is damaged: a part of it is larger than any that it can have.")
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        try:
            if whence == os.SEEK_CUR:
                offset += self.file.tell()
            elif whence == os.SEEK_END:
                offset += self.file.seek(0, os.SEEK_END)
            if offset < 0:
                # What a file does too; zipfile looks for its directory there.
                raise io.UnsupportedOperation("it points to a place before its own beginning")
            return self.file.seek(offset)
        except io.UnsupportedOperation:
            raise
        except OSError as error:
            raise Unavailable(error) from error

    def tell(self) -> int:
        return self.file.tell()

    def seekable(self) -> bool:
        return True


class Stream:
    """Bytes that are read forward. ``position`` counts those that were taken; ``watch`` hears of each that comes in."""

    def __init__(self, source: Reads, watch: Callable[[int], None] | None = None) -> None:
        self._source = source
        self._watch = watch
        self._buffer = b""
        self._at = 0
        self.position = 0

    def _more(self) -> bytes:
        data = self._source.read(CHUNK)
        if data and self._watch is not None:
            self._watch(len(data))
        return data

    def peek(self, count: int) -> bytes:
        """The next bytes, so many unless the end comes first, without taking them."""
        if len(self._buffer) - self._at < count:
            parts = [self._buffer[self._at :]]
            have = len(parts[0])
            while have < count and (data := self._more()):
                parts.append(data)
                have += len(data)
            self._buffer, self._at = b"".join(parts), 0
        return self._buffer[self._at : self._at + count]

    def read(self, count: int) -> bytes:
        """So many bytes, fewer only at the end."""
        parts, missing = [], count
        while missing > 0:
            if self._at >= len(self._buffer):
                self._buffer, self._at = self._more(), 0
                if not self._buffer:
                    break
            part = self._buffer[self._at : self._at + missing]
            self._at += len(part)
            missing -= len(part)
            parts.append(part)
        self.position += count - missing
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def some(self) -> bytes:
        """Whatever comes next; empty at the end."""
        return self.read(min(CHUNK, len(self._buffer) - self._at)) if self.peek(1) else b""

    def take(self, end_of: Callable[[bytes, int], int]) -> bytes:
        """What comes next, as far as ``end_of(buffer, from)`` says; empty at the end."""
        if not self.peek(1):
            return b""
        end = end_of(self._buffer, self._at)
        part = self._buffer[self._at : end]
        self._at = end
        self.position += len(part)
        return part

    def unread(self, data: bytes) -> None:
        """Put bytes back that were taken last."""
        self._buffer, self._at = data + self._buffer[self._at :], 0
        self.position -= len(data)

    def readline(self, limit: int) -> bytes:
        """The next line with its newline, or its first ``limit`` bytes; empty at the end."""
        end = self._buffer.find(b"\n", self._at, self._at + limit)
        if end >= 0:
            line = self._buffer[self._at : end + 1]
            self._at = end + 1
            self.position += len(line)
            return line
        parts, missing = [], limit
        while missing > 0 and self.peek(1):
            end = self._buffer.find(b"\n", self._at, self._at + missing)
            part = self._buffer[self._at : end + 1 if end >= 0 else self._at + missing]
            self._at += len(part)
            missing -= len(part)
            parts.append(part)
            if end >= 0:
                break
        self.position += limit - missing
        return b"".join(parts)

    def skip_line(self) -> None:
        """Drop the rest of a line."""
        while (line := self.readline(CHUNK)) and not line.endswith(b"\n"):
            pass

    def skip(self, count: int) -> bool:
        """Drop so many bytes; whether they were there."""
        while count > 0:
            data = self.read(min(count, CHUNK))
            if not data:
                return False
            count -= len(data)
        return True


class Part:
    """The next so many bytes of a stream, as something to read from."""

    def __init__(self, stream: Stream, count: int) -> None:
        self._stream = stream
        self.left = count

    def read(self, size: int, /) -> bytes:
        data = self._stream.read(min(size, self.left))
        self.left -= len(data)
        return data


class _Narrowed:
    """UTF-16 or UTF-32 with a byte order mark, read as UTF-8."""

    def __init__(self, stream: Stream, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int, /) -> bytes:
        while data := self._stream.some():
            if text := self._decoder.decode(data):
                return text.encode("utf-8", "replace")
        return self._decoder.decode(b"", final=True).encode("utf-8", "replace")


def as_utf8(stream: Stream) -> Stream:
    """The stream behind its byte order mark; wide encodings read as UTF-8, all others left to whoever decodes a piece."""
    head = stream.peek(4)
    for mark, encoding in WIDE:
        if head.startswith(mark):
            return Stream(_Narrowed(stream, encoding))
    if head.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
    return stream


def text_of(head: bytes) -> str:
    """The beginning of a file as text, for recognising only: a character that is cut off at its end is dropped."""
    for mark, encoding in WIDE:
        if head.startswith(mark):
            return head[: len(head) // 4 * 4].decode(encoding, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")


def anywhere(stream: Stream) -> BinaryIO:
    """The rest of a stream as a file in which one can go back. It is gone when it is closed, and never had a name."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 closed by whoever asked for it
    try:
        while data := stream.some():
            file.write(data)
        file.seek(0)
    except OSError as error:
        file.close()
        raise Unavailable(error) from error
    except BaseException:
        file.close()
        raise
    return file  # type: ignore[return-value]  # it has all that is used of a binary file
