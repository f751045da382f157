"""When the feeds last changed: one cheap row, moved on by each approval and retraction."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from articles.feeds.content import publications
from articles.models import Entity, FeedVersion, Story
from articles.models.publication import PublicationQuerySet

# Bump when the way a feed is written changes, so that readers fetch the new shape.
WRITING = 2


def _row() -> FeedVersion | None:
    return FeedVersion.objects.filter(pk=1).first()


def etag(request: HttpRequest, name: str, *, story: Story | None = None, entity: Entity | None = None) -> str:
    """Changes with every approval and retraction, with the settings a feed shows, and with what belongs to a story or
    leads to an entity."""
    row = _row()
    said = (
        WRITING,
        name,
        row.version if row else 0,
        settings.PUBLIC_BASE_URL,
        settings.FEED_TITLE,
        settings.FEED_ITEMS,
        story.pk if story else None,
        entity.watched if entity else None,
        _which(publications(story=story, entity=entity)) if story or entity else (),
    )
    return f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:24]}"'


def _which(found: PublicationQuerySet) -> list[int]:
    return list(found.values_list("pk", flat=True)[: settings.FEED_ITEMS])


def last_modified(request: HttpRequest, name: str) -> datetime | None:
    """The last change. None in the seconds after one: HTTP dates count whole seconds, and a second change within the same
    one would hide behind a 304."""
    row = _row()
    if row is None or timezone.now() - row.changed_at < timedelta(seconds=2):
        return None
    return row.changed_at
