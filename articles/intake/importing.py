"""Files of this machine become an upload, and are read in this process while somebody watches."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.db import transaction

from articles.core.values import Given
from articles.intake import tasks
from articles.intake.cutting import breathe, cut_through
from articles.intake.local_files import NotRead, Source, chunks_of
from articles.intake.reading import read_run
from articles.intake.singles import finish_file
from articles.intake.state import settle_upload
from articles.intake.uploads import FileTaker, Item, take_several
from articles.models import Receipt, Upload, UploadFile, UploadLogEntry

# What one commit takes at most.
TOGETHER, BYTES = 25, 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a file became: an item, or a file to be cut into items."""

    source: Source
    receipt: Receipt | None = None
    file: UploadFile | None = None


def take_sources(upload: Upload, found: Iterable[Source], *, given: Given, url: str = "") -> Iterator[Taken]:
    """Take files, small ones several in a commit. A file that cannot be read gets a receipt that says why. ``given`` is
    said of each that is one article; ``url`` is a pattern for its address."""
    held: list[tuple[Source, Item]] = []
    for source in found:
        taker = FileTaker(upload, source.name)
        said = replace(given, url=source.address(url)) if url else given
        try:
            for chunk in chunks_of(source):
                taker.write(chunk)
        except NotRead as problem:
            yield from _flush(upload, held)
            yield _taken(source, taker.finish(problem=str(problem)))
            continue
        item = taker.as_item()
        if item is None:
            yield from _flush(upload, held)
            yield _taken(source, finish_file(upload, taker, given=said))
            continue
        held.append((source, replace(item, given=said)))
        if len(held) == TOGETHER or sum(len(item.content) for _, item in held) >= BYTES:
            yield from _flush(upload, held)
    yield from _flush(upload, held)


def _taken(source: Source, made: UploadFile | Receipt) -> Taken:
    if isinstance(made, UploadFile):
        return Taken(source=source, file=made)
    return Taken(source=source, receipt=made)


def _flush(upload: Upload, held: list[tuple[Source, Item]]) -> Iterator[Taken]:
    """Take what is held, in one commit."""
    if not held:
        return
    rows = take_several(upload, [item for _, item in held])
    taken = [Taken(source=source, receipt=row) for (source, _), row in zip(held, rows, strict=True)]
    held.clear()
    breathe()
    yield from taken


def work(
    upload: Upload, *, stop: Callable[[], bool] = lambda: False, look: Callable[[int], object] = lambda position: None
) -> None:
    """Cut and read what waits, in this process, and leave off between two items when ``stop`` says so. ``look`` is called
    now and then; up to the position that it is told everything is settled (-1: nothing yet)."""
    for file in upload.files.filter(finished=False):
        for _ in cut_through(file, stop=stop):
            look(-1)
        if stop():
            return
    last = -1
    while not stop():
        run = list(upload.receipts.waiting().filter(position__gt=last).select_related("upload")[:TOGETHER])
        if not run or read_run(run, tasks.reader(), stop=stop) is not None:
            break
        last = run[-1].position
        look(last)
    settle_upload(upload.pk)
    upload.refresh_from_db()


def leave(upload: Upload) -> None:
    """Pause what somebody broke off, so that it goes on when somebody says so."""
    _move(upload, (Upload.WAITING, Upload.RUNNING), Upload.PAUSED, action="pause", summary="broke off the command")


def pick_up(upload: Upload) -> None:
    """Let a paused upload go on, here."""
    _move(upload, (Upload.PAUSED,), Upload.WAITING, action="go_on", summary="went on with it by a command")


def _move(upload: Upload, before: tuple[str, ...], after: str, *, action: str, summary: str) -> None:
    with transaction.atomic():
        if Upload.objects.filter(pk=upload.pk, state__in=before).update(state=after):
            UploadLogEntry.objects.create(upload=upload, person=upload.by, action=action, summary=summary)
    upload.refresh_from_db()
