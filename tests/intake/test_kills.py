"""Workers that are killed, stopped and doubled: nothing is lost, nothing is done twice.

On SQLite and, when DATABASE_URL says so, on PostgreSQL. ``KILL_ITEMS=2000`` makes the first test the long one.
"""

import os
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoDbBlocker

from articles.intake.uploads import Item
from articles.models import Article, FilePiece, Receipt, Upload, Worker
from tests import factories
from tests.intake import workers
from tests.intake.workers import assert_once, brought, finish, kill, settled, start, texts, until

ITEMS = int(os.environ.get("KILL_ITEMS", "90"))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def migrated(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A database file with everything that the migrations made."""
    path = tmp_path_factory.mktemp("database") / "migrated.sqlite3"
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            factories.restore_standing_data()  # the test before this one may have emptied the database
            cursor.execute("VACUUM INTO %s", [str(path)])
    return path


@pytest.fixture(autouse=True)
def _database_that_others_see(transactional_db: None, migrated: Path, tmp_path: Path) -> Iterator[None]:
    """On SQLite the tests' own database lives in the memory of this process; here it is a file."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = connections["default"]
    path = shutil.copy(migrated, tmp_path / "desk.sqlite3")
    file = connections.create_connection("default")
    file.settings_dict = {**usual.settings_dict, "NAME": str(path)}
    connections["default"] = file
    yield
    file.close()
    connections["default"] = usual


def running() -> int:
    return DBTaskResult.objects.filter(status="RUNNING").count()


def test_a_worker_killed_in_the_middle_of_many_items_loses_and_doubles_nothing() -> None:
    upload = brought(texts(ITEMS))
    for share in (0.2, 0.4, 0.6):
        worker = start()
        until(lambda goal=share: settled(upload) >= ITEMS * goal, what=f"{share:.0%} of the items", by=worker)
        kill(worker)
        assert settled(upload) < ITEMS
    assert finish(start()) == [0]
    # The last worker may have found the tasks of the killed one still warm; the next takes them up.
    until(lambda: not Worker.objects.alive().exists(), what="the end of the killed worker's time")
    assert finish(start()) == [0]
    assert_once(upload, ITEMS)
    assert running() == 0


def test_two_workers_share_the_items_and_one_may_be_killed() -> None:
    upload = brought(texts(80))
    one, other = start(), start()
    until(lambda: settled(upload) >= 20, what="a quarter of the items", by=one)
    kill(one)
    assert finish(other) == [0]
    until(lambda: not Worker.objects.alive().exists(), what="the end of the killed worker's time")
    assert finish(start(), start()) == [0, 0]
    assert_once(upload, 80)
    assert running() == 0


def test_a_worker_that_is_told_to_end_leaves_nothing_running_and_nothing_lost() -> None:
    upload = brought(texts(40))
    for goal in (5, 15):
        worker = start("worker", "--interval", "0.1")
        until(lambda least=goal: settled(upload) >= least, what=f"{goal} items", by=worker)
        worker.send_signal(signal.SIGTERM)
        assert finish(worker) == [0]
        assert running() == 0
        assert not Worker.objects.exists()
    assert finish(start()) == [0]
    assert_once(upload, 40)


def test_a_worker_that_was_stopped_and_taken_for_gone_does_nothing_twice_when_it_wakes() -> None:
    upload = brought(texts(40))
    sleeper = start("worker", "--interval", "0.1")
    until(lambda: settled(upload) >= 5, what="five items", by=sleeper)
    os.killpg(sleeper.pid, signal.SIGSTOP)
    until(lambda: not Worker.objects.alive().exists(), what="the end of the stopped worker's time")
    # It may sleep inside a transaction, whose locks no engine takes away: the other begins while it sleeps, not more.
    other = start()
    time.sleep(3)
    os.killpg(sleeper.pid, signal.SIGCONT)
    assert finish(other) == [0]
    sleeper.send_signal(signal.SIGTERM)
    assert finish(sleeper) == [0]
    assert finish(start()) == [0]
    assert_once(upload, 40)
    assert running() == 0


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"READ_MAX_SECONDS": "1"}, "more than 1 seconds"),
        ({"READ_MAX_MEGABYTES": "48"}, "more than 48 MB of memory"),
    ],
    ids=["time", "memory"],
)
def test_an_item_over_the_limits_fails_with_a_sentence_and_the_rest_goes_on(limits: dict[str, str], words: str) -> None:
    huge = " ".join(f"Le quai numéro {number} rouvre, dit « la mairie » le 3 mars 2024." for number in range(24_000))
    upload = brought([*texts(2), Item(name="huge.txt", content=huge.encode()), *texts(2, first=2)])
    assert finish(start(**limits)) == [0]
    rows = list(upload.receipts.all())
    assert [row.outcome for row in rows if row.name != "huge.txt"] == ["created"] * 4
    assert rows[2].outcome == "failed"
    assert words in rows[2].message


def test_an_item_that_ends_its_worker_is_given_up_after_three_times_and_the_rest_is_read() -> None:
    upload = brought(texts(8))
    # As three workers leave it that died of it.
    poison = upload.receipts.get(position=3)
    Receipt.objects.filter(pk=poison.pk).update(attempts=3)
    assert finish(start()) == [0]
    poison.refresh_from_db()
    assert poison.outcome == "failed"
    assert "3 times" in poison.message
    assert upload.receipts.counted()["created"] == 7


def test_another_engine_reads_the_same_upload() -> None:
    path = "django_ox.backend.OxBackend"
    assert start("migrate", "--verbosity", "0", TASK_BACKEND=path).wait(workers.PATIENCE) == 0
    assert start("check", TASK_BACKEND=path).wait(workers.PATIENCE) == 0
    # Its tables are not those of this process: the upload is brought in by a process of its own.
    code = f"from tests.intake.workers import brought, texts; brought(texts(40), engine={path!r})"
    assert start("shell", "-c", code, TASK_BACKEND=path).wait(workers.PATIENCE) == 0
    upload = Upload.objects.get()
    worker = start("ox_worker", "--batch", "--interval", "0.1", TASK_BACKEND=path)
    assert finish(worker) == [0]
    assert_once(upload, 40)
    assert Article.objects.count() == 40


def test_a_web_process_killed_while_a_file_arrives_leaves_nothing_half() -> None:
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(factories.person("ana"))
    browser.get("/upload/", secure=True)
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    web = start("runserver", f"127.0.0.1:{port}", "--noreload")
    until(lambda: _answers(port), what="an answer of the web process", by=web)
    begun = (
        f"POST /upload/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookies}\r\nContent-Length: 1900000\r\n"
        "Content-Type: multipart/form-data; boundary=xx\r\n\r\n"
        f'--xx\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{browser.cookies["csrftoken"].value}\r\n'
        '--xx\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    )
    with socket.create_connection(("127.0.0.1", port)) as connected:
        connected.sendall(begun.encode() + b"Une phrase. " * 120_000)
        until(FilePiece.objects.exists, what="the first piece")
        kill(web)
    upload = Upload.objects.get()
    assert upload.state == "receiving"
    assert finish(start()) == [0]
    assert not Article.objects.exists(), "nothing of it is read"
    Upload.objects.update(touched_at=timezone.now() - timedelta(hours=2))
    assert finish(start()) == [0]
    assert not Upload.objects.exists()
    assert not FilePiece.objects.exists()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
