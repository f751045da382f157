"""A publication as ninjs 3.0, the IPTC's news in JSON: its rights and its sources in the fields that agencies read."""

from typing import Any

from articles.feeds.content import absolute_url
from articles.feeds.tags import uri_of
from articles.models import Publication

STANDARD = {"name": "ninjs", "version": "3.0", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"}
# The roles of our chain; the standard leaves the vocabulary open.
ROLE = "urn:newsroom:role:{}"
CREATIVE_COMMONS = "http://creativecommons.org/ns#"
KINDS = {"person": "people", "organisation": "organisations", "place": "places", "event": "events"}


def as_ninjs(publication: Publication) -> dict[str, Any]:
    """Plain values; a key that nothing is known for is left out. A tombstone says that the item is cancelled, and why."""
    said: dict[str, Any] = {
        "standard": STANDARD,
        "uri": f"urn:uuid:{publication.article.guid}",
        "type": "text",
        "version": str(publication.number),
        "firstCreated": publication.first_published_at.isoformat(timespec="seconds"),
        "versionCreated": publication.created_at.isoformat(timespec="seconds"),
        "pubStatus": "canceled" if publication.tombstone else "usable",
        "language": publication.language,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": publication.title}],
        "altIds": [{"role": "page", "value": absolute_url(publication)}],
    }
    if publication.tombstone:
        said["edNote"] = publication.note
    else:
        said |= _content(publication) | _rights(publication)
    return {key: value for key, value in said.items() if value}


def _content(publication: Publication) -> dict[str, Any]:
    origin = publication.originally_published or {}
    moment = str(origin.get("value", ""))
    tags: dict[str, list[dict[str, str]]] = {}
    for tag in publication.tags:
        uri = {"uri": uri_of(tag)} if uri_of(tag) else {}
        tags.setdefault(KINDS[tag["type"]], []).append({"name": tag["name"], "rel": "mentions", **uri})
    original = [{"role": "original", "value": publication.origin["url"]}] if publication.origin.get("url") else []
    return {
        "representationType": "partial" if publication.form == "excerpt" else "full",
        # The standard wants a moment with its offset; a bare day would be made up.
        "contentCreated": moment if "T" in moment and moment[19:] else "",
        "by": ", ".join(publication.authors),
        "descriptions": [{"role": "summary", "contentType": "text/plain", "value": publication.summary}],
        "bodies": [
            {"role": "html", "contentType": "text/html", "value": publication.html},
            {
                "role": "text",
                "contentType": "text/plain",
                "charCount": len(publication.text),
                "wordCount": len(publication.text.split()),
                "value": publication.text,
            },
        ],
        "subjects": [{"name": publication.section, "rel": "section"}] if publication.section else [],
        "altIds": [{"role": "page", "value": absolute_url(publication)}, *original],
        **tags,
    }


def _rights(publication: Publication) -> dict[str, Any]:
    usage = publication.usage
    licence = usage.get("licence", {})
    rights = {"linkedRights": licence["url"]} if licence else {}
    if licence and "creativecommons.org" in licence["url"]:
        rights["langId"] = CREATIVE_COMMONS
    return {
        "copyrightHolder": usage.get("holder", ""),
        "copyrightNotice": usage.get("notice", ""),
        "usageTerms": " ".join(_sentences(publication)),
        "rightsInfo": rights,
        "infoSources": [
            {"name": source["name"], "role": ROLE.format(source["role"])}
            | ({"uri": source["home"]} if source["home"] else {})
            for source in usage.get("sources", [])
        ],
    }


def _sentences(publication: Publication) -> list[str]:
    usage = publication.usage
    said = list(usage.get("terms", []))
    if usage.get("licence"):
        said.append(usage["licence"]["label"])
    if usage.get("credit"):
        said.append(f"Credit: {usage['credit']}")
    return [words if words[-1:] in ".!?" else f"{words}." for words in said if words]
