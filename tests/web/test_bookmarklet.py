"""The bookmarklet's pages: who may, what is taken, and how the window may be reached."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Article, Receipt, Upload
from tests.factories import PAGE

pytestmark = pytest.mark.django_db
URL = "/upload/from-page/"


def sent(content: bytes = b"\xef\xbb\xbf" + PAGE.encode(), **said: str) -> dict[str, Any]:
    beside = {"url": "https://courrier.example/marche?a=1", "title": "Le marché"} | said
    return {"page": SimpleUploadedFile("page.html", content, "text/html"), **beside}


def test_the_link_is_made_for_this_desk_and_without_a_word_of_script(desk: Any) -> None:
    html = desk("ana").get("/upload/bookmarklet/").content.decode()
    assert 'data-bookmarklet="http://testserver/upload/from-page/"' in html
    assert "javascript:" not in html


def test_the_upload_page_leads_there(desk: Any) -> None:
    html = desk("ana").get("/upload/").content.decode()
    assert 'href="/upload/bookmarklet/"' in html
    assert 'href="/api/"' in html


def test_a_page_comes_in_with_its_address_under_the_name_of_who_pressed(desk: Any) -> None:
    response = desk("ana").post(URL, sent())
    upload = Upload.objects.get()
    assert response.status_code == 302
    assert response.url == f"/upload/{upload.pk}/"
    assert (upload.way, upload.by.username, upload.state) == ("bookmarklet", "ana", "done")
    article = Article.objects.get()
    assert (article.given_url, article.format) == ("https://courrier.example/marche?a=1", "html")
    assert article.decoding["encoding"] == "utf-8"
    assert Receipt.objects.get().name == "Le marché"


def test_its_bytes_are_read_as_they_are_whatever_the_page_says(desk: Any) -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1252"')
    desk("ana").post(URL, sent(b"\xef\xbb\xbf" + page.encode()))
    assert "Le marché de Bréval déménage" in Article.objects.get().clean_text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"url": "javascript:alert(1)"}, "no web address"),
        ({"url": "file:///etc/passwd"}, "no web address"),
        ({"url": ""}, "required"),
        ({"url": "https://x.example/" + "a" * 2000}, "2000 characters"),
        ({"url": "https://x.example/\x00"}, "Null characters"),
        ({"title": "t" * 301}, "300 characters"),
    ],
)
def test_what_no_window_of_ours_sends_is_said_in_place(said: dict[str, str], words: str, desk: Any) -> None:
    response = desk("ana").post(URL, sent(**said))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize("url", ["http://intranet/page", "https://müller.example/a b", "http://127.0.0.1:8000/x"])
def test_any_web_address_will_do(url: str, desk: Any) -> None:
    assert desk("ana").post(URL, sent(url=url)).status_code == 302


def test_no_page_an_empty_one_or_one_that_is_too_large_is_said(desk: Any, settings: Any) -> None:
    client = desk("ana")
    assert "required" in client.post(URL, {"url": "https://x.example/"}).content.decode()
    assert "empty" in client.post(URL, sent(b"")).content.decode()
    settings.UPLOAD_MAX_BYTES = 100
    assert "the most we take in one piece" in client.post(URL, sent()).content.decode()
    assert not Upload.objects.exists()


def test_a_title_is_text_and_never_markup(desk: Any) -> None:
    html = desk("ana").post(URL, sent(title="<img src=x onerror=alert(1)>"), follow=True).content.decode()
    assert "<img src=x" not in html


def test_no_other_site_can_post_it(desk: Any, ana: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    assert client.post(URL, sent()).status_code == 403
    assert not Upload.objects.exists()


def test_who_is_not_signed_in_is_told_so_in_the_window(db: None) -> None:
    for response in (Client().get(URL), Client().post(URL, sent())):
        assert response.status_code == 403
        assert "You are not signed in" in response.content.decode()
        assert "<script" not in response.content.decode()
        assert response["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert not Upload.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("claire", 200), ("rita", 403), ("dov", 403), ("stan", 404)])
def test_who_may_upload_may_hand_a_page_over(who: str, status: int, desk: Any) -> None:
    assert desk(who).get(URL).status_code == status
    assert desk(who).post(URL, sent()).status_code == (302 if status == 200 else status)
    assert Upload.objects.count() == (status == 200)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_not_answered(method: str, desk: Any) -> None:
    assert getattr(desk("ana"), method)(URL).status_code == 405


def test_this_window_alone_may_be_talked_to_by_the_one_that_opened_it(desk: Any) -> None:
    client = desk("ana")
    assert client.get(URL)["Cross-Origin-Opener-Policy"] == "unsafe-none"
    for url in ("/", "/upload/", "/upload/bookmarklet/"):
        assert client.get(url)["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in client.get(URL)["Content-Security-Policy"]
