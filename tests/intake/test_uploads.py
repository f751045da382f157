"""Bringing material in: every item ends with a receipt, whatever it is and whatever happens."""

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles.core.values import Given
from articles.intake import reading, remembering, settling
from articles.intake.uploads import Item, work_through
from articles.models import Article, Original, Receipt, Upload
from tests.factories import PAGE, TEXT, UploadFactory, covers_raw_once

UNREADABLE = {
    "empty": (b"", "0 bytes"),
    "white space": (b" \r\n\t \n", "white space"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "PNG picture"),
    "a document": (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "PDF"),
    "an archive": (b"PK\x03\x04\x14\x00\x00\x00", "ZIP"),
    "noise": (bytes(range(256)) * 8, "could not be read"),
}


def receipts(upload: Upload) -> list[tuple[str, str]]:
    return [(row.outcome, row.message) for row in upload.receipts.all()]


def outcomes(upload: Upload) -> list[str]:
    return [row.outcome for row in upload.receipts.all()]


@pytest.fixture
def upload(ana: User) -> object:
    return lambda *items: UploadFactory(by=ana, items=items)


def test_an_item_becomes_an_article_with_its_bytes_kept(upload: object, ana: User) -> None:
    found = upload(Item(name="port.txt", content=TEXT.encode(), given=Given(url="https://x.example/a", outlet="RFI")))
    receipt = found.receipts.get()
    article = receipt.article
    assert (receipt.outcome, receipt.name) == ("created", "port.txt")
    assert bytes(article.original.content) == TEXT.encode()
    assert (article.given_url, article.given_outlet) == ("https://x.example/a", "RFI")
    assert article.raw_text == TEXT
    assert covers_raw_once(article)
    entry = article.log.get()
    assert (entry.action, entry.person) == ("upload", ana)


def test_the_same_bytes_are_a_duplicate_of_the_article_that_is_there(upload: object) -> None:
    first = upload(TEXT).receipts.get().article
    again = upload(TEXT).receipts.get()
    assert (again.outcome, again.article) == ("duplicate", first)
    assert "same bytes" in again.message
    assert Original.objects.count() == 1


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252", "utf-8-sig"])
def test_the_same_text_in_another_encoding_is_a_duplicate(upload: object, encoding: str) -> None:
    upload(TEXT)
    again = upload(TEXT.encode(encoding)).receipts.get()
    assert again.outcome == "duplicate"
    assert "same text" in again.message
    assert Article.objects.count() == 1


def test_the_same_text_with_other_line_ends_is_a_duplicate(upload: object) -> None:
    assert outcomes(upload(TEXT, TEXT.replace("\n", "\r\n"))) == ["created", "duplicate"]


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_fails_with_a_sentence_and_takes_nothing_with_it(upload: object, what: str) -> None:
    content, sentence = UNREADABLE[what]
    found = upload(TEXT, Item(name=f"{what}.txt", content=content), PAGE)
    assert outcomes(found) == ["created", "failed", "created"]
    message = found.receipts.get(position=1).message
    assert sentence in message
    assert message.endswith(".")


def test_an_oversized_item_is_refused_with_its_size_and_not_kept(upload: object, settings: object) -> None:
    settings.UPLOAD_MAX_BYTES = len(TEXT.encode())
    found = upload(TEXT, TEXT + "x")
    assert outcomes(found) == ["created", "failed"]
    assert "the most we take" in found.receipts.get(position=1).message
    assert found.receipts.get(position=1).original is None


def test_a_problem_that_came_with_an_item_is_its_receipt(upload: object) -> None:
    assert receipts(upload(Item(name="x", problem="The disk was full."))) == [("failed", "The disk was full.")]


def test_an_upload_of_nothing_is_an_upload_without_receipts(upload: object) -> None:
    assert receipts(upload()) == []


def test_the_same_item_twice_in_one_upload_is_created_once(upload: object) -> None:
    assert outcomes(upload(TEXT, TEXT)) == ["created", "duplicate"]


