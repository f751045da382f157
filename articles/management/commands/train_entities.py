"""Teach the recogniser of names from annotated articles, and write its weights and the report beside them."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.core.entities import trained
from articles.training import packing

WEIGHTS = Path(trained.__file__).parent / "weights"
LISTS = Path(trained.__file__).parents[1] / "data" / "names"


class Command(BaseCommand):
    help = (
        "Teach the recogniser of names. A corpus is a .jsonl file (plain, .gz) of annotated articles; its keys stand in "
        "articles/training/mentions.py. Months, never single articles, are held out to say how good it is. The same "
        "corpus gives the same weights."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--corpus", type=Path, action="append", help="may be given several times")
        parser.add_argument(
            "--also",
            type=Path,
            action="append",
            help="a corpus that is learned from, but not asked about; may be repeated",
        )
        parser.add_argument("--language", default="fr", help="whose recogniser it is (two letters)")
        parser.add_argument("--output", type=Path, help="the weights; the report goes beside them")
        parser.add_argument("--steps", type=int, help="so many steps of learning: fewer for a quick try")
        parser.add_argument(
            "--lists", action="store_true", help="write the lists of names anew from the libraries; teaches nothing"
        )

    def handle(self, **options: Any) -> None:
        if options["lists"]:
            self.stdout.write(lists())
            return
        try:
            from articles.training import mentions, naming
        except ImportError as missing:
            raise CommandError(
                f"Teaching needs {missing.name}, which reading does not: install requirements-dev.txt."
            ) from missing
        corpora, also = options["corpus"] or (), options["also"] or ()
        if absent := [path for path in (*corpora, *also) if not path.is_file()]:
            raise CommandError(f"There is no corpus at {absent[0]}.")
        started = time.monotonic()

        def say(words: str) -> None:
            self.stdout.write(f"{time.monotonic() - started:6.0f} s  {words}")

        try:
            taught = [article for path in corpora for article in mentions.load(path)]
            more = [article for path in also for article in mentions.load(path)]
        except (ValueError, OSError) as error:
            raise CommandError(f"The corpus cannot be used: {error}") from error
        if len({article.group for article in taught}) < naming.FOLDS:
            raise CommandError(f"The corpus has fewer than {naming.FOLDS} months: nothing can be validated.")
        settings = {"max_iterations": options["steps"]} if options["steps"] else None
        learned, report = naming.learn(taught, also=more, say=say, settings=settings)
        output = options["output"] or WEIGHTS / f"{options['language']}.npz"
        report |= {"bytes": packing.save(output, trained.packed(learned))}
        output.with_suffix(".json").write_text(json.dumps(report, indent=1, sort_keys=True) + "\n")
        say(f"wrote {output} ({report['bytes'] / 1e6:.2f} MB): {report['held out']}")


def lists() -> str:
    """Write the lists of names anew; what was written."""
    try:
        from articles.training import gazetteers, lexicons
    except ImportError as missing:
        raise CommandError(
            f"The lists of names are made with {missing.name}, which nothing else needs: pip install {missing.name}."
        ) from missing
    return f"wrote {gazetteers.written(LISTS) | lexicons.written(LISTS)}"
