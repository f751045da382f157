"""The preview of a tag, and how the tags panel is sorted and confirmed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.actions import blocks, tags
from articles.models import Article
from tests.conftest import HTMX
from tests.factories import TEXT, ArticleFactory, block_with

Desk = Callable[[str], Client]


def asked(client: Client, article: Article, headers: dict[str, str] | None = None, **data: Any) -> Any:
    return client.get(reverse("tag_preview", args=[article.pk]), data, headers=HTMX if headers is None else headers)


def said(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def test_a_selection_is_previewed_as_whole_words_with_all_their_places(article: Article, desk: Desk) -> None:
    at = article.raw_text.index("Emmanuel Macron")
    before = Article.objects.values().get(pk=article.pk)
    response = asked(desk("ana"), article, start=at + 2, end=at + 12)
    assert response.status_code == 200
    assert "HX-Request" in response["Vary"]
    html = response.content.decode()
    assert said(html) == "Emmanuel Macron 2 mentions ; suggested as person"
    there = article.raw_text.index("Emmanuel Macron", at + 1)
    assert f'data-preview="{at}-{at + 15} {there}-{there + 15} "' in html
    assert f'data-here="{at}-{at + 15}"' in html
    assert Article.objects.values().get(pk=article.pk) == before


def test_what_is_previewed_is_what_is_tagged(article: Article, desk: Desk, ana: User) -> None:
    html = asked(desk("ana"), article, words="Lorval").content.decode()
    assert said(html) == "Lorval 3 mentions , 1 in a caption; suggested as place"
    (found,) = re.findall('data-preview="([^"]*)"', html)
    made = tags.tag_words(article, "Lorval", type="place", everywhere=True, by=ana, seen=article.version)
    assert found.split() == [f"{mention.start}-{mention.end}" for mention in made]


def test_without_htmx_the_places_are_a_page_with_the_form_to_tag_them(article: Article, desk: Desk) -> None:
    response = asked(desk("ana"), article, {}, words="Lorval")
    html = response.content.decode()
    assert "<title>" in html
    assert html.count("<mark>Lorval</mark>") == 3
    assert "in a caption" in html
    assert 'name="everywhere" checked' in html


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        ({"words": ""}, 200, "Write the words to tag."),
        ({"words": "Facebook"}, 200, "does not stand in the kept text"),
        ({"start": 10**9, "end": 10**9 + 1}, 200, "The selection holds no word."),
        ({"start": 5}, 422, "Select some words first."),
        ({"start": 10**20, "end": 10**21}, 422, "Select some words first."),
        ({"start": "x", "end": "y"}, 422, "Select some words first."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_words_that_cannot_be_tagged_are_answered_with_a_sentence(
    data: dict[str, Any], status: int, sentence: str, headers: dict[str, str], article: Article, desk: Desk
) -> None:
    response = asked(desk("ana"), article, headers, **data)
    assert response.status_code == status
    assert sentence in response.content.decode()


def order(client: Client, article: Article, by: str) -> list[str]:
    """The names in the tags panel, in the order in which they stand after asking for one."""
    response = client.post(reverse("tag_order", args=[article.pk]), {"by": by}, headers=HTMX)
    assert response.status_code == 200
    return names(response)


def names(response: Any) -> list[str]:
    panel = response.content.decode().partition('<section id="tags"')[2].partition("</section>")[0]
    return re.findall(r'<p class="value"><a [^>]*><bdi>([^<]*)</bdi>', panel)


def test_the_panel_is_sorted_by_confidence_or_place_and_remembers_it(article: Article, desk: Desk, ana: User) -> None:
    article.mentions.filter(surface="Paris").update(score=0.99)
    article.mentions.exclude(surface="Paris").update(score=0.6)
    client = desk("ana")
    page = reverse("review", args=[article.pk])
    assert names(client.get(page))[0] == "Paris"
    in_text = order(client, article, "place")
    assert in_text == sorted(in_text, key=article.raw_text.index)
    assert in_text[-1] == "Paris"
    assert names(client.get(page)) == in_text
    assert names(desk("bea").get(page))[0] == "Paris", "it is each person's own"
    assert order(client, article, "confidence")[0] == "Paris"


def test_what_is_sure_is_confirmed_at_once_and_counted_before(article: Article, desk: Desk, ana: User) -> None:
    article.mentions.filter(surface="Emmanuel Macron").update(score=0.97)
    article.mentions.exclude(surface="Emmanuel Macron").update(score=0.5)
    client = desk("ana")
    html = client.get(reverse("review", args=[article.pk])).content.decode()
    assert "at least 90 % (2 mentions)" in html
    assert "suggested, unsure 50 %" in html
    data = {"do": "confirm_all", "least": 90, "seen": article.version}
    response = client.post(reverse("tag", args=[article.pk]), data, follow=True)
    assert "2 suggested tags confirmed." in response.content.decode()
    assert set(article.mentions.filter(state="confirmed").values_list("surface", flat=True)) == {"Emmanuel Macron"}
    assert article.log.first().summary == "confirmed 2 suggested tags, at least 90 % sure"


def test_without_htmx_it_is_said_afterwards_how_many_were_tagged(article: Article, desk: Desk) -> None:
    data = {"do": "tag", "words": "Lorval", "type": "place", "everywhere": "on", "seen": article.version}
    response = desk("ana").post(reverse("tag", args=[article.pk]), data, follow=True)
    assert "Tagged “Lorval”, 3 mentions." in response.content.decode()


def test_tags_within_each_other_are_both_shown_and_said(article: Article, desk: Desk, ana: User) -> None:
    for words, type_ in (("Emmanuel Macron", "person"), ("Macron", "event")):
        article.refresh_from_db()
        tags.tag_words(article, words, type=type_, everywhere=True, by=ana, seen=article.version)
    html = desk("ana").get(reverse("review", args=[article.pk])).content.decode()
    assert 'data-said=" (“Macron”: event, confirmed; “Emmanuel Macron”: person, confirmed)"' in html
    assert "inner-event lined line-1-person line-0-event" in html
    assert 'data-signs="Pe"' in html
    assert 'data-signs="Ev"' in html
    assert html.count('data-signs="Ev"') == html.count("(“Macron”: event")
    assert "Pe</b> person" in html, "the letters are said where the tags begin"


def test_what_a_tag_crosses_is_said_before_and_after(article: Article, desk: Desk, ana: User) -> None:
    tags.tag_words(article, "Emmanuel Macron", type="person", everywhere=True, by=ana, seen=article.version)
    at = article.raw_text.index("Emmanuel Macron")
    end = article.raw_text.index(" ", at + len("Emmanuel Macron") + 1)
    selected = {"start": at + len("Emmanuel "), "end": end}
    assert "crosses “ Emmanuel Macron ”" in said(asked(desk("ana"), article, **selected).content.decode())
    article.refresh_from_db()
    data = {"do": "tag", "type": "event", "seen": article.version, **selected}
    desk("ana").post(reverse("tag", args=[article.pk]), data, headers=HTMX)
    assert article.log.first().summary.endswith(" as event, crosses “Emmanuel Macron”")


@pytest.fixture
def paired(article: Article) -> Article:
    """An article in which a word with a hyphen stands that nobody knows."""
    return ArticleFactory(text=TEXT.replace("Emmanuel Macron", "Emmanuel-Macron", 1))


def test_a_part_between_hyphens_is_offered_and_can_be_had(paired: Article, desk: Desk) -> None:
    at = paired.raw_text.index("Emmanuel-Macron") + len("Emmanuel-")
    selected = {"start": at, "end": at + len("Macron")}
    html = asked(desk("ana"), paired, **selected).content.decode()
    assert said(html).startswith("Emmanuel-Macron 1 mention")
    assert "only “ Macron ”" in said(html)
    assert f'href="?start={at}&amp;end={at + 6}&amp;part=on"' in html
    page = asked(desk("ana"), paired, {}, part="on", **selected).content.decode()
    assert '<input type="hidden" name="part" value="on">' in page
    assert f'data-here="{at}-{at + 6}"' in page
    data = {"do": "tag", "type": "event", "part": "on", "seen": paired.version, **selected}
    desk("ana").post(reverse("tag", args=[paired.pk]), data)
    assert paired.mentions.filter(start=at, end=at + 6, type="event", state="confirmed").exists()


def test_the_panel_shows_a_range_and_each_mention_its_own(article: Article, desk: Desk) -> None:
    first, second = article.mentions.filter(surface="Emmanuel Macron")
    article.mentions.filter(pk=first.pk).update(score=0.99)
    article.mentions.filter(pk=second.pk).update(score=0.55)
    html = desk("ana").get(reverse("review", args=[article.pk])).content.decode()
    assert "suggested, 55–99 %" in html
    alone = html.partition(f'<li data-alone="mention-{second.pk}">')[2].partition("</li>")[0]
    assert "suggested, unsure 55 %" in said(alone)
    assert "Here" in said(alone)
    assert "Not here" in said(alone)


def test_what_is_shown_as_a_percentage_is_at_least_that(article: Article) -> None:
    mention = article.mentions.first()
    assert mention is not None
    for score, percent in ((0.8, 80), (0.7999, 79), (0.29, 29), (1.0, 100), (0.996, 99)):
        mention.score = score
        assert mention.percent == percent


@pytest.mark.parametrize(("do", "said_as"), [("confirm", "Confirmed"), ("reject", "Rejected")])
def test_without_htmx_it_is_said_how_many_were_decided(article: Article, desk: Desk, do: str, said_as: str) -> None:
    mention = article.mentions.filter(surface="Emmanuel Macron")[0]
    data = {"do": do, "everywhere": "on", "seen": article.version}
    response = desk("ana").post(reverse("mention", args=[article.pk, mention.pk]), data, follow=True)
    assert f"{said_as} “Emmanuel Macron”, 2 mentions." in response.content.decode()


@pytest.mark.parametrize(("do", "state"), [("confirm", "confirmed"), ("reject", "rejected")])
def test_one_mention_is_decided_alone(article: Article, desk: Desk, do: str, state: str) -> None:
    first, second = article.mentions.filter(surface="Emmanuel Macron")
    data = {"do": do, "seen": article.version}
    desk("ana").post(reverse("mention", args=[article.pk, second.pk]), data, headers=HTMX)
    assert article.mentions.get(pk=second.pk).state == state
    assert article.mentions.get(pk=first.pk).state == "suggested"
    assert article.log.first().summary == f"{state} the tag “Emmanuel Macron”"


def test_the_tray_says_why_and_how_to_bring_a_tag_back(article: Article, desk: Desk, ana: User) -> None:
    row = block_with(article, "à Paris avec")
    blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    html = desk("ana").get(reverse("review", args=[article.pk])).content.decode()
    tray = html.partition('<h3 id="tray">')[2].partition("</ul>")[0]
    assert "it stands in a removed block: dropped by ana" in tray
    assert "Keep its block" in tray
    blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    words = "Selon l'agence, Emmanuel Macron reviendra à Lyon avec des réponses."
    blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)
    html = desk("ana").get(reverse("review", args=[article.pk])).content.decode()
    tray = html.partition('<h3 id="tray">')[2].partition("</ul>")[0]
    assert "Keep its block" not in tray
    assert re.search("its words were corrected to “[^”]*”|a correction took its words out", tray)
