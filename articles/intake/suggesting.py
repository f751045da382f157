"""What a reading suggests as tags: nothing about which somebody decided, and no link where two may be meant."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from articles.actions.tags import ANOTHER_TYPE
from articles.core.edits import Span
from articles.core.values import Mention as Found
from articles.models import Article, Entity, Mention
from articles.models.bearers import shared
from articles.models.entities import name_key

# Suggestions that reading may take back; those that a person brought in from a file stay.
MACHINES = {"state": "suggested", "origin__in": ("registry", "model")}


def suggestions(article: Article, found: Sequence[Found], there: Sequence[Mention]) -> list[Mention]:
    """The rows to suggest, beside the tags that are ``there``. A name that was rejected wherever it stood is not
    suggested at other places of the article either."""
    decided = [
        Span(start=row.start, end=row.end) for row in there if row.state != "suggested" or row.origin == "person"
    ]
    refused = _refused(there)
    sole = _sole(mention.entity for mention in found if mention.origin == "registry")
    rows = {}
    for mention in found:
        if any(span.overlaps(mention.span) for span in decided) or _is_refused(mention, refused):
            continue
        rows[mention.span.start, mention.span.end, mention.type] = Mention(
            article=article,
            start=mention.span.start,
            end=mention.span.end,
            surface=mention.surface[:300],
            type=mention.type,
            candidate=(mention.entity or "")[:200],
            entity=sole.get(mention.entity or "") if mention.origin == "registry" else None,
            score=min(max(mention.score, 0.0), 1.0),
            origin=mention.origin,
            scope=mention.scope,
            whole=mention.whole[:200],
            sense=mention.sense,
            version=article.version,
        )
    return list(rows.values())


def _sole(names: Iterable[str | None]) -> dict[str, Entity]:
    """Name -> the entity of that name, where nobody else bears it or any other name of it, and nobody told it apart
    from a namesake: only such a one is linked before a person says who is meant."""
    found: dict[str, list[Entity]] = defaultdict(list)
    for entity in Entity.objects.filter(name__in={name for name in names if name}).held():
        found[entity.name].append(entity)
    alone = {name: entities[0] for name, entities in found.items() if len(entities) == 1}
    doubted = shared(entity.pk for entity in alone.values())
    return {name: entity for name, entity in alone.items() if entity.pk not in doubted}


def _refused(rows: Iterable[Mention]) -> dict[str, set[str]]:
    """Name -> the types as which people rejected the name wherever it stood; "" where it is no name of any type."""
    left, refused = set(), defaultdict[str, set[str]](set)
    for row in rows:
        if row.state == "rejected":
            refused[_name(row)].add(row.type if row.reason == ANOTHER_TYPE else "")
        else:
            left.add(_name(row))
    return {name: types for name, types in refused.items() if name not in left}


def _name(mention: Mention | Found) -> str:
    """A name as it is refused: "Rabat" as who governs there is another than the city."""
    return name_key(mention.surface) + (" (who governs)" if mention.sense == "power" else "")


def _is_refused(mention: Found, refused: dict[str, set[str]]) -> bool:
    types = refused.get(_name(mention), set()) if refused else set()
    return bool(types & {"", mention.type})
