"""Two entities that are one: everything of the one moves to the other, which keeps its name as an alias."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Q

from articles.actions.entities import TYPES
from articles.actions.entity_log import GONE, EntityChange, lock_articles, write_log
from articles.actions.naming import count_articles, count_of, told
from articles.actions.recording import Person, check_may
from articles.actions.sealed import fingerprint, held_to
from articles.models import Article, Attribution, Entity, EntityAlias, EntityLogEntry, Mention, Office

# What the one that stays takes over where it says nothing itself.
TAKEN = ("description", "country", "wikidata", "source", "governs")


@dataclass(frozen=True, kw_only=True)
class EntityMerger:
    """What becomes of an entity (``gone``) that is the same as another (``kept``)."""

    gone: Entity
    kept: Entity

    @cached_property
    def aliases(self) -> list[EntityAlias]:
        return list(self.gone.aliases.all())

    @cached_property
    def offices(self) -> list[Office]:
        return list(self.gone.offices.all())

    @cached_property
    def tags(self) -> list[int]:
        """The tags on which a person decided. What the machine suggests moves too, and comes and goes as it reads."""
        decided = Mention.objects.filter(entity=self.gone).exclude(state="suggested")
        return list(decided.order_by("pk").values_list("pk", flat=True))

    @cached_property
    def links(self) -> list[int]:
        return list(Attribution.objects.filter(entity=self.gone).order_by("pk").values_list("pk", flat=True))

    @cached_property
    def articles(self) -> list[Article]:
        """Articles that a person tagged with it, or that are by it."""
        return list(Article.objects.naming(self.gone.pk).order_by("pk").only("pk", "title"))

    @cached_property
    def apart(self) -> list[Entity]:
        """Others of which somebody said that they are not the same."""
        return list(self.gone.distinct_from.exclude(pk=self.kept.pk).order_by("pk"))

    @property
    def taken(self) -> list[tuple[str, Any]]:
        """What the one that stays takes over from the other: what, and its value."""
        return [
            (name, getattr(self.gone, name))
            for name in TAKEN
            if getattr(self.gone, name) and not getattr(self.kept, name)
        ]

    @property
    def notes(self) -> str:
        """The notes of both, the one that stays first."""
        return "\n\n".join(dict.fromkeys(words for words in (self.kept.notes, self.gone.notes) if words))

    @property
    def barred(self) -> str:
        """Why they cannot be merged, as a sentence; empty when they can."""
        gone, kept = self.gone, self.kept
        one, other = told(gone, kept)
        if gone.pk == kept.pk:
            return "That is the same entity. Choose another one."
        if gone.distinct_from.filter(pk=kept.pk).exists():
            return f"Somebody said that {one} and {other} are not the same. Take that back first."
        if gone.type != kept.type:
            said = f"{one} is of the type {TYPES[gone.type].lower()}, {other} {TYPES[kept.type].lower()}"
            return f"{said}. Change the type of one of them first."
        if gone.wikidata and kept.wikidata and gone.wikidata != kept.wikidata:
            said = f"{one} is {gone.wikidata} in Wikidata, {other} is {kept.wikidata}"
            return f"{said}: they are not the same. If one of the two is wrong, correct it first."
        return ""

    @property
    def seal(self) -> str:
        """A fingerprint of all that would move."""
        return fingerprint(
            self.gone.pk, self.kept.pk, self.gone.name, self.kept.name, self.taken, self.notes,
            [(row.pk, row.name) for row in self.aliases], [(row.pk, str(row)) for row in self.offices],
            self.tags, self.links, [row.pk for row in self.apart],
        )  # fmt: skip


def merge_entities(gone: Entity, *, into: Entity, seal: str, by: Person) -> Entity:
    """Move names, offices, tags, authors and what is told apart of one entity to another, and delete it. Its name stays
    as an alias, its address leads to the other. Refused where somebody said that they are not the same; Conflict where
    what would move is not what the person saw. It is no edit of the articles: their words stay as they are."""
    check_may(by, "change_entity")
    with transaction.atomic():
        lock_articles(Article.objects.naming(gone.pk, suggested=True))
        merger = held_to(seal, gone, into, as_merger=EntityMerger, lost=GONE)
        _move(merger, by=by)
    return merger.kept


def _move(merger: EntityMerger, *, by: Person) -> None:
    gone, kept, pk = merger.gone, merger.kept, merger.gone.pk
    change = EntityChange(kept, by=by)
    moved = f"{count_articles(len(merger.articles))}, {count_of(len(merger.aliases) + 1, 'name')}"
    _move_names(change, merger)
    there = set(kept.offices.values_list("title", "since"))
    for office in merger.offices:
        if (office.title, office.since) in there:
            change.delete(office)
        else:
            change.update(office, entity=kept)
    for other in merger.apart:
        change.tell_apart(gone, other, said=False)
        change.tell_apart(kept, other)
    for model in (Mention, Attribution, EntityLogEntry):
        change.move(model._default_manager.all(), "entity_id", gone.pk, kept.pk)
    change.move(Entity.objects.all(), "governs_id", gone.pk, kept.pk)
    change.delete(gone)
    if not kept.aliases.filter(name=gone.name).exists() and gone.name != kept.name:
        change.create(EntityAlias, entity=kept, name=gone.name)
    change.update(kept, **dict(merger.taken), notes=merger.notes, shipped=kept.shipped or gone.shipped)
    change.more = {"gone": pk}
    summary = f"took in {gone.name}, which is the same: {moved}"
    write_log(kept, by=by, action="merge", summary=summary, change=change, former_slug=gone.slug)


def _move_names(change: EntityChange, merger: EntityMerger) -> None:
    there = set(merger.kept.names)
    for alias in merger.aliases:
        if alias.name in there:
            change.delete(alias)
        else:
            change.update(alias, entity=merger.kept)


def other_entity(typed: str) -> list[Entity]:
    """Entities that a person means: by their address, else all that go by the name."""
    found = Entity.objects.filter(Q(slug=typed) | Q(slug__iexact=typed)).first()
    return [found] if found else list(Entity.objects.going_by(" ".join(typed.split())).order_by("key", "pk")[:20])
