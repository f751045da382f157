"""A publication as schema.org tells search engines and other machines: what it is, whose it is, what may be done."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from articles.core.safe_html import script_data
from articles.feeds.content import absolute, absolute_url
from articles.feeds.tags import as_thing
from articles.models import Publication


def as_schema(publication: Publication) -> dict[str, Any]:
    """A NewsArticle; a key that nothing is known for is left out."""
    usage, url = publication.usage, absolute_url(publication)
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "headline": publication.title,
        "description": publication.summary,
        "inLanguage": publication.language,
        "articleSection": publication.section,
        "datePublished": publication.first_published_at.isoformat(timespec="seconds"),
        "dateModified": publication.created_at.isoformat(timespec="seconds"),
        "author": [_party("Person", name) for name in publication.authors],
        "publisher": _party("Organization", settings.FEED_TITLE, absolute(reverse("published"))),
        "sourceOrganization": _source(publication),
        "isBasedOn": publication.origin.get("url", ""),
        "copyrightHolder": _holder(publication),
        "copyrightNotice": usage.get("notice", ""),
        "creditText": usage.get("credit", ""),
        "license": usage.get("licence", {}).get("url", ""),
        "usageInfo": {"@type": "CreativeWork", "text": " ".join(usage["terms"])} if usage.get("terms") else "",
        "keywords": [tag["name"] for tag in publication.tags],
        "mentions": [as_thing(tag) for tag in publication.tags],
    }
    return {key: value for key, value in said.items() if value}


def as_script(publication: Publication) -> str:
    """The same as the content of a script element."""
    return script_data(as_schema(publication))


def _party(kind: str, name: str, url: str = "") -> dict[str, str]:
    return {"@type": kind, "name": name} | ({"url": url} if url else {})


def _source(publication: Publication) -> dict[str, str]:
    origin = publication.origin
    return _party("Organization", origin["name"], origin.get("home", "")) if origin.get("name") else {}


def _holder(publication: Publication) -> dict[str, str]:
    name = publication.usage.get("holder", "")
    return _party("Person" if name in publication.authors else "Organization", name) if name else {}
