"""Articles as the comparison of texts sees them."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.timezone import localtime

from articles.core.folding import key
from articles.core.similarity import Comparison, Told, compare
from articles.core.similarity.comparing import quoted
from articles.models import Article, Mention, Relation

DAY = len("2024-03-14")
# Of a list of winners, the first names will do.
NAMES = 100


def told_of(articles: Collection[int]) -> dict[int, Told]:
    """What is compared of these articles, by their keys: two queries."""
    names: dict[int, dict[str, str]] = {}
    rows = Mention.objects.filter(article__in=articles, scope="text").exclude(state="rejected")
    for article, surface, entity in rows.order_by("article", "start").values_list("article", "surface", "entity__name"):
        if len(named := names.setdefault(article, {})) < NAMES:
            named.setdefault(key(entity or surface), " ".join(surface.split()))
    found = Article.objects.filter(pk__in=articles)
    columns = ("pk", "clean_text", "original__sha256", "dates", "published", "outlet_name")
    return {
        pk: Told(
            text=text,
            sha256=sha256,
            names=names.get(pk, {}),
            days=days_of(dates),
            published=localtime(published).date() if published else None,
            outlet=outlet,
        )
        for pk, text, sha256, dates, published, outlet in found.values_list(*columns)
    }


def days_of(dates: Collection[Mapping[str, Any]]) -> frozenset[str]:
    """The days on which something happened, as the text says."""
    days = (row["value"] for row in dates if row["role"] == "event" and row["value"])
    return frozenset(day for day in days if len(day) == DAY and day[:1].isdigit())


def compare_articles(one: int, two: int) -> tuple[Told, Told, Comparison]:
    """Two articles side by side, as their texts are now."""
    told = told_of({one, two})
    return told[one], told[two], compare(told[one], told[two])


def as_relation(one: int, two: int, told: Mapping[int, Told], made: Comparison) -> Relation:
    """A verdict as a row, not saved; the older article first."""
    run = made.runs[0] if made.runs else None
    evidence = {
        "parts": [{"name": part.name, "said": part.said, "points": part.points} for part in made.parts],
        "run": {"words": run.words, "text": quoted(told[one].text, run.one)} if run else None,
        "origin": made.origin,
    }
    first, second = sorted((one, two))
    return Relation(one_id=first, two_id=second, kind=made.kind, score=made.score, evidence=evidence)
