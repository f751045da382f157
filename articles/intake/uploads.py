"""Bringing material in: an upload takes its items and files, and is closed when all of it is here.

``begin``, then ``take`` and ``take_file`` in any order, then ``close``: from then on its items are read in the
background (``tasks``), or by ``work_through`` in this process. What happens to it afterwards by a person's word is in
``steering``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from articles.actions.recording import Person
from articles.core.values import Given
from articles.intake import queue
from articles.intake.containers import recognise, too_large
from articles.intake.cutting import breathe, cut_through, drop_pieces, next_position, readable, receipt_for
from articles.intake.pieces import PIECE, PieceWriter
from articles.intake.reader import ReaderHere
from articles.intake.reading import read_run
from articles.intake.state import settle_upload
from articles.models import Article, FilePiece, Original, Receipt, Upload, UploadFile

# An upload of which nothing more arrives for this long was broken off.
ABANDONED_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that was brought: bytes with what was said beside them, or the reason (a sentence) why they were not
    even taken. ``place``: where it stood in what it came out of."""

    name: str
    content: bytes = b""
    given: Given = field(default_factory=Given)
    place: str = ""
    problem: str = ""


class Closed(Exception):
    """The upload takes nothing more: it was closed, or broken off. The message is a sentence."""


def begin(
    *, by: Person | None, way: str, note: str = "", mapping: Mapping[str, str] | None = None, key: str = ""
) -> Upload:
    """A new upload, ``receiving``. With a ``key`` under which this person sent one before it is that one as it is by
    now; its ``came_before`` is then True, and there is nothing to take."""
    key = readable(key, 200)
    if key and (before := _before(by, key)):
        return before
    try:
        with transaction.atomic():
            upload = Upload.objects.create(
                by=by, way=way, note=readable(note, 500), mapping=dict(mapping or {}), key=key
            )
    except IntegrityError:  # the same key in the same moment
        if key and (before := _before(by, key)):
            return before
        raise
    return upload


def _before(by: Person | None, key: str) -> Upload | None:
    found = Upload.objects.filter(by=by, key=key).first()
    if found is not None and found.state == Upload.RECEIVING and abandoned(found):
        discard(found)
        return None
    if found is not None:
        found.came_before = True
    return found


def take(upload: Upload, item: Item) -> Receipt:
    """Take a small thing that is in hand already."""
    return take_several(upload, [item])[0]


def take_several(upload: Upload, items: Iterable[Item]) -> list[Receipt]:
    """Take a handful of small things in one commit."""
    with transaction.atomic():
        _still_receiving(upload)
        first = next_position(upload)
        rows = [receipt_for(upload, first + number, item) for number, item in enumerate(items)]
        return Receipt.objects.bulk_create(rows)


def _still_receiving(upload: Upload) -> None:
    """Hold the upload while something is put into it. Closed where it takes nothing more."""
    if not Upload.objects.filter(pk=upload.pk, state=Upload.RECEIVING).update(touched_at=timezone.now()):
        raise Closed("This upload takes nothing more: it was closed, or given up because nothing came for long.")


class FileTaker:
    """Takes the bytes of one file as they arrive. ``finish`` gives the file, to be cut in the background, or the
    receipt of a file that is a single small article (``as_item`` for who takes several in one commit)."""

    def __init__(self, upload: Upload, name: str) -> None:
        self._upload, self._writer = upload, PieceWriter(upload, readable(name, 300) or "a file without a name")
        self._mapping = upload.mapping or None
        self._container: bool | None = None
        self._too_much = False

    @property
    def name(self) -> str:
        return self._writer.name

    def write(self, data: bytes) -> None:
        if self._container is None and self._writer.size + len(data) > PIECE:
            self._container = bool(recognise((self._writer.held + data)[:PIECE], mapping=self._mapping))
        limit = settings.UPLOAD_MAX_TOTAL if self._container else settings.UPLOAD_MAX_BYTES
        if self._too_much or self._writer.size + len(data) > limit:
            if not self._too_much:
                self._too_much = True
                self._writer.drop()
            self._writer.size += len(data)
            return
        self._writer.write(data)

    def refuse(self) -> None:
        """There is no room for more of it."""
        if not self._too_much:
            self._container = self._too_much = True
            self._writer.drop()

    def as_item(self) -> Item | None:
        """The file as an item, when it needs no cutting: a small article, or one that is too large to be taken."""
        if self._too_much:
            size = self._writer.size
            most = f"It has {filesizeformat(size)}; one upload takes {filesizeformat(settings.UPLOAD_MAX_TOTAL)}."
            return Item(name=self.name, problem=most if self._container else too_large(size))
        if self._writer.file is None and not recognise(self._writer.held, mapping=self._mapping):
            return Item(name=self.name, content=self._writer.held)
        return None

    def finish(self, *, problem: str = "") -> UploadFile | Receipt:
        if problem:
            self._writer.drop()
            return take(self._upload, Item(name=self.name, problem=problem))
        item = self.as_item()
        if item is not None:
            return take(self._upload, item)
        _still_receiving(self._upload)
        return self._writer.finish()


