"""Taking out of the registry what nothing uses any more, and bringing it back."""

from django.db import IntegrityError, transaction

from articles.actions.entity_log import EntityChange, articles_of, lock, lock_articles, log_on, take_back, write_log
from articles.actions.naming import count_articles, one_of_its_name
from articles.actions.recording import Person, Refused, check_may
from articles.models import Article, Attribution, Entity, EntityLogEntry, Mention, PublishedTag

TAKEN_OUT = "remove"


def use_of(entity: Entity) -> str:
    """What keeps an entity in the registry, as a clause; empty where nothing does. That the machine suggests it is no
    use."""
    decided = Mention.objects.filter(entity=entity).exclude(state="suggested")
    tagged = decided.order_by().values("article").distinct().count()
    signed = Attribution.objects.filter(entity=entity).order_by().values("article").distinct().count()
    if entity.shipped:
        return "it came with Newsroom"
    if tagged:
        return f"tags of {count_articles(tagged)} lead to it"
    if signed:
        return f"{count_articles(signed)} {'is' if signed == 1 else 'are'} signed by it"
    if PublishedTag.objects.filter(slug__in=entity.slugs).exists():
        return "what was published names it"
    return "it is a country with a government" if entity.governments.exists() else ""


def remove_entity(entity: Entity, *, by: Person) -> EntityLogEntry:
    """Take an entity out of the registry; Refused where something uses it. It can be brought back."""
    check_may(by, "change_entity")
    with transaction.atomic():
        lock_articles(Article.objects.filter(pk__in=Mention.objects.filter(entity=entity).order_by().values("article")))
        return take_out(EntityChange(lock(entity.pk)[entity.pk], by=by))


def take_out(change: EntityChange) -> EntityLogEntry:
    """Delete the entity of a change with all that is said of it; the caller holds its lock. Its history waits without it,
    and no other gets its address."""
    entity, pk, called = change.entity, change.entity.pk, one_of_its_name(change.entity)
    used = use_of(entity)
    if used:
        raise Refused(f"{called} stays in the registry, since {used}. It can be merged with another entity.")
    for other in entity.distinct_from.order_by("pk"):
        change.tell_apart(entity, other, said=False)
    for row in (*entity.aliases.all(), *entity.offices.all()):
        change.delete(row)
    for model in (Mention, EntityLogEntry):
        change.move(model._default_manager.all(), "entity_id", pk, None)
    slug = entity.slug
    change.delete(entity)
    return EntityLogEntry.objects.create(
        entity=None, person=change.by, action=TAKEN_OUT, summary=f"took {called} out of the registry"[:500],
        changes={"of": pk, "steps": change.steps}, former_slug=slug,
    )  # fmt: skip


def bring_back(pk: int, *, by: Person) -> tuple[Entity, int]:
    """Undo that an entity was taken out, by the key of that entry: the entity, and how many rows that led to it lead
    elsewhere since."""
    check_may(by, "change_entity")
    with transaction.atomic():
        found = EntityLogEntry.objects.filter(pk=pk, action=TAKEN_OUT).first()
        touched = lock_articles(articles_of(found.changes["steps"])) if found else []
        entry = EntityLogEntry.objects.select_for_update().filter(pk=pk, action=TAKEN_OUT, entity=None).first()
        if entry is None:
            raise Refused("It is in the registry again: somebody brought it back already.")
        return _bring_back(entry, touched, by=by)


def removal_of(pk: int) -> EntityLogEntry | None:
    """The entry by which the entity of this key was taken out, while it is out."""
    return EntityLogEntry.objects.filter(action=TAKEN_OUT, entity=None, changes__of=pk).first()


def _bring_back(entry: EntityLogEntry, touched: list[Article], *, by: Person) -> tuple[Entity, int]:
    change = EntityChange(Entity(), by=by)
    try:
        with transaction.atomic():
            left = take_back(change, entry.changes["steps"])
    except IntegrityError:
        left = 0
    entity = Entity.objects.filter(pk=entry.changes["of"]).first()
    if entity is None:
        raise Refused("It cannot be brought back: another entity has its address or its Wikidata id by now.")
    EntityLogEntry.objects.filter(pk=entry.pk).update(entity=entity)
    made = write_log(entity, by=by, action="bring_back", summary="brought it back into the registry")
    made.undoes = entry
    made.save(update_fields=["undoes"])
    log_on(touched, by=by, summary=f"brought {one_of_its_name(entity)} back into the registry")
    return entity, left
