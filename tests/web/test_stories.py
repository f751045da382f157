"""Stories in a browser: their page, two articles side by side, the panel of the review page, the queue."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.actions import stories, workflow
from articles.models import Article, Membership, Relation, Story
from tests import factories
from tests.conftest import HTMX
from tests.told import telling

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]


@pytest.fixture
def three(db: None) -> list[Article]:
    return [telling("port", number) for number in range(3)]


@pytest.fixture
def story(three: list[Article]) -> Story:
    found = stories.in_story(three[0])
    assert found is not None
    return found


def page(desk: Desk, story: Story, who: str = "ana", **asked: Any) -> str:
    response = desk(who).get(story.get_absolute_url(), asked)
    assert response.status_code == 200
    return response.text


# The page of a story


def test_a_story_shows_its_articles_by_publication_and_its_origins(
    story: Story, three: list[Article], desk: Desk
) -> None:
    html = page(desk, story)
    assert "3 articles · 1 origin" in html
    listed = html[html.index("As it was published") : html.index('id="origins-h"')]
    order = re.findall(r'class="name"><a href="/articles/(\d+)/"', listed)
    assert [int(pk) for pk in order] == [three[0].pk, three[1].pk, three[2].pk]
    assert "no date" in listed
    assert "la nouvelle digue du nord" in listed
    assert "Same event" in listed
    assert reverse("story_feeds", args=[story.pk]) in html


def test_two_members_stand_side_by_side_and_others_can_be_chosen(
    story: Story, three: list[Article], desk: Desk
) -> None:
    html = page(desk, story, a=three[2].pk, b=three[0].pk)
    texts = re.findall(r'<section aria-label="([^"]*)">', html)
    assert texts == [three[2].title, three[0].title]
    assert html.count('class="shared') >= 2
    assert '<option value="' in html
    for nonsense in ({"a": "x"}, {"a": 10**30}, {"a": three[0].pk, "b": three[0].pk}, {"b": 999_999}):
        assert page(desk, story, **nonsense).count("<section aria-label=") == 2


def test_a_date_that_one_lacks_is_offered_and_never_taken_by_itself(
    story: Story, three: list[Article], desk: Desk
) -> None:
    undated = three[2]
    html = page(desk, story)
    assert "What one has and another lacks" in html
    undated.refresh_from_db()
    assert undated.published is None
    client = desk("ana")
    sent = {"do": "borrow", "number": three[0].pk, "seen": undated.version}
    assert client.post(reverse("field", args=[undated.pk, "published"]), sent).status_code == 302
    undated.refresh_from_db()
    assert undated.published == Article.objects.get(pk=three[0].pk).published
    assert "What one has and another lacks" not in page(desk, story)


def test_who_may_only_look_sees_no_buttons(story: Story, desk: Desk) -> None:
    html = page(desk, story, "rita")
    assert "3 articles" in html
    main = html[html.index("<main") :]
    assert "<button" not in main.replace("<button>Show</button>", "")


def test_the_page_takes_the_same_queries_for_three_articles_as_for_ten(
    story: Story, three: list[Article], desk: Desk, ana: User
) -> None:
    client = desk("ana")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(story.get_absolute_url()).status_code == 200
        return len(queries)

    few = count()
    for number in range(7):
        text = factories.TEXT.replace("bateaux", f"{number} voiliers")
        stories.put_together([three[0], factories.ArticleFactory(text=text)], by=ana)
    assert count() <= few


def test_an_article_outside_that_may_belong_is_offered(
    story: Story, three: list[Article], desk: Desk, ana: User
) -> None:
    stories.split(story, three[0], by=ana)
    assert "May belong to it" not in page(desk, story), "what was denied is not offered again"
    stories.reconsider(three[0], three[1], by=ana)
    html = page(desk, story)
    assert "May belong to it" in html
    assert f'action="{reverse("relation", args=[three[0].pk, three[1].pk])}"' in html


def test_a_merged_story_leads_to_the_other_and_an_empty_one_says_so(
    story: Story, three: list[Article], desk: Desk, ana: User
) -> None:
    market = [telling("marché", number) for number in range(2)]
    gone = stories.in_story(market[0])
    stories.merge(gone, into=story, by=ana)
    assert desk("ana").get(gone.get_absolute_url()).url == story.get_absolute_url()
    empty = Story.objects.create()
    assert "no articles any more" in page(desk, empty)


# What is posted to a story: name -> further arguments and what is sent.
POSTS: dict[str, Callable[[Story, list[Article]], tuple[list[Any], dict[str, Any]]]] = {
    "split_story": lambda story, three: ([], {"article": three[0].pk}),
    "merge_story": lambda story, three: ([], {"into": _other().pk}),
    "undo_story": lambda story, three: ([story.log.first().pk], {}),
}


def _other() -> Story:
    articles = [telling("marché", number) for number in range(2)]
    return Membership.objects.get(article=articles[0]).story


@pytest.mark.parametrize("name", POSTS)
def test_only_who_may_review_changes_a_story(
    name: str, story: Story, three: list[Article], desk: Desk, ana: User
) -> None:
    stories.confirm(three[0], three[1], by=ana)
    args, data = POSTS[name](story, three)
    url = reverse(name, args=[story.pk, *args])
    before = set(Membership.objects.values_list("article", "story"))
    assert Client().post(url, data).url.startswith("/login/")
    assert desk("stan").post(url, data).status_code == 404
    assert desk("rita").post(url, data).status_code == 403
    assert desk("ana").get(url).status_code == 405
    assert set(Membership.objects.values_list("article", "story")) == before
    response = desk("ana").post(url, data)
    assert response.status_code == 302
    assert desk("ana").get(response.url, follow=True).status_code == 200


@pytest.mark.parametrize("name", ["story", *POSTS])
@pytest.mark.parametrize("pk", [0, 999_999, 10**17])
def test_a_story_that_is_not_there_is_not_found(name: str, pk: int, desk: Desk) -> None:
    url = reverse(name, args=[pk, *([1] if name == "undo_story" else [])])
    client = desk("ana")
    assert (client.get(url) if name == "story" else client.post(url)).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("split_story", {}, "Say which article"),
        ("split_story", {"article": "x"}, "Say which article"),
        ("split_story", {"article": 10**25}, "Say which article"),
        ("split_story", {"article": 999_999}, "Say which article"),
        ("merge_story", {}, "Say which story"),
        ("merge_story", {"into": "-1"}, "Say which story"),
        ("merge_story", {"into": 999_999}, "Say which story"),
        ("undo_story", {}, "not in the history"),
    ],
)
def test_what_makes_no_sense_is_answered_with_a_sentence(
    name: str, data: dict[str, Any], sentence: str, story: Story, desk: Desk
) -> None:
    args = [story.pk, *([999_999] if name == "undo_story" else [])]
    response = desk("ana").post(reverse(name, args=args), data)
    assert response.status_code == 422
    assert sentence in response.text
    assert 'role="alert"' in response.text


# Side by side


def test_any_two_articles_can_be_compared(desk: Desk) -> None:
    one, two = factories.ArticleFactory(), factories.ArticleFactory(text=factories.PAGE)
    html = desk("rita").get(reverse("beside", args=[one.pk, two.pk])).text
    assert "Not told to be one event" in html
    assert one.title in html
    assert two.title in html
    assert not Relation.objects.exists(), "looking keeps nothing"


def test_what_they_share_and_how_their_quotations_differ_is_marked(desk: Desk) -> None:
    one = factories.ArticleFactory(
        text="Un\n« La digue du nord sera relevée de deux mètres avant l'automne », dit-il.\n"
    )
    two = factories.ArticleFactory(
        text="Deux\nOn lit : « La digue du nord sera rehaussée de deux mètres avant l'automne ».\n"
    )
    for article in (one, two):
        Article.objects.filter(pk=article.pk).update(clean_text=article.raw_text)
    html = desk("ana").get(reverse("beside", args=[one.pk, two.pk])).text
    assert "in different words" in html
    assert re.search(r'<mark class="differs"[^>]*>relevée</mark>', html)
    assert re.search(r'<mark class="differs"[^>]*>rehaussée</mark>', html)


def test_an_article_cannot_bring_markup_in(desk: Desk) -> None:
    one, two = factories.ArticleFactory(), factories.ArticleFactory(text=factories.PAGE)
    Article.objects.update(
        clean_text="<script>alert(1)</script> « <b>la digue du nord tiendra bon</b> »", title="<i>x</i>"
    )
    html = desk("ana").get(reverse("beside", args=[one.pk, two.pk])).text
    assert "<script>alert" not in html
    assert "<b>la" not in html
    assert "<i>x" not in html


def test_two_can_be_confirmed_and_denied_where_they_stand_side_by_side(three: list[Article], desk: Desk) -> None:
    url = reverse("relation", args=[three[0].pk, three[1].pk])
    client = desk("ana")
    beside = reverse("beside", args=[three[0].pk, three[1].pk])
    assert client.post(url, {"do": "confirm", "back": "beside"}).url == beside
    assert "confirmed it" in client.get(beside).text
    again = client.post(url, {"do": "confirm", "back": "beside"})
    assert (again.status_code, "already" in again.text) == (422, True)
    assert client.post(url, {"do": "deny", "back": "story"}).url == f"/stories/{Story.objects.get().pk}/"
    assert "said they are not the same story" in client.get(beside).text
    assert desk("rita").post(url, {"do": "deny", "back": "beside"}).status_code == 403


# The panel of the review page


def panel(html: str) -> str:
    return html[html.index('<section id="story"') : html.index('<section id="facts"')]


def test_the_review_page_names_the_story_with_its_verdicts_and_evidence(
    story: Story, three: list[Article], desk: Desk
) -> None:
    html = panel(desk("ana").get(reverse("review", args=[three[2].pk])).text)
    for words in ("Story of 3 articles", "Same event", "words in a row", "Confirm", "Not the same", three[0].title):
        assert words in html
    assert story.get_absolute_url() in html


def test_an_article_in_no_story_shows_no_panel(article: Article, desk: Desk) -> None:
    html = panel(desk("ana").get(reverse("review", args=[article.pk])).text)
    assert html.startswith('<section id="story" aria-labelledby="story-h" hidden>')


def test_a_yes_is_answered_with_the_panel(story: Story, three: list[Article], desk: Desk) -> None:
    url = reverse("relation", args=[three[2].pk, three[0].pk])
    response = desk("ana").post(url, {"do": "confirm"}, headers=HTMX)
    assert response.status_code == 200
    assert 'id="story"' in response.text
    assert "ana confirmed" in response.text
    assert desk("bea").post(url, {"do": "deny"}).url.endswith(f"/articles/{three[2].pk}/#story")
    html = panel(desk("ana").get(reverse("review", args=[three[2].pk])).text)
    assert "bea denied" in html
    assert "Take back" in html
    response = desk("ana").post(url, {"do": "deny"}, headers=HTMX)
    assert response.status_code == 422
    assert "Somebody said so already" in response.text


def test_after_deciding_on_one_the_others_of_its_story_are_offered_with_the_step(
    story: Story, three: list[Article], desk: Desk, ana: User
) -> None:
    client = desk("ana")
    first = three[0]
    sent = client.post(reverse("transition", args=[first.pk, "submit"]), {"seen": first.version})
    assert sent.url == f"/articles/{first.pk}/?done=submit"
    html = client.get(sent.url).text
    offered = html[html.index("Others of this") : html.index("</ul></div>")]
    for other in three[1:]:
        assert f'action="{reverse("transition", args=[other.pk, "submit"])}"' in offered
    workflow.move(three[1], "reject", by=ana, seen=three[1].version, reason="the same")
    html = client.get(f"/articles/{three[1].pk}/?done=reject").text
    offered = html[html.index("Others of this") : html.index("</ul></div>")]
    assert f'href="{reverse("transition", args=[three[2].pk, "reject"])}"' in offered
    assert "Others of this" not in client.get(f"/articles/{three[1].pk}/?done=nonsense").text


# The queue


def rows(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<th scope="row"><a href="/articles/(\d+)/"', html)]


def test_a_story_is_one_row_that_unfolds(story: Story, three: list[Article], desk: Desk) -> None:
    alone = factories.ArticleFactory(text=factories.PAGE)
    html = desk("ana").get("/").text
    assert rows(html) == [alone.pk, three[2].pk]
    unfolded = html[html.index("<details") : html.index("</details>")]
    assert "Story of 3 articles: 2 more here" in unfolded
    assert re.findall(r'<li><a href="/articles/(\d+)/"', unfolded) == [str(three[1].pk), str(three[0].pk)]
    assert "1–2 of 2" in html


def test_filters_leave_of_a_story_what_fits_and_count_rows(
    story: Story, three: list[Article], desk: Desk, ana: User
) -> None:
    workflow.move(three[2], "reject", by=ana, seen=three[2].version, reason="no")
    html = desk("ana").get("/").text
    assert rows(html) == [three[1].pk]
    assert "Story of 3 articles: 1 more here" in html
    html = desk("ana").get("/", {"status": "rejected"}).text
    assert rows(html) == [three[2].pk]
    assert "Story of 3 articles<" in html
    for sort in ("oldest", "published", "questions", "title"):
        assert len(rows(desk("ana").get("/", {"sort": sort, "status": "all"}).text)) == 1
    assert rows(desk("ana").get("/", {"sort": "oldest"}).text) == [three[0].pk]


def test_pages_of_the_queue_hold_rows_not_articles(story: Story, desk: Desk, settings: Any) -> None:
    settings.QUEUE_PAGE_SIZE = 1
    alone = factories.ArticleFactory(text=factories.PAGE)
    client = desk("ana")
    assert rows(client.get("/").text) == [alone.pk]
    assert len(rows(client.get("/", {"page": 2}).text)) == 1
    assert "2–2 of 2" in client.get("/", {"page": 2}).text


def test_the_queue_takes_the_same_queries_for_one_story_as_for_many(story: Story, desk: Desk) -> None:
    client = desk("ana")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    few = count()
    for number in range(2):
        telling("marché", number)
    factories.ArticleFactory(text=factories.PAGE)
    assert count() == few


# The feed of a story


def published(story: Story, three: list[Article]) -> None:
    editor, chief = (
        factories.UserFactory(editor=True, username="ed"),
        factories.UserFactory(chief=True, username="chef"),
    )
    for article in three[:2]:
        workflow.move(article, "submit", by=editor, seen=article.version)
        workflow.move(article, "approve", by=chief, seen=article.version)


def test_a_story_has_a_feed_of_what_is_published_of_it(story: Story, three: list[Article]) -> None:
    factories.make_article(status="approved")
    url = f"/feeds/story/{story.pk}/rss.xml"
    empty = Client().get(url)
    assert empty.status_code == 200
    assert "<item>" not in empty.text
    assert three[0].title not in empty.text
    published(story, three)
    feed = Client().get(url)
    assert feed.text.count("<item>") == 2
    assert three[0].title in feed.text
    assert three[2].title not in feed.text
    assert Client().get(f"/feeds/story/{story.pk}/").url == url


def test_the_feed_of_a_story_changes_when_an_article_leaves_it(story: Story, three: list[Article], ana: User) -> None:
    published(story, three)
    url = f"/feeds/story/{story.pk}/rss.xml"
    tag = Client().get(url)["ETag"]
    assert Client().get(url, headers={"if-none-match": tag}).status_code == 304
    stories.split(story, three[0], by=ana)
    again = Client().get(url, headers={"if-none-match": tag})
    assert again.status_code == 200
    assert again.text.count("<item>") == 1


def test_feeds_that_are_not_there_are_not_found(story: Story, ana: User) -> None:
    for url in (f"/feeds/story/{story.pk}/burnt.xml", "/feeds/story/999999/rss.xml", "/feeds/story/999999/"):
        assert Client().get(url).status_code == 404
    gone = Story.objects.create(merged_into=story)
    assert Client().get(f"/feeds/story/{gone.pk}/rss.xml").url == f"/feeds/story/{story.pk}/rss.xml"
    assert Client().post(f"/feeds/story/{story.pk}/rss.xml").status_code == 405
