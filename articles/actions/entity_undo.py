"""Taking back what was done to the registry of entities, by a new act."""

from dataclasses import dataclass

from django.contrib.admin.models import DELETION
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.db import transaction

from articles.actions.entity_log import (
    CHANGED_SINCE,
    EntityChange,
    articles_of,
    lock,
    lock_articles,
    log_on,
    take_back,
    write_log,
)
from articles.actions.recording import Person, Refused, check_may
from articles.models import Entity, EntityLogEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What became of an act that was taken back. ``entity`` is None where it was the making of it; ``left``: how many
    rows had been changed since, and stay as they are."""

    entity: Entity | None
    left: int = 0

    @property
    def said(self) -> str:
        if self.entity is None:
            return "Taken back. It is not in the registry any more."
        if not self.left:
            return "Taken back."
        return f"Taken back, but for {self.left} row{'' if self.left == 1 else 's'} that had been changed since."


def can_undo(entry: EntityLogEntry) -> bool:
    """Whether this entry holds changes that nobody took back yet."""
    return "steps" in entry.changes and not hasattr(entry, "undone_by")


@transaction.atomic
def undo(entity: Entity, pk: int, *, by: Person) -> Undone:
    """Set every row that an act touched to what it was. What a merge or a split moved goes back unless it has been
    changed since; any other act is Refused as a whole then."""
    check_may(by, "change_entity")
    entry = entity.log.select_related("undone_by").filter(pk=pk).first()
    if entry is None:
        raise Refused("That is not in the history of this entity.")
    if can_undo(entry):
        touched = lock_articles(articles_of(entry.changes["steps"]))
        change = EntityChange(lock(entity.pk)[entity.pk], by=by)
        # Somebody else may have been quicker, while this one waited.
        entry = EntityLogEntry.objects.select_related("undone_by").get(pk=entry.pk)
    if not can_undo(entry):
        raise Refused("That cannot be undone: it was taken back already, or changed nothing that can be.")
    if entry.changes["of"] != entity.pk:
        raise Refused(CHANGED_SINCE)
    parts = entry.action in {"merge", "split"}
    left = take_back(change, entry.changes["steps"])
    if left and not parts:
        raise Refused(CHANGED_SINCE)
    log_on(touched, by=by, summary=f"took back of {entity}: {entry.summary}")
    if entry.changes.get("created"):
        return _unmake(change)
    summary = f"took back: {entry.summary}{f' ({left} rows had been changed since)' if left else ''}"
    made = write_log(change.entity, by=by, action="undo", summary=summary, change=None if parts else change)
    made.undoes = entry
    if entry.action == "split":
        gone = next(step for step in change.steps if step.get("model") == "entity" and step["after"] is None)
        made.former_slug = gone["before"]["slug"]
    made.save(update_fields=["undoes", "former_slug"])
    return Undone(entity=change.entity, left=left)


def _unmake(change: EntityChange) -> Undone:
    """Take away an entity that was made by mistake. Its history goes with it: the admin's keeps that it was there."""
    entity = change.entity
    if entity.log.exclude(changes={}).count() > 1 or entity.aliases.exists() or entity.offices.exists():
        raise Refused(CHANGED_SINCE)
    if entity.mentions.exists() or entity.attribution.exists():
        raise Refused(f"{entity} has been used since. It can be merged with another entity, but not taken away.")
    AdminLogEntry.objects.log_actions(change.by.pk, [entity], DELETION, change_message="took back that it was added")
    entity.delete()
    return Undone(entity=None)