def take_file(upload: Upload, name: str, chunks: Iterable[bytes], *, problem: str = "") -> UploadFile | Receipt:
    """Take a file as a stream: at most a piece of it (1 MB) is in memory. ``problem``: why it is not taken."""
    taker = FileTaker(upload, name)
    if not problem:
        for chunk in chunks:
            taker.write(chunk)
    return taker.finish(problem=problem)


def close(upload: Upload, *, enqueue: bool = True) -> Upload:
    """All of it is here: in one transaction the upload waits and its tasks exist. A second time does nothing.

    ``enqueue`` False: whoever closes it also works through it.
    """
    with transaction.atomic():
        closed = Upload.objects.filter(pk=upload.pk, state=Upload.RECEIVING).update(
            state=Upload.WAITING, touched_at=timezone.now()
        )
        if closed and enqueue and queue.in_database():
            queue.enqueue_all(upload)
    if closed and enqueue and not queue.in_database():
        queue.enqueue_all(upload)
    settle_upload(upload.pk)
    upload.refresh_from_db()
    return upload


def work_through(upload: Upload) -> None:
    """Cut and read what waits, in this process. An upload that is paused or cancelled is left alone."""
    for file in upload.files.filter(finished=False):
        for _ in cut_through(file):
            pass
    read_run(upload.receipts.waiting().select_related("upload").order_by("position"), ReaderHere())
    settle_upload(upload.pk)
    upload.refresh_from_db()


def receive(items: Iterable[Item], *, by: Person | None, way: str = "page") -> Upload:
    """Take a handful of things that are in hand and read them at once, in this process."""
    upload = begin(by=by, way=way)
    take_several(upload, items)
    close(upload, enqueue=False)
    work_through(upload)
    return upload


def abandoned(upload: Upload) -> bool:
    """Whether nothing arrived for so long that nothing more will."""
    return upload.touched_at < timezone.now() - ABANDONED_AFTER


def discard(upload: Upload) -> None:
    """Forget an upload that was broken off while it was received. Nothing of it was read."""
    if not Upload.objects.filter(pk=upload.pk, state=Upload.RECEIVING).exists():
        return
    for file in upload.files.all():
        drop_pieces(file)
    originals = list(upload.receipts.exclude(original=None).values_list("original", flat=True))
    with transaction.atomic():
        if not Upload.objects.select_for_update().filter(pk=upload.pk, state=Upload.RECEIVING).exists():
            return
        upload.delete()
        used = Exists(Receipt.objects.filter(original=OuterRef("pk"))) | Exists(
            Article.objects.filter(original=OuterRef("pk"))
        )
        Original.objects.filter(pk__in=originals).exclude(used).delete()


def sweep() -> int:
    """Forget what was broken off, and bytes of files that are cut; how many uploads were forgotten."""
    gone = Upload.objects.filter(state=Upload.RECEIVING, touched_at__lt=timezone.now() - ABANDONED_AFTER)
    count = 0
    for upload in gone:
        discard(upload)
        count += 1
    for file in UploadFile.objects.filter(Exists(FilePiece.objects.filter(file=OuterRef("pk"))), finished=True):
        drop_pieces(file)
        breathe()
    return count
