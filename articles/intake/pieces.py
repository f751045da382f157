"""Files of an upload as pieces in the database: written as they arrive, read as one file, never whole in memory."""

import hashlib
import io
from bisect import bisect_right
from collections.abc import Buffer

from django.conf import settings
from django.db import reset_queries, transaction
from django.utils import timezone

from articles.models import FilePiece, Upload, UploadFile

PIECE = 1024 * 1024


def forget_queries() -> None:
    """With DEBUG, Django keeps the last thousands of queries, and what was written with them, until the request ends."""
    if settings.DEBUG:
        reset_queries()


class PieceWriter:
    """Takes the bytes of one file in runs of any size and keeps at most a piece of them in memory. The first piece is
    held back until there is a second: most files are small, and need no pieces at all."""

    def __init__(self, upload: Upload, name: str) -> None:
        self.upload, self.name = upload, name
        self.size = 0
        self.file: UploadFile | None = None
        self._held = bytearray()
        self._digest = hashlib.sha256()
        self._written = 0

    @property
    def held(self) -> bytes:
        """What is not written yet: the whole of a small file."""
        return bytes(self._held)

    def write(self, data: bytes) -> None:
        self.size += len(data)
        self._digest.update(data)
        self._held += data
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]))
            del self._held[:PIECE]

    def finish(self) -> UploadFile:
        """The file, with all its pieces, ready to be cut."""
        if self._held or self.file is None:
            self._put(self.held)
            self._held.clear()
        file = self._row()
        file.size, file.sha256 = self.size, self._digest.hexdigest()
        file.save(update_fields=["size", "sha256"])
        return file

    def drop(self) -> None:
        """Forget what was written."""
        self._held.clear()
        if self.file is not None:
            self.file.delete()
            self.file, self._written = None, 0

    def _row(self) -> UploadFile:
        if self.file is None:
            last = self.upload.files.order_by("-position").values_list("position", flat=True).first()
            self.file = self.upload.files.create(position=0 if last is None else last + 1, name=self.name)
        return self.file

    @transaction.atomic
    def _put(self, content: bytes) -> None:
        file = self._row()
        FilePiece.objects.create(file=file, number=self._written, start=self._written * PIECE, content=content)
        self._written += 1
        forget_queries()
        Upload.objects.filter(pk=self.upload.pk).update(touched_at=timezone.now())


class PieceReader(io.RawIOBase):
    """A file of an upload, seekable, one piece in memory at a time."""

    def __init__(self, file: UploadFile) -> None:
        self._rows = list(file.pieces.order_by("number").values_list("pk", "start"))
        self._starts = [start for _, start in self._rows]
        self._size = file.size
        self._at = 0
        self._piece: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError("There is nothing before the beginning of a file.")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        if self._at >= self._size or not len(view):
            return 0
        number = bisect_right(self._starts, self._at) - 1
        piece = self._load(number)
        inside = self._at - self._starts[number]
        run = piece[inside : inside + len(view)]
        view[: len(run)] = run
        self._at += len(run)
        return len(run)

    def _load(self, number: int) -> bytes:
        if self._piece[0] != number:
            content = FilePiece.objects.values_list("content", flat=True).get(pk=self._rows[number][0])
            self._piece = (number, bytes(content))
            forget_queries()
        return self._piece[1]


def opened_file(file: UploadFile) -> io.BufferedReader:
    """A file of an upload to read from."""
    return io.BufferedReader(PieceReader(file), buffer_size=64 * 1024)
