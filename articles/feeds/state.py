"""When the feeds last changed: one cheap row, moved on by each approval and retraction."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from articles.models import FeedVersion, Publication

# Bump when the way a feed is written changes, so that readers fetch the new shape.
WRITING = 2


def _row() -> FeedVersion | None:
    return FeedVersion.objects.filter(pk=1).first()


def etag(request: HttpRequest, name: str, story_id: int | None = None) -> str:
    """Changes with every approval and retraction, with the settings a feed shows, and with what belongs to a story."""
    row = _row()
    said = (
        WRITING,
        name,
        row.version if row else 0,
        settings.PUBLIC_BASE_URL,
        settings.FEED_TITLE,
        settings.FEED_ITEMS,
        story_id,
        _of_story(story_id) if story_id is not None else (),
    )
    return f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:24]}"'


def _of_story(story_id: int) -> list[int]:
    found = Publication.objects.current().filter(article__membership__story=story_id)
    return list(found.values_list("pk", flat=True)[: settings.FEED_ITEMS])


def last_modified(request: HttpRequest, name: str) -> datetime | None:
    """The last change. None in the seconds after one: HTTP dates count whole seconds, and a second change within the same
    one would hide behind a 304."""
    row = _row()
    if row is None or timezone.now() - row.changed_at < timedelta(seconds=2):
        return None
    return row.changed_at
