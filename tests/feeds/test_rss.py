"""The RSS feed, as readers and parsers see it."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from articles.actions import attribution as chain
from articles.actions import facts, tags, workflow
from articles.actions.attribution import LinkSaid
from articles.feeds import FEEDS, content, rss
from articles.feeds.content import Channel, FeedItem
from articles.models import Article, OutletDomain, Publication
from tests import factories

URL = "/feeds/rss.xml"
NS = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "atom": "http://www.w3.org/2005/Atom",
}


def fetch(**headers: str) -> bytes:
    response = Client().get(URL, headers=headers)
    assert response.status_code == 200
    return response.content


def tree() -> Any:
    return etree.fromstring(fetch())


def items() -> list[Any]:
    return tree().findall("channel/item")


def approved(ana: User, claire: User, **kwargs: Any) -> Article:
    """An article with everything confirmed and an outlet with an address."""
    outlet = factories.OutletFactory(name="Le Phare")
    OutletDomain.objects.create(outlet=outlet, domain="phare.example")
    article = factories.ArticleFactory(url="https://phare.example/port", **kwargs)
    chain.add_link(article, said=LinkSaid(role="publisher", name="Le Phare"), by=ana, seen=article.version)
    tags.confirm_all_tags(article, by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    workflow.move(article, "approve", by=claire, seen=article.version)
    return article


def test_an_item_says_all_that_the_publication_says(ana: User, claire: User) -> None:
    article = approved(ana, claire)
    (item,) = items()
    public = article.public

    def text(path: str) -> str | None:
        return item.findtext(path, namespaces=NS)

    assert text("title") == public.title
    assert text("link") == f"https://news.example/published/{public.slug}/"
    assert text("description") == public.summary
    assert text("guid") == f"urn:uuid:{article.guid}"
    assert item.find("guid").get("isPermaLink") == "false"
    assert text("dc:creator") == "Jeanne Morvan"
    assert text("dc:language") == "fr"
    assert text("content:encoded").startswith(public.html.strip()[:100])
    assert public.attribution.split(" ")[0] in text("content:encoded")
    assert text("source") == "Le Phare"
    assert item.find("source").get("url") == "https://phare.example/"
    assert text("dcterms:source") == "https://phare.example/port"
    assert parsedate_to_datetime(text("pubDate")) == public.first_published_at.replace(microsecond=0)
    categories = {(c.text, c.get("domain")) for c in item.findall("category")}
    assert categories == {
        ("Lorval", "urn:newsroom:tag:place"),
        ("Environnement", "urn:newsroom:tag:section"),
        ("Emmanuel Macron", "urn:newsroom:tag:person"),
        ("Agence France-Presse", "urn:newsroom:tag:organisation"),
        ("Paris", "urn:newsroom:tag:place"),
    }


def test_a_real_feed_parser_reads_it_without_complaint(ana: User, claire: User) -> None:
    article = approved(ana, claire)
    parsed = feedparser.parse(fetch())
    assert not parsed.bozo
    assert parsed.version == "rss20"
    (entry,) = parsed.entries
    assert entry.title == article.title
    assert entry.id == f"urn:uuid:{article.guid}"
    assert not entry.guidislink
    assert entry.author == "Jeanne Morvan"
    assert entry.source.href == "https://phare.example/"
    assert "pêche emploie encore" in entry.content[0].value
    assert {tag.term for tag in entry.tags} >= {"Paris", "Environnement"}


def test_the_channel_says_where_it_is_and_what_it_is(ana: User, claire: User) -> None:
    approved(ana, claire)
    channel = tree().find("channel")
    link = channel.find("atom:link", NS)
    assert (link.get("rel"), link.get("href")) == ("self", "https://news.example/feeds/rss.xml")
    assert channel.findtext("link") == "https://news.example/published/"
    assert channel.findtext("language") == "fr"
    assert channel.findtext("title")
    assert channel.findtext("description")
    assert parsedate_to_datetime(channel.findtext("lastBuildDate"))


def test_a_feed_in_several_languages_claims_none(ana: User, claire: User) -> None:
    article = factories.ArticleFactory()
    facts.fix_field(article, "language", text="en", by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    workflow.move(article, "approve", by=claire, seen=article.version)
    factories.make_article(status="approved")
    assert tree().find("channel/language") is None


def test_an_empty_feed_is_a_feed() -> None:
    assert feedparser.parse(Client().get(URL).content).bozo is False


test_an_empty_feed_is_a_feed = pytest.mark.django_db(test_an_empty_feed_is_a_feed)


def test_an_origin_without_an_address_gives_no_source(db: None) -> None:
    factories.make_article(status="approved")
    assert items()[0].find("source") is None


def test_the_newest_approval_comes_first_and_ties_have_an_order(db: None, settings: Any) -> None:
    made = [factories.make_article(status="approved") for _ in range(3)]
    now = datetime(2024, 5, 1, tzinfo=UTC)
    for article, days in zip(made, (0, 2, 2), strict=True):
        Publication.objects.filter(article=article).update(first_published_at=now + timedelta(days=days))
    assert [item.findtext("guid") for item in items()] == [f"urn:uuid:{made[i].guid}" for i in (2, 1, 0)]
    settings.FEED_ITEMS = 2
    assert len(items()) == 2


@pytest.mark.parametrize("host", ["evil.example", "news.example:8443", "testserver"])
def test_addresses_and_guids_never_come_from_the_host_header(host: str, db: None, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    factories.make_article(status="approved")
    usual = fetch()
    assert fetch(host=host, x_forwarded_host="evil.example", x_forwarded_proto="http") == usual
    assert b"evil" not in usual


def test_an_item_keeps_its_guid_when_the_site_moves_and_when_it_is_corrected(claire: User, settings: Any) -> None:
    article = factories.make_article(status="ready", live=True)
    before = items()[0].findtext("guid")
    settings.PUBLIC_BASE_URL = "https://elsewhere.example"
    workflow.move(article, "approve", by=claire, seen=article.version)
    (item,) = items()
    assert item.findtext("guid") == before
    assert item.findtext("link").startswith("https://elsewhere.example/")
    assert item.findtext("dcterms:modified", namespaces=NS), "a correction is dated"


@pytest.mark.parametrize(("status", "live"), factories.WAYS, ids=str)
def test_only_what_is_approved_is_ever_in_the_feed(status: str, live: bool) -> None:
    article = factories.make_article(status=status, live=live)
    served = fetch()
    assert (str(article.guid).encode() in served) == live
    assert ("pêche emploie encore".encode() in served) == live


test_only_what_is_approved_is_ever_in_the_feed = pytest.mark.django_db(test_only_what_is_approved_is_ever_in_the_feed)


def test_an_edit_after_approval_changes_nothing_until_it_is_approved_again(ana: User, claire: User) -> None:
    article = factories.make_article(status="approved")
    before = fetch()
    facts.fix_field(article, "title", text="Tout autre chose", by=ana, seen=article.version)
    assert fetch() == before
    workflow.move(article, "submit", by=ana, seen=article.version)
    assert fetch() == before
    workflow.move(article, "approve", by=claire, seen=article.version)
    assert items()[0].findtext("title") == "Tout autre chose"


def test_the_feed_sets_no_cookie_and_may_be_cached_by_everyone(ana: User) -> None:
    client = Client()
    client.force_login(ana)
    response = client.get(URL)
    assert not response.cookies
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert not {"private", "no-store"} & set(response["Cache-Control"].replace(",", " ").split())
    assert "Cookie" not in response.get("Vary", "")


def test_head_is_answered_and_other_methods_are_not(db: None) -> None:
    assert Client().head(URL).status_code == 200
    assert Client().post(URL).status_code == 405


def test_a_format_that_nobody_writes_is_not_found(db: None) -> None:
    for name in ("feed.xml", "rss.xml/", "..%2f", "atom.xmlx"):
        assert Client().get(f"/feeds/{name}").status_code == 404


ANY_TEXT = st.text(st.characters(), max_size=40)


def item_of(**values: Any) -> FeedItem:
    plain = {
        "guid": "urn:uuid:00000000-0000-0000-0000-000000000001",
        "url": "https://news.example/published/x/",
        "title": "T",
        "summary": "S",
        "html": "<p>x</p>",
        "language": "fr",
        "authors": [],
        "attribution": "",
        "origin": {},
        "section": "",
        "tags": [],
        "rights": [],
        "published": datetime(2024, 1, 1, tzinfo=UTC),
        "updated": datetime(2024, 1, 1, tzinfo=UTC),
    }
    return FeedItem(**{**plain, **values})


def written(*entries: FeedItem, title: str = "N") -> bytes:
    return rss.write(
        Channel(
            title=title,
            description="D",
            home="https://news.example/published/",
            url="https://news.example/feeds/rss.xml",
            language="",
            changed=datetime(2024, 1, 1, tzinfo=UTC),
            items=list(entries),
        )
    )


@given(text=ANY_TEXT)
@settings(max_examples=150)
def test_no_unicode_in_any_stored_field_breaks_the_feed(text: str) -> None:
    publication = Publication(
        article=Article(),
        slug="x",
        title=text,
        summary=text,
        html=text,
        section=text,
        authors=[text],
        attribution=text,
        origin={"name": text, "home": "https://x.example/", "url": f"https://x.example/{text}"},
        tags=[{"name": text, "type": "person", "slug": "", "wikidata": ""}],
        rights=[{"text": text, "scope": "text", "constraint": "other"}],
        usage={"notice": text, "licence": {"label": text, "url": text}, "terms": [text]},
        language="fr",
        first_published_at=datetime(2024, 1, 1, tzinfo=UTC),
        created_at=datetime(2024, 1, 2, tzinfo=UTC),
    )
    data = written(content.item(publication), title=text)
    parsed = etree.fromstring(data)
    (item,) = parsed.findall("channel/item")
    xml_text = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    said = (item.findtext("title") or "").replace("\r\n", "\n").replace("\r", "\n")
    assert said == xml_text.replace("\r\n", "\n").replace("\r", "\n")
    assert not feedparser.parse(data).bozo


@pytest.mark.parametrize("bad", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800", "]]>", "<b>&amp;"])
def test_a_known_feed_breaker_breaks_nothing(bad: str) -> None:
    data = written(item_of(title=f"a{bad}b", html=f"<p>{bad}</p>", authors=[bad], language="fr", section=bad))
    etree.fromstring(data)
    assert not feedparser.parse(data).bozo


def test_an_item_that_cannot_be_written_is_left_out_and_the_rest_is_served(caplog: pytest.LogCaptureFixture) -> None:
    data = written(
        item_of(title="good"),
        item_of(title="bad", guid="urn:uuid:bad", tags=[{"nonsense": True}]),
        item_of(title="worse", guid="urn:uuid:worse", published="yesterday"),
        item_of(title="good too"),
    )
    assert [e.findtext("title") for e in etree.fromstring(data).findall("channel/item")] == ["good", "good too"]
    assert "urn:uuid:bad" in caplog.text
    assert "urn:uuid:worse" in caplog.text


def test_a_broken_row_in_the_database_is_left_out_too(db: None, caplog: pytest.LogCaptureFixture) -> None:
    good, bad = factories.make_article(status="approved"), factories.make_article(status="approved")
    Publication.objects.filter(article=bad).update(tags=["not a tag"], rights=[{}])
    assert [item.findtext("guid") for item in items()] == [f"urn:uuid:{good.guid}"]
    assert str(bad.guid) in caplog.text


@pytest.mark.parametrize("damage", [{"origin": []}, {"authors": None}, {"authors": [1]}, {"origin": {"name": 3}}])
def test_damage_in_a_stored_list_takes_only_its_own_item(damage: dict[str, Any]) -> None:
    assert FEEDS["rss.xml"].write is rss.write
    good = item_of(title="good")
    data = written(good, item_of(title="bad", **damage))
    titles = [e.findtext("title") for e in etree.fromstring(data).findall("channel/item")]
    assert titles[0] == "good"


def test_the_feed_takes_the_same_few_queries_for_many_items(db: None, django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        factories.make_article(status="approved")
    with django_assert_max_num_queries(6):
        fetch()
