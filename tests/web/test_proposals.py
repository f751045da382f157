"""Proposals on the review page."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.actions import blocks
from articles.models import Article
from tests.conftest import HTMX
from tests.factories import ArticleFactory, block_with, propose

pytestmark = pytest.mark.django_db


def page(client: Any, article: Article) -> str:
    return client.get(f"/articles/{article.pk}/").content.decode()


def panel(html: str) -> str:
    start = html.index('id="proposals"')
    return html[start : html.index("</section>", start)]


def test_a_page_without_proposals_hides_the_panel(article: Article, desk: Any) -> None:
    html = page(desk("ana"), article)
    assert "hidden" in panel(html).partition(">")[0]
    assert 'class="offer"' not in html


def test_a_proposal_stands_at_its_block_and_in_the_panel_with_its_reason(article: Article, desk: Any) -> None:
    propose(article, "Partager sur Facebook", "body", reason="reads as a paragraph", confidence=0.98)
    propose(article, "Il a rappelé que les travaux", "caption")
    html = page(desk("ana"), article)
    shown = " ".join(panel(html).split())
    assert "Share → <b>Body</b>, into the text" in shown
    assert "Body → <b>Caption</b>, out of the text" in shown
    assert "reads as a paragraph" in shown
    assert '<span title="98 %">certain</span>' in shown
    assert "Accept all 2" in shown
    row = html[html.index(f'id="block-{block_with(article, "Partager").pk}"') :].partition("</article>")[0]
    assert "Read today: <b>Body</b>" in row
    assert 'value="accept"' in row
    row = html[html.index(f'id="block-{block_with(article, "Il a rap").pk}"') :].partition("</article>")[0]
    assert "from “<bdi>Il a rappelé que les travaux</bdi>”" in row


def test_where_a_person_decided_it_is_only_shown(article: Article, desk: Any, ana: User) -> None:
    blocks.confirm_block(article, block_with(article, "Partager").pk, by=ana, seen=1)
    made = propose(article, "Partager sur Facebook", "body")
    client = desk("bea")
    html = page(client, article)
    assert "so it is only shown" in panel(html)
    assert 'value="accept"' not in html
    assert 'value="dismiss"' in panel(html)
    url = reverse("proposal", args=[article.pk, made.pk])
    refused = client.post(url, {"do": "accept", "seen": article.version})
    assert refused.status_code == 422
    assert "A person decided about these words" in refused.content.decode()


def test_a_reader_sees_proposals_without_a_way_to_answer(article: Article, desk: Any) -> None:
    propose(article, "Partager sur Facebook", "body")
    html = page(desk("rita"), article)
    assert "Share → <b>Body</b>" in panel(html)
    assert "<form" not in panel(html)


def test_accepting_without_htmx_leads_back_and_the_ledger_has_changed(article: Article, desk: Any) -> None:
    made = propose(article, "Partager sur Facebook", "body")
    response = desk("ana").post(reverse("proposal", args=[article.pk, made.pk]), {"do": "accept", "seen": 1})
    assert response.status_code == 302
    assert response.url.endswith("#proposals")
    assert block_with(article, "Partager").kept


def test_the_same_verbs_need_the_right_address(article: Article, desk: Any) -> None:
    made = propose(article, "Partager sur Facebook", "body")
    client = desk("ana")
    for args, do in (([], "accept"), ([], "dismiss"), ([made.pk], "accept_all")):
        response = client.post(reverse("proposal", args=[article.pk, *args]), {"do": do, "seen": 1}, headers=HTMX)
        assert response.status_code == 422
        assert "Choose a proposal first" in response.content.decode()
    assert article.proposals.get().state == "open"


def test_a_proposal_of_another_article_is_not_there(article: Article, desk: Any) -> None:
    other = ArticleFactory()
    made = propose(other, "Partager sur Facebook", "body")
    response = desk("ana").post(reverse("proposal", args=[article.pk, made.pk]), {"do": "accept", "seen": 9})
    assert response.status_code == 409
    assert other.proposals.get().state == "open"


def test_the_words_of_a_proposal_are_shown_as_text(desk: Any) -> None:
    bad = "<img src=x onerror=alert(1)>"
    article = ArticleFactory(
        text=f"Un titre sobre\n\nUne ligne avec {bad} dedans, et encore quelques mots pour la longueur.\n"
    )
    propose(article, f"Une ligne avec {bad}", "ad", reason=bad, evidence=[bad])
    client = desk("ana")
    row = block_with(article, "Une ligne")
    for url in (f"/articles/{article.pk}/", reverse("why", args=[article.pk, row.pk])):
        assert "<img src=x" not in client.get(url).content.decode()
