"""Rights as machines read them: RSS, schema.org on the public page, ninjs."""

import json
import re
from typing import Any

import feedparser
import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import etree

from articles.actions import attribution as chain
from articles.actions import facts, rights, tags, workflow
from articles.actions.attribution import LinkSaid
from articles.actions.rights import RightSaid
from articles.core.safe_html import script_data
from articles.feeds.content import COPYRIGHT
from articles.models import Article, OutletDomain
from tests import factories

pytestmark = pytest.mark.django_db
URL = "https://phare.example/port"
CC = "https://creativecommons.org/licenses/by-sa/4.0/"
# The names that the standard knows at the top of an item, and inside; anything else makes it invalid.
NINJS = {
    "uri", "type", "representationType", "profile", "version", "firstCreated", "versionCreated", "contentCreated",
    "embargoed", "pubStatus", "urgency", "copyrightHolder", "copyrightNotice", "usageTerms", "edNote", "language",
    "descriptions", "bodies", "headlines", "people", "organisations", "places", "subjects", "events", "objects",
    "infoSources", "title", "by", "slugline", "located", "renditions", "associations", "altIds", "trustIndicators",
    "standard", "genres", "expires", "rightsInfo",
}  # fmt: skip
INSIDE = {
    "bodies": {"role", "contentType", "charCount", "wordCount", "value"},
    "headlines": {"role", "contentType", "value"},
    "descriptions": {"role", "contentType", "value"},
    "infoSources": {"name", "role", "uri", "literal", "contactInfo"},
    "people": {"name", "rel", "uri", "literal", "contactInfo"},
    "organisations": {"name", "rel", "uri", "symbols", "literal", "contactInfo"},
    "places": {"name", "rel", "uri", "literal", "contactInfo", "geojson"},
    "subjects": {"name", "rel", "uri", "literal", "creator", "relevance", "confidence"},
    "altIds": {"role", "value"},
}


def published(ana: User, claire: User, *, words: str = "CC BY-SA 4.0", treatment: str = "full", **more: Any) -> Article:
    """An article with an outlet, a holder, a licence and a credit, in public."""
    outlet = factories.OutletFactory(name="Le Phare", default_rights="Full texts, by letter of 2 May.")
    OutletDomain.objects.create(outlet=outlet, domain="phare.example")
    article = factories.ArticleFactory(url=URL, **more)
    said = {"by": ana}
    for role, name in (("publisher", "Le Phare"), ("copyright_holder", "Phare SA"), ("agency", "Hélios Presse")):
        chain.add_link(article, said=LinkSaid(role=role, name=name), seen=article.version, **said)
    for right in (
        RightSaid(constraint="licence", scope="text", words=words),
        RightSaid(constraint="mandatory_credit", scope="text", words="Credit", credit="Phare / </script><b>"),
        RightSaid(constraint="editorial_use_only", scope="picture", words="PICTURE WORDS"),
    ):
        rights.add_right(article, said=right, seen=article.version, **said)
    tags.confirm_all_tags(article, seen=article.version, **said)
    workflow.move(article, "submit", by=ana, seen=article.version)
    workflow.move(article, "approve", by=claire, seen=article.version, treatment=treatment)
    return article


def page(article: Article) -> str:
    return Client().get(f"/published/{article.public.slug}/").content.decode()


def schema(article: Article) -> dict[str, Any]:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page(article), re.DOTALL)
    return json.loads(script)


def ninjs(article: Article) -> dict[str, Any]:
    response = Client().get(f"/published/{article.public.slug}/ninjs.json")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/json")
    assert "no-cache" in response["Cache-Control"]
    return response.json()


def test_an_item_of_the_feed_says_whose_it_is_and_under_which_licence(ana: User, claire: User) -> None:
    published(ana, claire)
    data = Client().get("/feeds/rss.xml").content
    item = etree.fromstring(data).find("channel/item")
    said = [row.text for row in item.findall("{http://purl.org/dc/elements/1.1/}rights")]
    assert said == ["© Phare SA", "revente interdite", "CC BY-SA 4.0", "Credit", "Full texts, by letter of 2 May."]
    namespace = "{http://backend.userland.com/creativeCommonsRssModule}license"
    assert [row.text for row in item.findall(namespace)] == [CC]
    parsed = feedparser.parse(data)
    assert parsed.feed.rights == COPYRIGHT
    assert parsed.entries[0].license == CC
    assert b"PICTURE WORDS" not in data, "we publish no picture"


def test_an_item_without_a_licence_names_none() -> None:
    factories.make_article(status="approved")
    data = Client().get("/feeds/rss.xml").content.decode()
    assert "creativeCommons:license" not in data
    assert "<dc:rights>revente interdite</dc:rights>" in data


def test_the_page_tells_search_engines_what_it_is_and_what_may_be_done(ana: User, claire: User) -> None:
    article = published(ana, claire)
    said = schema(article)
    address = f"{factories.settings.PUBLIC_BASE_URL}/published/{article.public.slug}/"
    assert said["@context"] == "https://schema.org"
    assert (said["@type"], said["url"], said["headline"]) == ("NewsArticle", address, article.title)
    assert said["license"] == CC
    assert said["copyrightHolder"] == {"@type": "Organization", "name": "Phare SA"}
    assert said["copyrightNotice"] == "© Phare SA"
    assert said["creditText"] == "Phare SA, Phare / </script><b>"
    assert "Full texts, by letter of 2 May." in said["usageInfo"]["text"]
    assert said["isBasedOn"] == URL
    assert said["publisher"]["name"] == "Newsroom"
    assert said["sourceOrganization"] == {"@type": "Organization", "name": "Le Phare", "url": "https://phare.example/"}
    assert said["author"] == [{"@type": "Person", "name": "Jeanne Morvan"}]
    assert said["datePublished"] == article.public.first_published_at.isoformat(timespec="seconds")
    assert "Paris" in said["keywords"]
    assert 'rel="license" href="' + CC in page(article)


