"""Taking back what was done to the registry of entities, by a new act."""

from dataclasses import dataclass

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
from articles.actions.entity_removing import TAKEN_OUT, take_out, use_of
from articles.actions.naming import one_of_its_name
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
            return "Taken back. It is not in the registry any more, but can be brought back from what was taken out."
        if not self.left:
            return "Taken back."
        return f"Taken back, but for {self.left} row{'' if self.left == 1 else 's'} that had been changed since."


def can_undo(entry: EntityLogEntry) -> bool:
    """Whether this entry holds changes that nobody took back yet."""
    return "steps" in entry.changes and entry.action != TAKEN_OUT and not hasattr(entry, "undone_by")


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
    """Take away an entity that was made by mistake, as long as nobody wrote more on it."""
    if worked_on(change.entity):
        raise Refused(CHANGED_SINCE)
    used = use_of(change.entity)
    if used:
        called = one_of_its_name(change.entity)
        raise Refused(f"{called} has been used since: {used}. Take that back first, or merge it with another entity.")
    take_out(change)
    return Undone(entity=None)


def worked_on(entity: Entity) -> bool:
    """Whether somebody said more of an entity since it was made."""
    said = entity.log.exclude(changes={}).exclude(action=TAKEN_OUT)
    return said.count() > 1 or entity.aliases.exists() or entity.offices.exists()


def unmake(pk: int, *, by: Person) -> str:
    """Take away an entity that an action on an article made, now that the action is taken back. Why it stays, as a clause;
    empty where it went. The caller holds a transaction."""
    entity = lock(pk)[pk]
    why = "somebody wrote more on it since" if worked_on(entity) else use_of(entity)
    if not why:
        take_out(EntityChange(entity, by=by))
    return why
