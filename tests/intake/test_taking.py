"""An upload takes items and files in pieces, and counts only when all of it is here."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.core.containers import Found
from articles.core.values import Given
from articles.intake import cutting, pieces, uploads
from articles.intake.cutting import cut_through
from articles.intake.pieces import opened_file
from articles.intake.uploads import Closed, Item, begin, close, discard, sweep, take, take_file, work_through
from articles.models import Article, FilePiece, Original, Receipt, Upload, UploadFile
from tests.factories import TEXT

pytestmark = pytest.mark.django_db


def archive(count: int) -> bytes:
    """A file of JSON Lines, an article a line."""
    rows = [
        {
            "text": f"Le port {n} rouvre. La mairie le dit au port {n}.",
            "url": f"https://x.example/{n}",
            "title": "Un\x00 titre",
        }
        for n in range(count)
    ]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def received(by: User | None, content: bytes, name: str = "a.jsonl") -> Upload:
    upload = begin(by=by, way="page")
    take_file(upload, name, [content])
    return close(upload, enqueue=False)


def test_an_upload_counts_only_when_it_is_closed(ana: User) -> None:
    upload = begin(by=ana, way="api", note="night\x00 run", mapping={"title": "headline"})
    take(upload, Item(name="a.txt", content=TEXT.encode(), given=Given(url="https://x.example/a", title="Dit")))
    work_through(upload)
    assert (upload.state, Article.objects.count()) == ("receiving", 0)
    close(upload, enqueue=False)
    work_through(upload)
    assert (upload.state, upload.note, upload.mapping) == ("done", "night run", {"title": "headline"})
    article = Article.objects.get()
    assert article.given == {"url": "https://x.example/a", "title": "Dit"}
    assert article.given_url == "https://x.example/a"
    with pytest.raises(Closed, match="takes nothing more"):
        take(upload, Item(name="b.txt", content=b"x"))
    with pytest.raises(Closed):
        take_file(upload, "b.txt", [b"x"])


def test_the_same_key_of_the_same_person_is_the_same_upload(ana: User, bea: User) -> None:
    first = begin(by=ana, way="api", key="night-1")
    again = begin(by=ana, way="api", key="night-1")
    assert (first.came_before, again.came_before, again.pk) == (False, True, first.pk)
    assert begin(by=bea, way="api", key="night-1").pk != first.pk
    assert begin(by=ana, way="api").pk != begin(by=ana, way="api").pk


def test_a_key_whose_upload_broke_off_begins_anew(ana: User) -> None:
    first = begin(by=ana, way="api", key="night-1")
    take(first, Item(name="a.txt", content=TEXT.encode()))
    Upload.objects.filter(pk=first.pk).update(touched_at=timezone.now() - timedelta(hours=2))
    again = begin(by=ana, way="api", key="night-1")
    assert (again.came_before, again.pk != first.pk) == (False, True)
    assert not Original.objects.exists()


def test_what_broke_off_is_forgotten_with_its_bytes_but_not_those_of_others(ana: User) -> None:
    kept = received(ana, TEXT.encode(), "kept.txt")
    broken = begin(by=ana, way="page")
    take(broken, Item(name="same.txt", content=TEXT.encode()))
    take(broken, Item(name="other.txt", content=b"Other words."))
    take_file(broken, "a.jsonl", [archive(3)])
    assert sweep() == 0
    Upload.objects.filter(pk=broken.pk).update(touched_at=timezone.now() - timedelta(hours=2))
    assert sweep() == 1
    assert list(Upload.objects.all()) == [kept]
    assert Original.objects.count() == 1
    assert not FilePiece.objects.exists()
    discard(kept)
    assert Upload.objects.filter(pk=kept.pk).exists(), "what was closed is never forgotten"


def test_a_small_file_needs_no_pieces_and_a_large_one_is_never_whole_in_memory(ana: User) -> None:
    upload = begin(by=ana, way="page")
    assert isinstance(take_file(upload, "a.txt", [TEXT.encode()]), Receipt)
    large = take_file(upload, "b.txt", (b"x" * 100_000 for _ in range(12)))
    assert isinstance(large, UploadFile)
    assert (large.size, large.pieces.count()) == (1_200_000, 2)


def test_a_file_that_is_too_large_is_counted_and_not_kept(ana: User, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 2_000_000
    upload = begin(by=ana, way="page")
    receipt = take_file(upload, "b.txt", (b"x" * 500_000 for _ in range(8)))
    assert isinstance(receipt, Receipt)
    assert (receipt.outcome, receipt.original) == ("failed", None)
    assert "3.8" in receipt.message
    assert not FilePiece.objects.exists()
    assert not UploadFile.objects.exists()


def test_a_problem_that_comes_with_a_file_is_its_receipt(ana: User) -> None:
    receipt = take_file(begin(by=ana, way="page"), "b.txt", [b"x"], problem="It was a link.")
    assert (receipt.outcome, receipt.message) == ("failed", "It was a link.")


@given(
    runs=st.lists(st.binary(max_size=50), max_size=12),
    seeks=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60))),
)
def test_a_file_in_pieces_reads_as_the_file(runs: list[bytes], seeks: list[tuple[int, int]], ana: User) -> None:
    usual, pieces.PIECE = pieces.PIECE, 16
    try:
        upload = begin(by=ana, way="page")
        writer = pieces.PieceWriter(upload, "a")
        for run in runs:
            writer.write(run)
        file, whole = writer.finish(), io.BytesIO(b"".join(runs))
        with opened_file(file) as found:
            assert found.read() == whole.read()
            for at, length in seeks:
                assert found.seek(at) == whole.seek(at)
                assert found.read(length) == whole.read(length)
    finally:
        pieces.PIECE = usual


def test_a_container_is_cut_into_items_each_with_its_place_and_what_was_said_beside_it(ana: User) -> None:
    upload = received(ana, archive(30) + b"{broken\n")
    work_through(upload)
    assert upload.receipts.counted() == {"waiting": 0, "created": 30, "duplicate": 0, "failed": 1, "skipped": 0}
    row = upload.receipts.get(position=2)
    assert (row.name, row.place, row.given_url) == ("a.jsonl, line 3", "line 3", "https://x.example/2")
    assert row.article.given["title"] == "Un titre", "NUL is no character of a database"
    assert upload.receipts.get(outcome="failed").place == "line 31"
    assert (upload.state, FilePiece.objects.count()) == ("done", 0)


def test_cutting_that_was_interrupted_goes_on_where_it_was(ana: User) -> None:
    upload = received(ana, archive(60))
    file = upload.files.get()
    runs = cut_through(file)
    assert next(runs) == (0, 24)
    runs.close()  # as a kill does: nothing behind it happens
    assert list(cut_through(upload.files.get())) == [(25, 49), (50, 59)]
    assert list(upload.receipts.values_list("number", flat=True)) == list(range(60))
    assert list(cut_through(upload.files.get())) == []


def test_two_who_cut_the_same_file_cut_every_item_once(ana: User) -> None:
    upload = received(ana, archive(60))
    one, other = cut_through(upload.files.get()), cut_through(upload.files.get())
    found = [next(one)]
    found += list(other)  # it stands where the first stood, and gives way
    found += list(one)
    assert found == [(0, 24), (25, 49), (50, 59)]
    assert upload.receipts.count() == 60


def test_a_file_that_ends_its_worker_while_it_is_cut_is_given_up_after_three_times(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = received(ana, archive(5))

    def deadly(*args: Any, **kwargs: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(cutting, "cut_file", deadly)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            list(cut_through(upload.files.get()))
    work_through(upload)
    receipt = upload.receipts.get()
    assert (receipt.outcome, upload.state) == ("failed", "done")
    assert "several times" in receipt.message


@pytest.mark.parametrize("error", [OSError("disk"), ValueError("a bug")])
def test_a_file_that_cannot_be_read_to_its_end_says_so_behind_its_items(
    error: Exception, ana: User, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    upload = received(ana, archive(5))

    def broken(*args: Any, **kwargs: Any) -> Any:
        yield Found(name="one", place="", content=TEXT.encode())
        raise error

    monkeypatch.setattr(cutting, "cut_file", broken)
    work_through(upload)
    assert [row.outcome for row in upload.receipts.all()][-1] == "failed"
    assert upload.state == "done"


def test_an_empty_container_has_a_receipt_too(ana: User) -> None:
    packed = io.BytesIO()
    zipfile.ZipFile(packed, "w").close()
    upload = received(ana, packed.getvalue())
    work_through(upload)
    assert upload.receipts.get().outcome == "failed"
    assert upload.state == "done"


def test_more_items_than_an_upload_takes_are_left_out_with_a_word(ana: User, settings: Any) -> None:
    settings.UPLOAD_MAX_ITEMS = 40
    upload = received(ana, archive(60))
    work_through(upload)
    assert upload.receipts.counted()["created"] == 40
    assert "takes 40 items" in upload.receipts.get(outcome="failed").message
    assert upload.state == "done"


def test_a_paused_upload_is_neither_cut_nor_read(ana: User) -> None:
    upload = received(ana, archive(60))
    runs = cut_through(upload.files.get())
    next(runs)
    Upload.objects.filter(pk=upload.pk).update(state="paused")
    assert list(runs) == []
    work_through(upload)
    assert upload.receipts.counted()["waiting"] == 25
    assert uploads.close(upload).state == "paused"


def test_with_debug_no_log_of_queries_keeps_a_file_in_memory(ana: User, settings: Any) -> None:
    settings.DEBUG = True
    upload = begin(by=ana, way="page")
    take_file(upload, "a.jsonl", (b'{"text": "Une phrase."}\n' * 20_000 for _ in range(6)))
    assert FilePiece.objects.count() > 1
    assert not [query for query in connection.queries if len(query["sql"]) > 100_000]
