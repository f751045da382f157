"""A file of an upload is cut into items, a few at a time, so that a crash in the middle loses and doubles nothing."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from articles.core.values import Given
from articles.intake.containers import cut_file, too_large
from articles.intake.originals import keep_original
from articles.intake.pieces import forget_queries, opened_file
from articles.models import FilePiece, Receipt, Upload, UploadFile, Worker

log = logging.getLogger(__name__)

# What one commit holds at most, so that editors are not kept waiting (SQLite: one writer at a time).
ROWS, BYTES = 25, 4 * 1024 * 1024
PAUSE, LONGEST_PAUSE = 0.01, 1.0
ATTEMPTS = 3
SAID_LENGTH = 2000


class Stopped(Exception):
    """The upload was paused or cancelled, or somebody else cuts the same file."""


def cut_through(
    file: UploadFile, *, inside: Callable[[int, int], object] | None = None, stop: Callable[[], bool] = lambda: False
) -> Iterator[tuple[int, int]]:
    """Cut what is left of a file; yields the first and last position of each run of items, once they are stored.

    ``inside`` is called with the same two in the transaction that stores them; ``stop`` is asked between two runs.
    """
    file.refresh_from_db()
    if file.finished:
        return
    if file.attempts >= ATTEMPTS:
        yield from _give_up(file, "Cutting it into items ended the worker several times. Tell the administrator.")
        return
    UploadFile.objects.filter(pk=file.pk).update(attempts=F("attempts") + 1)
    try:
        yield from _cut(file, inside=inside, stop=stop)
    except (Stopped, FilePiece.DoesNotExist):
        return
    except (OSError, ValueError):
        log.exception("File %s could not be cut.", file.pk)
        yield from _give_up(file, "It could not be read to its end. Tell the administrator.")


def _cut(
    file: UploadFile, *, inside: Callable[[int, int], object] | None, stop: Callable[[], bool]
) -> Iterator[tuple[int, int]]:
    with opened_file(file) as content:
        items = cut_file(content, name=file.name, mapping=file.upload.mapping or None)
        # What an earlier run has stored comes again, in the same order.
        items = islice(items, file.cut, None)
        for chunk in _chunks(items):
            yield _store(file, chunk, inside)
            forget_queries()
            breathe()
            if stop():
                return
    if not file.cut:
        yield from _give_up(file, "There is nothing in it.")
        return
    finish(file)


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.content)
        if len(chunk) == ROWS or size >= BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@transaction.atomic
def _store(file: UploadFile, chunk: list[Any], inside: Callable[[int, int], object] | None) -> tuple[int, int]:
    upload = Upload.objects.select_for_update().get(pk=file.upload_id)
    if not upload.at_work:
        raise Stopped
    # Only who stands where the file stands goes on with it.
    here = UploadFile.objects.filter(pk=file.pk, cut=file.cut, finished=False)
    if not here.update(cut=F("cut") + len(chunk), attempts=0):
        raise Stopped
    first = next_position(upload)
    room = settings.UPLOAD_MAX_ITEMS - first
    rows = [
        receipt_for(upload, first + n, item, file=file, number=file.cut + n)
        for n, item in enumerate(chunk[: max(room, 0)])
    ]
    if room < len(chunk):
        rows.append(_no_room(upload, first + len(rows), file))
        UploadFile.objects.filter(pk=file.pk).update(finished=True)
    Receipt.objects.bulk_create(rows)
    Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now())
    last = first + len(rows) - 1
    if inside is not None:
        inside(first, last)
    file.cut += len(chunk)
    if room < len(chunk):
        file.finished = True
        transaction.on_commit(lambda: drop_pieces(file))
    return first, last


def receipt_for(
    upload: Upload, position: int, item: Any, *, file: UploadFile | None = None, number: int | None = None
) -> Receipt:
    """The receipt of an item that waits, or of one that could not even be taken; its bytes are kept. Not saved."""
    problem = readable(item.problem or too_large(len(item.content)), 500)
    given: Given = Given.from_dict({**upload.given, **item.given.as_dict()}) if upload.given else item.given
    return Receipt(
        upload=upload,
        position=position,
        file=file,
        number=number,
        name=readable(item.name, 300) or "pasted text",
        place=readable(item.place, 100),
        original=None if problem else keep_original(item.content),
        given=said(given),
        given_url=web_address(given.url),
        given_outlet=readable(given.outlet, 200),
        outcome=Receipt.FAILED if problem else Receipt.WAITING,
        message=problem,
        settled_at=timezone.now() if problem else None,
    )


def _no_room(upload: Upload, position: int, file: UploadFile) -> Receipt:
    return Receipt(
        upload=upload,
        position=position,
        name=file.name,
        outcome=Receipt.FAILED,
        message=f"One upload takes {settings.UPLOAD_MAX_ITEMS:,} items. What comes behind in this file was left out.",
        settled_at=timezone.now(),
    )


def _give_up(file: UploadFile, problem: str) -> Iterator[tuple[int, int]]:
    """Let the file be, with a receipt that says why."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=file.upload_id)
        if not UploadFile.objects.filter(pk=file.pk, finished=False).update(finished=True, problem=problem):
            return
        position = next_position(upload)
        Receipt.objects.create(
            upload=upload,
            position=position,
            file=file,
            number=file.cut,
            name=file.name,
            outcome=Receipt.FAILED,
            message=problem,
            settled_at=timezone.now(),
        )
    drop_pieces(file)
    yield position, position


def finish(file: UploadFile) -> None:
    """Nothing of it is to be cut any more."""
    UploadFile.objects.filter(pk=file.pk).update(finished=True)
    drop_pieces(file)


def drop_pieces(file: UploadFile) -> None:
    """Delete the bytes of a file, a few at a time."""
    while numbers := list(FilePiece.objects.filter(file=file).values_list("pk", flat=True)[:10]):
        FilePiece.objects.filter(pk__in=numbers).delete()
        breathe()


def next_position(upload: Upload) -> int:
    last = Receipt.objects.filter(upload=upload).order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def breathe(held: float = 0.0) -> None:
    """Let others write: SQLite has one writer at a time, and who commits back to back starves them. ``held``: for how many
    seconds others could not; all workers together leave them as much again."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        workers = max(Worker.objects.alive().count(), 1) if held > PAUSE else 1
        time.sleep(min(max(PAUSE, held * workers), LONGEST_PAUSE))


def readable(words: str, length: int) -> str:
    """Words from outside as a database can hold them, on one line."""
    return "".join(c for c in words.encode("utf-8", "replace").decode() if c.isprintable()).strip()[:length]


def web_address(url: str) -> str:
    """An address that a browser may open; empty for any other."""
    address = readable(url, SAID_LENGTH)
    return address if address.startswith(("http://", "https://")) else ""


def said(given: Given) -> dict[str, object]:
    """What was said beside an item, as JSON columns of every database hold it."""

    def fit(value: object) -> object:
        if isinstance(value, dict):
            return {readable(str(k), 100): fit(v) for k, v in list(value.items())[:50]}
        if isinstance(value, list | tuple):
            return [fit(v) for v in value[:50]]
        return readable(str(value), SAID_LENGTH)

    return {name: fit(value) for name, value in given.as_dict().items()}
