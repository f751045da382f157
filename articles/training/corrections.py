"""How many corrections an article needs on a desk that learns from each: annotated articles in order of time, each read
with what people said of the names of those before it.

The recogniser that comes with the project was taught with all that there is. So the earlier months teach one, and the
later ones, which it never saw, are what comes in on the desk.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from articles.core.entities.learned import lessons
from articles.core.folding import key
from articles.core.values import EntityType, Memory, SaidOfName
from articles.training.mentions import TYPES, Article, Found, Tag, read_with

THIRDS = ("first", "middle", "last")


class Corrections(NamedTuple):
    """What one article needs: suggestions to reject, to give another type, and words to tag that nothing found."""

    rejected: int
    changed: int
    missed: int

    @property
    def all(self) -> int:
        return sum(self)


class Desk:
    """What people said of names, as the desk counts it (see ``actions.learning``): once an article."""

    def __init__(self) -> None:
        self.said: dict[tuple[str, str], SaidOfName] = {}

    def settle(self, article: Article, found: Found) -> Corrections:
        """Correct the suggestions of an article to what it is annotated with, and remember it."""
        expected = [one for one in article.expected if one.tag.type in TYPES]
        right = {tag for one in expected for tag in (one.tag, *one.others)}
        places = {tag[:2] for tag in right}
        wrong = [tag for tag in found if tag not in right and tag.type in TYPES]
        rejected = [tag for tag in wrong if tag[:2] not in places]
        settled = {tag[:2] for tag in found}
        missed = [
            one for one in expected if not one.optional and not {tag[:2] for tag in (one.tag, *one.others)} & settled
        ]
        self._say(article, right, confirmed=True)
        self._say(article, set(rejected) - right, confirmed=False)
        return Corrections(len(rejected), len(wrong) - len(rejected), len(missed))

    def _say(self, article: Article, tags: set[Tag], *, confirmed: bool) -> None:
        names = {(key(article.text[tag.start : tag.end]), tag.type): tag for tag in sorted(tags)}
        for (name, kind), tag in names.items():
            none = SaidOfName(name, cast("EntityType", kind), article.text[tag.start : tag.end], 0, 0)
            row = self.said.get((name, kind), none)
            self.said[name, kind] = row._replace(
                confirmed=row.confirmed + confirmed, rejected=row.rejected + (not confirmed)
            )


def simulated(articles: Sequence[Article], memory: Memory, language: str) -> Iterator[tuple[Corrections, Corrections]]:
    """For each article, in order of time: the corrections without memory, and with what the others taught."""
    forgetful, desk = Desk(), Desk()
    bare = read_with(memory, language)
    for article in sorted(articles, key=lambda one: (one.group, one.name)):
        without = forgetful.settle(article, bare(article.text))
        taught = read_with(replace(memory, learned=lessons(desk.said.values())), language)
        yield without, desk.settle(article, taught(article.text))


def halves(articles: Sequence[Article]) -> tuple[list[Article], list[Article]]:
    """The articles of the earlier months, about half of them, and those of the later ones."""
    in_time = sorted(articles, key=lambda one: (one.group, one.name))
    middle = in_time[len(in_time) // 2].group if in_time else ""
    return [one for one in in_time if one.group < middle], [one for one in in_time if one.group >= middle]


def report(articles: Sequence[Article], memory: Memory, language: str) -> Iterator[str]:
    """Corrections an article, third by third."""
    rows = list(simulated(articles, memory, language))
    size = max(-(-len(rows) // len(THIRDS)), 1)
    for number, name in enumerate(THIRDS):
        some = rows[number * size : (number + 1) * size]
        if some:
            without, taught = (_mean([pair[which] for pair in some]) for which in (0, 1))
            yield f"{name} third ({len(some)} articles): corrections an article without memory {without}, with it {taught}"


def _mean(rows: Sequence[Corrections]) -> str:
    mean = [statistics.fmean(column) for column in zip(*rows, strict=True)]
    return f"{sum(mean):.2f} (reject {mean[0]:.2f}, type {mean[1]:.2f}, tag {mean[2]:.2f})"
