"""Rights on the desk: the panel, and the gate on the approval page."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from articles.actions import rights, workflow
from articles.actions.rights import RightSaid
from articles.models import Article, Outlet, Restriction
from tests import factories
from tests.conftest import HTMX

pytestmark = pytest.mark.django_db
URL = "https://phare.example/port"


def right_url(article: Article, right: Restriction | None = None) -> str:
    return reverse("right", args=[article.pk, right.pk] if right else [article.pk])


def approve_url(article: Article) -> str:
    return reverse("transition", args=[article.pk, "approve"])


def restricted(constraint: str = "all_rights_reserved", *, url: str = URL, **more: Any) -> Article:
    """An article ready for approval, with a restriction beside the one that its text has."""
    ana, article = factories.person("ana"), factories.ArticleFactory(url=url)
    said = RightSaid(constraint=constraint, scope="text", words="Tous droits réservés <b>", **more)
    rights.add_right(article, said=said, by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    return article


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_restriction_is_dismissed_taken_up_again_and_corrected(headers: dict[str, str], desk: Any) -> None:
    article = factories.ArticleFactory()
    right, client = article.rights.get(), desk("ana")

    def post(**data: Any) -> str:
        article.refresh_from_db()
        response = client.post(
            right_url(article, right), {"seen": article.version, **data}, headers=headers, follow=True
        )
        assert response.status_code == 200
        right.refresh_from_db()
        return response.content.decode()

    html = post(do="dismiss")
    assert right.decision == "dismissed"
    assert "1 found to be none" in html
    assert 'id="rights"' in html
    assert "It is one after all" in html
    post(do="confirm")
    assert right.decision == "confirmed"
    html = post(do="correct", constraint="embargo", scope="text", until="2100-01-01T10:30")
    assert right.details == {"until": "2100-01-01T10:30:00+01:00", "zone": "stated"}
    assert "Under embargo until 1 January 2100, 10:30" in html
    assert "Embargo until 1 Jan 2100, 10:30" in html, "the head of the page says so too"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_restriction_is_added_in_words_or_by_selection(headers: dict[str, str], desk: Any) -> None:
    article = factories.ArticleFactory()
    client = desk("ana")
    data = {"do": "add", "seen": article.version, "constraint": "no_archive", "scope": "text", "words": "Do not <keep>"}
    response = client.post(right_url(article), data, headers=headers, follow=True)
    assert "Do not &lt;keep&gt;" in response.content.decode()
    article.refresh_from_db()
    start = article.raw_text.index("Partager")
    data = {"do": "add", "seen": article.version, "constraint": "other", "start": start, "end": start + 8}
    assert client.post(right_url(article), data, headers=headers, follow=True).status_code == 200
    assert article.rights.get(constraint="other").text == "Partager"


def test_two_editors_on_one_restriction_see_both_versions(desk: Any, bea: User) -> None:
    article = factories.ArticleFactory()
    seen, right = article.version, article.rights.get()
    rights.dismiss_right(article, right.pk, by=bea, seen=seen)
    response = desk("ana").post(right_url(article, right), {"do": "confirm", "seen": seen}, headers=HTMX)
    assert response.status_code == 409
    html = response.content.decode()
    assert "No resale" in html
    assert "(dismissed)" in html
    assert "Use mine all the same" in html


def test_a_reader_sees_the_rights_and_no_way_to_change_them(desk: Any) -> None:
    article = factories.ArticleFactory()
    html = desk("rita").get(f"/articles/{article.pk}/").content.decode()
    assert "revente interdite" in html
    assert right_url(article) not in html


def test_the_approval_page_says_what_bars_and_what_may_be_done(desk: Any) -> None:
    article = restricted()
    html = desk("claire").get(approve_url(article)).content.decode()
    for words in (
        "Excerpt only",
        "All rights are reserved, and we have no leave for the full text.",
        "Tous droits réservés &lt;b&gt;",
        "Passed on to readers and feeds",
        'name="treatment" value="excerpt" required',
        'name="treatment" value="override" required',
        "Show the excerpt",
        f"#block-{factories.block_with(article, 'revente').pk}",
    ):
        assert words in html, words
    assert 'value="full"' not in html


def test_without_restrictions_nothing_is_asked(desk: Any) -> None:
    html = desk("claire").get(approve_url(factories.make_article(status="ready"))).content.decode()
    assert 'name="treatment"' not in html
    assert "disabled" not in html


def test_an_approver_who_chose_nothing_is_told_what_bars_it(desk: Any) -> None:
    article = restricted()
    response = desk("claire").post(approve_url(article), {"seen": article.version})
    assert response.status_code == 422
    assert "Choose how it is published." in response.content.decode()
    article.refresh_from_db()
    assert not article.live


def test_an_excerpt_is_published_as_one_and_says_so(desk: Any) -> None:
    article = restricted()
    response = desk("claire").post(approve_url(article), {"seen": article.version, "treatment": "excerpt"}, follow=True)
    assert "You approved it as an excerpt." in response.content.decode()
    article.refresh_from_db()
    html = Client().get(reverse("publication", args=[article.public.slug])).content.decode()
    assert "Only an excerpt of this article is published here." in html
    assert "pêche emploie encore" not in html


def test_an_override_asks_for_a_reason_that_only_the_desk_sees(desk: Any) -> None:
    article, client = restricted("territory"), desk("claire")
    sent = {"seen": article.version, "treatment": "override", "reason": " "}
    assert client.post(approve_url(article), sent).status_code == 422
    response = client.post(approve_url(article), sent | {"reason": "Cleared with their lawyer."}, follow=True)
    assert "Cleared with their lawyer." in response.content.decode()
    article.refresh_from_db()
    page = reverse("publication", args=[article.public.slug])
    for address in (page, reverse("ninjs", args=[article.public.slug]), "/feeds/rss.xml"):
        assert "lawyer" not in Client().get(address).content.decode()


def test_who_may_not_override_is_not_offered_it_and_is_refused(desk: Any) -> None:
    article = restricted("territory")
    claire = factories.person("claire")
    claire.groups.clear()
    for codename in ("view_article", "review_article", "approve_article"):
        claire.user_permissions.add(Permission.objects.get(codename=codename))
    client = desk("claire")
    claire.groups.clear()
    html = client.get(approve_url(article)).content.decode()
    assert 'value="override"' not in html
    assert '<button class="main" disabled>' in html
    sent = {"seen": article.version, "treatment": "override", "reason": "x"}
    assert client.post(approve_url(article), sent).status_code == 403
    article.refresh_from_db()
    assert not article.live


def test_a_way_that_is_shut_says_why(desk: Any) -> None:
    html = desk("claire").get(approve_url(restricted(url=""))).content.decode()
    assert "Not open: An excerpt links to the original." in html


def test_an_article_under_embargo_is_found_in_the_queue(desk: Any) -> None:
    held = restricted("embargo", until=datetime(2100, 1, 1, tzinfo=UTC))
    restricted("embargo", until=datetime(2020, 1, 1, tzinfo=UTC))
    client = desk("claire")
    html = client.get("/?flag=under_embargo").content.decode()
    assert html.count('<th scope="row">') == 1
    assert f"/articles/{held.pk}/" in html
    assert "embargo until 1 Jan 2100, 01:00" in html
    assert client.get("/").content.decode().count('<th scope="row">') == 2


def test_the_terms_of_an_outlet_are_set_in_the_admin_and_a_licence_goes_with_its_terms(desk: Any) -> None:
    client = desk("dov")
    outlet = factories.OutletFactory(name="Le Phare")
    page = reverse("admin:articles_outlet_change", args=[outlet.pk])
    inlines = {
        f"{prefix}-{name}": "0" for prefix in ("aliases", "domains") for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    data = {"name": "Le Phare", "slug": outlet.slug, "terms": "licence", "licence": "", **inlines}
    refused = client.post(page, data)
    assert refused.status_code == 200
    assert "Choose a licence where its texts come under one" in refused.content.decode()
    wanted = data | {
        "licence": "cc-by",
        "credit_required": "on",
        "credit_line": "Le Phare SA",
        "default_rights": "Mail of 3 May",
    }
    assert client.post(page, wanted).status_code == 302
    outlet.refresh_from_db()
    assert (outlet.terms, outlet.licence, outlet.credit_required, outlet.credit_line, outlet.default_rights) == (
        "licence", "cc-by", True, "Le Phare SA", "Mail of 3 May"
    )  # fmt: skip
    assert Outlet.objects.get(pk=outlet.pk).get_terms_display() == "Under a licence"
