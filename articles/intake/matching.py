"""The index of shingles: an article put into it, and the articles that it finds for another.

An index of the database over plain rows: one lookup of about a hundred numbers, of each of which no more than ROWS rows
are kept. So a lookup reads ROWS times as many rows at most, however many articles are stored.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection

from articles.actions.grouping import stories_of
from articles.core.similarity import fingerprints
from articles.core.similarity.words import Words
from articles.models import Article, Indexed, Shingle

# Of a number that more articles have, so many rows are kept: a communiqué's are enough to find its story, and a phrase
# of the house must not fill the index.
ROWS = 64
# A shingle that stands in articles of more stories than this is a phrase of the house.
HOUSE = 5
# So many articles are read and compared, so many of one story.
COMPARED, OF_ONE_STORY = 8, 3
RANKED = 40


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the index knows near an article: ``candidates``, the likeliest first; the story of each that has one; which
    numbers are a phrase of the house, and which have all the rows that are kept."""

    candidates: list[int]
    stories: dict[int, int]
    house: frozenset[int]
    full: frozenset[int]


def look_up(numbers: Sequence[int], *, but: int) -> Found:
    """The articles that share kept shingles with a text: two queries."""
    rows = Shingle.objects.filter(number__in=numbers).exclude(article=but).values_list("number", "article_id")
    having: dict[int, list[int]] = defaultdict(list)
    for number, article in rows:
        having[number].append(article)
    common = {number for number, articles in having.items() if len(articles) > HOUSE}
    weights = _weights(having)
    ranked = sorted(weights, key=lambda pk: (-weights[pk], -pk))[:RANKED]
    stories = stories_of({*ranked, *(article for number in common for article in having[number])})
    house = frozenset(number for number in common if len({stories.get(pk, -pk) for pk in having[number]}) > HOUSE)
    if house:
        weights = _weights({number: articles for number, articles in having.items() if number not in house})
        ranked = [pk for pk in ranked if pk in weights] or sorted(weights, key=lambda pk: (-weights[pk], -pk))[:RANKED]
    return Found(
        candidates=_spread(ranked, stories),
        stories=stories,
        house=house,
        full=frozenset(number for number, articles in having.items() if len(articles) >= ROWS),
    )


def _weights(having: dict[int, list[int]]) -> dict[int, float]:
    """How telling what each article shares is: a shingle says the less the more articles have it."""
    weights: dict[int, float] = defaultdict(float)
    for articles in having.values():
        for article in articles:
            weights[article] += 1 / len(articles)
    return weights


def _spread(ranked: Sequence[int], stories: dict[int, int]) -> list[int]:
    """The likeliest, but not all of one story: two stories that an article may belong to are both seen."""
    taken: dict[int, int] = defaultdict(int)
    chosen = []
    for article in ranked:
        story = stories.get(article, -article)
        taken[story] += 1
        if taken[story] <= OF_ONE_STORY:
            chosen.append(article)
    return chosen[:COMPARED]


def put_into_index(article: Article, numbers: Sequence[int], *, full: Collection[int]) -> None:
    """Keep the shingles of an article that is not in the index, but those of which it is ``full``. The caller holds the
    transaction."""
    # A hundred rows of two numbers: as plain SQL, which both databases know, in a tenth of the time that objects take.
    table = connection.ops.quote_name(Shingle._meta.db_table)
    rows = [(number, article.pk) for number in sorted(numbers) if number not in full]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (number, article_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",  # noqa: S608
            rows,
        )
    held = np.array(numbers, dtype="<i8").tobytes()
    Indexed.objects.create(article=article, digest=digest(article), numbers=held)


def take_out_of_index(article: Article) -> None:
    """Forget the shingles that are kept of an article."""
    held = Indexed.objects.filter(article=article).first()
    if held is not None:
        numbers = np.frombuffer(bytes(held.numbers), dtype="<i8").tolist()
        Shingle.objects.filter(number__in=numbers, article=article).delete()
        held.delete()


def numbers_of(article: Article) -> list[int]:
    return fingerprints(Words.of(article.clean_text))


def digest(article: Article) -> str:
    """A fingerprint of the text that the index holds."""
    return hashlib.sha256(article.clean_text.encode("utf-8", "surrogatepass")).hexdigest()
