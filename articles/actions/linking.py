"""Decisions on who is meant: which entity of the registry a tag or a byline names, or that it is somebody else."""

from articles.actions.entities import free_slug
from articles.actions.entity_log import EntityChange, write_log
from articles.actions.naming import count_of, listed, one_of_its_name
from articles.actions.recording import Change, Person, Refused, as_data, changing
from articles.actions.tags import ANOTHER_TYPE, named_alike
from articles.core.entities.linking import plain
from articles.core.entities.senses import governs
from articles.models import Article, Attribution, Entity, Mention
from articles.models.entities import name_key
from articles.models.tags import SENSES

# The roles of the chain whose names are persons of the registry.
SIGNING = ("author", "translator")
# The type of a tag on the name of a country or capital, by what it means.
TYPE_OF = {"place": "place", "power": "organisation"}


def known_entity(pk: int | None) -> Entity:
    """The entity that was chosen on a page; Refused where it is gone since."""
    entity = Entity.objects.filter(pk=pk).first()
    if entity is None:
        raise Refused("That entity is not in the registry any more.")
    return entity


def link_tag(article: Article, pk: int, *, entity: Entity, by: Person, seen: int) -> list[Mention]:
    """Say which entity of the registry the words mean, wherever the article names the same, by whatever short name."""
    with changing(article, by=by, action="link_tag", seen=seen) as change:
        chosen = _link(change, article, pk, entity, by=by)
        change.summary = f"linked “{chosen[0].surface}” to {_called(entity)}"
    return chosen


def _link(change: Change, article: Article, pk: int, entity: Entity, *, by: Person) -> list[Mention]:
    chosen = named_alike(change, article, pk, everywhere=True)
    chosen += _shorter(change, article, chosen)
    _hold(entity)
    if entity.type != chosen[0].type:
        raise Refused(f"{entity.name} is a {entity.type}; the tag says {chosen[0].type}. Change one of them first.")
    for mention in chosen:
        change.update(mention, entity=entity, candidate="", state="confirmed", decided_by=by)
    return chosen


def link_new_entity(
    article: Article, pk: int, *, name: str, different: bool = False, by: Person, seen: int
) -> list[Mention]:
    """Link to the one entity of this name, or to a new one where there is none.

    ``different`` says that the words mean none of those that bear the name: a new entity is made, remembered apart
    from them. Refused where several bear it and nobody said so. Taking it back takes the new entity away too, unless it is
    used by then.
    """
    name = " ".join(name.split())[:200]
    if not name:
        raise Refused("Write the name of the entity.")
    with changing(article, by=by, action="link_tag", seen=seen) as change:
        mention = article.mentions.filter(pk=pk).first()
        if mention is None:
            raise Refused("That tag is not there any more.")
        known = [] if different else [entity for entity in _bearers_of(name) if entity.type == mention.type]
        if len(known) > 1:
            raise Refused(
                f"Several go by the name {name}: {listed(known)}. Choose one, or say that it is a different one."
            )
        if known:
            chosen = _link(change, article, pk, known[0], by=by)
            change.summary = f"linked “{chosen[0].surface}” to {_called(known[0])}"
            return chosen
        entity, made = _made(change, name, mention.type, description=_named_in(article) if different else "")
        chosen = _link(change, article, pk, entity, by=by)
        mentions = f", {count_of(len(chosen), 'mention')}" if len(chosen) > 1 else ""
        change.summary = f"{made}, and linked “{chosen[0].surface}” to it{mentions}"
    return chosen


def _shorter(change: Change, article: Article, chosen: list[Mention]) -> list[Mention]:
    """The suggestions that stand for the same fuller name ("Belmas" for "Malick Belmas"), not chosen yet."""
    names = {name_key(plain(mention.whole or mention.surface)) for mention in chosen}
    rows = article.mentions.filter(type=chosen[0].type, state="suggested").exclude(pk__in=[row.pk for row in chosen])
    found = [row for row in rows if name_key(plain(row.whole or row.surface)) in names]
    for row in found:
        change.check_seen(row)
    return found


def name_signer(article: Article, pk: int, *, entity: Entity, by: Person, seen: int) -> Attribution:
    """Say which person of the registry signs the article. Nothing but a person's word links a byline."""
    with changing(article, by=by, action="name_signer", seen=seen) as change:
        link = change.row(Attribution, pk)
        _name(change, link, entity, by=by)
        change.summary = f"said that {link.about.label.lower()} “{link.name}” is {_called(entity)}"
    return link


def _name(change: Change, link: Attribution, entity: Entity, *, by: Person) -> None:
    if link.role not in SIGNING or not link.name:
        raise Refused("Only a name that signs the article can be said to be somebody.")
    _hold(entity)
    if entity.type != "person":
        raise Refused(f"{entity.name} is a {entity.type}, and signs nothing. Choose a person.")
    decision = "confirmed" if link.decision == "open" else link.decision
    change.update(link, entity=entity, decision=decision, decided_by=by)


