"""RSS 2.0, as strict readers want it: content:encoded, dc:creator, source, typed categories, dcterms:modified."""

import logging
from io import StringIO
from typing import Any

from django.template.loader import render_to_string
from django.utils.feedgenerator import Rss201rev2Feed, rfc2822_date
from django.utils.xmlutils import SimplerXMLGenerator

from articles.core.safe_html import printable
from articles.feeds.content import Channel, FeedItem

log = logging.getLogger(__name__)
TAG_DOMAIN = "urn:newsroom:tag:{}"


class Rss(Rss201rev2Feed):
    """Django's RSS writer with the elements it lacks."""

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:dcterms": "http://purl.org/dc/terms/",
            "xmlns:creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
        }

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", "Newsroom")
        handler.addQuickElement("docs", "https://www.rssboard.org/rss-specification")

    def latest_post_date(self) -> Any:
        return self.feed["changed"]

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        entry: FeedItem = item["entry"]
        handler.addQuickElement("title", entry.title)
        handler.addQuickElement("link", entry.url)
        handler.addQuickElement("description", entry.summary)
        for author in entry.authors:
            handler.addQuickElement("dc:creator", author)
        handler.addQuickElement("pubDate", rfc2822_date(entry.published))
        if entry.updated > entry.published:
            handler.addQuickElement("dcterms:modified", entry.updated.isoformat(timespec="seconds"))
        handler.addQuickElement("guid", entry.guid, {"isPermaLink": "false"})
        if entry.origin.get("home") and entry.origin.get("name"):
            handler.addQuickElement("source", printable(entry.origin["name"]), {"url": entry.origin["home"]})
        if entry.origin.get("url"):
            handler.addQuickElement("dcterms:source", printable(entry.origin["url"]))
        if entry.section:
            handler.addQuickElement("category", entry.section, {"domain": TAG_DOMAIN.format("section")})
        for tag in entry.tags:
            handler.addQuickElement("category", printable(tag["name"]), {"domain": TAG_DOMAIN.format(tag["type"])})
        for words in rights(entry):
            handler.addQuickElement("dc:rights", words)
        if entry.usage.get("licence"):
            handler.addQuickElement("creativeCommons:license", printable(entry.usage["licence"]["url"]))
        if entry.language:
            handler.addQuickElement("dc:language", entry.language)
        handler.addQuickElement("content:encoded", body(entry))


def rights(entry: FeedItem) -> list[str]:
    """What an item says of its rights, each once: the notice, the licence, the restrictions on the text as written."""
    licence = entry.usage.get("licence", {}).get("label", "")
    return [printable(words) for words in dict.fromkeys([*entry.rights, licence]) if words]


def body(entry: FeedItem) -> str:
    """The HTML of an item: the text, then who stands behind it."""
    return printable(render_to_string("articles/feed_body.html", {"entry": entry}).strip())


def writable(entry: FeedItem) -> bool:
    """Whether an item can be written alone; one that cannot must not take the feed with it."""
    handler = SimplerXMLGenerator(StringIO(), "utf-8")
    try:
        Rss(title="", link="", description="").add_item_elements(handler, {"entry": entry})
    except Exception:  # whatever is wrong with one item, the others are served
        log.exception("The item %s is left out of the feed.", entry.guid)
        return False
    return True


def write(channel: Channel) -> bytes:
    """The bytes of the feed."""
    feed = Rss(
        title=printable(channel.title),
        link=channel.home,
        description=printable(channel.description),
        language=channel.language or None,
        feed_url=channel.url,
        changed=channel.changed,
        feed_copyright=channel.copyright,
    )
    for entry in channel.items:
        if writable(entry):
            feed.add_item(title=entry.title, link=entry.url, description=entry.summary, entry=entry)
    return printable(feed.writeString("utf-8")).encode()
