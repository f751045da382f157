"""Put the articles of the desk into the index of shingles, and beside those that tell of the same event."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.intake.stories import place_again
from articles.models import Article, Membership, Story


class Command(BaseCommand):
    help = (
        "Find the stories of articles that were never placed, or whose clean text has changed since. What people said "
        "of two articles stays, and so does where they put one. Can be interrupted and run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, help="Articles to place; without any, all of them.")

    def handle(self, *args: Any, **options: Any) -> None:
        articles = Article.objects.order_by("pk")
        if options["ids"]:
            articles = articles.filter(pk__in=options["ids"])
        placed = sum(place_again(Article(pk=pk)) for pk in list(articles.values_list("pk", flat=True)))
        together = Membership.objects.count()
        stories = Story.objects.filter(members__isnull=False).distinct().count()
        self.stdout.write(
            f"Placed {placed} articles that were new to the index or have changed; "
            f"{together} articles are in {stories} {'story' if stories == 1 else 'stories'} now."
        )
