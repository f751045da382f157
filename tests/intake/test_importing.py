"""manage.py import_articles: what it finds, what it takes, what it says, and how it is broken off and goes on."""

import io
import json
import os
import signal
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.intake import importing, local_files
from articles.intake.importing_progress import bar
from articles.intake.local_files import NotRead, Source, chunks_of, sources
from articles.management.commands import import_articles
from articles.models import Article, Receipt, Upload
from tests.factories import PAGE, TEXT

pytestmark = pytest.mark.django_db


def run(*args: str, code: int = 0, **options: Any) -> tuple[str, str]:
    """What the command says on standard output and on standard error."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) if code else nullcontext() as ended:
        call_command("import_articles", *args, stdout=out, stderr=err, **options)
    assert ended is None or ended.value.code == code
    return out.getvalue(), err.getvalue()


def outcomes() -> dict[str, str]:
    return dict(Receipt.objects.values_list("name", "outcome"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of a scraper, with what lies about in folders."""
    made = tmp_path / "pages"
    (made / "2024").mkdir(parents=True)
    (made / ".git").mkdir()
    (made / "b.html").write_text(PAGE)
    (made / "2024" / "a.txt").write_text(TEXT)
    (made / "2024" / "empty.txt").write_text("")
    for name in (".hidden.txt", ".git/config.txt"):
        (made / name).write_text("never " * 100)
    return made


def test_a_folder_comes_in_with_all_below_it_and_nothing_hidden(folder: Path, ana: User) -> None:
    out, err = run(str(folder), "--by", "ana", "--outlet", "RFI", "--note", "night", code=1)
    assert outcomes() == {
        "pages/b.html": "created",
        "pages/2024/a.txt": "created",
        "pages/2024/empty.txt": "failed",
    }
    upload = Upload.objects.get()
    assert (upload.by, upload.way, upload.note, upload.state) == (ana, "command", "night", "done")
    assert set(Article.objects.values_list("given_outlet", flat=True)) == {"RFI"}
    assert f"Upload {upload.pk}: 2 created, 1 failed" in out
    assert err.count("\n") == 1
    assert err.startswith("pages/2024/empty.txt: ")


def test_files_come_in_the_same_order_each_time(folder: Path) -> None:
    assert [source.inner for source in sources([str(folder)])] == ["b.html", "2024/a.txt", "2024/empty.txt"]


def test_links_out_of_the_folder_are_not_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(TEXT)
    (folder / "c.txt").symlink_to(outside / "secret.txt")
    (folder / "d").symlink_to(outside)
    (folder / "e.txt").symlink_to(folder / "2024" / "a.txt")
    (folder / "f.txt").symlink_to(folder / "nothing.txt")
    (folder / "g").symlink_to(folder)
    found = {source.inner: source for source in sources([str(folder)])}
    assert set(found) == {"b.html", "c.txt", "e.txt", "f.txt", "2024/a.txt", "2024/empty.txt"}
    assert {inner for inner, source in found.items() if source.problem} == {"c.txt", "f.txt"}
    with pytest.raises(NotRead, match="out of the folder"):
        list(chunks_of(found["c.txt"]))
    assert b"".join(chunks_of(found["e.txt"])) == TEXT.encode()


def test_a_file_that_was_swapped_for_a_link_or_a_pipe_is_not_read(folder: Path, tmp_path: Path) -> None:
    source = next(iter(sources([str(folder)])))
    path = folder / "b.html"
    path.unlink()
    path.symlink_to(folder / "2024" / "a.txt")
    with pytest.raises(NotRead):
        list(chunks_of(source))
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(NotRead, match="device or a pipe"):
        list(chunks_of(source))


def test_a_file_that_cannot_be_read_gets_a_receipt_and_the_rest_comes_in(folder: Path, monkeypatch: Any) -> None:
    def broken(source: Source) -> Any:
        if source.inner == "b.html":
            yield b"<html>"
            raise NotRead("It could not be read: Input/output error.")
        yield from chunks_of(source)

    monkeypatch.setattr(importing, "chunks_of", broken)
    _, err = run(str(folder), code=1)
    assert "pages/b.html: It could not be read: Input/output error." in err
    assert outcomes()["pages/2024/a.txt"] == "created"


