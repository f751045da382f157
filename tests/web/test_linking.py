"""Who is meant, on the review page: a byline with a known name, a tag with candidates, place or power."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import Article, Attribution, Entity
from tests.conftest import HTMX
from tests.factories import ArticleFactory, EntityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def jeanne() -> Entity:
    """Somebody who bears the name of who signs the test article."""
    return EntityFactory(name="Jeanne Morvan", type="person", description="mayor of Lorval")


def author(article: Article) -> Attribution:
    return article.attribution.get(role="author")


def signer(article: Article) -> str:
    return reverse("signer", args=[article.pk, author(article).pk])


def test_a_byline_that_bears_a_known_name_is_asked_about(jeanne: Entity, article: Article, desk: Any) -> None:
    page = desk("ana").get(f"/articles/{article.pk}/").content.decode()
    assert "signs the article, and bears the name of somebody we know" in page
    assert "<bdi>mayor of Lorval</bdi>" in page
    assert 'data-different aria-keyshortcuts="d"' in page
    assert "signs the article, and" not in desk("rita").get(f"/articles/{article.pk}/").content.decode()


def test_a_button_says_who_signs(jeanne: Entity, article: Article, desk: Any) -> None:
    response = desk("ana").post(signer(article), {"seen": 1, "entity": jeanne.pk}, headers=HTMX)
    assert response.status_code == 200
    assert 'id="attribution"' in response.content.decode()
    assert "is <bdi>Jeanne Morvan</bdi>, <bdi>mayor of Lorval</bdi>" in response.content.decode()
    assert author(article).entity == jeanne


def test_without_htmx_a_different_person_leads_back_to_the_panel(jeanne: Entity, article: Article, desk: Any) -> None:
    response = desk("ana").post(signer(article), {"seen": 1, "do": "different"})
    assert (response.status_code, response.url) == (302, f"/articles/{article.pk}/#attribution")
    assert author(article).entity not in {None, jeanne}


@pytest.mark.parametrize(
    "sent", [{}, {"entity": 10**12}, {"entity": "x"}, {"do": "eat"}, {"entity": 999_999}, {"do": "link"}]
)
def test_who_signs_must_be_somebody(sent: dict[str, Any], article: Article, desk: Any) -> None:
    response = desk("ana").post(signer(article), {"seen": 1, **sent}, headers=HTMX)
    assert response.status_code == 422
    assert author(article).entity is None


def test_a_byline_that_is_gone_is_a_conflict_or_a_sentence(jeanne: Entity, article: Article, desk: Any) -> None:
    gone = reverse("signer", args=[article.pk, 999_999])
    assert desk("ana").post(gone, {"seen": 1, "entity": jeanne.pk}, headers=HTMX).status_code == 409
    assert desk("ana").post(gone, {"seen": 1, "do": "different"}, headers=HTMX).status_code == 422


def test_a_tag_shows_its_candidates_with_reasons_and_who_else_it_may_be(article: Article, desk: Any, ana: User) -> None:
    known = Entity.objects.get(name="Emmanuel Macron")
    EntityFactory(name="Emmanuel Macron", type="person", description="pêcheur")
    known.offices.create(title="président de la République", since="2017-05-14")
    page = desk("ana").get(f"/articles/{article.pk}/").content.decode()
    assert "in office on 14 March 2024: président de la République" in page
    assert "A different person, remember" in page
    mention = article.mentions.filter(surface="Emmanuel Macron").first()
    address = reverse("mention", args=[article.pk, mention.pk])
    sent = {"seen": article.version, "name": "Emmanuel Macron", "do": "different"}
    assert desk("ana").post(address, sent, headers=HTMX).status_code == 200
    mention.refresh_from_db()
    assert mention.entity.distinct_from.count() == 2


@pytest.mark.parametrize(("sent", "status"), [("place", 200), ("power", 200), ("", 422), ("both", 422)])
def test_place_or_power_is_a_button(sent: str, status: int, article: Article, desk: Any) -> None:
    paris = article.mentions.get(surface="Paris")
    paris.sense = "open"
    paris.save()
    assert "The place, or who governs there?" in desk("ana").get(f"/articles/{article.pk}/").content.decode()
    address = reverse("sense", args=[article.pk, paris.pk])
    response = desk("ana").post(address, {"seen": 1, "sense": sent, "everywhere": "on"}, headers=HTMX)
    assert response.status_code == status
    paris.refresh_from_db()
    assert (paris.sense, paris.state) == ((sent, "confirmed") if status == 200 else ("open", "suggested"))
    assert paris.entity.name == ("gouvernement de la France" if sent == "power" else "Paris")
    if status == 200:
        assert "The place, or who governs there?" not in response.content.decode()


def test_a_tag_that_means_who_governs_says_so_and_whose_word_it_is(article: Article, desk: Any) -> None:
    paris = article.mentions.get(surface="Paris")
    paris.sense, paris.type, paris.entity = (
        "power",
        "organisation",
        Entity.objects.get(name="gouvernement de la France"),
    )
    paris.save()
    page = desk("ana").get(f"/articles/{article.pk}/").content.decode()
    group = next(part for part in page.split('<li class="tag-group') if "gouvernement de la France" in part)
    assert "“<bdi>Paris</bdi>”: the words mean who governs there" in group
    assert 'data-sense="place" aria-keyshortcuts="l"' in group
    assert "“<bdi>Paris</bdi>”" not in desk("rita").get(f"/articles/{article.pk}/").content.decode()
    span = {"start": paris.start, "end": paris.end}
    shown = desk("ana").get(reverse("tag_preview", args=[article.pk]), span, headers=HTMX).content.decode()
    assert "1 mention" in shown
    assert "more mean" not in shown


def test_the_pages_of_a_country_its_capital_and_its_government_lead_to_each_other(article: Article, desk: Any) -> None:
    land, city, body = (Entity.objects.get(name=name) for name in ("France", "Paris", "gouvernement de la France"))
    article.mentions.filter(surface="Paris").update(entity=body, type="organisation", state="confirmed")
    client = desk("ana")
    pages = {row: " ".join(client.get(row.get_absolute_url()).content.decode().split()) for row in (land, city, body)}
    link = f'<a href="{body.get_absolute_url()}"><bdi>gouvernement de la France</bdi></a>'
    assert f"<dt>Governed by</dt><dd>{link} <small>1 article</small>" in pages[land]
    assert f"<dt>Stands for</dt><dd>{link}" in pages[city]
    assert f'<dt>Governs</dt><dd><a href="{land.get_absolute_url()}"><bdi>France</bdi></a>' in pages[body]
    other = client.get(Entity.objects.get(name="Lyon").get_absolute_url()).content.decode()
    assert "Governed by" not in other
    assert "Stands for" not in other


def test_a_rejected_tag_says_why_who_and_when(article: Article, desk: Any) -> None:
    paris = article.mentions.get(surface="Paris")
    address = reverse("mention", args=[article.pk, paris.pk])
    sent = {"seen": 1, "do": "reject", "everywhere": "on", "reason": " not  a name "}
    page = desk("ana").post(address, sent, headers=HTMX).content.decode()
    assert "1 rejected, not suggested again" in page
    listed = page.split('class="plain rejected"')[1].split("</ul>")[0]
    assert "<bdi>not a name</bdi> · ana, <time" in listed
    assert desk("ana").post(address, {**sent, "reason": "x" * 301}, headers=HTMX).status_code == 422


def test_the_page_asks_no_more_for_more_names(desk: Any, django_assert_max_num_queries: Any) -> None:
    for name in ("Jeanne Morvan", "Emmanuel Macron", "Lorval"):
        for _ in range(3):
            EntityFactory(name=name, type="place" if name == "Lorval" else "person")
    article = ArticleFactory()
    client = desk("ana")
    client.get(f"/articles/{article.pk}/")
    with django_assert_max_num_queries(54):
        client.get(f"/articles/{article.pk}/")


def different(article: Article) -> tuple[str, dict[str, Any]]:
    mention = article.mentions.filter(surface="Emmanuel Macron").first()
    sent = {"seen": article.version, "name": "Emmanuel Macron", "do": "different"}
    return reverse("mention", args=[article.pk, mention.pk]), sent


def test_one_key_says_what_it_made_and_offers_to_undo_it(article: Article, desk: Any) -> None:
    client, (address, sent) = desk("ana"), different(article)
    html = client.post(address, sent, headers=HTMX).content.decode()
    message = html.split('id="message"')[1]
    assert "You added Emmanuel Macron (" in message
    assert "to the registry, not the same as Emmanuel Macron (" in message
    undo = reverse("undo", args=[article.pk, article.log.first().pk])
    assert f'hx-post="{undo}"' in message
    html = client.post(undo, {"seen": article.version + 1}, headers=HTMX).content.decode()
    assert "is not in the registry any more." in html.split('id="message"')[1]
    assert Entity.objects.filter(name="Emmanuel Macron").count() == 1


def test_without_htmx_the_next_page_says_it_once(article: Article, desk: Any) -> None:
    client, (address, sent) = desk("ana"), different(article)
    assert client.post(address, sent).status_code == 302
    page = f"/articles/{article.pk}/"
    assert "You added Emmanuel Macron (" in client.get(page).content.decode().split('id="message"')[1].split("<nav")[0]
    assert 'class="done"' not in client.get(page).content.decode()


def test_confirming_all_says_which_names_are_left_open(article: Article, desk: Any) -> None:
    paris = Entity.objects.filter(name="Paris", type="place").first()
    article.mentions.filter(surface="Paris").update(entity=paris, type="place", state="suggested")
    EntityFactory(name="Paris", type="place")
    sent = {"seen": article.version, "do": "confirm_all"}
    html = desk("ana").post(reverse("tag", args=[article.pk]), sent, headers=HTMX).content.decode()
    assert "“Paris” is borne by several and leads to none of them yet: choose which." in html.split('id="message"')[1]


def test_what_the_panels_show_by_themselves_is_not_told_too(article: Article, desk: Any) -> None:
    paris = article.mentions.get(surface="Paris")
    sent = {"seen": article.version, "do": "confirm"}
    html = desk("ana").post(reverse("mention", args=[article.pk, paris.pk]), sent, headers=HTMX).content.decode()
    assert 'class="done"' not in html
