"""manage.py export_entities: the tags of the desk's articles, in a format that other programs read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from articles.core.exchange import FORMATS, AnnotatedText, Format
from articles.core.exchange.values import outermost
from articles.core.workflow import Status
from articles.management.commands.export_decisions import day, worked_on
from articles.models import Article
from articles.models.annotated import DECIDED, OPEN_TOO, annotated, stood_for, with_tags

TOGETHER = 100


class Command(BaseCommand):
    help = (
        "Write the entity tags of articles that were approved or are public, on their clean text, for other programs: "
        "W3C Web Annotation, doccano, Label Studio, brat (a ZIP), CoNLL. Only what people confirmed, unless told otherwise."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", required=True, choices=list(FORMATS))
        parser.add_argument(
            "--status",
            action="append",
            choices=[*Status, "any"],
            help="articles of this status instead; may be repeated",
        )
        parser.add_argument("--since", metavar="DATE", help="only articles that people worked on since, as 2024-03-14")
        wanted = parser.add_mutually_exclusive_group()
        wanted.add_argument("--confirmed-only", action="store_true", help="what people confirmed (so it is anyway)")
        wanted.add_argument("--with-suggestions", action="store_true", help="and what the machine suggests")
        parser.add_argument("--raw", action="store_true", help="on the raw text, captions and removed blocks included")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to; otherwise it is printed")

    def handle(self, *args: Any, **options: Any) -> None:
        row, output = FORMATS[options["format"]], options["output"]
        if output is None and row.name == "brat":
            raise CommandError("A ZIP is not printed: name a file with -o.")
        told = _Told(row)
        states = OPEN_TOO if options["with_suggestions"] else DECIDED
        chunks = row.write(told.of(_chosen(options), states=states, raw=options["raw"]))
        if output is None:
            for chunk in chunks:
                self.stdout.write(chunk.decode(), ending="")
        else:
            _kept(output, chunks)
        for line in told.lines(suggestions=options["with_suggestions"], raw=options["raw"]):
            self.stderr.write(line)


def _chosen(options: dict[str, Any]) -> QuerySet[Article]:
    wanted = options["status"]
    if not wanted:
        found = stood_for(Article.objects.all())
    elif "any" in wanted:
        found = Article.objects.all()
    else:
        found = Article.objects.filter(status__in=wanted)
    if options["since"]:
        found = worked_on(found, day(options["since"]))
    return found.order_by("pk")


def _kept(path: Path, chunks: Iterator[bytes]) -> None:
    """Write a file, so that it is there whole or as it was."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.writelines(chunks)
        part.replace(path)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None


class _Told:
    """What is told of the articles while they are written."""

    def __init__(self, row: Format) -> None:
        self.row = row
        self.articles = self.tags = self.lost = self.inner = 0

    def of(self, articles: QuerySet[Article], *, states: tuple[str, ...], raw: bool) -> Iterator[AnnotatedText]:
        for article in with_tags(articles).iterator(chunk_size=TOGETHER):
            value, lost = annotated(article, states=states, raw=raw)
            self.articles += 1
            self.tags += len(value.tags)
            self.lost += len(lost)
            if not self.row.nested:
                self.inner += len(value.tags) - len(outermost(value.tags))
            yield value

    def lines(self, *, suggestions: bool, raw: bool) -> Iterator[str]:
        yield f"Exported {self.articles} article{_s(self.articles)} with {self.tags} tag{_s(self.tags)}."
        if self.lost:
            yield f"{self.lost} more are not on the clean text but in captions or removed blocks: --raw has them."
        if self.inner:
            yield f"{self.inner} of them stand inside others, for which {self.row.label} has no room: they were left out."
        if suggestions and not self.row.states:
            yield f"{self.row.label} has no room for who said so: suggestions and decisions look alike in it."


def _s(number: int) -> str:
    return "" if number == 1 else "s"