def test_a_crash_in_the_middle_loses_nothing_and_doubles_nothing(
    upload: object, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = reading.store, []

    def dying(receipt: Receipt, *args: object) -> None:
        calls.append(receipt)
        if len(calls) == 2:
            raise KeyboardInterrupt  # as a kill does: past every handler
        real(receipt, *args)

    monkeypatch.setattr(reading, "store", dying)
    with pytest.raises(KeyboardInterrupt):
        upload(TEXT, PAGE, b"")
    found = Upload.objects.get()
    assert outcomes(found) == ["created", "waiting", "waiting"]
    assert bytes(found.receipts.get(position=1).original.content) == PAGE.encode()
    monkeypatch.undo()
    work_through(found)
    work_through(found)
    assert outcomes(found) == ["created", "created", "failed"]
    assert Article.objects.count() == 2


def test_a_crash_inside_an_item_leaves_no_half_article(upload: object, monkeypatch: pytest.MonkeyPatch) -> None:
    real = settling.store_reading

    def dying(*args: object, **kwargs: object) -> None:
        real(*args, **kwargs)
        raise KeyboardInterrupt

    monkeypatch.setattr(settling, "store_reading", dying)
    with pytest.raises(KeyboardInterrupt):
        upload(TEXT)
    found = Upload.objects.get()
    assert outcomes(found) == ["waiting"]
    assert Article.objects.count() == 0
    monkeypatch.undo()
    work_through(found)
    assert outcomes(found) == ["created"]


def test_a_bug_of_the_reader_becomes_a_receipt_and_the_others_go_on(
    upload: object, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = remembering.read

    def buggy(scraped: object, memory: object) -> object:
        if "marché" in scraped.raw_text:
            raise ZeroDivisionError
        return real(scraped, memory)

    monkeypatch.setattr(remembering, "read", buggy)
    found = upload(PAGE, TEXT)
    assert outcomes(found) == ["failed", "created"]
    assert "The file is kept" in found.receipts.get(position=0).message
    assert found.receipts.get(position=0).original is not None
    assert "could not be read" in caplog.text


@pytest.mark.parametrize(
    "name",
    ["", "  ", "../../etc/passwd", "<b>x</b>.txt", "x" * 1000, "a\x00b\x01", "\ud800", "‮txt.exe", "été 日本.txt"],
)
def test_any_name_can_be_written_down(upload: object, name: str) -> None:
    receipt = upload(Item(name=name, content=TEXT.encode(), given=Given(outlet=name))).receipts.get()
    assert receipt.outcome == "created"
    assert 0 < len(receipt.name) <= 300
    assert receipt.name.isprintable()


def test_nul_and_other_controls_in_a_text_reach_no_database_column(upload: object) -> None:
    receipt = upload(TEXT.replace("LORVAL -", "LORVAL\x00 -\x01")).receipts.get()
    assert receipt.outcome == "created"
    assert "\x00" not in receipt.article.raw_text


@hypothesis_settings(max_examples=40)
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))))
def test_whatever_bytes_come_there_is_a_receipt(content: bytes, ana: User) -> None:
    found = UploadFactory(by=ana, items=[content])
    receipt = found.receipts.get()
    assert receipt.outcome in {"created", "duplicate", "failed"}
    assert "stumbled" not in receipt.message
    if receipt.article:
        assert covers_raw_once(receipt.article)


def test_repairs_of_the_decoder_are_kept_with_the_article(upload: object) -> None:
    broken = TEXT.encode().decode("windows-1252", "ignore").encode()
    article = upload(broken).receipts.get().article
    assert article.decoding["repairs"]
    assert "pêche" in article.raw_text


def test_the_same_text_in_the_same_moment_is_one_article(upload: object, monkeypatch: pytest.MonkeyPatch) -> None:
    first = upload(TEXT).receipts.get().article
    real, looks = settling.Article.objects.filter, []

    def blind(*args: object, **kwargs: object) -> object:
        if "text_hash" in kwargs and len(looks) < 2:
            looks.append(kwargs)
            return Article.objects.none()
        return real(*args, **kwargs)

    monkeypatch.setattr(settling.Article.objects, "filter", blind)
    again = upload(TEXT.encode("utf-16")).receipts.get()
    assert looks
    assert (again.outcome, again.article) == ("duplicate", first)
    assert Article.objects.count() == 1


def test_a_database_that_does_not_answer_leaves_the_item_waiting(
    upload: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*args: object, **kwargs: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(settling, "store_reading", locked)
    monkeypatch.setattr(reading, "PATIENCE", (0.0, 0.0))
    found = upload(TEXT)
    assert outcomes(found) == ["waiting"]
    monkeypatch.undo()
    work_through(found)
    assert outcomes(found) == ["created"]
