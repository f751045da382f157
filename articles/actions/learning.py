"""What people say of names as suggestions, counted: once an article, and only as long as their word stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import F

from articles.models import Article, Mention, RememberedName
from articles.models.entities import name_key

# What is read of a tag: its words, its type, and what a person said of it.
COLUMNS = ("surface", "type", "state")
# (name key, type) -> +1 where the article confirms the name as this type, -1 where it rejects it; and its words.
Said = Mapping[tuple[str, str], tuple[bool, str]]


def remember_names(article: Article, changes: Iterable[Mapping[str, Any]]) -> None:
    """Count what the tags of an article say by now, and no more what they said before these changes. The caller holds
    the article's lock."""
    steps = [step for step in changes if step["model"] == "mention"]
    now = {row.pop("pk"): row for row in article.mentions.values("pk", *COLUMNS)}
    before = taken_back(now, steps)
    _count(said_of(before.values()), said_of(now.values()))


def said_of(tags: Iterable[Mapping[str, Any]]) -> Said:
    """What the tags of one article say of each name: confirmed as a type somewhere, or rejected and nowhere confirmed."""
    found: dict[tuple[str, str], tuple[bool, str]] = {}
    for tag in tags:
        key = name_key(tag["surface"])
        if not key or tag["state"] == "suggested":
            continue
        confirmed = tag["state"] == "confirmed"
        if confirmed or (key, tag["type"]) not in found:
            found[key, tag["type"]] = (confirmed, tag["surface"])
    return found


def taken_back(
    now: Mapping[int, Mapping[str, Any]], steps: Iterable[Mapping[str, Any]]
) -> dict[int, Mapping[str, Any]]:
    """The tags as they were before the steps."""
    rows = dict(now)
    for step in reversed(list(steps)):
        pk, before = step["pk"], step["before"]
        if before is None:
            rows.pop(pk, None)
        elif step["after"] is None:
            rows[pk] = {name: before[name] for name in COLUMNS}
        elif pk in rows:
            rows[pk] = {name: before.get(name, rows[pk][name]) for name in COLUMNS}
    return rows


def _count(before: Said, now: Said) -> None:
    changed = {which for which in before.keys() | now.keys() if before.get(which, ())[:1] != now.get(which, ())[:1]}
    for key, type_ in sorted(changed):
        was, says = before.get((key, type_)), now.get((key, type_))
        name = (says or was or (False, key))[1]
        row, _ = RememberedName.objects.get_or_create(key=key, type=type_, defaults={"name": name[:300]})
        added = {True: Counter(confirmed=1), False: Counter(rejected=1), None: Counter[str]()}
        delta = Counter(added[says[0] if says else None])
        delta.subtract(added[was[0] if was else None])
        rows = RememberedName.objects.filter(pk=row.pk)
        for column, by in delta.items():
            # Never below nothing: what was said before names were counted is not there to be taken back.
            moved = rows.filter(**{f"{column}__gte": -by}) if by < 0 else rows
            moved.update(**{column: F(column) + by})
        if says:
            rows.update(name=name[:300])
        else:
            rows.filter(confirmed=0, rejected=0).delete()


@transaction.atomic
def rebuild_entity_memory() -> int:
    """Count all anew from the tags that are there; how many names are remembered."""
    counts: dict[tuple[str, str], list[Any]] = {}
    tags = Mention.objects.exclude(state="suggested").order_by("article", "pk").values("article", *COLUMNS)
    article, rows = None, list[Mapping[str, Any]]()
    for tag in [*tags.iterator(), {"article": None}]:
        if tag["article"] != article:
            for which, (confirmed, name) in said_of(rows).items():
                count = counts.setdefault(which, [name, 0, 0])
                count[0] = name
                count[1 if confirmed else 2] += 1
            article, rows = tag["article"], []
        rows.append(tag)
    RememberedName.objects.all().delete()
    made = (
        RememberedName(key=key, type=type_, name=name, confirmed=confirmed, rejected=rejected)
        for (key, type_), (name, confirmed, rejected) in counts.items()
    )
    for some in batched(made, 500):
        RememberedName.objects.bulk_create(some)
    return len(counts)
