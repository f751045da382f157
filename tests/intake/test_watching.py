"""A watched folder: what is finished comes in once, whatever dies, and is moved away without harm to anything."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from articles.core.values import Given
from articles.intake import importing, watching
from articles.intake.watching import TOGETHER, Busy, Watcher, move
from articles.models import Article, Receipt, Upload, WatchedFile
from tests.factories import PAGE, TEXT

pytestmark = pytest.mark.django_db


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Died(BaseException):
    """The process ends here."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(tmp_path: Path, clock: Clock, ana: User) -> Callable[..., Watcher]:
    """A watcher of a fresh folder, as after a start of the command."""
    said: list[str] = []

    def watch(**options: Any) -> Watcher:
        options = {"by": ana, "clock": clock, "quiet": 5.0, "say": said.append} | options
        watcher = Watcher(str(tmp_path / "in"), **options)
        watcher.said = said  # type: ignore[attr-defined]
        return watcher

    (tmp_path / "in").mkdir()
    return watch


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    def put(name: str, content: str = TEXT) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        return path

    return put


def lies(folder: Path) -> list[str]:
    """All files below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def looks(watcher: Watcher, clock: Clock, times: int = 2, *, after: float = 5.0) -> None:
    with watcher:
        for _ in range(times):
            watcher.look()
            clock.now += after


def test_what_is_finished_comes_in_and_is_moved_by_what_became_of_it(
    watch: Any, put: Any, clock: Clock, tmp_path: Path, ana: User
) -> None:
    put("a.txt")
    put("sub/b.html", PAGE)
    put("empty.txt", "")
    looks(watch(given=Given(outlet="RFI"), note="drop"), clock)
    assert lies(tmp_path / "in") == ["done/a.txt", "done/sub/b.html", "failed/empty.txt"]
    upload = Upload.objects.get()
    assert (upload.by, upload.way, upload.note, upload.state) == (ana, "folder", "drop", "done")
    assert set(Article.objects.values_list("given_outlet", flat=True)) == {"RFI"}
    assert not WatchedFile.objects.exists()


def test_what_is_still_written_is_left_until_it_is_quiet(watch: Any, put: Any, clock: Clock) -> None:
    with watch() as watcher:
        path = put("a.txt", TEXT[:100])
        for length in (200, 300, len(TEXT)):
            watcher.look()
            clock.now += 4.9
            path.write_text(TEXT[:length])
        watcher.look()
        clock.now += 4.9
        watcher.look()
        assert not Upload.objects.exists()
        clock.now += 0.2
        watcher.look()
    assert Article.objects.get().raw_text == TEXT


def test_a_file_of_the_same_size_that_was_written_again_is_not_quiet(watch: Any, put: Any, clock: Clock) -> None:
    with watch() as watcher:
        path = put("a.txt", TEXT)
        watcher.look()
        clock.now += 5
        os.utime(path, ns=(1, 1))
        watcher.look()
        assert not Upload.objects.exists()


@pytest.mark.parametrize("name", ["a.txt.part", "a.tmp", "A.CRDOWNLOAD", "a.txt~", ".a.txt"])
def test_unfinished_and_hidden_names_are_left(name: str, watch: Any, put: Any, clock: Clock) -> None:
    put(name)
    looks(watch(), clock, 4)
    assert not Upload.objects.exists()


def test_a_file_that_gets_its_name_when_it_is_finished_is_taken_at_once(watch: Any, put: Any, clock: Clock) -> None:
    with watch() as watcher:
        path = put("a.txt.part")
        watcher.look()
        path.rename(path.with_name("a.txt"))
        watcher.look()
    assert Article.objects.count() == 1


def test_the_same_name_twice_overwrites_nothing(watch: Any, put: Any, clock: Clock, tmp_path: Path) -> None:
    for word in ("pêche", "plaisance", "guerre"):
        put("a.txt", TEXT.replace("pêche", word))
        looks(watch(), clock)
    assert lies(tmp_path / "in") == ["done/a (2).txt", "done/a (3).txt", "done/a.txt"]
    assert Article.objects.count() == 3
    texts = {(tmp_path / "in/done" / name).read_text() for name in ("a.txt", "a (2).txt", "a (3).txt")}
    assert len(texts) == 3


def test_a_failed_file_that_somebody_puts_back_is_taken_again(
    watch: Any, put: Any, clock: Clock, tmp_path: Path
) -> None:
    put("empty.txt", "")
    looks(watch(), clock)
    (tmp_path / "in/failed/empty.txt").rename(tmp_path / "in/empty.txt")
    looks(watch(), clock)
    assert Upload.objects.count() == 2
    assert lies(tmp_path / "in") == ["failed/empty.txt"]


def test_links_are_neither_followed_nor_moved(watch: Any, put: Any, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT)
    (tmp_path / "in/a.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in/sub").symlink_to(tmp_path)
    looks(watch(), clock)
    assert not Upload.objects.exists()
    assert (tmp_path / "in/a.txt").is_symlink()


@pytest.mark.parametrize("name", ["done", "failed"])
def test_nothing_is_moved_through_a_link_out_of_the_folder(name: str, watch: Any, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "in" / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Busy, match="is a link"), watch():
        pass


def test_one_process_watches_a_folder(watch: Any) -> None:
    with watch(), pytest.raises(Busy, match="watched already"), watch():
        pass
    with watch():
        pass


@pytest.mark.parametrize("where", ["take_several", "chunks_of"])
def test_a_crash_while_files_are_taken_leaves_nothing_half(
    where: str, watch: Any, put: Any, clock: Clock, monkeypatch: Any, tmp_path: Path
) -> None:
    put("a.txt")
    put("b.html", PAGE)
    real, calls = getattr(importing, where), []

    def dies(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == (1 if where == "take_several" else 2):
            raise Died
        return real(*args)

    # As kill -9 does it: nothing is cleaned up.
    monkeypatch.setattr(watching, "discard", lambda upload: None)
    monkeypatch.setattr(importing, where, dies)
    with pytest.raises(Died):
        looks(watch(), clock)
    monkeypatch.undo()
    looks(watch(), clock)
    assert Article.objects.count() == 2
    assert lies(tmp_path / "in") == ["done/a.txt", "done/b.html"]
    assert Receipt.objects.filter(outcome="created").count() == 2
    assert not Receipt.objects.filter(outcome="duplicate").exists()


def test_a_crash_after_some_files_are_kept_forgets_what_was_received(
    watch: Any, put: Any, clock: Clock, monkeypatch: Any
) -> None:
    put("a.txt")
    monkeypatch.setattr(watching, "discard", lambda upload: None)
    monkeypatch.setattr(watching, "close", _dies)
    with pytest.raises(Died):
        looks(watch(), clock)
    assert WatchedFile.objects.count() == 1
    monkeypatch.undo()
    looks(watch(), clock)
    assert [upload.state for upload in Upload.objects.all()] == ["done"]
    assert [row.outcome for row in Receipt.objects.all()] == ["created"]


def test_a_crash_before_files_are_read_or_moved_takes_them_once(
    watch: Any, put: Any, clock: Clock, monkeypatch: Any, tmp_path: Path
) -> None:
    put("a.txt")
    put("empty.txt", "")
    for name in ("work", "_move"):
        target = importing if name == "work" else Watcher
        monkeypatch.setattr(target, name, _dies)
        with pytest.raises(Died):
            looks(watch(), clock)
        monkeypatch.undo()
        assert lies(tmp_path / "in") == ["a.txt", "empty.txt"]
    looks(watch(), clock, 1)
    assert Receipt.objects.count() == 2
    assert Upload.objects.count() == 1
    assert lies(tmp_path / "in") == ["done/a.txt", "failed/empty.txt"]


def _dies(*args: Any, **kwargs: Any) -> None:
    raise Died


def test_what_changed_after_it_was_taken_is_taken_again_and_not_moved_as_the_other(
    watch: Any, put: Any, clock: Clock, monkeypatch: Any, tmp_path: Path
) -> None:
    path = put("a.txt")
    real = importing.work

    def work(upload: Upload, **options: Any) -> None:
        real(upload, **options)
        path.write_text(TEXT.replace("pêche", "plaisance et pêche"))
        monkeypatch.setattr(importing, "work", real)

    monkeypatch.setattr(importing, "work", work)
    looks(watch(), clock, 2)
    assert lies(tmp_path / "in") == ["a.txt"]
    looks(watch(), clock, 3)
    assert lies(tmp_path / "in") == ["done/a.txt"]
    assert Article.objects.count() == 2


def test_what_workers_read_is_moved_once_they_are_done(
    watch: Any, put: Any, clock: Clock, monkeypatch: Any, tmp_path: Path
) -> None:
    def waits(upload: Upload, *, enqueue: bool) -> None:
        assert enqueue
        Upload.objects.filter(pk=upload.pk).update(state="waiting")

    monkeypatch.setattr(watching, "close", waits)
    put("a.txt")
    with watch(wait=False) as watcher:
        for _ in range(4):
            watcher.look()
            clock.now += 5
        assert lies(tmp_path / "in") == ["a.txt"]
        importing.work(Upload.objects.get())
        watcher.look()
    assert Upload.objects.count() == 1
    assert lies(tmp_path / "in") == ["done/a.txt"]


def test_an_archive_with_one_failure_goes_to_the_failed_and_says_why(
    watch: Any, put: Any, clock: Clock, tmp_path: Path
) -> None:
    put("rows.jsonl", '{"text": "' + TEXT.replace("\n", "\\n") + '"}\n{"title": "no text"}\n')
    watcher = watch()
    looks(watcher, clock)
    assert lies(tmp_path / "in") == ["failed/rows.jsonl"]
    assert Article.objects.count() == 1
    assert "failed/rows.jsonl: There is no article in it" in "\n".join(watcher.said)


def test_a_file_that_cannot_be_moved_is_said_once_and_not_taken_again(
    watch: Any, put: Any, clock: Clock, monkeypatch: Any, tmp_path: Path
) -> None:
    def stuck(*args: Any) -> None:
        raise PermissionError(13, "Permission denied")

    put("a.txt")
    monkeypatch.setattr(watching, "move", stuck)
    watcher = watch()
    looks(watcher, clock, 5)
    assert [line for line in watcher.said if "could not be moved" in line] == [
        "a.txt could not be moved: Permission denied."
    ]
    monkeypatch.undo()
    looks(watch(), clock, 1)
    assert lies(tmp_path / "in") == ["done/a.txt"]
    assert Receipt.objects.count() == 1


def test_many_files_make_uploads_of_a_size(watch: Any, put: Any, clock: Clock, monkeypatch: Any) -> None:
    assert TOGETHER > 2
    monkeypatch.setattr(watching, "TOGETHER", 2)
    for number in range(3):
        put(f"{number}.txt", TEXT.replace("pêche", f"pêche {number}"))
    looks(watch(), clock, 3)
    assert [upload.receipts.count() for upload in Upload.objects.order_by("pk")] == [2, 1]


def test_a_move_that_fails_leaves_the_file_and_no_empty_one(tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")

    def fails(self: Path, target: Path) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="cross-device"):
        move(path, tmp_path / "done", Path("a.txt"))
    assert lies(tmp_path) == ["a.txt"]


def test_the_command_watches_until_it_is_asked_to_end(put: Any, watch: Any, tmp_path: Path, monkeypatch: Any) -> None:
    import signal

    put("a.txt")
    real = Watcher.look

    def look(self: Watcher, **options: Any) -> None:
        real(self, **options)
        if Article.objects.exists():
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(Watcher, "look", look)
    call_command("import_articles", "--watch", str(tmp_path / "in"), "--quiet-seconds", "0", "--poll-seconds", "0")
    assert lies(tmp_path / "in") == ["done/a.txt"]
