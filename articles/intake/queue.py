"""From an upload to its tasks, whichever engine runs them, and back: whether an upload still has a live one."""

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import models
from django.tasks import task_backends
from django.tasks.base import DEFAULT_TASK_PRIORITY
from django.utils import timezone

from articles.models import Upload, UploadFile, Worker

# A task reads this many items at most.
RUN = 25
# What a person waits for goes before an import of thousands.
SOON = 10
# Engines that keep their tasks in our database: what they are about and they are written in one transaction.
IN_DATABASE = ("django_tasks_db.", "django_ox.")
# Where the engine cannot be asked, an upload on which nothing happens for so long gets its tasks again.
STALLED_AFTER = timedelta(minutes=5)


def in_database() -> bool:
    """Whether tasks can be written in the transaction that writes what they are about."""
    return settings.TASKS["default"]["BACKEND"].startswith(IN_DATABASE)


def our_worker_runs() -> bool:
    """Whether the engine is the one for which ``manage.py worker`` works."""
    return settings.TASKS["default"]["BACKEND"].startswith("django_tasks_db.")


def nobody_works() -> bool:
    """Whether what waits, waits for a worker that somebody has to start."""
    return our_worker_runs() and not Worker.objects.alive().exists()


def _tasks() -> Any:
    # The tasks enqueue more of themselves; they import this module.
    return import_module("articles.intake.tasks")


def _priority(upload: Upload) -> int:
    """Small uploads go before large ones, where the engine knows of more and less urgent."""
    last = upload.receipts.order_by("-position").values_list("position", flat=True).first() or 0
    return soon() if last < RUN and not upload.files.exists() else DEFAULT_TASK_PRIORITY


def soon() -> int:
    """The priority of what a person waits for."""
    return SOON if task_backends["default"].supports_priority else DEFAULT_TASK_PRIORITY


def enqueue_all(upload: Upload) -> None:
    """A task for everything of the upload that waits."""
    priority = _priority(upload)
    for file in upload.files.filter(finished=False):
        enqueue_cutting(file)
    positions = list(upload.receipts.waiting().order_by("position").values_list("position", flat=True))
    for at in range(0, len(positions), RUN):
        run = positions[at : at + RUN]
        enqueue_reading(upload, run[0], run[-1], priority=priority)


def enqueue_cutting(file: UploadFile) -> None:
    _tasks().cut_file.enqueue(file.pk)


def enqueue_reading(upload: Upload, first: int, last: int, *, priority: int = DEFAULT_TASK_PRIORITY) -> None:
    _tasks().read_items.using(priority=priority).enqueue(upload.pk, first, last)


def has_live_tasks(upload: Upload) -> bool:
    """Whether a task of this upload waits or runs. Where the engine cannot be asked: whether something happened to the
    upload of late."""
    if not our_worker_runs():
        newest = upload.receipts.aggregate(newest=models.Max("settled_at"))["newest"] or upload.touched_at
        return max(newest, upload.touched_at) > timezone.now() - STALLED_AFTER
    from django_tasks_db.models import DBTaskResult

    live = DBTaskResult.objects.filter(status__in=("READY", "RUNNING"))
    if live.filter(task_path__endswith=".read_items", args_kwargs__args__0=upload.pk).exists():
        return True
    files = list(upload.files.filter(finished=False).values_list("pk", flat=True))
    return any(live.filter(task_path__endswith=".cut_file", args_kwargs__args__0=pk).exists() for pk in files)


def revive() -> int:
    """Give their tasks again to uploads that have something waiting and nobody at it; how many there were."""
    revived = 0
    for upload in Upload.objects.unfinished():
        if not has_live_tasks(upload):
            Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now())
            enqueue_all(upload)
            revived += 1
    return revived