def test_no_name_of_a_holder_ends_the_script(ana: User, claire: User) -> None:
    html = page(published(ana, claire))
    assert html.count("</script>") == 1
    assert "Phare / </script>" not in html
    for hostile in ("</script><script>alert(1)</script>", "<!--", "]]>", "\u2028", "&amp;"):
        data = script_data({"x": hostile})
        assert not set(data) & set("<>&\u2028\u2029")
        assert json.loads(data) == {"x": hostile}


def test_a_holder_who_wrote_the_text_is_a_person(ana: User, claire: User) -> None:
    article = factories.make_article(status="approved")
    chain.add_link(article, said=LinkSaid(role="copyright_holder", name="Jeanne Morvan"), by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    workflow.move(article, "approve", by=claire, seen=article.version)
    assert schema(article)["copyrightHolder"] == {"@type": "Person", "name": "Jeanne Morvan"}


def test_what_is_not_known_is_left_out() -> None:
    article = factories.make_article(status="approved")
    for said in (schema(article), ninjs(article)):
        assert not {"license", "copyrightHolder", "copyrightNotice", "creditText", "isBasedOn", "rightsInfo"} & set(
            said
        )
        assert all(said.values())


def test_ninjs_carries_rights_and_sources_in_the_names_of_the_standard(ana: User, claire: User) -> None:
    article = published(ana, claire)
    said = ninjs(article)
    assert set(said) <= NINJS
    for name, names in INSIDE.items():
        for row in said.get(name, []):
            assert set(row) <= names, name
    assert said["uri"] == f"urn:uuid:{article.guid}"
    assert (said["type"], said["version"], said["pubStatus"], said["language"]) == ("text", "1", "usable", "fr")
    assert (said["copyrightHolder"], said["copyrightNotice"]) == ("Phare SA", "© Phare SA")
    assert said["rightsInfo"] == {"linkedRights": CC, "langId": "http://creativecommons.org/ns#"}
    for words in ("revente interdite.", "Full texts, by letter of 2 May.", "CC BY-SA 4.0.", "Credit: "):
        assert words in said["usageTerms"]
    assert {"name": "Le Phare", "role": "urn:newsroom:role:publisher", "uri": "https://phare.example/"} in said[
        "infoSources"
    ]
    assert {"name": "Hélios Presse", "role": "urn:newsroom:role:agency"} in said["infoSources"]
    assert said["headlines"][0]["value"] == article.title
    assert {body["role"] for body in said["bodies"]} == {"html", "text"}
    assert said["representationType"] == "full"
    assert said["contentCreated"] == "2024-03-14T09:30:00+01:00"
    assert {"role": "original", "value": URL} in said["altIds"]
    assert said["by"] == "Jeanne Morvan"


def test_an_excerpt_is_told_as_a_part(ana: User, claire: User) -> None:
    article = published(ana, claire, treatment="excerpt")
    said = ninjs(article)
    assert said["representationType"] == "partial"
    assert "pêche emploie encore" not in json.dumps(said, ensure_ascii=False)


def test_a_day_without_a_time_is_no_moment_of_creation(ana: User, claire: User) -> None:
    article = factories.ArticleFactory()
    facts.fix_field(article, "published", text="2024-03-14", by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    workflow.move(article, "approve", by=claire, seen=article.version)
    assert "contentCreated" not in ninjs(article)


def test_what_was_taken_back_is_cancelled_for_machines_too(claire: User) -> None:
    article = factories.make_article(status="approved")
    slug = article.public.slug
    workflow.move(article, "retract", by=claire, seen=article.version, reason="The quote was invented.")
    response = Client().get(f"/published/{slug}/ninjs.json")
    assert response.status_code == 410
    said = response.json()
    assert (said["pubStatus"], said["edNote"], said["version"]) == ("canceled", "The quote was invented.", "2")
    assert not {"bodies", "descriptions"} & set(said)
    assert "application/ld+json" not in Client().get(f"/published/{slug}/").content.decode()


def test_what_never_was_published_is_not_found_and_nothing_is_posted() -> None:
    assert Client().get("/published/nothing-here/ninjs.json").status_code == 404
    article = factories.make_article(status="approved")
    assert Client().post(f"/published/{article.public.slug}/ninjs.json").status_code == 405


def test_a_publication_from_before_rights_were_structured_is_still_served() -> None:
    article = factories.make_article(status="approved")
    old = [{"text": "Tous droits réservés", "constraint": "all_rights_reserved", "scope": "text"}]
    type(article.public).objects.filter(pk=article.public.pk).update(usage={}, rights=old)
    assert "Tous droits réservés" in page(article)
    assert "<dc:rights>Tous droits réservés</dc:rights>" in Client().get("/feeds/rss.xml").content.decode()
    assert ninjs(article)["pubStatus"] == "usable"
    assert schema(article)["@type"] == "NewsArticle"
