"""Why a block is what it is, and how the page shows what is uncertain."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.actions import blocks
from articles.models import Article, Block
from tests.conftest import HTMX
from tests.factories import block_with, propose

pytestmark = pytest.mark.django_db


def why(client: Any, block: Block, **extra: Any) -> str:
    response = client.get(reverse("why", args=[block.article_id, block.pk]), **extra)
    assert response.status_code == 200
    assert "HX-Request" in response["Vary"]
    return " ".join(response.content.decode().split())


def test_it_says_reason_evidence_certainty_and_what_came_second(article: Article, desk: Any) -> None:
    row = block_with(article, "Partager")
    article.blocks.filter(pk=row.pk).update(
        confidence=0.8, evidence=["8 links in a row", "short lines"], otherwise="ad", decided_by="model"
    )
    said = why(desk("ana"), row)
    assert "<html" in said, "a page of its own without JavaScript"
    assert row.reason in said
    assert '<li dir="auto">8 links in a row</li><li dir="auto">short lines</li>' in said
    assert "likely <small>80 %</small>" in said
    assert "the model" in said
    assert "<dt>Second best</dt><dd>Advertising</dd>" in said


@pytest.mark.parametrize(
    ("decided_by", "words"), [("rule", "a rule"), ("model", "the model"), ("memory", "the memory of this outlet")]
)
def test_it_says_who_decided(decided_by: str, words: str, article: Article, desk: Any) -> None:
    row = block_with(article, "Partager")
    article.blocks.filter(pk=row.pk).update(decided_by=decided_by)
    assert f"<dt>Decided by</dt><dd>{words}</dd>" in why(desk("ana"), row)


def test_a_person_is_named_and_the_reader_s_word_stands_beside(article: Article, desk: Any, ana: User) -> None:
    row = block_with(article, "Partager")
    blocks.flip_block(article, row.pk, by=ana, seen=1)
    said = why(desk("bea"), row)
    assert "<bdi>Ana</bdi> <small>kept by ana</small>" in said
    assert f'<dt>The reader said</dt><dd>Share: <span dir="auto">{row.reason}' in said
    assert "How sure" not in said
    assert "That is right" not in said


def test_it_says_what_it_would_be_read_as_today(article: Article, desk: Any) -> None:
    propose(article, "Partager sur Facebook", "body", reason="reads as a paragraph", evidence=["whole sentences"])
    said = why(desk("ana"), block_with(article, "Partager"))
    assert '<dt>Would be read today as</dt><dd>Body: <span dir="auto">reads as a paragraph</span>' in said
    assert "whole sentences" in said
    assert 'value="accept"' in said


def test_with_htmx_it_is_a_panel(article: Article, desk: Any) -> None:
    said = why(desk("ana"), article.blocks.first(), headers=HTMX)
    assert said.startswith('<section class="editor because"')


def test_a_reader_may_ask_why_but_not_answer(article: Article, desk: Any) -> None:
    propose(article, "Partager sur Facebook", "body")
    said = why(desk("rita"), block_with(article, "Partager"))
    assert "Would be read today as" in said
    assert 'method="post"' not in said[said.index("<main") :]


@pytest.mark.parametrize("pk", [0, 999_999, 10**25])
def test_a_block_that_is_not_there_is_not_found(pk: int, article: Article, desk: Any) -> None:
    assert desk("ana").get(reverse("why", args=[article.pk, pk])).status_code == 404


def unsure(article: Article, *words: str) -> list[Block]:
    article.blocks.update(confidence=0.9)
    rows = [block_with(article, some) for some in words]
    article.blocks.filter(pk__in=[row.pk for row in rows]).update(confidence=0.5)
    return rows


def test_the_uncertain_blocks_are_counted_and_marked_and_each_has_its_why(article: Article, desk: Any) -> None:
    first, second = unsure(article, "Partager", "Commentaires")
    html = desk("ana").get(f"/articles/{article.pk}/").content.decode()
    assert "<span>2 uncertain</span>" in html
    assert f'href="#block-{first.pk}" data-go="unsure"' in html
    assert len(re.findall(r'class="row[^"]* unsure', html)) == 2
    assert html.count("the reader is unsure:") == 2
    for row in article.blocks.all():
        assert html.count(f'href="{reverse("why", args=[article.pk, row.pk])}"') == 1
    assert second.pk != first.pk


def test_the_count_falls_as_they_are_decided(article: Article, desk: Any) -> None:
    rows = unsure(article, "Partager", "Commentaires")
    client = desk("ana")
    for row, left in zip(rows, ("1 uncertain", "Nothing uncertain"), strict=True):
        article.refresh_from_db()
        url = reverse("block", args=[article.pk, row.pk])
        response = client.post(url, {"do": "confirm", "seen": article.version}, headers=HTMX)
        html = response.content.decode()
        assert re.search(rf'id="uncertain"[^>]*hx-swap-oob="true"><span>{left}</span>', html)
        row.refresh_from_db()
        assert row.decided_by == "person"
    assert "Nothing uncertain" in client.get(f"/articles/{article.pk}/").content.decode()


def test_what_is_uncertain_is_confirmed_without_javascript_too(article: Article, desk: Any) -> None:
    (row,) = unsure(article, "Partager")
    client = desk("ana")
    html = client.get(f"/articles/{article.pk}/").content.decode()
    assert html.count('value="confirm">That is right<span') == 1
    response = client.post(reverse("block", args=[article.pk, row.pk]), {"do": "confirm", "seen": 1})
    assert (response.status_code, response.url) == (302, f"/articles/{article.pk}/#block-{row.pk}")
    row.refresh_from_db()
    assert (row.kind, row.kept, row.decided_by) == ("share", False, "person")


def test_a_run_is_confirmed(article: Article, desk: Any) -> None:
    rows = unsure(article, "Partager", "Commentaires")
    data = {"first": rows[0].pk, "last": rows[1].pk, "kind": "confirm", "seen": 1}
    response = desk("ana").post(reverse("run", args=[article.pk]), data, headers=HTMX)
    assert response.status_code == 200
    assert "Nothing uncertain" in response.content.decode()
