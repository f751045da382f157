"""The page of an upload: how far it is, its receipts as a list and as a table, and what is decided there."""

import csv
import io
import re
from typing import Any

import pytest
from django.utils import timezone

from articles.core.values import Given
from articles.intake.uploads import Item
from articles.models import Article, LogEntry, Receipt, Upload
from tests import factories
from tests.conftest import HTMX
from tests.factories import PAGE, TEXT, UploadFactory
from tests.intake.workers import brought, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(db: None) -> Upload:
    """An upload of three items that no worker has begun."""
    return brought(texts(3))


@pytest.fixture
def mixed(db: None) -> Upload:
    """One item of each outcome."""
    upload = UploadFactory(items=[TEXT, TEXT.encode("utf-16"), b"", PAGE])
    row = upload.receipts.get(position=3)
    Receipt.objects.filter(pk=row.pk).update(outcome="skipped", skipped_by=factories.person("bea"), article=None)
    return upload


def address(upload: Upload, row: Receipt | None = None) -> str:
    return f"/upload/{upload.pk}/" + (f"receipts/{row.pk}/" if row else "")


def test_the_page_adds_the_receipts_up_and_filters_them(mixed: Upload, desk: Any) -> None:
    client = desk("ana")
    html = client.get(address(mixed)).content.decode()
    for words in ("All 4", "1 created", "1 duplicate", "1 failed", "1 skipped", "Skipped by Bea"):
        assert words in html
    html = client.get(address(mixed) + "?outcome=failed").content.decode()
    assert html.count('<li class="receipt ') == 1
    assert "0 bytes" in html
    assert client.get(address(mixed) + "?outcome=nonsense&page=x").status_code == 200


def test_receipts_come_in_pages(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.views.receipts.ON_A_PAGE", 2)
    upload = brought(texts(5))
    html = desk("ana").get(address(upload) + "?page=2").content.decode()
    assert "3–4 of 5" in html
    assert html.count('<li class="receipt ') == 2


def test_while_it_runs_the_page_asks_again_and_stops_when_it_is_done(waiting: Upload, desk: Any) -> None:
    client = desk("ana")
    assert "hx-trigger" in client.get(address(waiting)).content.decode()
    part = client.get(address(waiting), headers=HTMX)
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]
    Receipt.objects.filter(upload=waiting).update(outcome="failed", message="x")
    Upload.objects.filter(pk=waiting.pk).update(state="done")
    done = client.get(address(waiting), headers=HTMX)
    assert done.status_code == 286
    assert "hx-trigger" not in done.content.decode()


def test_rate_and_time_left_are_said_as_soon_as_they_are_known(desk: Any) -> None:
    upload = brought(texts(40))
    some = upload.receipts.filter(position__lt=10).values("pk")
    Receipt.objects.filter(pk__in=some).update(
        outcome="failed", settled_at=timezone.now() - timezone.timedelta(seconds=5)
    )
    html = desk("ana").get(address(upload)).content.decode()
    assert re.search(r"10 of 40 items, \d+ a (second|minute), less than a minute left", html)


def test_it_is_paused_gone_on_with_and_cancelled_and_the_page_says_by_whom(waiting: Upload, desk: Any) -> None:
    client = desk("ana")
    for do, state in (("pause", "paused"), ("go_on", "done")):
        response = client.post(address(waiting), {"do": do}, follow=True)
        waiting.refresh_from_db()
        assert waiting.state == state
        assert "Ana" in response.content.decode()
    assert waiting.receipts.counted()["created"] == 3
    assert client.post(address(waiting), {"do": "cancel"}).status_code == 422


