"""How long it takes to put a new article into its story, and how that grows with what is stored.

Articles of 400 words over a Zipf vocabulary, of 300 outlets with their own two sentences on every other page; one in ten
prints a communiqué of 14 to 40 words that others print too. Timed is what ``create_article`` does: a new article is
looked up, compared, related and put into the index, in a transaction that is then rolled back. Stored are 10,000 and
100,000 articles; NEWSROOM_STORIES=1000000 goes on to so many (about ten minutes and 8 GB of disk).
"""

import os
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import connection, transaction

from articles.core.similarity.shingles import winnowed
from articles.core.similarity.words import numbers_of
from articles.intake.matching import ROWS
from articles.intake.stories import place_in_story
from articles.models import Article, Membership, Original, Shingle, Story

SIZES = (10_000, 100_000, 1_000_000)
PROBES, AT_ONCE, LENGTH, VOCABULARY, OUTLETS = 200, 5_000, 400, 50_000, 300


class Writer:
    """Writes articles, the same ones every time. A text is an array of numbers of words."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(11)
        letters = np.array(list("abcdefghijklmnoprstuvz"))
        self.vocabulary = [
            "".join(letters[self.random.integers(0, len(letters), 3 + n % 8)]) + str(n) for n in range(VOCABULARY)
        ]
        self.numbers = numbers_of(self.vocabulary)
        shares = 1 / (np.arange(VOCABULARY) + 2.7)
        self.reach = (shares / shares.sum()).cumsum()
        self.houses = [self.words(40) for _ in range(OUTLETS)]
        self.communiques = [self.words(int(self.random.integers(14, 41))) for _ in range(self.most // 50)]

    @property
    def most(self) -> int:
        return max(sizes())

    def words(self, count: int) -> np.ndarray:
        return np.searchsorted(self.reach, self.random.random(count)).clip(0, VOCABULARY - 1)

    def article(self, number: int, *, communique: int | None = None) -> np.ndarray:
        body = self.words(LENGTH)
        if communique is not None:
            said = self.communiques[communique]
            at = int(self.random.integers(0, LENGTH - len(said)))
            body[at : at + len(said)] = said
        return np.concatenate([body, self.houses[number % OUTLETS]]) if number % 2 else body

    def text(self, words: np.ndarray) -> str:
        return " ".join(self.vocabulary[word] for word in words.tolist())


def sizes() -> list[int]:
    up_to = int(os.environ.get("NEWSROOM_STORIES", SIZES[1]))
    return [size for size in SIZES if size <= up_to] or [up_to]


def run() -> Iterator[str]:
    writer = Writer()
    original = Original.objects.create(sha256="0" * 64, content=b"", size=0)
    Story.objects.bulk_create([Story(pk=10**6 + n) for n in range(len(writer.communiques))], batch_size=AT_ONCE)
    stored, first = 0, 0.0
    for size in sizes():
        rows = _fill(writer, original, stored, size)
        stored = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        took, busy, found, made = _probe(writer, original, size)
        median = statistics.median(took)
        first = first or median
        slow = sorted(took)[int(len(took) * 0.95)]
        yield (
            f"{size:>9,} stored: median {median * 1000:.1f} ms ({statistics.median(busy) * 1000:.1f} ms of processor),"
            f" 95 % under {slow * 1000:.1f} ms,"
            f" {median / first:.2f} times the first; right story {found} of {made}; {rows:.0f} rows an article; {_size()}"
        )


def _size() -> str:
    name = Path(str(settings.DATABASES["default"]["NAME"]))
    return f"database {name.stat().st_size / 2**30:.2f} GB" if name.exists() else ""


def _fill(writer: Writer, original: Original, start: int, stop: int) -> float:
    """Store articles up to a number of them; how many rows of the index one has on average."""
    numbers, articles = [], []
    for low in range(start, stop, AT_ONCE):
        made, members = [], []
        for pk in range(low + 1, min(low + AT_ONCE, stop) + 1):
            said = int(writer.random.integers(0, len(writer.communiques))) if pk % 10 == 0 else None
            words = writer.article(pk, communique=said)
            kept = winnowed(writer.numbers[words]).view(np.int64)
            numbers.append(kept)
            articles.append(np.full(len(kept), pk))
            made.append(_row(pk, writer.text(words), original))
            if said is not None:
                members.append(Membership(article_id=pk, story_id=10**6 + said))
        with transaction.atomic():
            Article.objects.bulk_create(made, batch_size=200)
            Membership.objects.bulk_create(members)
    total = sum(map(len, numbers))
    _index(np.concatenate(numbers), np.concatenate(articles))
    return total / (stop - start)


def _row(pk: int, text: str, original: Original) -> Article:
    return Article(
        pk=pk, raw_text="", original=original, format="text", text_hash=f"{pk:064x}", clean_text=text, title=f"Article {pk}",
    )  # fmt: skip


def _index(numbers: np.ndarray, articles: np.ndarray) -> None:
    """The rows of the index, in its order, no more of a number than are kept."""
    order = np.lexsort((articles, numbers))
    numbers, articles = numbers[order], articles[order]
    begins = np.flatnonzero(np.r_[True, numbers[1:] != numbers[:-1]])
    rank = np.arange(len(numbers)) - np.repeat(begins, np.diff(np.r_[begins, len(numbers)]))
    kept = rank < ROWS // len(sizes())
    numbers, articles = numbers[kept], articles[kept]
    table = connection.ops.quote_name(Shingle._meta.db_table)
    statement = f"INSERT INTO {table} (number, article_id) VALUES (%s, %s)"  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        for low in range(0, len(numbers), 10**6):
            part = slice(low, low + 10**6)
            cursor.executemany(statement, zip(numbers[part].tolist(), articles[part].tolist(), strict=True))


def _probe(writer: Writer, original: Original, stored: int) -> tuple[Sequence[float], Sequence[float], int, int]:
    """Seconds for each new article, and of processor; how many that print a communiqué came into its story."""
    took, busy, found, made = [], [], 0, 0
    printed = list(Membership.objects.values_list("story", flat=True)[:PROBES])
    for number in range(PROBES):
        said = printed[number] - 10**6 if number % 2 else None
        words = writer.article(number + number // 2, communique=said)
        with transaction.atomic():
            article = _row(10**8 + number, writer.text(words), original)
            article.save(force_insert=True)
            start, working = time.perf_counter(), time.process_time()
            place_in_story(article)
            took.append(time.perf_counter() - start)
            busy.append(time.process_time() - working)
            if said is not None:
                made += 1
                found += Membership.objects.filter(article=article, story=10**6 + said).exists()
            transaction.set_rollback(True)
    return took, busy, found, made
