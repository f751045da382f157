"""What workers do, as tasks of Django's own framework. Any engine may run any of them twice, late, or half: what is to be
done is said by the upload's items and files, and a task that finds nothing waiting does nothing."""

import threading

from django.conf import settings
from django.tasks import task

from articles.intake import queue
from articles.intake.cutting import cut_through
from articles.intake.reader import Reader, ReaderBeside, ReaderHere
from articles.intake.reading import read_run
from articles.intake.state import at_work, settle_upload
from articles.models import Receipt, UploadFile

# Set by a worker that is to end: a task then hands on what is left of it.
stopping = threading.Event()
_reader: Reader | None = None


def reader() -> Reader:
    """The reader of this process."""
    global _reader
    if _reader is None:
        _reader = ReaderBeside() if settings.READ_BESIDE else ReaderHere()
    return _reader


def end_reader() -> None:
    """End the process beside this one, if there is one."""
    global _reader
    if isinstance(_reader, ReaderBeside):
        _reader.stop()
    _reader = None


@task
def cut_file(file_id: int) -> None:
    """Cut a file of an upload into items, each run of them with its task to read it."""
    file = UploadFile.objects.select_related("upload").filter(pk=file_id).first()
    if file is None or file.finished or not at_work(file.upload_id):
        return
    together = queue.in_database()

    def announce(first: int, last: int) -> None:
        queue.enqueue_reading(file.upload, first, last)

    for first, last in cut_through(file, inside=announce if together else None, stop=stopping.is_set):
        if not together:
            announce(first, last)
    settle_upload(file.upload_id)
    if stopping.is_set():
        queue.enqueue_cutting(file)


@task
def read_items(upload_id: int, first: int, last: int) -> None:
    """Read the items of an upload between two positions, both included."""
    if not at_work(upload_id):
        return
    run = Receipt.objects.waiting().filter(upload=upload_id, position__range=(first, last)).select_related("upload")
    left = read_run(run.order_by("position"), reader(), stop=stopping.is_set)
    settle_upload(upload_id)
    if left is not None and stopping.is_set():
        queue.enqueue_reading(left.upload, left.position, last)
