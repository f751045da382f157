"""What people do to the registry of entities: add one, name it, describe it, tell it apart, split it."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.text import slugify

from articles.actions.entity_log import (
    EntityChange,
    checked,
    lock,
    lock_articles,
    log_on,
    rewriting,
    write_log,
)
from articles.actions.naming import (
    count_articles,
    count_of,
    count_tags,
    listed,
    one_of_its_name,
    share,
    written,
)
from articles.actions.recording import Person, Refused, check_may
from articles.core.folding import key
from articles.models import Article, Attribution, Entity, EntityAlias, EntityLogEntry, Mention, Office, PublishedTag
from articles.models.entities import ENTITY_TYPES
from articles.models.keys import entity_key

TYPES = dict(ENTITY_TYPES)
# Words of our own addresses beneath /entities/.
RESERVED = {"new"}
DETAILS = ("description", "country", "wikidata", "notes")


def nameless_tags(*, hidden: Collection[int] = ()) -> QuerySet[Mention]:
    """Tags that a person confirmed and that lead to nobody: ``surface``, ``type``, on how many articles (``count``);
    without those of ``hidden`` articles."""
    named = Mention.objects.filter(state="confirmed", entity=None).exclude(article__in=hidden)
    rows = named.order_by().values("surface", "type")
    return rows.annotate(count=Count("article", distinct=True)).order_by("-count", "surface", "type")


def tagged_so(surface: str, type: str) -> QuerySet[Mention]:  # noqa: A002
    """The tags of nobody on these words."""
    return Mention.objects.filter(state="confirmed", entity=None, surface=surface, type=type)


@transaction.atomic
def create_entity(
    *,
    name: str,
    type: str,  # noqa: A002
    details: dict[str, str] | None = None,
    surface: str = "",
    articles: Iterable[int] = (),
    different: bool = False,
    by: Person,
) -> Entity:
    """Add an entity, and let the tags on the words ``surface`` in these articles lead to it. One that bears the name of
    others of its type is Refused, unless somebody says that it is ``different``; it is remembered apart from them."""
    check_may(by, "add_entity")
    name = written(name)
    if type not in TYPES:
        raise Refused("Choose person, organisation, place or event.")
    tags = tagged_so(surface, type).filter(article__in=list(articles))
    touched = lock_articles(Article.objects.filter(pk__in=tags.order_by().values("article")))
    homonyms = list(Entity.objects.going_by(name).filter(type=type).order_by("pk"))
    if homonyms and not different:
        are = "are" if len(homonyms) > 1 else "is"
        raise Refused(f"{listed(homonyms)} {are} in the registry by this name already. Say that this one is different.")
    details = {field: value.strip() for field, value in (details or {}).items() if field in DETAILS}
    check_wikidata(details.get("wikidata", ""))
    new = Entity(name=name, slug=free_slug(name), type=type, **details)
    checked(new)
    new.save(force_insert=True)
    change = EntityChange(new, by=by)
    for other in homonyms:
        change.tell_apart(new, other)
    linked = change.move(tags, "entity_id", None, new.pk)
    said = f"added it{f', named by {count_tags(linked)} of {count_articles(len(touched))}' if linked else ''}"
    change.more = {"created": True}
    write_log(new, by=by, action="add", summary=said, change=change)
    log_on(touched, by=by, summary=f"added “{name}” to the registry; the tags “{surface}” lead to it")
    return new


@transaction.atomic
def lead_tags(entity: Entity, *, surface: str, articles: Iterable[int], by: Person) -> int:
    """Say that the tags on these words, which lead to nobody, mean a known entity; it goes by that name too. How many."""
    check_may(by, "change_entity")
    tags = tagged_so(surface, entity.type).filter(article__in=list(articles))
    touched = lock_articles(Article.objects.filter(pk__in=tags.order_by().values("article")))
    with rewriting(entity, by=by, action="link") as change:
        linked = change.move(tags, "entity_id", None, change.entity.pk)
        if not linked:
            raise Refused(f"No tag on “{surface}” as {TYPES[entity.type].lower()} waits for a name in these articles.")
        name = written(surface)
        if key(name) not in map(key, change.entity.names):
            change.create(EntityAlias, entity=change.entity, name=name)
        change.summary = f"is meant by {count_tags(linked)} “{surface}” of {count_articles(len(touched))}"
        log_on(touched, by=by, summary=f"said that the tags “{surface}” mean {one_of_its_name(change.entity)}")
    return linked


def check_wikidata(wikidata: str, *, but: int = 0) -> None:
    """Refused where another entity has this Wikidata id: they are the same."""
    other = Entity.objects.filter(wikidata=wikidata).exclude(pk=but).first() if wikidata else None
    if other is not None:
        raise Refused(f"{other} has the Wikidata id {wikidata}. If they are the same, merge them.")


def rename_entity(entity: Entity, *, name: str, shared: bool = False, by: Person) -> None:
    """Give it another name; it keeps its address, and the old name as an alias, unless only capitals or accents differ.
    NameTaken where another bears the name, unless somebody says that it is ``shared``."""
    name = written(name)
    with rewriting(entity, by=by, action="rename") as change:
        was = change.entity.name
        if name == was:
            raise Refused("That is its name.")
        share(change, name, shared=shared)
        for alias in change.entity.aliases.filter(key=entity_key(name)):
            change.delete(alias)
        change.update(change.entity, name=name)
        if entity_key(was) not in map(entity_key, change.entity.names):
            change.create(EntityAlias, entity=change.entity, name=was)
        change.summary = f"renamed it from “{was}” to “{name}”"


def add_alias(entity: Entity, *, name: str, language: str = "", shared: bool = False, by: Person) -> None:
    """Say that it goes by another name too. NameTaken where another bears the name, unless somebody says that it is
    ``shared``."""
    name = written(name)
    with rewriting(entity, by=by, action="alias") as change:
        if name in change.entity.names:
            raise Refused(f"{change.entity} goes by “{name}” already.")
        same = next((known for known in change.entity.names if entity_key(known) == entity_key(name)), "")
        if same:
            raise Refused(
                f"{change.entity} goes by “{same}” already: capitals, accents and hyphens make no other name."
            )
        share(change, name, shared=shared)
        change.create(EntityAlias, entity=change.entity, name=name, language=language.strip())
        change.summary = f"goes by “{name}” too"


def remove_alias(entity: Entity, pk: int, *, by: Person) -> None:
    """Say that it does not go by this name. Tags that lead to it stay."""
    with rewriting(entity, by=by, action="unalias") as change:
        alias = change.entity.aliases.filter(pk=pk).first()
        if alias is None:
            raise Refused("That name is not there any more: somebody took it away already.")
        change.delete(alias)
        change.summary = f"does not go by “{alias.name}”"


@transaction.atomic
def change_type(entity: Entity, *, type: str, by: Person) -> None:  # noqa: A002
    """Say that it is of another type. Tags of it that said the old type say the new one: they name the same thing."""
    if type not in TYPES:
        raise Refused("Choose person, organisation, place or event.")
    lock_articles(Article.objects.filter(pk__in=Mention.objects.filter(entity=entity).order_by().values("article")))
    with rewriting(entity, by=by, action="type") as change:
        was = change.entity.type
        if type == was:
            raise Refused(f"It is of that type: {TYPES[was].lower()}.")
        governs = change.entity.governs if type == "organisation" else None
        change.update(change.entity, type=type, governs=governs)
        mentions = Mention.objects.filter(entity=change.entity, type=was)
        for mention in mentions.order_by("pk"):
            twin = Mention.objects.filter(
                article=mention.article_id, start=mention.start, end=mention.end, type=type
            ).first()
            if twin is not None:
                # Somebody tagged these words as both: the tag of the right type takes over.
                change.update(twin, entity=change.entity, state=mention.state, candidate="")
                change.update(mention, entity=None, state="rejected", reason=f"tagged as {TYPES[type].lower()} too")
        moved = change.move(mentions, "type", was, type)
        change.summary = f"is of the type {TYPES[type].lower()}, not {TYPES[was].lower()}: {count_tags(moved)} follow"


def describe_entity(entity: Entity, *, by: Person, **details: str) -> None:
    """Set description, country, Wikidata id, notes."""
    with rewriting(entity, by=by, action="describe") as change:
        values = {name: value.strip() for name, value in details.items() if name in DETAILS}
        check_wikidata(values.get("wikidata", ""), but=change.entity.pk)
        before = {name: getattr(change.entity, name) for name in values}
        change.update(change.entity, **values)
        news = [name for name, value in values.items() if before[name] != value]
        said = [f"{name} “{values[name][:60]}”" if values[name] else f"no {name}" for name in news]
        change.summary = f"wrote {', '.join(said)}"


def add_office(entity: Entity, *, title: str, since: str = "", until: str = "", by: Person) -> None:
    """Say that a person held an office, from when to when."""
    with rewriting(entity, by=by, action="office") as change:
        title = written(title)
        if change.entity.offices.filter(title=title, since=since).exists():
            raise Refused(f"“{title}” is there already.")
        office = change.create(Office, entity=change.entity, title=title, since=since, until=until)
        change.summary = f"held the office {office}"


def remove_office(entity: Entity, pk: int, *, by: Person) -> None:
    """Say that a person did not hold this office."""
    with rewriting(entity, by=by, action="no_office") as change:
        office = change.entity.offices.filter(pk=pk).first()
        if office is None:
            raise Refused("That office is not there any more: somebody took it away already.")
        change.delete(office)
        change.summary = f"did not hold the office {office}"


def tell_apart(entity: Entity, *, other: Entity, by: Person) -> None:
    """Say that two entities are not the same, whatever their names look like; they cannot be merged then."""
    _apart(entity, other, said=True, by=by)


def let_together(entity: Entity, *, other: Entity, by: Person) -> None:
    """Take back that two entities are not the same."""
    _apart(entity, other, said=False, by=by)


def _apart(entity: Entity, other: Entity, *, said: bool, by: Person) -> None:
    if entity.pk == other.pk:
        raise Refused("That is the same entity. Choose another one.")
    action, words = ("apart", "is not") if said else ("together", "may be")
    with rewriting(entity, by=by, action=action) as change:
        other = lock(other.pk)[other.pk]
        if not change.tell_apart(change.entity, other, said=said):
            raise Refused("Somebody said so already." if said else "Nobody says that they are not the same any more.")
        change.summary = f"{words} {one_of_its_name(other)}"
        write_log(other, by=by, action=action, summary=f"{words} {one_of_its_name(change.entity)}")


@transaction.atomic
def split_entity(
    entity: Entity,
    *,
    name: str,
    description: str = "",
    articles: Iterable[int] = (),
    aliases: Iterable[int] = (),
    by: Person,
) -> Entity:
    """A part of what leads to an entity means somebody else: the tags and authors of these articles, and these aliases,
    go to a new one, which is remembered not to be the same."""
    check_may(by, "add_entity")
    touched = lock_articles(Article.objects.filter(pk__in=list(articles)).naming(entity.pk, suggested=True))
    with rewriting(entity, by=by, action="split") as change:
        old, moved = change.entity, [article.pk for article in touched]
        chosen = list(old.aliases.filter(pk__in=list(aliases)))
        if not moved and not chosen:
            raise Refused("Choose the articles, or the names, that mean the other one.")
        name = written(name)
        new = change.create(
            Entity, name=name, slug=free_slug(name), type=old.type, description=" ".join(description.split())[:200]
        )
        for other in Entity.objects.going_by(name).filter(type=old.type).exclude(pk__in=(old.pk, new.pk)):
            change.tell_apart(new, other)
        change.tell_apart(old, new)
        tags = change.move(Mention.objects.filter(article__in=moved), "entity_id", old.pk, new.pk)
        change.move(Attribution.objects.filter(article__in=moved), "entity_id", old.pk, new.pk)
        for alias in chosen:
            if alias.name == name:
                change.delete(alias)
            else:
                change.update(alias, entity=new)
        names = f", {count_of(len(chosen), 'name')}" if chosen else ""
        change.summary = f"split off {one_of_its_name(new)}: {count_tags(tags)} of {count_articles(len(moved))}{names}"
        write_log(new, by=by, action="split", summary=f"was split off from {one_of_its_name(old)}")
        log_on(touched, by=by, summary=f"said that the tags of {old} mean {one_of_its_name(new)}")
    return new


def free_slug(name: str) -> str:
    """A slug that no entity has or had: what was published under it is another's."""
    base = slugify(name, allow_unicode=True)[:200] or "entity"
    slug, number = base, 2
    while (
        slug in RESERVED
        or Entity.objects.filter(slug=slug).exists()
        or EntityLogEntry.objects.filter(former_slug=slug).exists()
        or PublishedTag.objects.filter(slug=slug).exists()
    ):
        slug, number = f"{base}-{number}", number + 1
    return slug
