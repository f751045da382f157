"""What the public sees, without signing in."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.test import Client

from articles.actions import facts, workflow
from articles.models import Publication
from tests import factories

pytestmark = pytest.mark.django_db


def get(url: str) -> Any:
    return Client().get(url)


@pytest.mark.parametrize(("status", "live"), factories.WAYS, ids=str)
def test_only_what_was_approved_is_public(status: str, live: bool) -> None:
    article = factories.make_article(status=status, live=live)
    listed = get("/published/").content.decode()
    assert (article.title in listed) == live
    publication = article.publications.order_by("-number").first()
    if publication is None:
        return
    page = get(f"/published/{publication.slug}/")
    assert page.status_code == (200 if live else 410)
    assert ("pêche emploie encore" in page.content.decode()) == live


def test_the_day_an_article_first_came_out_is_written_as_the_others_are() -> None:
    article = factories.make_article(status="approved")
    publication = article.publications.get()
    for value, said in (("2023-01-18T16:30:00+01:00", "18 Jan 2023"), ("2023-01", "Jan 2023"), ("2023", "2023")):
        Publication.objects.filter(pk=publication.pk).update(originally_published={"value": value})
        assert f"first published elsewhere {said}<" in get(f"/published/{publication.slug}/").content.decode()
    Publication.objects.filter(pk=publication.pk).update(originally_published=None)
    assert "elsewhere" not in get(f"/published/{publication.slug}/").content.decode()


def test_an_article_that_was_taken_back_says_so_and_why_without_its_text(claire: User) -> None:
    article = factories.make_article(status="approved")
    slug = article.public.slug
    workflow.move(article, "retract", by=claire, seen=article.version, reason="The <b>quote</b> was invented.")
    page = get(f"/published/{slug}/")
    html = page.content.decode()
    assert page.status_code == 410
    assert "The &lt;b&gt;quote&lt;/b&gt; was invented." in html
    assert "pêche emploie" not in html


def test_an_edit_changes_nothing_in_public_until_it_is_approved_again(ana: User, claire: User) -> None:
    article = factories.make_article(status="approved")
    url = f"/published/{article.public.slug}/"
    before = get(url).content
    facts.fix_field(article, "title", text="Tout autre chose", by=ana, seen=article.version)
    assert get(url).content == before
    workflow.move(article, "submit", by=ana, seen=article.version)
    assert get(url).content == before
    workflow.move(article, "approve", by=claire, seen=article.version)
    html = get(url).content.decode()
    assert "Tout autre chose" in html
    assert "corrected" in html


def test_nothing_of_the_desk_is_shown_to_the_public() -> None:
    article = factories.make_article(status="approved")
    html = get(f"/published/{article.public.slug}/").content.decode()
    for words in ("Partager sur Facebook", "/articles/", "chef", "Sign out"):
        assert words not in html


def test_an_address_that_nobody_has_is_not_found() -> None:
    assert get("/published/no-such-article-1/").status_code == 404


def test_an_empty_page_says_what_will_come() -> None:
    assert "Nothing is public now" in get("/published/").content.decode()


@pytest.mark.parametrize("page", ["x", "-1", 10**30])
def test_nonsense_pages_are_left_aside(page: Any) -> None:
    assert Client().get("/published/", {"page": page}).status_code == 200


@pytest.mark.parametrize("url", ["/published/", "/feeds/rss.xml", "/healthz"])
def test_the_public_pages_only_answer_to_reading_and_set_no_cookie(url: str) -> None:
    assert Client().post(url).status_code == 405
    assert Client().head(url).status_code == 200
    assert not get(url).cookies


def test_health_says_whether_the_database_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert get("/healthz").json() == {"status": "ok"}

    def broken() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    assert get("/healthz").status_code == 503


def test_the_list_takes_few_queries_however_much_is_published(django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        factories.make_article(status="approved")
    assert Publication.objects.current().count() == 4
    with django_assert_max_num_queries(4):
        get("/published/")
