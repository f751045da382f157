"""The feed of an entity: what was approved with a tag of it, whatever the desk says today."""

from typing import Any

import feedparser
import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.actions import entities, entity_undo, workflow
from articles.feeds import linked_data
from articles.feeds.ninjs import as_ninjs
from articles.models import Article, Entity, PublishedTag
from tests import factories
from tests.actions.test_entities import merged, tag

pytestmark = pytest.mark.django_db
URL = "/feeds/entity/mairie/rss.xml"


def get(url: str = URL, **headers: str) -> Any:
    return Client().get(url, headers=headers)


def guids(url: str = URL) -> list[str]:
    response = get(url)
    assert response.status_code == 200
    return [entry.id for entry in feedparser.parse(response.content).entries]


@pytest.fixture
def mairie(db: None) -> Entity:
    return factories.EntityFactory(name="Mairie de Lorval", slug="mairie", wikidata="Q90909")


@pytest.fixture
def public(mairie: Entity, claire: User) -> Article:
    """An article that was approved with a tag of it."""
    article = factories.make_article(status="ready")
    tag(article, "la mairie", mairie)
    workflow.move(article, "approve", by=claire, seen=article.version)
    return article


def test_the_feed_holds_what_was_approved_with_a_tag_of_it(public: Article, mairie: Entity) -> None:
    factories.make_article(status="approved", text=factories.PAGE)
    assert guids() == [f"urn:uuid:{public.guid}"]
    channel = feedparser.parse(get().content).feed
    assert channel.title == "Newsroom: Mairie de Lorval"
    assert get("/feeds/entity/mairie/").url == URL
    assert [row.slug for row in public.public.entities.all()] == ["mairie"]


def test_what_the_desk_says_after_approval_changes_nothing_in_public(
    public: Article, mairie: Entity, ana: User, claire: User
) -> None:
    before = get()
    public.mentions.filter(entity=mairie).update(state="rejected")
    entities.rename_entity(mairie, name="Hôtel de ville", by=ana)
    other = factories.make_article(status="approved", text=factories.PAGE)
    tag(other, "conseil municipal", mairie)
    assert [f"urn:uuid:{public.guid}"] == guids()
    assert feedparser.parse(get().content).feed.title == feedparser.parse(before.content).feed.title
    workflow.move(public, "retract", by=claire, seen=public.version, reason="Invented.")
    assert guids() == []


def test_the_name_of_an_entity_that_was_never_published_is_nobodys_business(mairie: Entity) -> None:
    response = get()
    assert response.status_code == 200
    assert "Mairie" not in response.text
    assert guids() == []


def test_the_feed_of_a_merged_entity_leads_to_the_others_until_that_is_undone(
    public: Article, mairie: Entity, ana: User
) -> None:
    ville = factories.EntityFactory(name="Ville de Lorval", slug="ville")
    etag = get("/feeds/entity/ville/rss.xml")["ETag"]
    entry = merged(mairie, ville, ana)
    response = get(if_none_match=etag)
    assert (response.status_code, response.url) == (301, "/feeds/entity/ville/rss.xml")
    assert get("/feeds/entity/mairie/").url == "/feeds/entity/ville/rss.xml"
    assert guids("/feeds/entity/ville/rss.xml") == [f"urn:uuid:{public.guid}"]
    assert get("/feeds/entity/ville/rss.xml", if_none_match=etag).status_code == 200, "a merge is no 304"
    entity_undo.undo(ville, entry.pk, by=ana)
    assert guids() == [f"urn:uuid:{public.guid}"]
    assert guids("/feeds/entity/ville/rss.xml") == []


def test_a_reader_who_has_the_feed_gets_a_304_until_something_is_approved(public: Article, claire: User) -> None:
    first = get()
    assert "no-cache" in first["Cache-Control"]
    assert get(if_none_match=first["ETag"]).status_code == 304
    workflow.move(public, "retract", by=claire, seen=public.version, reason="Invented.")
    assert get(if_none_match=first["ETag"]).status_code == 200


@pytest.mark.parametrize(
    "path", ["/feeds/entity/nowhere/", "/feeds/entity/nowhere/rss.xml", "/feeds/entity/mairie/burn.xml"]
)
def test_a_feed_that_is_not_there_is_not_found(path: str, mairie: Entity) -> None:
    assert get(path).status_code == 404
    assert Client().post(path).status_code == 405


def test_an_entity_is_named_alike_for_every_machine(public: Article, mairie: Entity, ana: User, settings: Any) -> None:
    settings.PUBLIC_BASE_URL = "https://news.example"
    uri, page = "https://www.wikidata.org/entity/Q90909", "https://news.example/feeds/entity/mairie/"
    publication = public.public
    schema = linked_data.as_schema(publication)
    named = {"@type": "Organization", "@id": page, "name": "Mairie de Lorval", "sameAs": uri}
    assert named in schema["mentions"]
    assert {"name": "Mairie de Lorval", "rel": "mentions", "uri": uri} in as_ninjs(publication)["organisations"]
    publication.tags = [{**tag, "wikidata": ""} for tag in publication.tags]
    assert page in [row.get("uri") for row in as_ninjs(publication)["organisations"]]
    assert 'href="/feeds/entity/mairie/"' in get(f"/published/{publication.slug}/").text


def test_what_was_published_before_the_index_is_found_by_it(public: Article) -> None:
    """The migration fills it from the tags of publications."""
    import importlib

    from django.apps import apps

    before = sorted(PublishedTag.objects.values_list("publication", "slug"))
    PublishedTag.objects.all().delete()
    Entity.objects.update(key="")
    fill = importlib.import_module("articles.migrations.0015_entity_keys_filled").fill
    fill(apps, None)
    assert sorted(PublishedTag.objects.values_list("publication", "slug")) == before
    assert Entity.objects.get(slug="mairie").key == "mairie de lorval"


def test_the_feed_of_a_country_holds_what_names_who_governs_it_and_not_the_other_way(claire: User) -> None:
    land, body = Entity.objects.get(name="Maroc"), Entity.objects.get(name="gouvernement du Maroc")
    ready = factories.make_article(status="ready")
    tag(ready, "la mairie", body)
    before = get(f"/feeds/entity/{land.slug}/rss.xml")["ETag"]
    workflow.move(ready, "approve", by=claire, seen=ready.version)
    assert guids(f"/feeds/entity/{land.slug}/rss.xml") == [f"urn:uuid:{ready.guid}"]
    assert guids(f"/feeds/entity/{body.slug}/rss.xml") == [f"urn:uuid:{ready.guid}"]
    assert get(f"/feeds/entity/{land.slug}/rss.xml")["ETag"] != before
    of_the_land = factories.make_article(status="ready")
    tag(of_the_land, "communiqué", land)
    workflow.move(of_the_land, "approve", by=claire, seen=of_the_land.version)
    assert len(guids(f"/feeds/entity/{land.slug}/rss.xml")) == 2
    assert len(guids(f"/feeds/entity/{body.slug}/rss.xml")) == 1
