"""Teach the cleaner from a corpus, and write its weights and the report beside them."""

import io
import json
import time
import zipfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from articles.core.cleaning import model

WEIGHTS = Path(model.__file__).parent / model.WEIGHTS
# A zip file remembers when it was made; the same lesson must give the same bytes.
MADE = (1980, 1, 1, 0, 0, 0)


class Command(BaseCommand):
    help = (
        "Teach the cleaner. A corpus is a .jsonl file (plain, .gz, .xz), an annotated .tsv or .html page, or a folder of "
        "them; what `export_decisions` writes is one too. The same corpus gives the same weights."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--corpus", type=Path, action="append", required=True, help="may be given several times")
        parser.add_argument("--output", type=Path, default=WEIGHTS, help="the weights; the report goes beside them")
        parser.add_argument("--trees", type=int, help="so many trees a look: fewer for a quick try")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from articles.training import learning, pages
        except ImportError as missing:
            raise CommandError(
                f"Teaching needs {missing.name}, which reading does not: install requirements-dev.txt."
            ) from missing
        if absent := [path for path in options["corpus"] if not path.exists()]:
            raise CommandError(f"There is no corpus at {absent[0]}.")
        started = time.monotonic()
        try:
            taught = [page for path in options["corpus"] for page in pages.load(path) if len(page.texts)]
        except (pages.BadPage, ValueError, KeyError) as error:
            raise CommandError(f"The corpus cannot be used: {error}") from error
        if len({page.group for page in taught}) < learning.FOLDS:
            raise CommandError(
                f"The corpus has pages of fewer than {learning.FOLDS} outlets: nothing can be validated."
            )
        if not all(any((page.shape == "page") == (shape == "page") for page in taught) for shape in model.SHAPES):
            raise CommandError("The corpus must hold pages with markup and pages of plain text.")
        trees = dict.fromkeys(learning.TREES, options["trees"]) if options["trees"] else None

        def say(words: str) -> None:
            self.stdout.write(f"{time.monotonic() - started:6.0f} s  {words}")

        cleaner, report = learning.learn(taught, say=say, trees=trees)
        size = save(cleaner, options["output"])
        report |= {"corpus": {"sha256": pages.digest(options["corpus"]), "pages": len(taught)}, "bytes": size}
        options["output"].with_suffix(".json").write_text(json.dumps(report, indent=1, sort_keys=True) + "\n")
        say(f"wrote {options['output']} ({size / 1e6:.1f} MB)")


def save(cleaner: model.Cleaner, path: Path) -> int:
    """Write the weights; how many bytes they are. The same cleaner gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted(model.packed(cleaner).items()):
            held = io.BytesIO()
            np.lib.format.write_array(held, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", MADE), held.getvalue(), zipfile.ZIP_DEFLATED)
    return path.stat().st_size
