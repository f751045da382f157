"""The bytes of an article, opened again as they were opened the first time."""

from articles.core.formats import UnreadableError, open_bytes
from articles.core.values import Scraped
from articles.models import Article


class OtherWords(UnreadableError):
    """The decoder has learned something since; the article's offsets belong to the text as it was first read."""


def reopened(article: Article) -> Scraped:
    """The article as it came. OtherWords where its bytes read otherwise by now, UnreadableError where not at all."""
    scraped = open_bytes(
        bytes(article.original.content),
        url=article.given_url,
        outlet=article.given_outlet,
        received_at=article.received_at,
    )
    if scraped.raw_text != article.raw_text:
        raise OtherWords("Our reader makes other words of these bytes by now.")
    return scraped
