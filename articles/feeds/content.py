"""What is in a feed, whatever its format."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from articles.core.safe_html import printable
from articles.models import Entity, FeedVersion, Publication, Story
from articles.models.publication import PublicationQuerySet

# Of the feed as a whole; whose each article is, and what may be done with it, stands in its item.
COPYRIGHT = "Each article belongs to the holder of its rights. What may be done with it is said in its item."


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One publication as feeds show it. ``guid`` never changes; ``published`` is its first approval."""

    guid: str
    url: str
    title: str
    summary: str
    html: str
    language: str
    authors: list[str]
    attribution: str
    origin: dict[str, str]
    section: str
    tags: list[dict[str, str]]
    rights: list[str]
    usage: dict[str, Any] = field(default_factory=dict)
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed: ``changed`` is when anything in it last did."""

    title: str
    description: str
    home: str
    url: str
    language: str
    copyright: str = COPYRIGHT
    changed: datetime
    items: list[FeedItem]


def absolute(path: str) -> str:
    """An address that readers can reach. Never made from the Host header of a request."""
    return settings.PUBLIC_BASE_URL + path


def absolute_url(publication: Publication) -> str:
    """Where readers find a publication."""
    return absolute(reverse("publication", args=[publication.slug]))


def item(publication: Publication) -> FeedItem:
    """A publication as a feed item."""
    return FeedItem(
        guid=f"urn:uuid:{publication.article.guid}",
        url=absolute_url(publication),
        title=printable(publication.title),
        summary=printable(publication.summary),
        html=printable(publication.html),
        language=publication.language,
        authors=[printable(name) for name in publication.authors],
        attribution=printable(publication.attribution),
        origin=publication.origin,
        section=printable(publication.section),
        tags=publication.tags,
        rights=publication.rights_said,
        usage=publication.usage,
        published=publication.first_published_at,
        updated=publication.created_at,
    )


def channel(name: str, *, story: Story | None = None, entity: Entity | None = None) -> Channel:
    """The newest publications, or those of one story, or with a tag of one entity. The channel has a language when all
    its items share it."""
    rows: Any = publications(story=story, entity=entity).select_related("article")[: settings.FEED_ITEMS]
    items = [item(publication) for publication in rows]
    languages = {entry.language for entry in items if entry.language}
    version = FeedVersion.objects.get_or_create(pk=1)[0]
    title, about = settings.FEED_TITLE, f"Reviewed articles from {settings.FEED_TITLE}"
    path = reverse("feed", args=[name])
    if story is not None:
        # The title of an article that is not published is nobody's business.
        title = f"{title}: {items[-1].title if items else f'story {story.pk}'}"
        about = f"{about} about one event"
        path = reverse("story_feed", args=[story.pk, name])
    if entity is not None:
        # Nor is the name of an entity, as long as nothing was published under it.
        called = printable(name_in(items, entity.slugs))
        title = f"{title}: {called or 'one name'}"
        about = f"{about} that name {called}" if called else f"{about} that share a tag"
        path = reverse("entity_feed", args=[entity.slug, name])
    return Channel(
        title=title,
        description=about,
        home=absolute(reverse("published")),
        url=absolute(path),
        language=languages.pop() if len(languages) == 1 else "",
        changed=version.changed_at,
        items=items,
    )


def publications(*, story: Story | None = None, entity: Entity | None = None) -> PublicationQuerySet:
    """What stands in public, or of it what is about one event, or what was approved with a tag of one entity: under the
    address that it has, or under that of one which was merged into it; of a country also with a tag of who governs it."""
    found = Publication.objects.current()
    if story is not None:
        found = found.filter(article__membership__story=story)
    return found if entity is None else found.naming(entity.watched)


def name_in(items: list[FeedItem], slugs: list[str]) -> str:
    """The name of an entity as it was published last."""
    return next((tag["name"] for entry in items for tag in entry.tags if tag["slug"] in slugs), "")
