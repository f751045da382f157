"""Read the articles of the desk again, with what it has learned since."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.core.cleaning.kinds import KINDS
from articles.core.formats import UnreadableError
from articles.intake.memory import desk_memory
from articles.intake.rereading import Reread, reread
from articles.models import Article


class Command(BaseCommand):
    help = (
        "Read articles again. One that nobody has worked on gets the new ledger; on all others that are open the "
        "differences become proposals. What a person decided stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, help="Articles to read; without any, all of them.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        articles = Article.objects.order_by("pk")
        if options["ids"]:
            articles = articles.filter(pk__in=options["ids"])
        memory, outcomes = desk_memory(), []
        for pk in list(articles.values_list("pk", flat=True)):
            article = Article.objects.select_related("original", "memory").get(pk=pk)
            try:
                outcomes.append(reread(article, memory=memory, dry_run=options["dry_run"]))
            except UnreadableError as error:
                self.stderr.write(f"Article {pk}: {error}")
        for line in report(outcomes, dry_run=options["dry_run"]):
            self.stdout.write(line)


def report(outcomes: list[Reread], *, dry_run: bool) -> list[str]:
    """What reading again came to, in lines: how many articles and blocks differ, and each change of kind."""
    read = [outcome for outcome in outcomes if outcome.read]
    differing = [outcome for outcome in read if outcome.differences]
    kinds = sum((outcome.differences for outcome in differing), Counter())
    taken = sum(1 for outcome in differing if outcome.taken)
    would = "would be" if dry_run else "was" if taken == 1 else "were"
    left = len(outcomes) - len(read)
    lines = [
        f"Read {len(read)} articles again{' (dry run: nothing is changed)' if dry_run else ''}"
        + (f"; left {left} alone that are settled or decoded otherwise." if left else "."),
        f"{len(differing)} differ, in {sum(kinds.values())} blocks: {taken} {would} taken as nobody had worked on them, "
        f"{len(differing) - taken} {'would have' if dry_run else 'have'} proposals.",
    ]
    for (was, now), times in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])):
        lines.append(f"{times:>6}  {KINDS[was].label if was in KINDS else was} -> {KINDS[now].label}")
    if not dry_run:
        changed = sum(1 for outcome in read if outcome.changed)
        lines.append(f"The clean text of {changed} changed.")
    return lines
