"""Uploading in a browser, and the receipts."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.test import Client

from articles.intake import pieces, reading, uploads
from articles.models import Article, FilePiece, Original, Receipt, Upload, UploadFile, Worker
from tests import factories
from tests.factories import PAGE, TEXT
from tests.intake.workers import engine_is

pytestmark = pytest.mark.django_db


def file(name: str, content: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def send(client: Client, **data: Any) -> Any:
    return client.post("/upload/", data, follow=True)


def outcomes() -> list[str]:
    return [receipt.outcome for receipt in Upload.objects.first().receipts.all()]


def test_pasted_text_becomes_an_article_with_what_is_known_about_it(desk: Any) -> None:
    response = send(desk("ana"), text=TEXT, url="https://x.example/port", outlet="RFI")
    assert response.status_code == 200
    article = Article.objects.get()
    assert f'href="/articles/{article.pk}/"' in response.content.decode()
    assert (article.given_url, article.given_outlet) == ("https://x.example/port", "RFI")


def test_several_files_come_in_at_once_and_each_has_its_receipt(desk: Any) -> None:
    files = [
        file("a.txt", TEXT),
        file("b.html", PAGE),
        file("c.txt", TEXT.encode("utf-16")),
        file("empty.txt", b""),
        file("p.png", b"\x89PNG\r\n\x1a\n"),
    ]
    html = send(desk("ana"), files=files).content.decode()
    assert outcomes() == ["created", "created", "duplicate", "failed", "failed"]
    for words in ("a.txt", "b.html", "empty.txt", "0 bytes", "PNG picture", "same text"):
        assert words in html


def test_a_file_over_the_limit_is_not_read_and_takes_nothing_with_it(desk: Any, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = len(TEXT.encode()) + 10
    send(desk("ana"), files=[file("big.txt", TEXT * 3), file("a.txt", TEXT)])
    assert outcomes() == ["failed", "created"]


@pytest.mark.parametrize("data", [{}, {"text": "  \n"}, {"text": "", "url": "https://x.example/"}])
def test_nothing_at_all_is_said_on_the_page(data: dict[str, str], desk: Any) -> None:
    response = desk("ana").post("/upload/", data)
    assert response.status_code == 422
    assert "Nothing came with this" in response.content.decode()
    assert not Upload.objects.exists()


def test_an_address_that_is_none_is_said_and_the_text_is_kept(desk: Any) -> None:
    response = desk("ana").post("/upload/", {"text": TEXT, "url": "not an address"}, follow=True)
    assert "“not an address” is no web address" in response.content.decode()
    assert Article.objects.get().given_url == ""


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x.example/a", "data:text/html,x"])
def test_an_address_that_no_browser_should_open_never_reaches_a_link(url: str, desk: Any) -> None:
    client = desk("ana")
    client.post("/upload/", {"text": TEXT, "url": url})
    for article in Article.objects.all():
        html = client.get(f"/articles/{article.pk}/").content.decode()
        assert f'href="{url}' not in html


def test_a_pasted_nul_gets_a_receipt_and_the_files_beside_it_are_taken(desk: Any) -> None:
    response = desk("ana").post("/upload/", {"text": "a\x00b", "files": [file("a.txt", TEXT)]})
    assert response.status_code == 302
    assert Upload.objects.get().receipts.count() == 2
    assert Article.objects.exists()


def test_files_beyond_the_most_get_a_receipt_that_says_so(desk: Any, settings: Any) -> None:
    settings.UPLOAD_MAX_FILES = 2
    response = desk("ana").post("/upload/", {"files": [file(f"{n}.txt", f"{TEXT} {n}") for n in range(3)]})
    assert response.status_code == 302
    outcomes = list(Upload.objects.get().receipts.values_list("outcome", flat=True))
    assert outcomes == ["created", "created", "failed"]


def test_a_text_over_the_limit_of_a_request_is_refused_with_a_page(desk: Any, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = desk("ana").post("/upload/", {"text": "x" * 5000})
    assert response.status_code == 400
    assert "could not be read" in response.content.decode()


def test_hostile_file_names_are_shown_as_text(desk: Any) -> None:
    html = send(desk("ana"), files=[file("<img src=x onerror=alert(1)>.txt", TEXT)]).content.decode()
    assert "<img src=x" not in html


def test_what_an_interruption_left_goes_on_with_one_click(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(receipt: Receipt, *args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "store", killed)
    with pytest.raises(KeyboardInterrupt):
        factories.UploadFactory(items=[TEXT], by=factories.person("ana"))
    monkeypatch.undo()
    upload = Upload.objects.get()
    client = desk("bea")
    html = client.get(f"/upload/{upload.pk}/").content.decode()
    assert "0 of 1 item" in html
    response = client.post(f"/upload/{upload.pk}/", {"do": "go_on"}, follow=True)
    assert outcomes() == ["created"]
    assert "Done" in response.content.decode()


def test_the_repair_of_broken_letters_is_shown(desk: Any) -> None:
    broken = TEXT.encode().decode("windows-1252", "ignore").encode()
    html = send(desk("ana"), files=[file("a.txt", broken)]).content.decode()
    assert "repaired" in html


def test_receipts_take_the_same_queries_for_one_item_as_for_five(desk: Any, django_assert_max_num_queries: Any) -> None:
    many = factories.UploadFactory(items=[TEXT.replace("port", f"port{n}") for n in range(5)])
    client = desk("ana")
    with django_assert_max_num_queries(13):
        client.get(f"/upload/{many.pk}/")


def test_files_of_a_folder_keep_their_places_in_it(desk: Any) -> None:
    data = {"files/2024/mars/a.txt": file("a.txt", TEXT), "files/../../etc/passwd": file("b.txt", b"")}
    send(desk("ana"), **data)
    names = list(Upload.objects.get().receipts.values_list("name", flat=True))
    assert names == ["2024/mars/a.txt", "../../etc/passwd"], "a name is words for people, and opens nothing"


def test_a_large_file_goes_through_pieces_and_leaves_none(
    desk: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PIECE", 1000)
    monkeypatch.setattr(uploads, "PIECE", 1000)
    send(desk("ana"), files=[file("long.txt", TEXT * 3), file("a.txt", TEXT)])
    assert sorted(outcomes()) == ["created", "created"]
    assert all(row.finished for row in UploadFile.objects.all())
    assert UploadFile.objects.exists()
    assert not FilePiece.objects.exists()


def test_a_file_over_the_limit_of_an_upload_is_refused_with_its_size(desk: Any, settings: Any) -> None:
    settings.UPLOAD_MAX_TOTAL = len(TEXT.encode()) + 10
    send(desk("ana"), files=[file("a.txt", TEXT), file("b.txt", PAGE)])
    assert outcomes() == ["created", "failed"]


def test_files_from_another_site_are_refused_and_nothing_of_them_stays() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.person("ana"))
    response = client.post("/upload/", {"files": [file(f"{n}.txt", f"{TEXT} {n}") for n in range(30)]})
    assert response.status_code == 403
    assert not Upload.objects.exists()
    assert not Original.objects.exists()


def test_a_request_that_breaks_off_leaves_nothing(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 1000)
    monkeypatch.setattr(uploads, "PIECE", 1000)

    def broken(taker: Any, data: bytes) -> None:
        real(taker, data)
        raise UnreadablePostError

    real = uploads.FileTaker.write
    monkeypatch.setattr(uploads.FileTaker, "write", broken)
    with pytest.raises(UnreadablePostError):
        desk("ana").post("/upload/", {"files": [file("long.txt", TEXT * 3)]})
    assert not Upload.objects.exists()
    assert not FilePiece.objects.exists()


def test_without_a_worker_the_page_says_so(desk: Any) -> None:
    client = desk("ana")
    assert "No worker is running" not in client.get("/upload/").content.decode()
    with engine_is("django_tasks_db.DatabaseBackend"):
        assert "No worker is running" in client.get("/upload/").content.decode()
        html = send(client, files=[file("a.txt", TEXT)]).content.decode()
        assert "No worker is running" in html
        assert "Waiting for a worker" in html
        Worker.objects.create(name="one")
        assert "No worker is running" not in client.get("/upload/").content.decode()
    assert outcomes() == ["waiting"]


def test_the_last_uploads_are_the_newest_the_latest_first(desk: Any) -> None:
    client = desk("ana")
    for number in range(7):
        send(client, files=[file(f"vide-{number}.txt", b" ")])
    newest = list(Upload.objects.order_by("-pk").values_list("pk", flat=True)[:5])
    assert [upload.pk for upload in client.get("/upload/").context["recent"]] == newest
