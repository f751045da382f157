"""Reading an article of the desk again, with what the desk knows now."""

from django.db import transaction

from articles.actions.recording import Conflict, Person, Refused, check_may
from articles.actions.summary import refresh_summary
from articles.core.formats import open_bytes
from articles.core.values import Memory
from articles.core.workflow import AFTER_EDIT, WAITING, Status
from articles.intake.remembering import read_recalling
from articles.intake.storing import store_reading
from articles.models import Article, LogEntry


def reread(article: Article, *, memory: Memory, by: Person | None = None, seen: int | None = None) -> bool:
    """Read again; whether anything about the clean text changed. What people decided stays; ``by`` None: the machine.

    For a person this is an edit like any other: Refused where the status allows none, and an approved article goes back
    to review. The machine by itself leaves alone what is approved, rejected or retracted. ``seen`` is the version that
    the person had on screen: Conflict if others changed the article since.
    """
    if by is not None:
        check_may(by, "review_article")
    if not _open(article, by=by):
        return False
    scraped = open_bytes(
        bytes(article.original.content),
        url=article.given_url,
        outlet=article.given_outlet,
        received_at=article.received_at,
    )
    if scraped.raw_text != article.raw_text:
        # The decoder has learned something since; offsets belong to the text as it was first read.
        if by is not None:
            raise Refused(
                "Our reader makes other words of these bytes by now; this article stays as it was first read."
            )
        return False
    reading = read_recalling(scraped, memory, article=article).reading
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if not _open(locked, by=by):
            return False
        if seen is not None and locked.log.filter(version__gt=seen).exclude(person=by).exists():
            raise Conflict("The article was changed after you opened it. Look at it again first.", row=locked)
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


def _open(article: Article, *, by: Person | None) -> bool:
    """Whether it may be read again as it stands now; Refused where a person asks and the status allows no edit."""
    status = Status(article.status)
    if by is None:
        return status in WAITING
    if status not in AFTER_EDIT:
        raise Refused(f"This article is {status.label.lower()}. Reopen it before you change it.")
    return True
