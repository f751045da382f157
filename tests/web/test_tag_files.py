"""The pages on which files of tags come in and go out."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.actions import blind, tag_files, tags
from articles.core.exchange import FORMATS
from articles.core.workflow import Status
from articles.models import Article, TagFile
from tests import factories
from tests.conftest import HTMX

pytestmark = pytest.mark.django_db

DeskOf = Callable[[str], Client]


def line(article: Article, *words: str, label: str = "EVENT", **values: Any) -> bytes:
    text = article.clean_text
    found = [[text.index(word), text.index(word) + len(word), label] for word in words]
    return (json.dumps({"text": text, "label": found, "article": str(article.guid), **values}) + "\n").encode()


def send(client: Client, url: str, *contents: bytes, names: tuple[str, ...] = ("tags.jsonl",), **data: Any) -> Any:
    files = [SimpleUploadedFile(name, content) for name, content in zip(names, contents, strict=True)]
    return client.post(url, {"taken_as": "suggestion", "files": files, **data})


def page_after(client: Client, response: HttpResponse) -> str:
    assert response.status_code == 302
    return client.get(response["Location"]).content.decode()


def test_a_file_for_the_desk_ends_in_receipts(article: Article, desk: DeskOf) -> None:
    nobody = b'{"text": "Nobody <b> wrote this.", "label": [[0, 6, "PER"]]}\n'
    ana = desk("ana")
    html = page_after(ana, send(ana, reverse("tags"), line(article, "pluie", "digue", label="MISC") + nobody))
    assert "2 of 2 texts, 3 tags in them, 1 text refused" in html
    assert "<b>2</b> of a type that we do not have" in html
    assert "<bdi>MISC</bdi> (2)" in html
    assert tag_files.NOBODY.replace("'", "&#x27;") in html
    assert "Nobody &lt;b&gt; wrote this." in html
    assert reverse("review", args=[article.pk]) in html
    html = page_after(ana, send(ana, reverse("tags"), line(article, "pluie"), taken_as="confirmed"))
    assert "<b>1</b> created" in html
    assert "as confirmed tags" in html
    assert article.mentions.get(type="event").state == "confirmed"
    assert "tags.jsonl" in ana.get(reverse("tags")).content.decode()


def test_a_file_for_one_article_needs_no_id(article: Article, desk: DeskOf) -> None:
    ana, url = desk("ana"), reverse("take_tags", args=[article.pk])
    columns = "".join(
        f"{word} {'B-EVENT' if word.startswith('pluie') else 'O'}\n" for word in article.clean_text.split()
    )
    html = page_after(ana, send(ana, url, columns.encode(), names=("x.conll",)))
    assert "<b>1</b> created" in html
    assert TagFile.objects.get().article == article
    assert "x.conll" in ana.get(url).content.decode()
    other = factories.ArticleFactory(text=factories.PAGE)
    response = send(ana, url, line(other, "parvis"))
    assert response.status_code == 422
    assert tag_files.ANOTHER in response.content.decode()
    assert TagFile.objects.count() == 1


def test_the_files_of_brat_may_come_in_pairs(article: Article, desk: DeskOf) -> None:
    at = article.clean_text.index("pluie")
    pair = article.clean_text.encode(), f"T1\tEVENT {at} {at + 5}\tpluie\n".encode()
    ana, url = desk("ana"), reverse("take_tags", args=[article.pk])
    assert "<b>1</b> created" in page_after(ana, send(ana, url, *pair, names=("a.txt", "a.ann")))
    alone = send(ana, url, pair[1], names=("a.ann",))
    assert (alone.status_code, "its .txt is missing" in alone.content.decode()) == (422, True)
    two = send(ana, url, *pair, names=("a.jsonl", "b.jsonl"))
    assert (two.status_code, "One file at a time" in two.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty."),
        (b"\xff\xfea\x00", "The file is UTF-16. Save it as UTF-8."),
        (b"{", "is no JSON"),
        (b"PK\x03\x04", "no ZIP"),
        (b"Anne dort.", "no file of tags that is read here"),
        (b'{"text": "Anne", "label": [[2, 9, "PER"]]}', "a tag stands from 2 to 9"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing_and_says_why(content: bytes, why: str, desk: DeskOf) -> None:
    response = send(desk("ana"), reverse("tags"), content)
    assert response.status_code == 422
    html = response.content.decode()
    assert why in html
    assert not TagFile.objects.exists()


def test_a_broken_line_stops_before_anything_is_written(article: Article, desk: DeskOf) -> None:
    response = send(desk("ana"), reverse("tags"), line(article, "pluie") + b"{\n")
    assert (response.status_code, "Line 2 is no JSON" in response.content.decode()) == (422, True)
    assert not article.mentions.filter(type="event").exists()


def test_a_file_that_is_too_large_is_not_kept(desk: DeskOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tag_files, "MOST_BYTES", 2**20)
    response = send(desk("ana"), reverse("tags"), b"x" * (2**20 + 1))
    assert (response.status_code, "That is more than 1 MB." in response.content.decode()) == (422, True)
    two = send(desk("ana"), reverse("tags"), b"x" * 2**19, b"x" * 2**20, names=("a.txt", "a.ann"))
    assert (two.status_code, "That is more than 1 MB." in two.content.decode()) == (422, True)


def test_a_form_from_another_site_brings_nothing_in(article: Article) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.person("ana"))
    for url in (reverse("tags"), reverse("take_tags", args=[article.pk])):
        assert send(client, url, line(article, "pluie")).status_code == 403
    assert not TagFile.objects.exists()


def test_a_large_file_goes_on_by_htmx_or_by_button_and_is_taken_back(
    article: Article, desk: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tag_files.go_on, "__kwdefaults__", {"most": 1})
    monkeypatch.setattr(tag_files.take_back, "__kwdefaults__", {"most": 1})
    other = factories.ArticleFactory(text=factories.PAGE)
    ana = desk("ana")
    response = send(ana, reverse("tags"), line(article, "pluie") + line(other, "parvis") + line(article, "digue"))
    url = response["Location"]
    html = ana.get(url).content.decode()
    assert "1 of 3 texts" in html
    assert 'hx-trigger="load, submit"' in html
    seen_by_bea = desk("bea").get(url).content.decode()
    assert "Not finished" in seen_by_bea
    assert "hx-trigger" not in seen_by_bea
    assert "not finished" in ana.get(reverse("tags")).content.decode()
    assert ana.post(url, {"do": "go_on"}).status_code == 302
    part = ana.post(url, {"do": "go_on"}, headers=HTMX)
    assert part.content.decode().strip().startswith('<div id="moving">')
    assert "3 of 3 texts" in part.content.decode()
    assert "HX-Request" in part["Vary"]
    refused = desk("bea").post(url, {"do": "go_on"}, headers=HTMX)
    assert (refused.status_code, "goes on with it" in refused.content.decode()) == (422, True)
    bea = desk("bea")
    html = page_after(bea, bea.post(url, {"do": "take_back"}))
    assert "Being taken back" in html
    for _ in range(2):
        html = bea.post(url, {"do": "take_back"}, headers=HTMX).content.decode()
    assert "Taken back" in html
    assert "hx-trigger" not in html
    assert not article.mentions.filter(type="event").exists()
    assert not other.mentions.filter(type="event").exists()


def test_only_what_was_left_aside_can_be_asked_for(article: Article, desk: DeskOf) -> None:
    ana = desk("ana")
    nobody = b'{"text": "Nobody wrote this.", "label": [[0, 6, "PER"]]}\n'
    url = send(ana, reverse("tags"), line(article, "pluie") + nobody)["Location"]
    assert ana.get(url).content.decode().count('<li class="receipt ') == 2
    assert ana.get(url + "?show=left").content.decode().count('<li class="receipt ') == 1


def test_who_tags_blind_is_told_nothing_of_the_tags(article: Article, desk: DeskOf) -> None:
    ana, bea = desk("ana"), desk("bea")
    url = send(bea, reverse("tags"), line(article, "pluie", label="MISC") + line(article, "digue"))["Location"]
    blind.begin(article, by=factories.person("ana"))
    html = ana.get(url).content.decode()
    assert "Hidden while you tag this article blind." in html
    assert "MISC" not in html
    assert "created" not in html
    html = page_after(ana, ana.post(url, {"do": "take_back"}))
    assert "Try again to take back what stays (1)" in html
    assert "Try again" not in desk("rita").get(url).content.decode()
    response = send(ana, reverse("take_tags", args=[article.pk]), line(article, "digue"))
    assert (response.status_code, "blind" in response.content.decode()) == (422, True)


def test_readers_take_tags_out_and_bring_none_in(article: Article, desk: DeskOf) -> None:
    html = desk("rita").get(reverse("tags")).content.decode()
    assert 'class="tags-out"' in html
    assert 'class="tags-in"' not in html
    review = desk("rita").get(reverse("review", args=[article.pk])).content.decode()
    assert reverse("take_tags", args=[article.pk]) not in review
    assert (
        reverse("take_tags", args=[article.pk])
        in desk("ana").get(reverse("review", args=[article.pk])).content.decode()
    )


def out(client: Client, **wanted: str) -> Any:
    response = client.get(reverse("tags_out"), wanted)
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("row", FORMATS.values(), ids=lambda row: row.name)
def test_the_tags_of_the_desk_go_out_in_every_format(row: Any, article: Article, desk: DeskOf) -> None:
    tags.tag_words(article, "Lorval", type="place", everywhere=True, by=factories.person("ana"), seen=article.version)
    client = desk("rita")
    response = out(client, format=row.name, of="waiting")
    assert (response.streaming, response["Content-Type"]) == (True, row.media_type)
    assert response["Content-Disposition"] == f'attachment; filename="tags.{row.ending}"'
    (said,) = row.read(b"".join(response.streaming_content))
    assert [said.quoted(tag)[0] for tag in said.tags] == ["Lorval", "Lorval"]
    assert b"".join(out(client, format=row.name, of="decided").streaming_content) == b"".join(row.write([]))


def test_suggestions_raw_text_and_status_are_chosen(article: Article, desk: DeskOf) -> None:
    def words(**wanted: str) -> list[str]:
        response = out(desk("ana"), format="label-studio", of="any", **wanted)
        return [said.text for said in FORMATS["label-studio"].read(b"".join(response.streaming_content)) if said.tags]

    assert words() == []
    assert words(states="suggested") == [article.clean_text]
    assert words(states="suggested", text="raw") == [article.raw_text]
    Article.objects.filter(pk=article.pk).update(status=Status.APPROVED)
    content = b"".join(out(desk("ana"), format="doccano", of="waiting").streaming_content)
    assert content == b""
    assert b"".join(out(desk("ana"), format="doccano").streaming_content).count(b"\n") == 1


def test_what_one_tags_blind_does_not_go_out(article: Article, desk: DeskOf) -> None:
    blind.begin(article, by=factories.person("ana"))
    assert b"".join(out(desk("ana"), format="doccano", of="any").streaming_content) == b""
    assert b"".join(out(desk("bea"), format="doccano", of="any").streaming_content)


@pytest.mark.parametrize("wanted", [{"format": "xml"}, {"of": "any"}, {"format": "brat", "of": "mine"}])
def test_what_cannot_be_asked_for_is_a_sentence(wanted: dict[str, str], desk: DeskOf) -> None:
    response = desk("ana").get(reverse("tags_out"), wanted)
    assert (response.status_code, '<div class="problem">' in response.content.decode()) == (422, True)


def test_a_zip_that_is_written_while_it_is_sent_is_whole(article: Article, desk: DeskOf) -> None:
    content = b"".join(out(desk("ana"), format="brat", of="any").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 3
