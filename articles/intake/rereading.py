"""Reading an article of the desk again, with what the desk knows now."""

from django.db import transaction

from articles.actions.recording import Person, Refused, check_may
from articles.actions.summary import refresh_summary
from articles.core.formats import open_bytes
from articles.core.reading import read
from articles.core.values import Memory
from articles.core.workflow import AFTER_EDIT, WAITING, Status
from articles.intake.storing import store_reading
from articles.models import Article, LogEntry


def reread(article: Article, *, memory: Memory, by: Person | None = None) -> bool:
    """Read again; whether anything about the clean text changed. What people decided stays; ``by`` None: the machine.

    For a person this is an edit like any other: Refused where the status allows none, and an approved article goes back
    to review. The machine by itself leaves alone what is approved, rejected or retracted.
    """
    status = Status(article.status)
    if by is not None:
        check_may(by, "review_article")
        if status not in AFTER_EDIT:
            raise Refused(f"This article is {status.label.lower()}. Reopen it before you change it.")
    elif status not in WAITING:
        return False
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
        if by is not None:
            locked.status, locked.last_editor = AFTER_EDIT[Status(locked.status)], by
        locked.save()
        LogEntry.objects.create(
            article=locked, person=by, action="reread", summary="read it again", version=locked.version
        )
    changed = locked.clean_text != article.clean_text
    article.refresh_from_db()
    return changed
