"""The export of what people decided, as training pages."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.actions import blocks
from articles.core import blocks as core_blocks
from articles.core.cleaning.kinds import KINDS
from articles.core.formats import open_bytes
from articles.intake import originals
from articles.models import Article, LogEntry
from tests import factories
from tests.factories import block_with

pytestmark = pytest.mark.django_db


def export(*args: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("export_decisions", *args, stdout=out, stderr=StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def confirm_all(article: Article, by: User) -> None:
    ends = article.blocks.first().pk, article.blocks.last().pk
    blocks.decide_run(article, *ends, kind="confirm", by=by, seen=article.version)


@pytest.mark.parametrize("text", [factories.TEXT, factories.PAGE], ids=["text", "page"])
def test_a_page_has_the_lines_of_the_reader_with_a_verdict_for_each(text: str, ana: User) -> None:
    article = factories.make_article(status="approved", text=text, url="https://www.lanterne.example/1")
    (page,) = export()
    scraped = open_bytes(bytes(article.original.content))
    assert page["lines"] == [line.text for line in core_blocks.lines(scraped)]
    assert len(page["lines"]) == len(page["kinds"]) == len(page["labels"]) == len(page["decided"]) > 5
    assert set(page["kinds"]) <= set(KINDS)
    assert set(page["labels"]) == {0, 1}
    assert set(page["decided"]) == {1}, "who approved it stands for every line"
    assert (page["id"], page["domain"], page["lang"]) == (str(article.guid), "lanterne.example", "fr")
    assert (page["url"], page["format"]) == ("https://www.lanterne.example/1", article.format)
    assert page.get("html") == (text if article.format == "html" else None)
    title = page["kinds"].index("title")
    assert page["lines"][title] == article.title
    assert page["labels"][title] == 1


def test_what_a_person_decided_is_what_is_exported(article: Article, ana: User) -> None:
    blocks.change_kind(article, block_with(article, "Partager").pk, kind="ad", by=ana, seen=article.version)
    assert export() == [], "one decision does not make a reviewed page"
    confirm_all(article, ana)
    (page,) = export()
    assert page["kinds"][page["lines"].index("Partager sur Facebook")] == "ad"
    assert set(page["decided"]) == {1}
    assert article.status == "in_review"


def test_of_a_published_article_that_is_worked_on_again_only_decisions_count(ana: User) -> None:
    article = factories.make_article(status="in_review", live=True)
    (page,) = export()
    assert set(page["decided"]) == {0, 1}
    assert sum(page["decided"]) == article.blocks.filter(decided_by="person").count()


@pytest.mark.parametrize("status", ["new", "ready", "rejected", "retracted"])
def test_what_nobody_stands_for_is_not_exported(status: str) -> None:
    factories.make_article(status=status)
    assert export() == []


def test_a_line_that_was_cut_goes_with_its_larger_part(article: Article, ana: User) -> None:
    row = block_with(article, "Partager sur Facebook")
    at = article.raw_text.index("sur Facebook")
    _, second = blocks.split_block(article, row.pk, at=at, by=ana, seen=article.version)
    blocks.change_kind(article, second.pk, kind="ad", by=ana, seen=article.version)
    confirm_all(article, ana)
    (page,) = export()
    assert page["kinds"][page["lines"].index("Partager sur Facebook")] == "ad"


def test_only_what_people_worked_on_since_a_date(article: Article, ana: User) -> None:
    confirm_all(article, ana)
    today, tomorrow = (timezone.now() + timedelta(days=days) for days in (0, 1))
    assert len(export("--since", f"{today:%Y-%m-%d}")) == 1
    assert export("--since", f"{tomorrow:%Y-%m-%d}") == []
    LogEntry.objects.filter(person=ana).update(at=timezone.now() - timedelta(days=9))
    LogEntry.objects.filter(action="upload").update(at=timezone.now() - timedelta(days=9))
    assert export("--since", f"{today:%Y-%m-%d}") == []
    with pytest.raises(CommandError, match=r"“last week” is no date. Write it as 2024-03-14"):
        export("--since", "last week")


def test_an_article_whose_bytes_read_otherwise_now_is_said_and_left_out(
    article: Article, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm_all(article, ana)
    factories.make_article(status="approved", text=factories.PAGE)
    real = originals.open_bytes
    monkeypatch.setattr(originals, "open_bytes", lambda data, **k: real(data.replace(b"Partager", b"Donner"), **k))
    out, err = StringIO(), StringIO()
    call_command("export_decisions", stdout=out, stderr=err)
    assert f"Article {article.pk}: Our reader makes other words" in err.getvalue()
    assert "Exported 1 article." in err.getvalue()
    assert len(out.getvalue().splitlines()) == 1


def test_the_export_asks_as_much_for_each_article_however_long(ana: User, django_assert_max_num_queries: Any) -> None:
    for text in (factories.TEXT, factories.TEXT + "".join(f"Ligne {n} du port\n" for n in range(200))):
        factories.make_article(status="approved", text=text)
    with django_assert_max_num_queries(7):
        assert len(export()) == 2
