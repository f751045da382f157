"""Taking an action back, by a new action."""

from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from articles.actions.recording import Change, Person, Refused, as_data, check_may, write_down
from articles.core.workflow import AFTER_EDIT, TRANSITIONS, Status
from articles.models import Article, LogEntry

CHANGED_SINCE = "What it changed has been changed again since. Undo the later action first."


def can_undo(entry: LogEntry) -> bool:
    """Whether this entry holds changes that nobody took back yet."""
    return bool(entry.changes) and not hasattr(entry, "undone_by") and entry.action not in TRANSITIONS


def undo(article: Article, pk: int, *, by: Person) -> LogEntry:
    """Set every row that an action touched to what it was. Refused where a row has moved on since."""
    check_may(by, "review_article")
    try:
        with transaction.atomic():
            return _undo(article, pk, by=by)
    except IntegrityError:
        raise Refused(CHANGED_SINCE) from None


def _undo(article: Article, pk: int, *, by: Person) -> LogEntry:
    locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    entry = LogEntry.objects.filter(article=article, pk=pk).select_related("undone_by").first()
    if entry is None:
        raise Refused("That action is not in the history of this article.")
    if not can_undo(entry):
        raise Refused("That action cannot be undone: it was taken back already, or changed nothing that can be.")
    if Status(locked.status) not in AFTER_EDIT:
        raise Refused(f"This article is {Status(locked.status).label.lower()}. Reopen it before you change it.")
    change = Change(locked, by=by, seen=None)
    for step in reversed(entry.changes):
        _step_back(change, apps.get_model("articles", step["model"]), step)
    change.summary = f"took back: {entry.summary}"
    return write_down(change, action="undo", status=AFTER_EDIT[Status(locked.status)], undoes=entry)


def _step_back(change: Change, model: type[models.Model], step: dict[str, Any]) -> None:
    before, after = step["before"], step["after"]
    if after is None:
        change.restore(model, before)
        return
    row = model._default_manager.filter(article=change.article, pk=step["pk"]).first()
    if row is None or not _still(row, after):
        raise Refused(CHANGED_SINCE)
    if before is None:
        change.delete(row)
        return
    columns = {field.attname: field for field in model._meta.concrete_fields}
    values = {name: columns[name].to_python(value) for name, value in before.items() if name != "version"}
    if not change.update(row, **values):
        change.touch(row)


def _still(row: models.Model, after: dict[str, Any]) -> bool:
    """Whether the columns that the action set still say what it set."""
    now = as_data(row)
    return all(now[name] == value for name, value in after.items() if name != "version")
