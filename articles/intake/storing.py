"""A reading put into rows: for a new article, or again for one that is on the desk.

What a person decided is never overwritten here. Where the machine now says otherwise of a fact, its word is kept beside
the person's; of a ledger that people work on, ``proposing`` says what it would say.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model, QuerySet

from articles.actions.summary import summarise
from articles.core.edits import Span
from articles.core.values import Reading
from articles.intake import rows as made
from articles.intake.suggesting import MACHINES, suggestions
from articles.models import Article, Attribution, Block, Edit, Field, Flag, Mention, Restriction


def store_reading(article: Article, reading: Reading, *, ledger: bool = True, first: bool = False) -> None:
    """Write what the machine says beside what people decided. The caller holds the transaction and then refreshes the
    article's summary. ``ledger`` False leaves the blocks and the text that they make alone: people work on them.
    ``first``: the article is new; it is saved here, with its summary, and there is nothing to look for while others wait
    to write."""
    article.dates = made.dates(reading)
    if ledger:
        article.markup = [[e.span.start, e.span.end, e.replacement] for e in reading.scraped.markup]
    if first:
        _store_new(article, reading)
        return
    if ledger:
        _store_ledger(article, reading)
    _store_fields(article, reading)
    _store_attribution(article, reading)
    _store_rights(article, reading)
    _store_mentions(article, reading)
    _store_flags(article, reading)


def _store_new(article: Article, reading: Reading) -> None:
    """All rows of an article that has none yet, and its own, written once: its summary is made of rows in hand."""
    blocks, edits, fields = made.blocks(article, reading), made.edits(article, reading), made.fields(article, reading)
    links, rights = made.attribution(article, reading), made.rights(article, reading)
    summarise(article, fields=fields, blocks=blocks, edits=edits, links=links, rights=rights)
    article.save(force_insert=True)
    Block.objects.bulk_create(blocks)
    Edit.objects.bulk_create(edits)
    Field.objects.bulk_create(fields)
    Attribution.objects.bulk_create(links)
    Restriction.objects.bulk_create(rights)
    Mention.objects.bulk_create(suggestions(article, reading.mentions, []))
    Flag.objects.bulk_create(made.flags(article, reading))


def _store_ledger(article: Article, reading: Reading) -> None:
    Block.objects.bulk_create(news(article.blocks.all(), made.blocks(article, reading)))
    article.proposals.filter(state="open").delete()
    Edit.objects.bulk_create(news(article.edits.filter(by="machine"), made.edits(article, reading)))


def news[M: Model](old: QuerySet[M], rows: Iterable[M]) -> list[M]:
    """The rows to create. Of the old ones those that say the same stay as they are, with key and version, so that pages
    that are open find them; the others are deleted."""
    columns = [f.attname for f in old.model._meta.concrete_fields if f.attname not in {"id", "version"}]

    def says(row: M) -> str:
        # A database may keep the keys of an object in an order of its own.
        values = [getattr(row, name) for name in columns]
        return repr([sorted(value.items()) if isinstance(value, dict) else value for value in values])

    there = defaultdict(list)
    for row in old:
        there[says(row)].append(row.pk)
    fresh = []
    for row in rows:
        same = there.get(says(row))
        if same:
            same.pop(0)
        else:
            fresh.append(row)
    gone = [pk for left in there.values() for pk in left]
    if gone:
        old.filter(pk__in=gone).delete()
    return fresh


def _store_fields(article: Article, reading: Reading) -> None:
    for row in made.fields(article, reading, {row.name: row for row in article.fields.all()}):
        row.save()


def _store_attribution(article: Article, reading: Reading) -> None:
    decided = {row.found_as for row in article.attribution.exclude(decision="open")}
    publishers = article.attribution.filter(role="publisher", decision__in=("confirmed", "corrected"))
    rows = made.attribution(article, reading, decided, has_publisher=publishers.exists())
    Attribution.objects.bulk_create(news(article.attribution.filter(decision="open"), rows))


def _store_rights(article: Article, reading: Reading) -> None:
    """A restriction about which a person decided is not read again, as long as it is read as the same at its place."""
    decided = [
        (row.found_as, Span(start=row.start, end=row.end))
        for row in article.rights.exclude(decision="open").exclude(start=None)
    ]
    rows = made.rights(article, reading, decided)
    Restriction.objects.bulk_create(news(article.rights.filter(decision="open"), rows))


def _store_mentions(article: Article, reading: Reading) -> None:
    rows = suggestions(article, reading.mentions, list(article.mentions.all()))
    Mention.objects.bulk_create(news(article.mentions.filter(**MACHINES), rows))


def _store_flags(article: Article, reading: Reading) -> None:
    dismissed = {(row.flag, row.start, row.end) for row in article.flags.filter(dismissed=True)}
    rows = made.flags(article, reading, dismissed)
    Flag.objects.bulk_create(news(article.flags.filter(dismissed=False), rows))
