"""What workers do for each other: take up what is left, once, and give up what cannot be done."""

from datetime import timedelta
from typing import Any

import pytest
from django.tasks import task_backends
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.intake import queue, tasks
from articles.intake.uploads import begin, close, take_file
from articles.intake.worker import DeskWorker, recover
from articles.models import Receipt, Upload, Worker
from tests.intake.workers import brought, engine_is, texts

pytestmark = pytest.mark.django_db
DATABASE = "django_tasks_db.DatabaseBackend"


def running(upload: Upload, *workers: str) -> DBTaskResult:
    """A task of an upload as a worker leaves it that is gone."""
    row = DBTaskResult.objects.filter(args_kwargs__args__0=upload.pk).first()
    DBTaskResult.objects.filter(pk=row.pk).update(status="RUNNING", started_at=timezone.now(), worker_ids=list(workers))
    return row


def test_an_upload_and_its_tasks_are_there_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    with engine_is(DATABASE):
        upload = begin(by=None, way="command")
        take_file(upload, "a.txt", [b"Une phrase."])
        monkeypatch.setattr(queue, "enqueue_reading", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            close(upload)
        upload.refresh_from_db()
        assert upload.state == "receiving"
        monkeypatch.undo()
        close(upload)
        close(upload)
        assert DBTaskResult.objects.count() == 1


def test_a_task_reads_twenty_five_items_and_small_uploads_go_first() -> None:
    large, small = brought(texts(60)), brought(texts(3, first=100))
    assert [row.args_kwargs["args"] for row in DBTaskResult.objects.all()] == [
        [small.pk, 0, 2],
        [large.pk, 0, 24],
        [large.pk, 25, 49],
        [large.pk, 50, 59],
    ]


def test_a_task_that_runs_twice_does_its_work_once() -> None:
    upload = brought(texts(3))
    for _ in range(2):
        tasks.read_items.func(upload.pk, 0, 2)
    assert upload.receipts.counted()["created"] == 3
    assert all(row.attempts == 1 for row in upload.receipts.all())


def test_a_task_that_is_told_to_stop_hands_on_what_is_left() -> None:
    upload = brought(texts(3))
    with engine_is(DATABASE):
        DBTaskResult.objects.all().delete()
        tasks.stopping.set()
        tasks.read_items.func(upload.pk, 0, 2)
    assert [row.args_kwargs["args"] for row in DBTaskResult.objects.all()] == [[upload.pk, 0, 2]]
    assert upload.receipts.counted()["waiting"] == 3


def test_the_tasks_of_a_worker_that_is_gone_are_given_back_and_those_of_others_are_not() -> None:
    one, other = brought(texts(1)), brought(texts(1, first=1))
    Worker.objects.create(name="alive")
    Worker.objects.create(name="gone", seen_at=timezone.now() - timedelta(minutes=1))
    lost, held = running(one, "gone"), running(other, "gone", "alive")
    assert recover() == 1
    assert recover() == 0
    lost.refresh_from_db()
    held.refresh_from_db()
    assert (lost.status, held.status) == ("READY", "RUNNING")


def test_a_task_that_outlived_three_workers_is_given_up_and_its_items_get_another() -> None:
    upload = brought(texts(2))
    lost = running(upload, "one", "two", "three")
    assert recover() == 1
    lost.refresh_from_db()
    assert (lost.status, lost.exception_class_path) == ("FAILED", "articles.intake.worker.WorkerLost")
    with engine_is(DATABASE):
        assert queue.revive() == 1
        assert queue.revive() == 0
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_an_upload_with_something_waiting_and_no_live_task_gets_its_tasks_again() -> None:
    with engine_is(DATABASE):
        upload, paused = brought(texts(2)), brought(texts(1, first=5))
        DBTaskResult.objects.all().delete()
        Upload.objects.filter(pk=paused.pk).update(state="paused")
        assert queue.revive() == 1
        assert DBTaskResult.objects.get().args_kwargs["args"] == [upload.pk, 0, 1]


def test_of_an_engine_that_cannot_be_asked_only_what_stands_still_is_given_again() -> None:
    upload = brought(texts(2))
    with engine_is("somewhere.else.Backend"):
        assert queue.has_live_tasks(upload)
        Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now() - timedelta(minutes=10))
        upload.refresh_from_db()
        assert not queue.has_live_tasks(upload)


def test_upkeep_marks_as_done_what_nothing_waits_of_and_forgets_old_workers_and_tasks(settings: Any) -> None:
    upload = brought(texts(1))
    Receipt.objects.filter(upload=upload).update(outcome="failed", message="x")
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now() - timedelta(days=30))
    Worker.objects.create(name="old", seen_at=timezone.now() - timedelta(days=1))
    assert DeskWorker().upkeep() == 0
    upload.refresh_from_db()
    assert upload.state == "done"
    assert not Worker.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_signal_only_sets_a_flag() -> None:
    worker = DeskWorker()
    worker.shutdown(15, None)
    assert not worker.running
    assert tasks.stopping.is_set()
    tasks.stopping.clear()


def test_a_worker_that_was_taken_for_gone_says_again_that_it_is_there() -> None:
    worker = DeskWorker()
    worker.seen()
    assert [row.name for row in Worker.objects.alive()] == [worker.worker_id]


def test_djangos_own_immediate_backend_reads_an_upload_as_it_is_closed() -> None:
    assert task_backends["default"].__class__.__name__ == "ImmediateBackend"
    upload = brought(texts(2), engine="django.tasks.backends.immediate.ImmediateBackend")
    assert upload.state == "done"
    assert upload.receipts.counted()["created"] == 2
