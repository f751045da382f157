"""Workers as they run in production: processes of their own, on a database of their own, ended as the test likes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections
from django.test.utils import override_settings

from articles.intake import tasks
from articles.intake.uploads import Item, begin, close, take_several
from articles.models import Article, Receipt, Upload

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 240.0
# Short texts, so that a test of three hundred is one of workers and not of reading.
SHORT = (
    "Le port de Lorval rouvre, numéro {number}\n\nLa mairie a annoncé lundi la réouverture du quai numéro {number}.\n"
)


def texts(count: int, first: int = 0) -> list[Item]:
    return [
        Item(name=f"{number}.txt", content=SHORT.format(number=number).encode())
        for number in range(first, first + count)
    ]


def brought(items: list[Item], *, engine: str = "django_tasks_db.DatabaseBackend") -> Upload:
    """A closed upload of these items, with its tasks for an engine."""
    with engine_is(engine):
        upload = begin(by=None, way="command")
        for at in range(0, len(items), 100):
            take_several(upload, items[at : at + 100])
        return close(upload)


@contextmanager
def engine_is(path: str) -> Iterator[None]:
    """Tasks of this process go to another engine than the tests' own."""
    name = path if not path.startswith("django_tasks_db") else "database"
    with override_settings(TASKS={"default": {"BACKEND": path, "QUEUES": ["default"]}}, TASK_BACKEND=name):
        yield
    tasks.stopping.clear()


def environment(**more: str) -> dict[str, str]:
    """The environment in which a process works on this test's database."""
    row = connections["default"].settings_dict
    name = str(row["NAME"])
    if row["ENGINE"].endswith("sqlite3"):
        url = f"sqlite:///{name}"
    else:
        url = f"postgres://{row['USER']}:{row['PASSWORD']}@{row['HOST']}:{row['PORT']}/{name}"
    return {
        **os.environ,
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DATABASE_URL": url,
        "TASK_BACKEND": "database",
        "WORKER_GONE_SECONDS": "3",
        "OPENBLAS_NUM_THREADS": "1",
        **more,
    }


def start(*args: str, **more: str) -> "subprocess.Popen[bytes]":
    """A process of ``manage.py``, in a group of its own, so that it and its reader can be killed at once."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "manage.py", *(args or ("worker", "--burst", "--interval", "0.1"))],
        cwd=ROOT,
        env=environment(**more),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(process: "subprocess.Popen[bytes]") -> None:
    """As the kernel does when memory runs out, to the worker and everything that it started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(true: Callable[[], bool], *, what: str, by: "subprocess.Popen[bytes] | None" = None) -> None:
    """Wait for something that other processes do; ``by``: the one that does it, which is not to end before."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert by is None or by.poll() is None, f"{what} did not happen: its process has ended"
        assert time.monotonic() < end, f"{what} did not happen in {PATIENCE:.0f} seconds"
        time.sleep(0.05)


def settled(upload: Upload) -> int:
    return upload.receipts.exclude(outcome=Receipt.WAITING).count()


def finish(*processes: "subprocess.Popen[bytes]") -> list[int]:
    """The exit codes of workers that end by themselves."""
    return [process.wait(PATIENCE) for process in processes]


def assert_once(upload: Upload, count: int) -> None:
    """Every item has exactly one receipt and one article."""
    upload.refresh_from_db()
    assert upload.receipts.counted() == {"waiting": 0, "created": count, "duplicate": 0, "failed": 0, "skipped": 0}, [
        row.message for row in upload.receipts.exclude(outcome="created")
    ]
    assert list(upload.receipts.values_list("position", flat=True)) == list(range(count))
    assert Article.objects.count() == count
    assert upload.receipts.values("article").distinct().count() == count
    assert upload.state == Upload.DONE
