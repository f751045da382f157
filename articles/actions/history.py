"""Taking an action back, by a new action."""

from bisect import bisect_right
from contextlib import nullcontext
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from articles.actions.attribution import outlet_named
from articles.actions.entity_removing import bring_back, removal_of
from articles.actions.entity_undo import unmake
from articles.actions.naming import one_of_its_name
from articles.actions.recording import Change, Conflict, Person, Refused, as_data, check_may, write_down
from articles.core.edits import EditError
from articles.core.workflow import AFTER_EDIT, TRANSITIONS, Status
from articles.models import Article, Attribution, Edit, Entity, LogEntry

CHANGED_SINCE = "What it changed has been changed again since. Undo the later action first."
# What the machine says beside a person's decision: reading again may change it, and no action is about it. Which outlet
# a name means is for the registry to say, which may have changed since.
MACHINE = {"version", "found_kind", "found_reason", "found", "outlet_id"}


def can_undo(entry: LogEntry) -> bool:
    """Whether this entry holds changes that nobody took back yet."""
    return bool(entry.changes) and not hasattr(entry, "undone_by") and entry.action not in TRANSITIONS


def is_one_back(entry: LogEntry) -> bool:
    """Whether the key that undoes the last action would stop at this entry: it goes back over what was taken back."""
    return can_undo(entry) and entry.action != "undo"


def undo(article: Article, pk: int, *, partly: bool = False, only_last: bool = False, by: Person) -> LogEntry:
    """Set every row that an action touched to what it was. Refused where a row has moved on since; with ``partly``, for
    an action whose rows are each for themselves, such a row stays as it is, unless all would. ``only_last`` is for who
    asked for the last action to be undone and chose none: Conflict where another came after it."""
    check_may(by, "review_article")
    try:
        with transaction.atomic():
            return _undo(article, pk, partly=partly, only_last=only_last, by=by)
    except (IntegrityError, EditError):
        raise Refused(CHANGED_SINCE) from None


def _undo(article: Article, pk: int, *, partly: bool, only_last: bool, by: Person) -> LogEntry:
    locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    entry = LogEntry.objects.filter(article=article, pk=pk).select_related("undone_by").first()
    if entry is None:
        raise Refused("That action is not in the history of this article.")
    if not can_undo(entry):
        raise Refused("That action cannot be undone: it was taken back already, or changed nothing that can be.")
    if Status(locked.status) not in AFTER_EDIT:
        raise Refused(f"This article is {Status(locked.status).label.lower()}. Reopen it before you change it.")
    later = locked.log.filter(pk__gt=entry.pk).select_related("undone_by") if only_last else []
    newest = next((other for other in later if is_one_back(other)), None)
    if newest is not None:
        raise Conflict("Something else was done since: this is not the last action any more.", row=newest, asked=entry)
    change = Change(locked, by=by, seen=None)
    left = _steps_back(change, entry.changes, partly=partly)
    _check_ledger(locked, {step["pk"] for step in change.changes if step["model"] == "edit" and step["after"]})
    change.summary = f"took back: {entry.summary}" + (f", but for {left} changed since" if left else "")
    change.summary = "; ".join([change.summary[:400], *change.told])
    made = write_down(change, action="undo", status=AFTER_EDIT[Status(locked.status)], undoes=entry)
    # An edit that was taken back makes nobody the last editor.
    Article.objects.filter(pk=locked.pk).update(last_editor=_last_editor(locked))
    return made


def _last_editor(article: Article) -> Person | None:
    """Who made the last change that still stands; taking a change back is no change, taking that back again is one."""
    for entry in article.log.exclude(changes=[]).select_related("person", "undoes", "undone_by"):
        redone = entry.undoes is not None and entry.undoes.undoes is not None
        if not hasattr(entry, "undone_by") and (entry.undoes is None or redone):
            return entry.person
    return None


def _steps_back(change: Change, steps: list[dict[str, Any]], *, partly: bool) -> int:
    """Take all steps back, the last first; how many were left as they are."""
    left = 0
    for step in reversed(steps):
        try:
            with transaction.atomic() if partly else nullcontext():
                _step_back(change, apps.get_model("articles", step["model"]), step)
        except (Refused, IntegrityError):
            if not partly:
                raise
            left += 1
    if left and not change.changes:
        raise Refused(CHANGED_SINCE)
    return left


