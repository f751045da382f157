"""Score titles, authors and dates against what people say they are, beside other readers."""

import html
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.core.registry import shipped_memory
from articles.training import facts
from articles.training.peers import Peer, peers

FIGURES = ("title accuracy", "authors accuracy", "published accuracy",
           "authors precision", "authors recall", "authors F1")  # fmt: skip
OURS, OURS_TEXT = "newsroom, page", "newsroom, lines"


class Command(BaseCommand):
    help = (
        "Score the titles, authors and days of publication that reading finds, on pages and on their flattened lines, "
        "beside trafilatura and htmldate. A corpus is a .jsonl file (plain, .gz, .xz); how values are compared stands in "
        "articles/training/facts.py."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--corpus", type=Path, action="append", required=True, help="may be given several times")
        parser.add_argument(
            "--worst", type=int, default=0, metavar="N", help="show N of our disagreements of each sort"
        )
        parser.add_argument("--every", type=int, default=1, metavar="N", help="read only each Nth article")

    def handle(self, **options: Any) -> None:
        if absent := [path for path in options["corpus"] if not path.is_file()]:
            raise CommandError(f"There is no corpus at {absent[0]}.")
        if options["every"] < 1:
            raise CommandError("--every takes 1 or more.")
        others = peers()
        for name in sorted({"trafilatura", "htmldate"} - set(others)):
            self.stderr.write(f"{name} is not installed: its figures are missing. It is in requirements-dev.txt.")
        for path in options["corpus"]:
            started = time.monotonic()
            try:
                tallies = self.score(path, options["every"], others)
            except (ValueError, KeyError) as error:
                raise CommandError(f"The corpus {path} cannot be used: {error}") from error
            for line in self.report(path, tallies, time.monotonic() - started, options["worst"]):
                self.stdout.write(line)

    def score(self, path: Path, every: int, others: dict[str, Peer]) -> dict[str, facts.Tally]:
        """A tally for each reader. Other readers take flattened lines as paragraphs of a page."""
        readers = [OURS, *others, OURS_TEXT, *(f"{name}, lines" for name in others)]
        tallies = {name: facts.Tally() for name in readers}
        memory = shipped_memory()
        for number, case in enumerate(facts.load(path)):
            if number % every:
                continue
            if case.html:
                tallies[OURS].add(case.name, case.gold, facts.of_page(case, memory))
                for name, peer in others.items():
                    tallies[name].add(case.name, case.gold, peer(case.html))
            if case.lines:
                tallies[OURS_TEXT].add(case.name, case.gold, facts.of_lines(case, memory))
                paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in case.lines)
                for name, peer in others.items():
                    source = f"<html><body>{paragraphs}</body></html>"
                    tallies[f"{name}, lines"].add(case.name, case.gold, peer(source))
        return tallies

    def report(self, path: Path, tallies: dict[str, facts.Tally], seconds: float, worst: int) -> Iterator[str]:
        asked = ", ".join(f"{count} with {what}" for what, count in tallies[OURS].asked.items())
        yield f"{path.name}: {asked} ({seconds:.0f} s)"
        yield from facts.table(tallies, FIGURES)
        for reader, tally in tallies.items():
            silent = ", ".join(f"{count} {what}" for what, count in tally.silent.items())
            yield f"{reader} says nothing: {silent}"
        for what in facts.ASKED if worst else ():
            yield f"--- {what}: expected | found on the page"
            misses = [miss for miss in tallies[OURS].misses if miss[0] == what]
            for _, page, gold, found in misses[:worst]:
                yield f"{page}: {' '.join(gold.split())} | {' '.join(found.split()) or '(nothing)'}"
