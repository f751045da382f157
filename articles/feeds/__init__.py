"""Feeds: ``content`` says what is in one, ``state`` when it changed, and a row of FEEDS how a format is written."""

from collections.abc import Callable
from dataclasses import dataclass

from articles.feeds import rss
from articles.feeds.content import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFormat:
    """A row of FEEDS. ``write`` turns a channel into the bytes of its format."""

    label: str
    media_type: str
    write: Callable[[Channel], bytes]


FEEDS = {
    "rss.xml": FeedFormat(label="RSS", media_type="application/rss+xml", write=rss.write),
}
