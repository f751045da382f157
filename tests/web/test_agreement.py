"""Tagging blind, and what two editors tagged side by side, over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.actions import agreement, blind, blocks, tags, workflow
from articles.core.workflow import Status
from articles.models import Article, BlindTag
from tests.conftest import HTMX
from tests.factories import ArticleFactory, block_with, person

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
type Desk = Callable[[str], Client]


def tag_blind(article: Article, who: str, said: dict[str, str], *, finish: bool = True) -> None:
    editor = person(who)
    blind.begin(article, by=editor)
    for words, type_ in said.items():
        blind.tag_words(article, words, type=type_, everywhere=False, by=editor)
    if finish:
        blind.finish(article, by=editor)


@pytest.fixture
def both(article: Article) -> Article:
    """Tagged by Ana and Béa: they agree on Macron and differ on Lorval and Paris."""
    article.mentions.all().delete()
    tag_blind(article, "ana", {"Emmanuel Macron": "person", "Lorval": "place"})
    tag_blind(article, "bea", {"Emmanuel Macron": "person", "Lorval": "organisation", "Paris": "place"})
    return article


def show(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def post(
    client: Client, name: str, article: Article, *args: Any, headers: dict[str, str] | None = None, **data: Any
) -> Any:
    return client.post(reverse(name, args=[article.pk, *args]), data, headers=headers or {})


def said(article: Article, who: str) -> list[tuple[str, str]]:
    rows = BlindTag.objects.filter(tagging__article=article, tagging__editor__username=who)
    return [(row.surface, row.type) for row in rows]


# --- Tagging blind ---


def test_an_editor_begins_tags_and_finishes_without_htmx(article: Article, desk: Desk) -> None:
    client = desk("ana")
    assert "Begin</button>" in show(client, "blind", article.pk)
    assert post(client, "blind", article, do="begin").url == reverse("blind", args=[article.pk])
    assert post(client, "blind", article, do="tag", words="Lorval", type="place", everywhere="on").status_code == 302
    at = article.raw_text.index("Emmanuel Macron devant")
    assert post(client, "blind", article, do="tag", start=at + 2, end=at + 12, type="person").status_code == 302
    assert said(article, "ana") == [("Lorval", "place")] * 3 + [("Emmanuel Macron", "person")]
    html = show(client, "blind", article.pk)
    assert html.count('class="tag tag-place tag-confirmed"') == 3
    row = BlindTag.objects.get(type="person")
    assert post(client, "blind_tag", article, row.pk, do="change", type="event").status_code == 302
    assert post(client, "blind_tag", article, row.pk, do="remove").status_code == 302
    assert post(client, "blind", article, do="finish").status_code == 302
    html = show(client, "blind", article.pk)
    assert "You are done." in html
    assert 'value="tag"' not in html
    assert post(client, "blind", article, do="reopen").status_code == 302
    assert post(client, "blind", article, do="give_up").status_code == 302
    assert said(article, "ana") == []


def test_htmx_gets_the_text_and_the_list(article: Article, desk: Desk) -> None:
    client = desk("ana")
    post(client, "blind", article, do="begin")
    response = post(client, "blind", article, do="tag", words="Lorval", type="place", headers=HTMX)
    html = response.content.decode()
    for part in ("message", "blind-text", "blind-tags"):
        assert f'id="{part}"' in html
    assert "<html" not in html
    assert "HX-Request" in response["Vary"]


@BOTH
def test_what_cannot_be_tagged_is_said_and_what_was_typed_is_kept(
    article: Article, desk: Desk, headers: dict[str, str]
) -> None:
    client = desk("ana")
    post(client, "blind", article, do="begin")
    response = post(client, "blind", article, do="tag", words="Port-Royal", type="place", headers=headers)
    assert response.status_code == 422
    assert "“Port-Royal” does not stand" in response.content.decode()
    if not headers:
        assert 'value="Port-Royal"' in response.content.decode()


def test_the_blind_page_shows_text_and_captions_and_no_tags_but_ones_own(article: Article, desk: Desk) -> None:
    assert article.mentions.exists()
    tag_blind(article, "bea", {"Lorval": "event"})
    client = desk("ana")
    post(client, "blind", article, do="begin")
    html = show(client, "blind", article.pk)
    assert "Hélios Presse" in html  # a caption
    assert "Partager sur Facebook" not in html
    assert "<mark" not in html
    assert 'data-blind="' not in html


def preview(client: Client, article: Article, headers: dict[str, str], **data: Any) -> str:
    response = client.get(reverse("blind_tag_preview", args=[article.pk]), data, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


@BOTH
def test_who_tags_blind_sees_what_would_be_tagged_and_none_but_ones_own_tags(
    article: Article, desk: Desk, bea: User, headers: dict[str, str]
) -> None:
    tags.tag_words(article, "Lorval", type="event", everywhere=True, by=bea, seen=article.version)
    tag_blind(article, "bea", {"Lorval": "event"}, finish=False)
    assert "Begin, or go on, first." in preview(desk("ana"), article, headers, words="Lorval")
    tag_blind(article, "ana", {}, finish=False)
    at = article.raw_text.index("Le port de Lorval") + len("Le port de ")
    html = preview(desk("ana"), article, headers, start=at + 1, end=at + 4)
    assert "3 mentions" in html
    assert f'data-here="{at}-{at + 6}"' in html
    assert "tagged as" not in html
    assert "event," not in html
    post(desk("ana"), "blind", article, do="tag", start=at, end=at + 6, type="place")
    html = preview(desk("ana"), article, headers, start=at, end=at + 6)
    assert "tagged as place, another type takes its place" in html


@BOTH
def test_a_blind_tag_that_takes_the_place_of_another_says_so(
    article: Article, desk: Desk, headers: dict[str, str]
) -> None:
    tag_blind(article, "ana", {"Lorval": "place"}, finish=False)
    client = desk("ana")
    answer = post(client, "blind", article, headers=headers, do="tag", words="Lorval", type="event")
    html = answer.content.decode() if headers else show(client, "blind", article.pk)
    assert "“Lorval” is tagged as event now, instead of place." in html
    answer = post(client, "blind", article, headers=headers, do="tag", words="Lorval", type="event")
    html = answer.content.decode() if headers else show(client, "blind", article.pk)
    assert "instead of" not in html


def test_words_that_were_edited_away_are_listed(article: Article, desk: Desk, bea: User) -> None:
    tag_blind(article, "ana", {"Paris": "place"}, finish=False)
    block = block_with(article, "promis de revenir")
    blocks.change_kind(article, block.pk, kind="ad", by=bea, seen=article.version)
    html = show(desk("ana"), "blind", article.pk)
    assert "Not placed" in html
    assert "<bdi>Paris</bdi>" in html


# --- Nobody sees what is not for them ---


def test_no_page_shows_anybody_the_blind_tags_of_another_before_two_are_done(article: Article, desk: Desk) -> None:
    tag_blind(article, "bea", {"Lorval": "event", "Paris": "event"})
    tag_blind(article, "ana", {"Emmanuel Macron": "person"}, finish=False)
    for who in ("ana", "claire", "rita", "dov"):
        client = desk(who)
        for name in ("review", "status", "agreement", "blind", "transition"):
            args = [article.pk, "submit"] if name == "transition" else [article.pk]
            html = client.get(reverse(name, args=args)).content.decode()
            assert "tag-event" not in html, (who, name)
            assert "differences" not in html, (who, name)
        html = show(client, "agreements")
        assert "figures" not in html
        assert "tag-event" not in html
    assert "tag-person tag-confirmed" in show(desk("ana"), "blind", article.pk)
    response = post(desk("ana"), "blind", article, do="tag", words="Lorval", type="place", headers=HTMX)
    assert "tag-event" not in response.content.decode()


@BOTH
def test_nobody_changes_the_blind_tags_of_another(article: Article, desk: Desk, headers: dict[str, str]) -> None:
    tag_blind(article, "bea", {"Lorval": "event"}, finish=False)
    tag_blind(article, "ana", {}, finish=False)
    row = BlindTag.objects.get()
    for do in ("remove", "change"):
        response = post(desk("ana"), "blind_tag", article, row.pk, do=do, type="place", headers=headers)
        assert response.status_code == 422
        assert post(desk("claire"), "blind_tag", article, row.pk, do=do, type="place").status_code == 422
    assert said(article, "bea") == [("Lorval", "event")]


def test_the_review_page_hides_tags_from_who_tags_blind_and_from_nobody_else(
    article: Article, desk: Desk, claire: User
) -> None:
    tags.tag_words(article, "Paris", type="event", everywhere=True, by=claire, seen=article.version)
    tag_blind(article, "ana", {}, finish=False)
    html = show(desk("ana"), "review", article.pk)
    assert "You are tagging this article blind" in html
    assert 'class="tag ' not in html
    assert "tag-event" not in html
    assert "data-mentions" not in html
    assert "tagged “Paris”" not in html
    assert "hidden while you tag it blind" in html
    other = show(desk("bea"), "review", article.pk)
    assert "tag-event" in other
    assert "tagged “Paris”" in other
    blind.finish(article, by=person("ana"))
    assert "tag-event" in show(desk("ana"), "review", article.pk)


@BOTH
def test_no_answer_of_the_review_page_shows_tags_to_who_tags_blind(
    article: Article, desk: Desk, headers: dict[str, str]
) -> None:
    tag_blind(article, "ana", {}, finish=False)
    block = block_with(article, "promis de revenir")
    response = post(
        desk("ana"), "block", article, block.pk, do="kind", kind="body", seen=article.version, headers=headers
    )
    assert response.status_code in {200, 302}
    assert 'class="tag ' not in response.content.decode()
    mention = article.mentions.first()
    assert mention is not None
    for name, args, data in (
        ("tag", [], {"do": "confirm_all"}),
        ("tag", [], {"do": "tag", "words": "Paris", "type": "place"}),
        ("mention", [mention.pk], {"do": "confirm"}),
    ):
        article.refresh_from_db()
        refused = post(desk("ana"), name, article, *args, **data, seen=article.version, headers=headers)
        assert refused.status_code == 422
        assert "Finish or give up" in refused.content.decode()
    assert not article.mentions.filter(state="confirmed").exists()
    words = {"start": mention.start, "end": mention.end}
    preview = desk("ana").get(reverse("tag_preview", args=[article.pk]), words, headers=headers).content.decode()
    assert "Finish or give up" in preview
    assert "suggested as" not in preview


def test_what_will_be_published_hides_its_tags_too(article: Article, desk: Desk, bea: User) -> None:
    tags.tag_words(article, "Paris", type="event", everywhere=True, by=bea, seen=article.version)
    workflow.move(article, "submit", by=bea, seen=article.version)
    tag_blind(article, "claire", {}, finish=False)
    html = show(desk("claire"), "transition", article.pk, "approve")
    assert "hidden while you tag it blind" in html
    assert "<small>event</small>" not in html


def test_others_are_invited_on_the_review_page(article: Article, desk: Desk) -> None:
    assert "Tag it blind</a>" in show(desk("bea"), "review", article.pk)
    tag_blind(article, "ana", {"Lorval": "place"})
    assert "Ana tagged this article blind." in show(desk("bea"), "review", article.pk)
    assert "Tag it blind too?" in show(desk("bea"), "review", article.pk)
    assert "Tag it blind too?" not in show(desk("rita"), "review", article.pk)
    assert "it waits for another editor" in show(desk("ana"), "review", article.pk)
    tag_blind(article, "bea", {"Lorval": "place"})
    assert "See where they agree" in show(desk("rita"), "review", article.pk)


# --- Side by side ---


def test_two_who_finished_are_set_side_by_side(both: Article, desk: Desk) -> None:
    html = show(desk("rita"), "agreement", both.pk)
    assert "<b>0.40</b>" in html  # one of two and of three: 2 * 1 / 5
    assert html.count('class="difference open"') == 2
    assert "not tagged" in html
    assert "<button" not in html.split('id="settle"')[1]
    assert "Take the one they agree on" in show(desk("claire"), "agreement", both.pk)


def test_a_pair_is_chosen_by_its_address_and_nonsense_leaves_the_first(both: Article, desk: Desk) -> None:
    key = f"tagging-{both.blind_taggings.get(editor__username='bea').pk}"
    assert "<bdi>Bea</bdi> and <bdi>the machine</bdi>" in show(
        desk("ana"), "agreement", both.pk, one=key, two="machine"
    )
    for one, two in (("x", "y"), (key, key), ("machine", "")):
        assert "<bdi>Ana</bdi> and <bdi>Bea</bdi>" in show(desk("ana"), "agreement", both.pk, one=one, two=two)


@BOTH
def test_differences_are_settled_one_by_one(both: Article, desk: Desk, headers: dict[str, str]) -> None:
    client = desk("claire")
    response = post(client, "agreement", both, do="take_agreed", seen=both.version, headers=headers)
    assert response.status_code == (200 if headers else 302)
    for place in agreement.Comparison(both).differences:
        both.refresh_from_db()
        key = f"tagging-{both.blind_taggings.get(editor__username='bea').pk}"
        data = {"do": "settle", "start": place.span.start, "end": place.span.end, "choice": key}
        response = post(client, "agreement", both, **data, seen=both.version, headers=headers)
        assert response.status_code == (200 if headers else 302)
    assert {(row.surface, row.type) for row in both.mentions.filter(state="confirmed")} == {
        ("Emmanuel Macron", "person"),
        ("Lorval", "organisation"),
        ("Paris", "place"),
    }
    html = response.content.decode() if headers else show(client, "agreement", both.pk)
    assert "<strong>Settled.</strong>" in html
    if headers:
        assert 'id="settle"' in html
        assert "<html" not in html


@BOTH
def test_a_lost_race_is_said(both: Article, desk: Desk, ana: User, headers: dict[str, str]) -> None:
    seen = both.version
    tags.tag_words(both, "Paris", type="place", everywhere=False, by=ana, seen=seen)
    place = next(d for d in agreement.Comparison(both).differences if len(d.tags) == 1)
    data = {"do": "settle", "start": place.span.start, "end": place.span.end, "choice": "none"}
    response = post(desk("claire"), "agreement", both, **data, seen=seen, headers=headers)
    assert response.status_code == 409
    assert "decide again" in response.content.decode()
    assert both.mentions.get(surface="Paris").state == "confirmed"


def test_an_article_that_cannot_be_edited_is_not_settled(both: Article, desk: Desk) -> None:
    Article.objects.filter(pk=both.pk).update(status=Status.REJECTED)
    html = show(desk("claire"), "agreement", both.pk)
    assert "Reopen it" in html
    assert "Take the one" not in html
    response = post(desk("claire"), "agreement", both, do="take_agreed", seen=both.version)
    assert response.status_code == 422
    assert "Reopen it" in response.content.decode()


def test_a_third_who_is_at_it_sees_no_comparison(both: Article, desk: Desk) -> None:
    tag_blind(both, "claire", {}, finish=False)
    html = show(desk("claire"), "agreement", both.pk)
    assert "You are tagging this article blind" in html
    assert "not tagged" not in html
    response = post(desk("claire"), "agreement", both, do="take_agreed", seen=both.version, headers=HTMX)
    assert response.status_code == 422
    assert "difference" not in response.content.decode()
    assert "figures" not in show(desk("claire"), "agreements")
    assert "Claire is still tagging" in show(desk("rita"), "agreement", both.pk)


def test_what_the_desk_rejected_although_both_agree_is_shown_and_may_be_taken(
    both: Article, desk: Desk, ana: User
) -> None:
    (tag,) = agreement.Comparison(both).agreed
    row = both.mentions.create(
        start=tag.span.start, end=tag.span.end, surface="Emmanuel Macron", type="person", origin="model"
    )
    tags.reject_tag(both, row.pk, by=ana, seen=both.version)
    assert "Tag it all the same" in show(desk("claire"), "agreement", both.pk)
    data = {"do": "settle", "start": tag.span.start, "end": tag.span.end, "choice": "all"}
    assert post(desk("claire"), "agreement", both, **data, seen=both.version).status_code == 302
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_the_overview_says_how_far_each_article_is(both: Article, desk: Desk) -> None:
    waiting = ArticleFactory()
    tag_blind(waiting, "ana", {"Lorval": "place"})
    html = show(desk("bea"), "agreements")
    assert "3 to settle" in html
    assert f'href="{reverse("blind", args=[waiting.pk])}">Tag it blind' in html
    assert "waits for another editor" in show(desk("ana"), "agreements")
    assert "over one article" in html
    assert "<bdi>Ana and Bea</bdi>" in html
    claire = person("claire")
    agreement.take_agreed(both, by=claire, seen=both.version)
    for place in agreement.Comparison(both).differences:
        agreement.settle(both, place.span, "none", by=claire, seen=both.version)
    assert '<span class="settled">settled</span>' in show(desk("bea"), "agreements")


def test_an_empty_overview_says_how_to_begin(desk: Desk) -> None:
    assert "Nothing is tagged blind yet" in show(desk("rita"), "agreements")
    assert "Nothing is tagged blind yet" in show(desk("rita"), "agreements", page="999999999999")
