"""Names of the registry: how one is written and shared, and how entities are spoken of, so that namesakes are told apart."""

from collections.abc import Iterable

from articles.actions.entity_log import EntityChange
from articles.actions.recording import Refused
from articles.core.folding import key
from articles.models import Entity
from articles.models.keys import entity_key


def one_of_its_name(entity: Entity) -> str:
    """An entity, so that it can be told from others of its name."""
    return f"{entity} ({entity.which})"


def told(entity: Entity, other: Entity) -> tuple[str, str]:
    """Two entities by their names, or, where the names are one, each so that it can be told from the other."""
    if entity_key(entity.name) != entity_key(other.name):
        return str(entity), str(other)
    return one_of_its_name(entity), one_of_its_name(other)


def listed(entities: Iterable[Entity]) -> str:
    """Entities of one name, as one tells them from each other."""
    return ", ".join(map(one_of_its_name, entities))


def count_of(count: int, word: str, plural: str = "") -> str:
    return f"{count} {word if count == 1 else plural or f'{word}s'}"


def count_tags(count: int) -> str:
    return count_of(count, "tag")


def count_articles(count: int) -> str:
    return count_of(count, "article")


def written(name: str) -> str:
    """A name as it is kept; Refused where there is none."""
    name = " ".join(name.split())[:200]
    if not key(name):
        raise Refused("Write the name.")
    return name


class NameTaken(Refused):
    """A name that ``others`` bear, given to one of which nobody said that it bears it too."""

    def __init__(self, name: str, others: list[Entity]) -> None:
        go = "go" if len(others) > 1 else "goes"
        super().__init__(
            f"{listed(others)} {go} by “{name}” already. If they are the same, merge them; if both bear the name, say so."
        )
        self.others = others


def share(change: EntityChange, name: str, *, shared: bool) -> None:
    """Let an entity bear a name that others bear, where somebody says so; those of its type are remembered apart from it.
    A name of its own it bears already."""
    if entity_key(name) in map(entity_key, change.entity.names):
        return
    others = list(Entity.objects.going_by(name).exclude(pk=change.entity.pk).order_by("key", "pk"))
    if others and not shared:
        raise NameTaken(name, others)
    for other in others:
        if other.type == change.entity.type:
            change.tell_apart(change.entity, other)
