"""Read the articles of the desk again, with what it has learned since."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.core.formats import UnreadableError
from articles.intake.memory import desk_memory
from articles.intake.rereading import reread
from articles.models import Article


class Command(BaseCommand):
    help = "Read articles again. What a person decided stays; where the machine disagrees it is shown as a proposal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, help="Articles to read; without any, all of them.")

    def handle(self, *args: Any, **options: Any) -> None:
        articles = Article.objects.order_by("pk")
        if options["ids"]:
            articles = articles.filter(pk__in=options["ids"])
        memory, changed, failed = desk_memory(), 0, 0
        for pk in articles.values_list("pk", flat=True):
            try:
                changed += reread(Article.objects.select_related("original").get(pk=pk), memory=memory)
            except UnreadableError as error:
                failed += 1
                self.stderr.write(f"Article {pk}: {error}")
        self.stdout.write(f"Read {articles.count() - failed} articles again; the clean text of {changed} changed.")
