"""How a person finds an entity by what they typed: the names that fit best first, and names that are spelled nearly so."""

from collections.abc import Collection
from itertools import pairwise

from django.db.models import Case, IntegerField, Q, Value, When
from rapidfuzz.distance import OSA

from articles.core.folding import key
from articles.models.entities import Entity, EntityAlias, EntityQuerySet

# Before the start of a word inside a name.
BEFORE = (" ", "'", "(")
# Names of at least so many characters, and how many letters of them may be wrong.
MAY_ERR = ((9, 2), (4, 1))
# Characters of a piece that is looked for anywhere in a name; of a shorter one, too many names have it.
PIECE = 2


def best_first(entities: EntityQuerySet, words: str) -> EntityQuerySet:
    """Entities with ``fits``: 0 where a name or an alias is what was typed, 1 where the name begins so, 2 where an alias
    does, 3 where each word begins a word of the names, 4 where it stands inside."""
    said = key(words)
    begins = Q()
    for word in said.split():
        starts = Q(key__startswith=word)
        for char in BEFORE:
            starts |= Q(key__contains=char + word)
        begins &= starts | _an_alias(starts)
    exact = Q(key=said) | _an_alias(Q(key=said)) | Q(wikidata=words.strip().upper())
    ranks = (exact, Q(key__startswith=said), _an_alias(Q(key__startswith=said)), begins)
    whens = [When(rule, then=Value(rank)) for rank, rule in enumerate(ranks) if rule]
    return entities.annotate(fits=Case(*whens, default=Value(len(ranks)), output_field=IntegerField()))


def _an_alias(rule: Q) -> Q:
    """That a name is so which the entity goes by too: asked once of all names, however many entities are found."""
    return Q(pk__in=EntityAlias.objects.filter(rule).order_by().values("entity"))


def near(words: str, *, type: str = "", most: int = 5) -> list[Entity]:  # noqa: A002
    """Entities, of this type or of any, with a name, or words of one, that are written nearly so: the nearest first."""
    said = key(words)
    errors = next((errors for least, errors in MAY_ERR if len(said) >= least), 0)
    if not errors:
        return []
    holds = _may_hold(said, errors)
    found: dict[int, int] = {}
    own, others = (Q(type=type), Q(entity__type=type)) if type else (Q(), Q())
    names = Entity.objects.filter(holds, own).order_by().values_list("pk", "key")
    aliases = EntityAlias.objects.filter(holds, others).order_by().values_list("entity", "key")
    for pk, name in (*names, *aliases):
        distance = _distance(said, name, errors)
        if distance <= found.get(pk, errors):
            found[pk] = distance
    rows = Entity.objects.filter(pk__in=sorted(found, key=lambda pk: (found[pk], pk))[: 4 * most])
    return sorted(rows, key=lambda row: (found[row.pk], row.key, row.pk))[:most]


def _may_hold(said: str, errors: int) -> Q:
    """What a name must have, so that the database leaves most of them aside. Of so many pieces and one more, an error in
    each piece but one leaves one as it is: the first where a word begins, the last where one ends. Between two pieces a
    character is left out, for two that changed places."""
    count = errors + 1
    bounds = [round(number * (len(said) + 1) / count) for number in range(count + 1)]
    pieces = [said[start : end - 1] for start, end in pairwise(bounds)]
    holds = Q()
    for number, piece in enumerate(pieces):
        if number == 0:
            holds |= Q(key__startswith=piece) | Q(key__contains=f" {piece}")
        elif number == count - 1:
            holds |= Q(key__endswith=piece) | Q(key__contains=f"{piece} ")
        elif len(piece) >= PIECE:
            holds |= Q(key__contains=piece)
    return holds


def _distance(said: str, name: str, errors: int) -> int:
    """How many letters are wrong, in the whole name or in as many words of it as were typed; more than ``errors`` where
    too many are."""
    words, count = name.split(), len(said.split())
    parts: Collection[str] = {name, *(" ".join(words[at : at + count]) for at in range(len(words) - count + 1))}
    return min(OSA.distance(said, part, score_cutoff=errors) for part in parts)
