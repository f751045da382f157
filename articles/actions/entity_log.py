"""The frame of every act on the registry of entities: who may, what changed, and the log entry that can take it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from articles.actions.recording import Person, Refused, as_data, check_may
from articles.models import Article, Entity, EntityLogEntry, LogEntry, Mention

GONE = "That entity is not in the registry any more: somebody merged it or took it away meanwhile."
CHANGED_SINCE = "What it changed has been changed again since. Undo the later act first."
# Keys in one question to the database.
MANY = 5000

type Step = dict[str, Any]


class EntityChange:
    """The rows that one act touches. ``steps`` say what they were, for undoing, each in one of three shapes:
    ``{model, pk, before, after}`` of a row, ``{model, column, pks, before, after}`` of rows that lead elsewhere, and
    ``{apart: [one, two], said}`` of two entities that are not the same, or may be again."""

    def __init__(self, entity: Entity, *, by: Person) -> None:
        self.entity = entity
        self.by = by
        self.steps: list[Step] = []
        self.summary = ""
        self.more: dict[str, Any] = {}

    def update(self, row: models.Model, **values: Any) -> bool:
        """Set columns of a row; whether anything changed."""
        before = as_data(row)
        for name, value in values.items():
            setattr(row, name, value)
        checked(row)
        changed = {name for name, value in as_data(row).items() if before[name] != value}
        if not changed:
            return False
        row.save(update_fields=changed | ({"key"} if "name" in changed and hasattr(row, "key") else set()))
        now = as_data(row)
        self._note(row, {name: before[name] for name in changed}, {name: now[name] for name in changed})
        return True

    def create[M: models.Model](self, model: type[M], **values: Any) -> M:
        row = model(**values)
        checked(row)
        row.save(force_insert=True)
        self._note(row, None, as_data(row))
        return row

    def delete(self, row: models.Model) -> None:
        self._note(row, as_data(row), None)
        row.delete()

    def restore(self, model: type[models.Model], data: dict[str, Any]) -> None:
        """Bring a deleted row back under its own key."""
        row = model(
            **{f.attname: f.to_python(data[f.attname]) for f in model._meta.concrete_fields if f.attname in data}
        )
        row.save(force_insert=True)
        self._note(row, None, as_data(row))

    def move(self, rows: models.QuerySet[Any], column: str, before: Any, after: Any) -> int:
        """Let rows that say ``before`` in this column say ``after``; how many did."""
        keys = list(rows.filter(**{column: before}).order_by("pk").values_list("pk", flat=True))
        for at in range(0, len(keys), MANY):
            rows.model._default_manager.filter(pk__in=keys[at : at + MANY]).update(**{column: after})
        if keys:
            name = rows.model._meta.model_name
            self.steps.append({"model": name, "column": column, "pks": keys, "before": before, "after": after})
        return len(keys)

    def tell_apart(self, one: Entity, two: Entity, *, said: bool = True) -> bool:
        """Say that two entities are not the same, or (``said`` False) that they may be; whether that is news."""
        if one.distinct_from.filter(pk=two.pk).exists() == said:
            return False
        (one.distinct_from.add if said else one.distinct_from.remove)(two)
        self.steps.append({"apart": [one.pk, two.pk], "said": said})
        return True

    def _note(self, row: models.Model, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        self.steps.append({"model": row._meta.model_name, "pk": row.pk, "before": before, "after": after})


def checked(row: models.Model) -> None:
    """Refused, in a sentence, where the columns of a row hold what they may not."""
    try:
        row.full_clean(validate_constraints=True)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None


def lock(*keys: int) -> dict[int, Entity]:
    """These entities, locked in the order of their keys; Refused where one is gone. The caller holds a transaction, and
    has locked the articles that it will touch."""
    rows = {row.pk: row for row in Entity.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if set(rows) != set(keys):
        raise Refused(GONE)
    return rows


def lock_articles(articles: models.QuerySet[Article]) -> list[Article]:
    """Articles, locked in the order of their keys, as every action on an article locks its own."""
    return list(articles.select_for_update(of=("self",)).order_by("pk").only("pk", "version"))


@contextmanager
def rewriting(entity: Entity, *, by: Person, action: str, permission: str = "change_entity") -> Iterator[EntityChange]:
    """One act on an entity: permission, transaction, lock, log. Nothing is logged when the body changes no row."""
    check_may(by, permission)
    with transaction.atomic():
        change = EntityChange(lock(entity.pk)[entity.pk], by=by)
        yield change
        if change.steps:
            write_log(change.entity, by=by, action=action, summary=change.summary, change=change)
    entity.refresh_from_db()


def write_log(
    entity: Entity, *, by: Person, action: str, summary: str, change: EntityChange | None = None, **more: Any
) -> EntityLogEntry:
    # ``of``: where it can be undone. The history of what is merged moves on; its acts wait until the merge is undone.
    changes = {"of": entity.pk, "steps": change.steps, **change.more} if change else {}
    return EntityLogEntry.objects.create(
        entity=entity, person=by, action=action, summary=summary[:500], changes=changes, **more
    )


def log_on(articles: list[Article], *, by: Person, summary: str) -> None:
    """Say in the history of articles what an act on the registry did to their tags."""
    LogEntry.objects.bulk_create(
        LogEntry(article=article, person=by, action="entity", summary=summary[:500], version=article.version)
        for article in articles
    )


def articles_of(steps: list[Step]) -> models.QuerySet[Article]:
    """The articles whose tags or authors these steps moved."""
    keys: dict[str, list[int]] = {"mention": [], "attribution": []}
    for step in steps:
        if step.get("model") in keys:
            keys[step["model"]] += step.get("pks", [step.get("pk")])
    tagged = models.Q(mentions__in=keys["mention"]) | models.Q(attribution__in=keys["attribution"])
    found = Article.objects.filter(tagged).order_by().values("pk") if any(keys.values()) else []
    return Article.objects.filter(pk__in=found)


def take_back(change: EntityChange, steps: list[Step]) -> int:
    """Set what these steps changed to what it was, the last first; how many rows have moved on since and stay."""
    return sum(_step_back(change, step) for step in reversed(steps))


def _step_back(change: EntityChange, step: Step) -> int:
    if "apart" in step:
        pair = Entity.objects.in_bulk(step["apart"])
        return int(len(pair) < 2 or not change.tell_apart(*pair.values(), said=not step["said"]))
    model = apps.get_model("articles", step["model"])
    if "pks" in step:
        moved = 0
        for at in range(0, len(step["pks"]), MANY):
            rows = model._default_manager.filter(pk__in=step["pks"][at : at + MANY])
            moved += change.move(rows, step["column"], step["after"], step["before"])
        return len(step["pks"]) - moved
    return _row_back(change, model, step)


def _row_back(change: EntityChange, model: type[models.Model], step: Step) -> int:
    before, after = step["before"], step["after"]
    row = model._default_manager.filter(pk=step["pk"]).first()
    if after is None:
        try:
            with transaction.atomic():
                change.restore(model, before)
        except IntegrityError:
            return 1
        return 0
    if row is None or any(as_data(row)[name] != value for name, value in after.items() if name != "key"):
        return int(row is not None or before is not None)
    if before is None:
        _delete(change, row)
        return 0
    columns = {field.attname: field for field in model._meta.concrete_fields}
    change.update(row, **{name: columns[name].to_python(value) for name, value in before.items()})
    return 0


def _delete(change: EntityChange, row: models.Model) -> None:
    """Delete a row that an act made. The history of an entity stays, with the one that it came from."""
    if isinstance(row, Entity) and row.pk != change.entity.pk:
        row.log.update(entity=change.entity)
    try:
        with transaction.atomic():
            change.delete(row)
    except models.ProtectedError:
        mine = Mention.objects.filter(entity=row).values("article").distinct().count()
        raise Refused(
            f"{row} has been used since, in tags of {mine} article{'' if mine == 1 else 's'} or as an author. "
            "It can be merged with another entity, but not taken away."
        ) from None
