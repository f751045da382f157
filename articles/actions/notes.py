"""Notes on an article, and the questions that an editor waves through."""

from django.db import transaction

from articles.actions.recording import Person, Refused, changing, check_may
from articles.models import Article, Flag, LogEntry, Note


@transaction.atomic
def add_note(article: Article, *, text: str, by: Person) -> Note:
    """Leave a note for the others. Notes may be left on any article, whatever its status."""
    check_may(by, "review_article")
    text = text.strip()
    if not text:
        raise Refused("The note is empty.")
    if len(text) > 5000:
        raise Refused(f"The note has {len(text)} characters; 5000 is the most.")
    note = Note.objects.create(article=article, author=by, text=text)
    LogEntry.objects.create(
        article=article, person=by, action="add_note", summary="left a note", version=article.version
    )
    return note


def dismiss_flag(article: Article, pk: int, *, by: Person, seen: int) -> Flag:
    """Say that what a flag asks about is fine as it is."""
    with changing(article, by=by, action="dismiss_flag", seen=seen) as change:
        flag = change.row(Flag, pk)
        change.update(flag, dismissed=True, dismissed_by=by)
        change.summary = f"found “{flag.about.label.lower()}” to be fine"
    return flag