def _step_back(change: Change, model: type[models.Model], step: dict[str, Any]) -> None:
    before, after = step["before"], step["after"]
    if model is Entity:
        _entity_back(change, step)
        return
    if after is None:
        if model is Edit and _stands(change.article, before):
            return
        change.restore(model, before | _outlet_now(model, before.get("name")) | _entity_now(before))
        return
    row = model._default_manager.filter(article=change.article, pk=step["pk"]).first()
    if row is None or not _still(row, after):
        raise Refused(CHANGED_SINCE)
    if before is None:
        change.delete(row)
        return
    columns = {field.attname: field for field in model._meta.concrete_fields}
    values = {name: columns[name].to_python(value) for name, value in before.items() if name != "version"}
    # Where the machine has said something else since, that stays.
    now = as_data(row)
    for name in MACHINE & values.keys():
        if now[name] != after[name]:
            del values[name]
    values |= _outlet_now(model, values.get("name", now.get("name"))) | _entity_now(values)
    if not change.update(row, **values):
        change.touch(row)


def _entity_back(change: Change, step: dict[str, Any]) -> None:
    """An entity that an action made goes with it, unless it is used by now; one that went so comes back."""
    pk, made = step["pk"], step["before"] is None
    entity = Entity.objects.filter(pk=pk).first()
    if made and entity is not None:
        called = one_of_its_name(entity)
        why = unmake(pk, by=change.by)
        change.told.append(
            f"{called} stays in the registry: {why}" if why else f"{called} is not in the registry any more"
        )
        if why:
            return
    elif not made and entity is None:
        gone = removal_of(pk)
        if gone is None:
            raise Refused(CHANGED_SINCE)
        entity, _ = bring_back(gone.pk, by=change.by)
        change.told.append(f"{one_of_its_name(entity)} is in the registry again")
    else:
        return
    change.changes.append({"model": "entity", "pk": pk, "before": step["after"], "after": step["before"]})


def _outlet_now(model: type[models.Model], name: str | None) -> dict[str, Any]:
    """The outlet that a link's name leads to now."""
    if model is not Attribution:
        return {}
    outlet = outlet_named(name or "")
    return {"outlet_id": outlet.pk if outlet else None}


def _entity_now(values: dict[str, Any]) -> dict[str, Any]:
    """What the entity of a tag or a link is now: it may have been merged since."""
    pk = values.get("entity_id")
    return {"entity_id": Entity.objects.now(pk)} if pk else {}


def _still(row: models.Model, after: dict[str, Any]) -> bool:
    """Whether the columns that the action set still say what it set."""
    now = as_data(row)
    after = after | _entity_now(after)
    return all(now[name] == value for name, value in after.items() if name not in MACHINE)


def _stands(article: Article, data: dict[str, Any]) -> bool:
    """Whether the machine made this very edit again, when it read the article again."""
    same = {name: data[name] for name in ("start", "end", "replacement", "by")}
    return data["by"] == "machine" and article.edits.filter(**same).exists()


def _check_ledger(article: Article, restored: set[int]) -> None:
    """Refuse to leave raw covered twice or not at all, or an edit of a person, or one that came back, in no one block
    or upon another by the same hand."""
    blocks = sorted((block.start, block.end) for block in article.blocks.all())
    starts, ends = [start for start, _ in blocks], [end for _, end in blocks]
    if [0, *ends] != [*starts, len(article.raw_text)]:
        raise Refused(CHANGED_SINCE)
    reached: dict[str, tuple[int, bool]] = {}
    for edit in article.edits.order_by("start", "end"):
        own = edit.by == "person" or edit.pk in restored
        end, before_own = reached.get(edit.by, (0, False))
        if edit.start < end and (own or before_own):
            raise Refused(CHANGED_SINCE)
        if own and edit.end > ends[bisect_right(starts, edit.start) - 1]:
            raise Refused(CHANGED_SINCE)
        reached[edit.by] = max((end, before_own), (edit.end, own))
