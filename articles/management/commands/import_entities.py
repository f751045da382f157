"""manage.py import_entities FILE: tags that other programs or their people set, onto the desk's articles."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.actions.exchange import OUTCOMES, Taken, take_tags
from articles.actions.recording import Conflict, NotAllowed, Refused
from articles.core.exchange import BY_ENDING, FORMATS, AnnotatedText, ExchangeError
from articles.core.exchange.values import FILE_BYTES
from articles.models.annotated import article_of


class Command(BaseCommand):
    help = (
        "Bring tags in from a file of another program. They come as suggestions, or as your word; each is put on its words "
        "by position and quotation, and what a person of the desk decided stays. What is done is logged and can be undone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=list(FORMATS), help="otherwise the ending of the file says it")
        parser.add_argument("--by", required=True, metavar="USER", help="under whose name they come in")
        parser.add_argument(
            "--as",
            dest="taken_as",
            choices=["suggestion", "confirmed"],
            default="suggestion",
            help="what they count as",
        )
        parser.add_argument("--reopen", action="store_true", help="approved articles too: they go back into review")
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of them")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError(f"There is no user {options['by']}.")
        articles = read_tags(options["file"], options["format"])
        total = Taken()
        for said in articles:
            for line in self._take(said, by, total, options):
                self.stderr.write(line)
        self._report(articles, total, dry_run=options["dry_run"])

    def _take(self, said: AnnotatedText, by: User, total: Taken, options: dict[str, Any]) -> Iterator[str]:
        """Bring the tags of one text in; a sentence for each that was left out."""
        yield from (f"Left out: {sentence}" for sentence in said.left_out)
        name = f"“{(said.title or said.id or 'a text without a name')[:80]}”"
        article = article_of(said)
        if article is None:
            if said.tags:
                total.outcomes["lost"] += len(said.tags)
                yield f"{name} is none of the desk's articles, or may be several: its {len(said.tags)} tags were not placed."
            return
        try:
            with transaction.atomic():
                confirmed = options["taken_as"] == "confirmed"
                found = take_tags(article, said, confirmed=confirmed, reopen=options["reopen"], by=by)
                transaction.set_rollback(options["dry_run"])
        except NotAllowed as error:
            raise CommandError(f"{options['by']} may not change articles. {error}") from None
        except (Refused, Conflict) as error:
            total.outcomes["lost"] += len(said.tags)
            yield f"Article {article.pk}, {name}: {error} Its {len(said.tags)} tags were not placed."
            return
        total.add(found)
        yield from (f"Article {article.pk}, {name}: not placed: {tag}" for tag in found.lost)

    def _report(self, articles: list[AnnotatedText], total: Taken, *, dry_run: bool) -> None:
        tags = sum(len(said.tags) for said in articles)
        self.stdout.write(f"{len(articles)} texts with {tags} tags" + (" (nothing was written)" if dry_run else ""))
        for name, words in OUTCOMES.items():
            if total.outcomes[name]:
                self.stdout.write(f"{total.outcomes[name]:7} {words}")
        if total.labels:
            labels = ", ".join(f"{label[:40]} ({count})" for label, count in total.labels.most_common())
            self.stdout.write(f"        types that we do not have: {labels}")


def read_tags(path: Path, name: str | None) -> list[AnnotatedText]:
    """All of a file before anything is done with it; CommandError, a sentence, for one that cannot be read."""
    row = FORMATS[name] if name else BY_ENDING.get(path.suffix.removeprefix("."))
    if row is None:
        raise CommandError(f"The ending of {path.name} says nothing about its format: say --format.")
    try:
        if path.stat().st_size > FILE_BYTES:
            raise CommandError(f"{path.name} has more than {FILE_BYTES // 2**20} MB. Cut it into several.")
        return list(row.read(path.read_bytes()))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
    except ExchangeError as error:
        raise CommandError(f"{path.name} is not read as {row.label}. {error}") from None