def test_lines_come_from_a_pipe(monkeypatch: Any, ana: User) -> None:
    rows = [{"headline": f"Port {n}", "text": TEXT.replace("bateaux", f"{n} bateaux"), "url": f"https://x.example/{n}"}
            for n in range(3)]  # fmt: skip
    lines = "\n".join(json.dumps(row) for row in rows).encode() + b"\nnonsense\n"
    monkeypatch.setattr(local_files.sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines)))
    out, err = run("-", "--by", "ana", "--map", "title=headline", "--outlet", "RFI", code=1)
    assert "3 created, 1 failed" in out
    assert "standard input, line 4" in err
    assert set(Article.objects.values_list("given_url", flat=True)) == {f"https://x.example/{n}" for n in range(3)}
    assert set(Article.objects.values_list("given_outlet", flat=True)) == {"RFI"}
    assert Receipt.objects.order_by("position")[0].given["title"] == "Port 0"


def test_addresses_are_made_from_paths(folder: Path) -> None:
    (folder / "2024" / "empty.txt").unlink()
    (folder / "2024" / "été 1.txt").write_text(TEXT.replace("pêche", "guerre"))
    run(str(folder), "--url", "https://x.example/{path}")
    assert set(Article.objects.values_list("given_url", flat=True)) == {
        "https://x.example/b.html",
        "https://x.example/2024/a.txt",
        "https://x.example/2024/%C3%A9t%C3%A9%201.txt",
    }


def test_one_file_has_one_address(folder: Path) -> None:
    run(str(folder / "b.html"), "--url", "https://x.example/market")
    assert Article.objects.get().given_url == "https://x.example/market"
    assert Receipt.objects.get().name == str(folder / "b.html")


