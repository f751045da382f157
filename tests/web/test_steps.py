"""The steps of the workflow in a browser."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.actions import tags
from tests import factories

pytestmark = pytest.mark.django_db


def url(article: Any, step: str) -> str:
    return reverse("transition", args=[article.pk, step])


def test_approving_shows_first_what_goes_out_and_what_is_open(desk: Any, ana: User) -> None:
    article = factories.ArticleFactory()
    tags.confirm_tag(article, article.mentions.get(surface="Paris").pk, by=ana, seen=article.version)
    article = factories.make_article(status="ready")
    html = desk("claire").get(url(article, "approve")).content.decode()
    for words in (
        "Still open",
        "What will be published",
        "pêche emploie encore",
        "Par Jeanne Morvan",
        "revente interdite",
    ):
        assert words in html
    assert "Partager sur Facebook" not in html


def test_a_chief_approves_and_the_article_is_public(desk: Any) -> None:
    article = factories.make_article(status="ready")
    client = desk("claire")
    response = client.post(url(article, "approve"), {"seen": article.version}, follow=True)
    assert response.status_code == 200
    assert "You approved it." in response.content.decode()
    article.refresh_from_db()
    assert article.status == "approved"
    assert client.get(f"/published/{article.public.slug}/").status_code == 200


def test_an_editor_may_not_approve_and_is_not_offered_it(desk: Any) -> None:
    article = factories.make_article(status="ready")
    client = desk("ana")
    assert url(article, "approve") not in client.get(f"/articles/{article.pk}/").content.decode()
    assert client.get(url(article, "approve")).status_code == 403
    assert client.post(url(article, "approve"), {"seen": article.version}).status_code == 403


def test_whoever_edited_last_is_told_why_approval_is_barred(desk: Any, claire: User) -> None:
    article = factories.ArticleFactory()
    factories.edit(article, by=claire)
    client = desk("claire")
    client.post(url(article, "submit"), {"seen": article.version})
    article.refresh_from_db()
    assert "You edited this article last" in client.get(url(article, "approve")).content.decode()
    assert client.post(url(article, "approve"), {"seen": article.version}).status_code == 403
    article.refresh_from_db()
    assert article.status == "ready"


@pytest.mark.parametrize(("step", "status"), [("send_back", "ready"), ("reject", "in_review"), ("retract", "approved")])
def test_a_step_without_its_reason_is_not_taken(step: str, status: str, desk: Any) -> None:
    article = factories.make_article(status=status)
    client = desk("claire")
    assert 'name="reason"' in client.get(url(article, step)).content.decode()
    response = client.post(url(article, step), {"seen": article.version, "reason": "  "})
    assert response.status_code == 422
    assert "needs a reason" in response.content.decode()
    response = client.post(url(article, step), {"seen": article.version, "reason": "Because."}, follow=True)
    assert "Because." in response.content.decode()


def test_a_step_on_an_old_version_is_not_taken(desk: Any, ana: User) -> None:
    article = factories.ArticleFactory()
    factories.edit(article, by=ana)
    response = desk("bea").post(url(article, "submit"), {"seen": 1})
    assert response.status_code == 409
    assert "changed after you opened it" in response.content.decode()
    article.refresh_from_db()
    assert article.status == "in_review"


def test_an_article_that_cannot_be_published_says_what_is_missing(desk: Any, ana: User) -> None:
    from articles.actions import facts, workflow

    article = factories.ArticleFactory()
    facts.forget_field(article, "title", by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    client = desk("claire")
    assert "It has no title" in client.get(url(article, "approve")).content.decode()
    assert client.post(url(article, "approve"), {"seen": article.version}).status_code == 422
    article.refresh_from_db()
    assert (article.status, article.live) == ("ready", False)
