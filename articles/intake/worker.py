"""The worker of django-tasks-db, with what it lacks: it says that it is there, its tasks are taken up by others when it
is gone, and it ends between two items, whatever it is in.

Everything here works on rows by compare-and-set: any number of workers may do it at once.
"""

import logging
import os
import socket
import threading
import time
from datetime import timedelta
from types import FrameType
from typing import Any

from django.db import connection, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as LibraryWorker
from django_tasks_db.models import DBTaskResult

from articles.intake import queue, tasks
from articles.intake.state import settle_upload
from articles.intake.uploads import sweep
from articles.models import Upload, Worker
from articles.models.workers import GONE_AFTER

log = logging.getLogger(__name__)

# How often a worker looks after what others left.
UPKEEP = 10.0
ATTEMPTS = 3
LOST = "articles.intake.worker.WorkerLost"
TASKS_KEPT = timedelta(days=7)


def prepare_connections() -> None:
    """Connections as a worker wants them: kept open; on SQLite without waiting for the disk at each commit, since what a
    power cut takes from a worker is read again from the items."""
    settings = connection.settings_dict
    settings["CONN_MAX_AGE"] = None
    if connection.vendor == "sqlite":
        init = settings["OPTIONS"].get("init_command", "")
        settings["OPTIONS"]["init_command"] = init.replace("synchronous=FULL", "synchronous=NORMAL")
    connections.close_all()


class WorkerLost(Exception):
    """The worker of a task was gone, more often than can be an accident."""


class DeskWorker(LibraryWorker):
    """``burst``: end when nothing waits any more."""

    def __init__(self, *, burst: bool = False, interval: float = 1.0) -> None:
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=burst,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{socket.gethostname()[:30]}-{os.getpid()}-{get_random_string(8)}",
            excluded_queue_names=[],
        )
        self._ended = threading.Event()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Only a flag: an exit from inside a handler leaves a task running for ever when a commit is in flight."""
        self.running = False
        tasks.stopping.set()

    def run(self) -> None:
        tasks.stopping.clear()
        Worker.objects.create(name=self.worker_id)
        self.upkeep()
        beat = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        beat.start()
        try:
            super().run()
            while self.batch and self.running and self.upkeep():
                super().run()
        finally:
            self._ended.set()
            beat.join(10)
            tasks.end_reader()
            self._leave()

    def _leave(self) -> None:
        # On SQLite a signal may have left the connection inside a transaction: a fresh one.
        connections.close_all()
        Worker.objects.filter(name=self.worker_id).delete()
        connections.close_all()

    def _beat(self) -> None:
        """Says every few seconds that the worker is there, in a thread with a connection of its own."""
        every = GONE_AFTER.total_seconds() / 6
        last = time.monotonic()
        while not self._ended.wait(every):
            try:
                self.seen()
                if time.monotonic() - last >= min(UPKEEP, 2 * every):
                    last = time.monotonic()
                    self.upkeep()
            except Exception:  # the database is away or locked: the next beat tries again
                log.exception("The worker could not say that it is there.")
                connections.close_all()
        connections.close_all()

    def seen(self) -> None:
        """Say that the worker is there; it may have been taken for gone while it was stopped."""
        Worker.objects.update_or_create(name=self.worker_id, defaults={"seen_at": timezone.now()})

    def upkeep(self) -> int:
        """Take up what others left; how much it was."""
        taken = recover() + queue.revive()
        Worker.objects.filter(seen_at__lt=timezone.now() - 20 * GONE_AFTER).delete()
        for pk in Upload.objects.filter(state__in=(Upload.WAITING, Upload.RUNNING)).values_list("pk", flat=True):
            settle_upload(pk)
        sweep()
        DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - TASKS_KEPT).delete()
        return taken


def recover() -> int:
    """Give back the tasks whose worker is gone, and give up those that outlived three; how many there were."""
    alive = set(Worker.objects.alive().values_list("name", flat=True))
    count = 0
    for row in DBTaskResult.objects.running():
        if row.worker_ids and row.worker_ids[-1] in alive:
            continue
        seen = DBTaskResult.objects.filter(pk=row.pk, status=row.status, started_at=row.started_at)
        count += seen.update(**_next(row))
    return count


def _next(row: DBTaskResult) -> dict[str, Any]:
    if len(row.worker_ids) < ATTEMPTS:
        return {"status": "READY", "started_at": None}
    return {
        "status": "FAILED",
        "finished_at": timezone.now(),
        "exception_class_path": LOST,
        "traceback": f"Its workers were gone {len(row.worker_ids)} times.",
    }