def test_what_waits_is_skipped_when_it_is_cancelled_and_read_after_all(waiting: Upload, desk: Any) -> None:
    client = desk("ana")
    client.post(address(waiting), {"do": "cancel"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.receipts.counted()["skipped"]) == ("cancelled", 3)
    row = waiting.receipts.first()
    assert row.skipped_by.username == "ana"
    client.post(address(waiting, row), {"do": "retry"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.receipts.counted()["created"]) == ("done", 1)


@pytest.mark.parametrize("do", ["", "burn", "pause", "go_on", "cancel", "retry_failures"])
def test_what_makes_no_sense_for_an_upload_is_said(do: str, desk: Any) -> None:
    upload = UploadFactory(items=[TEXT])
    response = desk("ana").post(address(upload), {"do": do})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


@pytest.mark.parametrize("do", ["", "burn", "retry", "skip", "keep_apart", "new_version"])
def test_what_makes_no_sense_for_an_item_is_said(do: str, desk: Any) -> None:
    upload = UploadFactory(items=[TEXT])
    response = desk("ana").post(address(upload, upload.receipts.get()), {"do": do})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_all_failures_are_read_again_with_one_button(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("articles.intake.reader.read_item", lambda *args, **kwargs: 1 / 0)
        upload = UploadFactory(items=[TEXT, PAGE])
    assert upload.receipts.counted()["failed"] == 2
    desk("ana").post(address(upload), {"do": "retry_failures"})
    assert upload.receipts.counted()["created"] == 2


def test_an_item_whose_bytes_were_not_kept_cannot_be_read_again(desk: Any) -> None:
    upload = UploadFactory(items=[Item(name="x", problem="It was too large.")])
    response = desk("ana").post(address(upload, upload.receipts.get()), {"do": "retry"})
    assert "bring it in again" in response.content.decode()


def test_one_item_is_left_out_and_the_list_comes_back_as_it_was(waiting: Upload, desk: Any) -> None:
    row = waiting.receipts.last()
    response = desk("ana").post(address(waiting, row), {"do": "skip", "outcome": "waiting", "page": "2"})
    assert response.url == address(waiting) + "?outcome=waiting&page=2"
    row.refresh_from_db()
    assert row.outcome == "skipped"
    evil = desk("ana").post(address(waiting, waiting.receipts.first()), {"do": "skip", "outcome": "//x", "page": "-"})
    assert evil.url == address(waiting)


def test_a_duplicate_is_shown_beside_the_article_with_what_differs(mixed: Upload, desk: Any) -> None:
    row = mixed.receipts.get(outcome="duplicate")
    html = desk("ana").get(address(mixed, row)).content.decode()
    assert "The same words" in html
    assert "utf-16" in html
    assert f'href="/articles/{row.article_id}/"' in html
    assert html.count("Le port de Lorval rouvre aux bateaux") >= 2


def test_a_duplicate_becomes_an_article_of_its_own(mixed: Upload, desk: Any) -> None:
    row = mixed.receipts.get(outcome="duplicate")
    twin = row.article
    response = desk("bea").post(address(mixed, row), {"do": "keep_apart"})
    row.refresh_from_db()
    assert response.url == f"/articles/{row.article_id}/"
    assert (row.outcome, row.article.kept_apart, row.article.version_of) == ("created", True, None)
    assert row.article != twin
    assert row.article.text_hash == twin.text_hash
    assert LogEntry.objects.get(article=row.article).person.username == "bea"
    assert mixed.log.get().action == "keep_apart"
    again = desk("bea").post(address(mixed, row), {"do": "keep_apart"})
    assert again.status_code == 422
    assert Article.objects.filter(text_hash=twin.text_hash).count() == 2


def test_a_duplicate_becomes_a_new_version_and_the_earlier_article_stays_as_it_is(mixed: Upload, desk: Any) -> None:
    row = mixed.receipts.get(outcome="duplicate")
    twin = Article.objects.values().get(pk=row.article_id)
    desk("bea").post(address(mixed, row), {"do": "new_version"})
    row.refresh_from_db()
    assert row.article.version_of_id == twin["id"]
    assert Article.objects.values().get(pk=twin["id"]) == twin
    html = desk("ana").get(f"/articles/{row.article_id}/").content.decode()
    assert f'href="/articles/{twin["id"]}/"' in html


def test_a_third_copy_is_a_duplicate_of_the_first_article(mixed: Upload, desk: Any) -> None:
    row = mixed.receipts.get(outcome="duplicate")
    first = row.article
    desk("bea").post(address(mixed, row), {"do": "keep_apart"})
    third = UploadFactory(items=[TEXT.replace("\n", "\r\n")]).receipts.get()
    assert (third.outcome, third.article) == ("duplicate", first)


def test_the_receipts_as_a_table_hold_no_formula(desk: Any) -> None:
    evil = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "plain, with a comma"]
    upload = UploadFactory(
        items=[Item(name=name, content=f"{TEXT} {name}".encode(), given=Given(outlet=name)) for name in evil]
    )
    response = desk("ana").get(f"/upload/{upload.pk}/receipts.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert f"receipts-{upload.pk}.csv" in response["Content-Disposition"]
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["name"] for row in rows] == [*(f"'{name}" for name in evil[:4]), evil[4]]
    assert [row["outcome"] for row in rows] == ["created"] * 5
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