def test_a_large_page_is_one_article_with_what_is_said_beside_it(tmp_path: Path, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 4 * 1024 * 1024
    page = tmp_path / "large.html"
    page.write_text(PAGE.replace("</head>", f"<style>{'p{}' * 500_000}</style></head>"))
    run(str(page), "--url", "https://x.example/large", "--outlet", "RFI")
    article = Article.objects.get()
    assert (article.given_url, article.given_outlet) == ("https://x.example/large", "RFI")
    assert not Upload.objects.get().files.exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "Name what to bring in"),
        (["x", "--resume", "1"], "Name what to bring in"),
        (["nowhere.txt"], "There is no file or folder “nowhere.txt”"),
        (["-", "-"], "one standard input"),
        (["-", "--by", "nobody"], "no account"),
        (["-", "--by", "rita"], "may not upload"),
        (["-", "--map", "title"], "ours=theirs"),
        (["-", "--map", "colour=red"], "ours=theirs"),
        (["-", "--url", "x.example"], "no web address"),
        (["--resume", "9999"], "no upload 9999"),
        (["--watch", "nowhere"], "is no folder"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_taken(
    args: list[str], words: str, rita: User, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=words):
        run(*args)
    assert not Upload.objects.exists()


def test_one_address_is_not_that_of_a_folder(folder: Path) -> None:
    with pytest.raises(CommandError, match="several files"):
        run(str(folder), "--url", "https://x.example/")


def test_an_empty_folder_is_said_and_is_no_failure(tmp_path: Path) -> None:
    _, err = run(str(tmp_path))
    assert "no file was found" in err
    assert not Upload.objects.exists()


def test_more_files_than_an_upload_takes_make_several(folder: Path, settings: Any) -> None:
    settings.UPLOAD_MAX_FILES = 2
    run(str(folder), code=1)
    assert [upload.receipts.count() for upload in Upload.objects.order_by("pk")] == [2, 1]


def test_reading_can_be_left_to_the_workers(folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(import_articles, "close", lambda upload, enqueue: left_waiting(upload, enqueue=enqueue))
    monkeypatch.setattr(import_articles.queue, "nobody_works", lambda: True)
    out, err = run(str(folder), "--no-wait")
    assert "3 waiting" in out
    assert "manage.py worker" in err
    assert not Article.objects.exists()


def left_waiting(upload: Upload, *, enqueue: bool) -> Upload:
    assert enqueue
    Upload.objects.filter(pk=upload.pk).update(state="waiting")
    upload.refresh_from_db()
    return upload


def test_what_is_broken_off_while_it_is_taken_in_leaves_nothing(folder: Path, monkeypatch: Any) -> None:
    def interrupted(source: Source) -> Any:
        yield b"<html>"
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "chunks_of", interrupted)
    with pytest.raises(CommandError, match="Nothing of it was kept"):
        run(str(folder))
    assert not Upload.objects.exists()


def test_what_is_broken_off_while_it_is_read_is_paused_and_goes_on(folder: Path, monkeypatch: Any) -> None:
    read = importing.read_run

    def read_one(receipts: Any, reader: Any, *, stop: Any) -> Any:
        left = read(receipts[:1], reader, stop=stop)
        signal.raise_signal(signal.SIGINT)
        return left or receipts[1]

    monkeypatch.setattr(importing, "read_run", read_one)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(CommandError, match=r"is paused; nothing is lost.*--resume (\d+)") as said:
        run(str(folder))
    assert signal.getsignal(signal.SIGINT) is before
    upload = Upload.objects.get()
    assert (upload.state, Article.objects.count()) == ("paused", 1)
    assert upload.log.get().action == "pause"
    monkeypatch.setattr(importing, "read_run", read)
    number = str(said.value).split("--resume ")[1].split(",")[0]
    out, _ = run("--resume", number, code=1)
    assert "2 created, 1 failed" in out
    upload.refresh_from_db()
    assert upload.state == "done"
    assert Article.objects.count() == 2


def test_a_pause_on_its_page_ends_the_command(folder: Path, monkeypatch: Any) -> None:
    read = importing.read_run

    def paused(receipts: Any, reader: Any, *, stop: Any) -> Any:
        Upload.objects.update(state="paused")
        return read(receipts, reader, stop=stop)

    monkeypatch.setattr(importing, "read_run", paused)
    with pytest.raises(CommandError, match="is paused"):
        run(str(folder))
    assert not Article.objects.exists()


@pytest.mark.parametrize("state", ["receiving", "cancelled"])
def test_what_was_cancelled_or_never_taken_in_does_not_go_on(state: str, ana: User) -> None:
    upload = Upload.objects.create(by=ana, state=state)
    with pytest.raises(CommandError, match="nothing to go on with"):
        run("--resume", str(upload.pk))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_bar_and_names_failures_at_the_end(folder: Path) -> None:
    err = Terminal()
    with pytest.raises(SystemExit):
        call_command("import_articles", str(folder), stdout=io.StringIO(), stderr=err)
    said = err.getvalue()
    assert said.count("\r") >= 2
    assert "3 of 3" in said
    assert "1 failed" in said
    assert said.rstrip().splitlines()[-1].startswith("pages/2024/empty.txt: ")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ((0, 0, 0, 0.0, True), "Cutting into items: 0 so far"),
        ((0, 0, 0, 0.0, False), "[........................] 0 of 0"),
        ((600, 1200, 0, 10.0, False), "[############............] 600 of 1,200 · 10.0 a second · 60 s left"),
        ((1200, 1200, 3, 10.0, False), "[########################] 1,200 of 1,200 · 10.0 a second · 3 failed"),
        ((1, 100_000, 0, 10.0, False), "[........................] 1 of 100,000 · 10.0 a second · 2.8 h left"),
    ],
)
def test_the_bar_says_how_far_it_is(state: tuple[int, int, int, float, bool], words: str) -> None:
    done, total, failed, rate, cutting = state
    assert bar(done, total, failed, rate=rate, cutting=cutting) == words


def test_a_pipe_that_was_silent_for_too_long_is_said(monkeypatch: Any) -> None:
    def swept(source: Source) -> Any:
        yield b"words " * 50
        Upload.objects.all().delete()

    monkeypatch.setattr(importing, "chunks_of", swept)
    with pytest.raises(CommandError, match="takes nothing more"):
        run("-")
