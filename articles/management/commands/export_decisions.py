"""Print the pages that people have reviewed, one JSON object a line, as the training command takes them."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.core import blocks
from articles.core.formats import UnreadableError
from articles.core.registry import host_of
from articles.core.values import Line
from articles.core.workflow import Status
from articles.intake.originals import reopened
from articles.models import Article, Block, LogEntry


class Command(BaseCommand):
    help = (
        "Print reviewed articles (approved, published, or with every block decided by a person) as training pages: "
        "their lines, the kind of each, whether it is kept, and whether a person stands for that."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", metavar="DATE", help="only articles that people worked on since, as 2024-03-14")

    def handle(self, *args: Any, **options: Any) -> None:
        printed = 0
        articles = reviewed(day(options["since"]) if options["since"] else None)
        for pk in list(articles.order_by("pk").values_list("pk", flat=True)):
            article = Article.objects.select_related("original", "memory").get(pk=pk)
            try:
                self.stdout.write(json.dumps(training_page(article), ensure_ascii=False))
                printed += 1
            except UnreadableError as error:
                self.stderr.write(f"Article {pk}: {error}")
        self.stderr.write(f"Exported {printed} article{'' if printed == 1 else 's'}.")


def day(said: str) -> datetime:
    """A date that was typed, as a moment; CommandError for what is none."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise CommandError(f"“{said}” is no date. Write it as 2024-03-14.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def reviewed(since: datetime | None = None) -> QuerySet[Article]:
    """Articles that a person stands for as a whole; ``since``: on which somebody worked since then."""
    rows = Block.objects.filter(article=OuterRef("pk"))
    decided = Exists(rows) & ~Exists(rows.exclude(decided_by="person"))
    found = Article.objects.filter(Q(status=Status.APPROVED) | Q(public__isnull=False) | Q(decided))
    if since is None:
        return found
    return worked_on(found, since)


def worked_on(articles: QuerySet[Article], since: datetime) -> QuerySet[Article]:
    """Those of them on which a person did something since then."""
    return articles.filter(Exists(LogEntry.objects.filter(article=OuterRef("pk"), person__isnull=False, at__gte=since)))


def training_page(article: Article) -> dict[str, Any]:
    """A page with a verdict for each of its lines; the lists are parallel. UnreadableError where its bytes read
    otherwise by now."""
    scraped = reopened(article)
    address = article.fields.filter(name="url").values_list("value", flat=True).first()
    url = article.given_url or str(address or "")
    ledger = list(article.blocks.order_by("start"))
    lines = blocks.lines(scraped)
    of_lines = [_block_of(line, ledger) for line in lines]
    page = {
        "id": str(article.guid),
        "domain": host_of(url) or (article.memory.name if article.memory else ""),
        "lang": article.language,
        "url": url,
        "format": article.format,
        "lines": [line.text for line in lines],
        "kinds": [row.kind for row in of_lines],
        "labels": [int(row.kept) for row in of_lines],
        "decided": [int(row.decided_by == "person" or article.status == Status.APPROVED) for row in of_lines],
    }
    return {**page, "html": article.raw_text} if article.format == "html" else page


def _block_of(line: Line, ledger: Sequence[Block]) -> Block:
    """The block that has most of a line: a person may have cut it."""
    first = max(bisect_right(ledger, line.content.start, key=lambda row: row.start) - 1, 0)
    last = max(bisect_left(ledger, line.content.end, key=lambda row: row.start), first + 1)
    return max(ledger[first:last], key=lambda row: min(row.end, line.content.end) - max(row.start, line.content.start))
