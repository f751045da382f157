"""Score the tags that reading suggests against those that people set, and say how fast they come."""

import statistics
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.core.entities import names, trained
from articles.core.registry import shipped_memory
from articles.training import corrections, exchanged, mentions


class Command(BaseCommand):
    help = (
        "Score suggested tags (strict: span and type) on annotated articles: per type, for the surest, per month, with "
        "speed, size and time to load. A corpus is a .jsonl file (plain, .gz), its keys stand in "
        "articles/training/mentions.py, or what export_entities writes. Of articles that the recogniser was taught with, "
        "only the speed means anything: `train_entities` reports what months held out of teaching give."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--corpus", type=Path, action="append", required=True, help="may be given several times")
        parser.add_argument("--language", default="fr", help="of the texts")
        parser.add_argument("--alone", action="store_true", help="the trained recogniser without registry and rules")
        parser.add_argument(
            "--learning",
            action="store_true",
            help="teach a recogniser with the earlier months; corrections that the later ones need as the desk learns",
        )
        parser.add_argument("--worst", type=int, default=0, metavar="N", help="show N misses and N false alarms")

    def handle(self, **options: Any) -> None:
        for line in self._load(options["language"]):
            self.stdout.write(line)
        for path in options["corpus"]:
            if not path.is_file():
                raise CommandError(f"There is no corpus at {path}.")
            try:
                articles = exchanged.corpus(path)
            except (ValueError, OSError) as error:
                raise CommandError(f"The corpus {path} cannot be used: {error}") from error
            if options["learning"]:
                lines = self._learning(articles, options["language"])
            else:
                lines = self._report(path.name, articles, options)
            for line in lines:
                self.stdout.write(line)

    def _load(self, language: str) -> Iterator[str]:
        trained.shipped.cache_clear()
        names.lists.cache_clear()
        started = time.process_time()
        known, model = names.lists(), trained.shipped(language)
        yield f"to load: {time.process_time() - started:.2f} CPU seconds" + ("" if model else "; no trained recogniser")
        weights = Path(trained.__file__).parent / "weights" / f"{language}.npz"
        size = weights.stat().st_size if weights.is_file() else 0
        lists = sum(path.stat().st_size for path in (Path(trained.__file__).parents[1] / "data/names").iterdir())
        yield f"size: weights {size / 1e6:.2f} MB, lists of names {lists / 1e6:.2f} MB ({len(known)} names)"

    def _learning(self, articles: list[mentions.Article], language: str) -> Iterator[str]:
        try:
            from articles.training import naming
        except ImportError as missing:
            raise CommandError(f"Teaching needs {missing.name}: install requirements-dev.txt.") from missing
        earlier, later = corrections.halves(articles)
        if len({article.group for article in earlier}) < naming.FOLDS:
            raise CommandError(f"The earlier half has fewer than {naming.FOLDS} months: nothing can be taught.")
        taught, _ = naming.learn(earlier, say=lambda words: None)
        yield f"taught with {len(earlier)} articles; {len(later)} later ones come in"
        memory = replace(shipped_memory(), recognisers={language: taught})
        yield from corrections.report(later, memory, language)

    def _report(self, name: str, articles: list[mentions.Article], options: dict[str, Any]) -> Iterator[str]:
        language, memory = options["language"], shipped_memory()
        find = mentions.alone(language) if options["alone"] else mentions.read_with(memory, language)
        if find is None:
            raise CommandError(f"There is no trained recogniser for {language}.")
        words = sum(len(article.text.split()) for article in articles)
        started = time.process_time()
        found = [(article, find(article.text)) for article in articles]
        took = max(time.process_time() - started, 1e-9)
        tally = mentions.Tally()
        months: dict[str, mentions.Tally] = {}
        for article, said in found:
            tally.add(article, said)
            months.setdefault(article.group, mentions.Tally()).add(article, said)
        yield f"{name}: {len(articles)} articles, {words} words, {words / took:,.0f} words a CPU second"
        yield "  ".join(f"{what} {figure}" for what, figure in tally.figures().items())
        blocks = [its.figures()["f1"] for its in months.values()]
        yield f"mean of {len(blocks)} months: {statistics.fmean(blocks or [0]):.1f}"
        texts = {article.name: article.text for article in articles}
        for title, tags in (("missed", tally.misses), ("false alarm", tally.alarms)):
            for which, tag in tags[: options["worst"]]:
                yield f"{title} {tag.type}: {texts[which][tag.start : tag.end]!r} ({which})"
