"""The admin site: users, outlets, entities; articles to look at."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from articles.models import Article, Entity, Outlet, ScraperToken
from tests import factories

pytestmark = pytest.mark.django_db
INLINES = {
    f"{prefix}-{name}": value
    for prefix in ("aliases", "domains", "offices")
    for name, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
}


@pytest.fixture
def dovs(desk: Any) -> Client:
    return desk("dov")


@pytest.mark.parametrize("who", ["ana", "claire", "rita", "stan"])
def test_who_is_no_admin_has_no_admin_site(who: str, desk: Any) -> None:
    assert desk(who).get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "index", "auth_user_changelist", "auth_user_add", "auth_group_changelist", "articles_outlet_changelist",
        "articles_outlet_add", "articles_entity_changelist", "articles_entity_add", "articles_article_changelist",
        "articles_logentry_changelist", "articles_publication_changelist", "articles_upload_changelist",
        "articles_scrapertoken_changelist", "articles_scrapertoken_add",
    ],
)  # fmt: skip
def test_an_admin_sees_every_list(name: str, dovs: Client) -> None:
    factories.make_article(status="approved")
    assert dovs.get(reverse(f"admin:{name}")).status_code == 200


def test_an_admin_makes_an_editor(dovs: Client) -> None:
    data = {"username": "new", "password1": "long-enough-1x", "password2": "long-enough-1x", "usable_password": "true"}
    response = dovs.post(reverse("admin:auth_user_add"), data)
    assert response.status_code == 302, response.context["errors"]
    user = User.objects.get(username="new")
    page = reverse("admin:auth_user_change", args=[user.pk])
    editors = Group.objects.get(name="editor")
    data = {
        "username": "new", "is_active": "on", "groups": [editors.pk],
        "date_joined_0": "2024-01-01", "date_joined_1": "10:00:00",
    }  # fmt: skip
    assert dovs.post(page, data).status_code == 302
    assert User.objects.get(pk=user.pk).has_perm("articles.review_article")


def test_an_admin_makes_no_superuser_and_hands_out_no_single_permission(dovs: Client) -> None:
    user = factories.person("stan")
    page = reverse("admin:auth_user_change", args=[user.pk])
    data = {
        "username": "stan", "is_active": "on", "is_superuser": "on",
        "user_permissions": [Permission.objects.get(codename="approve_article").pk],
        "date_joined_0": "2024-01-01", "date_joined_1": "10:00:00",
    }  # fmt: skip
    dovs.post(page, data)
    user = User.objects.get(pk=user.pk)
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def test_an_admin_does_not_touch_a_superuser(dovs: Client) -> None:
    root = User.objects.create_superuser("root", password="x")
    assert dovs.post(reverse("admin:auth_user_change", args=[root.pk]), {"username": "mine"}).status_code == 403
    assert dovs.post(reverse("admin:auth_user_delete", args=[root.pk]), {"post": "yes"}).status_code == 403
    dovs.post(
        reverse("admin:auth_user_changelist"),
        {"action": "delete_selected", "_selected_action": [root.pk], "post": "yes"},
    )
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    new = {"password1": "long-enough-1x", "password2": "long-enough-1x", "usable_password": "true"}
    assert dovs.post(password, new).status_code == 403
    root.refresh_from_db()
    assert root.check_password("x")


def test_an_admin_changes_no_group(dovs: Client) -> None:
    group = Group.objects.get(name="editor")
    assert dovs.post(reverse("admin:auth_group_change", args=[group.pk]), {"name": "x"}).status_code == 403
    assert dovs.post(reverse("admin:auth_group_add"), {"name": "x"}).status_code == 403


def test_an_admin_adds_an_outlet_with_aliases_and_domains(dovs: Client) -> None:
    data = {
        **INLINES,
        "name": "Le Phare", "slug": "le-phare", "country": "FR", "timezone": "Europe/Paris", "language": "fr",
        "terms": "unknown",
        "aliases-TOTAL_FORMS": "1", "aliases-0-name": "Phare Soir",
        "domains-TOTAL_FORMS": "1", "domains-0-domain": "phare.example",
    }  # fmt: skip
    assert dovs.post(reverse("admin:articles_outlet_add"), data).status_code == 302
    outlet = Outlet.objects.get(name="Le Phare")
    assert outlet.aliases.get().name == "Phare Soir"
    assert outlet.domains.get().domain == "phare.example"


def test_links_and_memory_lead_to_an_outlet_that_the_admin_adds(dovs: Client) -> None:
    article = factories.ArticleFactory(url="https://le-phare.example/1")
    link = article.attribution.create(role="agency", name="Phare Soir", state="stated")
    data = {
        **INLINES,
        "name": "Le Phare", "slug": "le-phare", "terms": "unknown",
        "aliases-TOTAL_FORMS": "1", "aliases-0-name": "Phare Soir",
        "domains-TOTAL_FORMS": "1", "domains-0-domain": "le-phare.example",
    }  # fmt: skip
    assert dovs.post(reverse("admin:articles_outlet_add"), data).status_code == 302
    link.refresh_from_db()
    article.refresh_from_db()
    assert link.outlet == Outlet.objects.get(slug="le-phare")
    assert article.memory.name == "le phare"


def test_an_admin_adds_an_entity_with_aliases(dovs: Client) -> None:
    data = {
        **INLINES,
        "name": "Comité du quai", "slug": "comite-du-quai", "type": "organisation",
        "aliases-TOTAL_FORMS": "1", "aliases-0-name": "CQ",
    }  # fmt: skip
    assert dovs.post(reverse("admin:articles_entity_add"), data).status_code == 302
    assert Entity.objects.get(name="Comité du quai").aliases.get().name == "CQ"


def test_an_admin_changes_an_entity_with_its_offices_but_neither_its_address_nor_its_source(dovs: Client) -> None:
    entity = factories.EntityFactory(name="Jeanne Morvan", slug="jeanne", type="person", source="CLDR 48")
    url = reverse("admin:articles_entity_change", args=[entity.pk])
    html = dovs.get(url).text
    assert "CLDR 48" in html
    assert 'href="/entities/jeanne/"' in html
    data = {
        **INLINES,
        "name": "Jeanne Le Morvan", "slug": "other", "type": "place", "source": "me", "description": "maire",
        "offices-TOTAL_FORMS": "1", "offices-0-title": "maire de Lorval", "offices-0-since": "2014",
    }  # fmt: skip
    assert dovs.post(url, data).status_code == 302
    entity.refresh_from_db()
    assert (entity.name, entity.key, entity.description) == ("Jeanne Le Morvan", "jeanne le morvan", "maire")
    assert (entity.slug, entity.type, entity.source) == ("jeanne", "person", "CLDR 48")
    assert str(entity.offices.get()) == "maire de Lorval (2014 – …)"
    wrong = dovs.post(url, {**data, "offices-0-since": "2020", "offices-0-until": "2014"})
    assert "The office ends before it begins." in wrong.text


@pytest.mark.parametrize("slug", ["new", "jeanne", "former"])
def test_an_admin_gives_no_address_twice(slug: str, dovs: Client) -> None:
    entity = factories.EntityFactory(slug="jeanne")
    entity.log.create(action="merge", summary="took in", former_slug="former")
    data = {**INLINES, "name": "New", "slug": slug, "type": "person"}
    response = dovs.post(reverse("admin:articles_entity_add"), data)
    assert response.status_code == 200
    assert "errorlist" in response.text


@pytest.mark.parametrize("superuser", [False, True])
def test_articles_are_to_look_at_with_their_log(superuser: bool, dovs: Client) -> None:
    article = factories.ArticleFactory()
    client = dovs
    if superuser:
        client = Client()
        client.force_login(User.objects.create_superuser("root", password="x"))
    page = reverse("admin:articles_article_change", args=[article.pk])
    html = client.get(page).content.decode()
    assert "uploaded it as" in html
    assert f'href="/articles/{article.pk}/"' in html
    assert client.post(page, {"title": "Mine"}).status_code == 403
    assert client.post(reverse("admin:articles_article_delete", args=[article.pk]), {"post": "y"}).status_code == 403
    assert client.get(reverse("admin:articles_article_add")).status_code == 403
    assert Article.objects.get().title == article.title


def test_outlets_and_entities_in_use_are_not_deleted_under_an_article(dovs: Client) -> None:
    article = factories.ArticleFactory(outlet="RFI")
    dovs.post(reverse("admin:articles_outlet_delete", args=[article.outlet_id]), {"post": "yes"})
    entity = article.mentions.exclude(entity=None).first().entity
    page = dovs.post(reverse("admin:articles_entity_delete", args=[entity.pk]), {"post": "yes"})
    assert "would require deleting the following protected related objects" in page.text
    assert Outlet.objects.filter(pk=article.outlet_id).exists()
    assert Entity.objects.filter(pk=entity.pk).exists()


def test_an_admin_deactivates_accounts_and_deletes_none(dovs: Client) -> None:
    ana = factories.person("ana")
    assert dovs.post(reverse("admin:auth_user_delete", args=[ana.pk]), {"post": "yes"}).status_code == 403
    data = {"username": "ana", "date_joined_0": "2024-01-01", "date_joined_1": "10:00:00"}
    assert dovs.post(reverse("admin:auth_user_change", args=[ana.pk]), data).status_code == 302
    ana.refresh_from_db()
    assert not ana.is_active


def secret_of(html: str) -> str:
    return html.split("<code>")[1].split("</code>")[0]


def test_an_admin_makes_a_token_and_sees_its_secret_once(dovs: Client, ana: User) -> None:
    data = {"name": "RFI scraper", "person": ana.pk, "outlet": "RFI"}
    response = dovs.post(reverse("admin:articles_scrapertoken_add"), data)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    secret = secret_of(response.content.decode())
    token = ScraperToken.objects.get()
    assert ScraperToken.objects.with_secret(secret) == token
    assert (token.name, token.person, token.outlet) == ("RFI scraper", ana, "RFI")
    for name, args in (("changelist", []), ("change", [token.pk]), ("history", [token.pk])):
        html = dovs.get(reverse(f"admin:articles_scrapertoken_{name}", args=args)).content.decode()
        assert secret not in html
        assert token.digest not in html


def test_a_token_needs_a_person_who_may_upload_and_a_name_of_its_own(dovs: Client, ana: User) -> None:
    page = reverse("admin:articles_scrapertoken_add")
    rita = factories.person("rita")
    assert "may not upload" in dovs.post(page, {"name": "x", "person": rita.pk}).content.decode()
    assert "required" in dovs.post(page, {"name": "x"}).content.decode()
    dovs.post(page, {"name": "x", "person": ana.pk})
    assert "already exists" in dovs.post(page, {"name": "x", "person": ana.pk}).content.decode()
    assert ScraperToken.objects.count() == 1


def test_a_token_is_renewed_changed_and_revoked_but_never_deleted(dovs: Client, ana: User) -> None:
    dovs.post(reverse("admin:articles_scrapertoken_add"), {"name": "x", "person": ana.pk})
    token = ScraperToken.objects.get()
    page = reverse("admin:articles_scrapertoken_changelist")
    answer = dovs.post(page, {"action": "renew", "_selected_action": [token.pk]})
    secret = secret_of(answer.content.decode())
    assert ScraperToken.objects.with_secret(secret) == token
    change = reverse("admin:articles_scrapertoken_change", args=[token.pk])
    assert dovs.post(change, {"name": "y", "person": ana.pk, "outlet": "RFI"}).status_code == 302
    assert ScraperToken.objects.with_secret(secret).outlet == "RFI"
    html = dovs.post(page, {"action": "revoke", "_selected_action": [token.pk]}, follow=True).content.decode()
    assert "1 revoked" in html
    assert ScraperToken.objects.with_secret(secret) is None
    html = dovs.post(page, {"action": "renew", "_selected_action": [token.pk]}, follow=True).content.decode()
    assert "is revoked" in html
    assert dovs.get(reverse("admin:articles_scrapertoken_delete", args=[token.pk])).status_code == 403
    assert "delete_selected" not in html


def test_one_secret_is_shown_at_a_time(dovs: Client, ana: User) -> None:
    for name in ("x", "y"):
        dovs.post(reverse("admin:articles_scrapertoken_add"), {"name": name, "person": ana.pk})
    before = set(ScraperToken.objects.values_list("digest", flat=True))
    picked = list(ScraperToken.objects.values_list("pk", flat=True))
    page = reverse("admin:articles_scrapertoken_changelist")
    html = dovs.post(page, {"action": "renew", "_selected_action": picked}, follow=True).content.decode()
    assert "Choose one token" in html
    assert set(ScraperToken.objects.values_list("digest", flat=True)) == before
