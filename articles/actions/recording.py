"""The frame of every action: who may, on which version, what changed, and the log entry that can take it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from articles.actions.learning import remember_names
from articles.actions.remembering import forget_unsupported, remember_decisions
from articles.actions.summary import refresh_summary
from articles.core.workflow import AFTER_EDIT, Status
from articles.models import Article, Field, LogEntry

SUMMARY = ("title", "outlet", "outlet_name", "language", "published", "held_until", "clean_text", "searchable")

type Person = AbstractBaseUser | Any


class Refused(Exception):
    """An action that makes no sense here; the message is a sentence for the editor."""


class NotAllowed(PermissionDenied):
    """The person lacks the permission for this action."""


class Conflict(Exception):
    """Somebody else changed the same thing first. ``row`` is what stands there now, None when it is gone; ``asked`` the
    action that was to be taken back."""

    def __init__(self, message: str, *, row: models.Model | None = None, asked: LogEntry | None = None) -> None:
        super().__init__(message)
        self.row = row
        self.asked = asked


def check_may(by: Person, permission: str) -> None:
    """Raise NotAllowed unless this person holds the permission (a codename on articles)."""
    if not by.has_perm(f"articles.{permission}"):
        raise NotAllowed("Your account does not have the permission for this. Ask an administrator.")


def as_data(row: models.Model) -> dict[str, Any]:
    """A row's columns as JSON can hold them."""
    encoder = DjangoJSONEncoder()
    return {
        field.attname: value
        if isinstance(value, str | int | float | bool | list | dict | None)
        else encoder.default(value)
        for field in row._meta.concrete_fields
        for value in [getattr(row, field.attname)]
    }


class Change:
    """The rows one action touches, checked against the version that its person saw, and what they were before."""

    def __init__(self, article: Article, *, by: Person, seen: int | None) -> None:
        self.article = article
        self.by = by
        self.version = article.version + 1
        self.changes: list[dict[str, Any]] = []
        self.summary = ""
        self.reason = ""
        # What else came of it, in clauses.
        self.told: list[str] = []
        self._seen = seen

    def row[M: models.Model](self, model: type[M], pk: int) -> M:
        """A row of this article; Conflict if it changed after the person saw it, or is gone."""
        found = model._default_manager.filter(article=self.article, pk=pk).first()
        if found is None:
            raise Conflict("This is not there any more: somebody changed it meanwhile.")
        self.check_seen(found)
        return found

    def check_seen(self, row: models.Model) -> None:
        """Conflict if this row changed after the version that the person saw."""
        if self._seen is not None and getattr(row, "version", 0) > self._seen:
            raise Conflict("Somebody changed this after you opened it.", row=row)

    def update(self, row: models.Model, **values: Any) -> bool:
        """Set columns of a row; whether anything changed. A field that nobody fixes any more says what the machine says
        now, which may be news since somebody fixed it."""
        if isinstance(row, Field) and values.get("fixed") is False:
            values |= row.as_found
        before = as_data(row)
        for name, value in values.items():
            setattr(row, name, value)
        after = as_data(row)
        changed = {name for name in after if before[name] != after[name]}
        if not changed:
            return False
        if hasattr(row, "version") and not isinstance(row, Article):
            row.version = self.version
            changed.add("version")
        row.save(update_fields=changed)
        self._note(row, {name: before[name] for name in changed}, {name: as_data(row)[name] for name in changed})
        return True

    def create[M: models.Model](self, model: type[M], **values: Any) -> M:
        if any(field.name == "version" for field in model._meta.concrete_fields):
            values["version"] = self.version
        row = model._default_manager.create(article=self.article, **values)
        self._note(row, None, as_data(row))
        return row

    def delete(self, row: models.Model) -> None:
        self._note(row, as_data(row), None)
        row.delete()

    def restore(self, model: type[models.Model], data: dict[str, Any]) -> None:
        """Bring a deleted row back under its own key."""
        row = model(**{f.attname: f.to_python(data[f.attname]) for f in model._meta.concrete_fields})
        if hasattr(row, "version"):
            row.version = self.version
        row.save(force_insert=True)
        self._note(row, None, as_data(row))

    def touch(self, row: models.Model) -> None:
        """Mark a row as changed although its own columns are not: what hangs on it is."""
        before = as_data(row)["version"]
        row.version = self.version
        row.save(update_fields=["version"])
        self._note(row, {"version": before}, {"version": self.version})

    def _note(self, row: models.Model, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        self.changes.append({"model": row._meta.model_name, "pk": row.pk, "before": before, "after": after})


@contextmanager
def changing(
    article: Article, *, by: Person, action: str, seen: int | None, permission: str = "review_article"
) -> Iterator[Change]:
    """One edit of an article: permission, transaction, status, version, log. ``seen`` is the article's version that the
    person had on screen. Nothing is written and nothing logged when the body changes no row.

    Raises NotAllowed, Refused (an article that cannot be edited) or Conflict.
    """
    check_may(by, permission)
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if Status(locked.status) not in AFTER_EDIT:
            raise Refused(f"This article is {Status(locked.status).label.lower()}. Reopen it before you change it.")
        change = Change(locked, by=by, seen=seen)
        yield change
        if change.changes:
            write_down(change, action=action, status=AFTER_EDIT[Status(locked.status)])
    article.refresh_from_db()


def write_down(change: Change, *, action: str, status: Status, undoes: LogEntry | None = None) -> LogEntry:
    """Move the article to its new version and log the action. Conflict if another action came between."""
    article = change.article
    refresh_summary(article)
    if any(step["model"] == "block" for step in change.changes):
        remember_decisions(article)
    if any(step["model"] == "mention" for step in change.changes):
        remember_names(article, change.changes)
    if any(step["model"] in {"attribution", "field"} for step in change.changes):
        forget_unsupported(article)
    article.status = status
    article.last_editor = change.by
    if article.claim_holds and article.claimed_by_id == change.by.pk:
        article.claimed_until = timezone.now() + timedelta(minutes=settings.CLAIM_MINUTES)
    moved = Article.objects.filter(pk=article.pk, version=article.version).update(
        version=change.version,
        status=status,
        last_editor=change.by,
        claimed_until=article.claimed_until,
        **{name: getattr(article, name) for name in SUMMARY},
    )
    if not moved:
        raise Conflict("Somebody changed this article in the same moment.")
    article.version = change.version
    return LogEntry.objects.create(
        article=article,
        person=change.by,
        action=action,
        summary=change.summary[:500],
        reason=change.reason,
        changes=change.changes,
        version=change.version,
        undoes=undoes,
        at=timezone.now(),
    )