def name_new_signer(article: Article, pk: int, *, by: Person, seen: int) -> Attribution:
    """Say that who signs is none of those who bear the name: a person of its own, remembered apart from them. Taking it
    back takes that person away too, unless it is used by then."""
    with changing(article, by=by, action="name_signer", seen=seen) as change:
        if not article.attribution.filter(pk=pk, role__in=SIGNING).exclude(name="").exists():
            raise Refused("That byline is not there any more.")
        link = change.row(Attribution, pk)
        says = {"author": "journalist", "translator": "translator"}[link.role]
        description = f"{says}, {article.outlet_name}" if article.outlet_name else says
        entity, made = _made(change, link.name, "person", description=description)
        _name(change, link, entity, by=by)
        change.summary = f"{made}, and said that {link.about.label.lower()} “{link.name}” is this one"
    return link


def say_sense(
    article: Article, pk: int, *, sense: str, everywhere: bool = False, by: Person, seen: int
) -> list[Mention]:
    """Say of the name of a country or capital whether the place is meant or who governs there; the tag is right then, of
    the type and with the entity that this means. ``everywhere``: also of the other mentions of the name whose words do
    not tell; or of all suggestions that it means who governs, where it does not."""
    if sense not in SENSES:
        raise Refused("Choose the place, or who governs there.")
    with changing(article, by=by, action="say_sense", seen=seen) as change:
        alike = named_alike(change, article, pk, everywhere=everywhere)
        guessed = any(mention.pk == pk and mention.sense == "power" for mention in alike)
        chosen = [
            mention
            for mention in alike
            if mention.pk == pk or mention.sense == "open" or (guessed and mention.state == "suggested")
        ]
        if not all(mention.sense and mention.type in TYPE_OF.values() for mention in chosen):
            raise Refused("Only the name of a country or capital can mean who governs there.")
        for mention in chosen:
            _mean(change, article, mention, sense=sense, by=by)
        one = next(mention for mention in chosen if mention.pk == pk)
        change.summary = f"said that “{one.surface}” means {SENSES[sense]}"
    return chosen


def _mean(change: Change, article: Article, mention: Mention, *, sense: str, by: Person) -> None:
    """Let a tag mean the place or who governs there. Where its words bear a tag of that type already, that one does."""
    kind = TYPE_OF[sense]
    entity = _governing(mention) if sense == "power" else _lying(mention)
    said = {"sense": sense, "entity": entity, "candidate": "", "state": "confirmed", "decided_by": by, "reason": ""}
    twin = article.mentions.filter(start=mention.start, end=mention.end, type=kind).exclude(pk=mention.pk).first()
    if twin is None:
        change.update(mention, type=kind, **said)
        return
    change.check_seen(twin)
    change.update(mention, state="rejected", reason=ANOTHER_TYPE, decided_by=by)
    change.update(twin, **said)


def _governing(mention: Mention) -> Entity | None:
    """Who governs there, where one alone may be meant; whom a person linked stays."""
    if mention.type == "organisation" and mention.entity and mention.state == "confirmed":
        return mention.entity
    found = Entity.objects.governing(*governs(mention.surface)).held()
    return found[0] if len(found) == 1 else None


def _lying(mention: Mention) -> Entity | None:
    """The place of that name, where there is one alone."""
    if mention.entity and mention.entity.type == "place":
        return mention.entity
    found = Entity.objects.going_by(mention.surface).filter(type="place")[:2]
    return found[0] if len(found) == 1 else None


def _hold(entity: Entity) -> None:
    """Keep an entity in the registry until the transaction ends; Refused where it is gone."""
    if not Entity.objects.filter(pk=entity.pk).held():
        raise Refused(f"{entity.name} is not in the registry any more: somebody merged it or took it away meanwhile.")


def _called(entity: Entity) -> str:
    return f"{entity.name}, {entity.description}" if entity.description else entity.name


def _named_in(article: Article) -> str:
    """What tells a new entity from its namesakes until somebody writes more."""
    year = f", {article.published.year}" if article.published else ""
    return f"named by {article.outlet_name}{year}"[:200] if article.outlet_name else ""


def _bearers_of(name: str) -> list[Entity]:
    return list(Entity.objects.going_by(name).order_by("name", "pk"))


def _made(change: Change, name: str, type_: str, *, description: str) -> tuple[Entity, str]:
    """A new entity of the desk, told apart from all who bear its name, of whatever type; and that, in words."""
    others = _bearers_of(name)
    entity = Entity.objects.create(name=name[:200], type=type_, slug=free_slug(name), description=description[:200])
    change.changes.append({"model": "entity", "pk": entity.pk, "before": None, "after": as_data(entity)})
    said = EntityChange(entity, by=change.by)
    for other in others:
        said.tell_apart(entity, other)
    said.more = {"created": True}
    apart = f", not the same as {listed(others)}" if others else ""
    write_log(
        entity, by=change.by, action="create", summary=f"made from article {change.article.pk}{apart}", change=said
    )
    return entity, f"added {one_of_its_name(entity)} to the registry{apart}"
