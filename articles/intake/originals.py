"""The bytes of an article: kept once, opened, and opened again as they were opened the first time."""

import hashlib
from datetime import datetime

from articles.core.formats import UnreadableError, open_bytes
from articles.core.values import Given, Scraped
from articles.models import Article, Original


class OtherWords(UnreadableError):
    """The decoder has learned something since; the article's offsets belong to the text as it was first read."""


def opened(content: bytes, *, name: str = "", given: Given, received_at: datetime) -> Scraped:
    """The article in these bytes, with what was said beside them. UnreadableError where there is none."""
    return open_bytes(content, name=name, given=given, received_at=received_at)


def reopened(article: Article) -> Scraped:
    """The article as it came. OtherWords where its bytes read otherwise by now, UnreadableError where not at all."""
    said = {**article.given, "url": article.given_url, "outlet": article.given_outlet}
    scraped = opened(bytes(article.original.content), given=Given.from_dict(said), received_at=article.received_at)
    if scraped.raw_text != article.raw_text:
        raise OtherWords("Our reader makes other words of these bytes by now.")
    return scraped


def keep_original(content: bytes) -> Original:
    """The row that keeps these bytes, made once."""
    digest = hashlib.sha256(content).hexdigest()
    return Original.objects.get_or_create(sha256=digest, defaults={"content": content, "size": len(content)})[0]
