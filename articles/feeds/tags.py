"""How the tags of a publication name entities for machines: the same in every format."""

from django.urls import reverse

from articles.feeds.content import absolute

WIKIDATA = "https://www.wikidata.org/entity/{}"
SCHEMA = {"person": "Person", "organisation": "Organization", "place": "Place", "event": "Event"}


def page_of(tag: dict[str, str]) -> str:
    """Where the publications of an entity are; empty for words that lead to none."""
    return absolute(reverse("entity_feeds", args=[tag["slug"]])) if tag["slug"] else ""


def uri_of(tag: dict[str, str]) -> str:
    """What identifies an entity: its Wikidata id, else our address of it; empty for words that lead to none."""
    return WIKIDATA.format(tag["wikidata"]) if tag["wikidata"] else page_of(tag)


def as_thing(tag: dict[str, str]) -> dict[str, str]:
    """A tag as a thing of schema.org."""
    said = {
        "@type": SCHEMA[tag["type"]],
        "@id": page_of(tag),
        "name": tag["name"],
        "sameAs": WIKIDATA.format(tag["wikidata"]) if tag["wikidata"] else "",
    }
    return {key: value for key, value in said.items() if value}
