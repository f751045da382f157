"""Reading an article of the desk again, with what the desk knows now."""

from django.db import transaction

from articles.actions.recording import Person, check_may
from articles.actions.summary import refresh_summary
from articles.core.formats import open_bytes
from articles.core.reading import read
from articles.core.values import Memory
from articles.intake.storing import store_reading
from articles.models import Article, LogEntry


def reread(article: Article, *, memory: Memory, by: Person | None = None) -> bool:
    """Read again; whether anything about the clean text changed. What people decided stays; ``by`` None: the machine.

    An approved article is read again too: what is in public is a snapshot and does not move.
    """
    if by is not None:
        check_may(by, "review_article")
    scraped = open_bytes(
        bytes(article.original.content),
        url=article.given_url,
        outlet=article.given_outlet,
        received_at=article.received_at,
    )
    if scraped.raw_text != article.raw_text:
        # The decoder has learned something since; offsets belong to the text as it was first read.
        return False
    reading = read(scraped, memory)
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        locked.version += 1
        store_reading(locked, reading)
        refresh_summary(locked)
        locked.save()
        LogEntry.objects.create(
            article=locked, person=by, action="reread", summary="read it again", version=locked.version
        )
    changed = locked.clean_text != article.clean_text
    article.refresh_from_db()
    return changed
