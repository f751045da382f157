"""manage.py read FILE… [--json]: what the machine makes of files, without a database."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from articles.core import contract
from articles.core.formats import UnreadableError, open_bytes
from articles.core.reading import read
from articles.core.registry import shipped_memory
from articles.intake.pipelines import desk_recognisers

# More than any article; a file beyond it is a mistake that would only fill the memory.
LARGEST = 50_000_000


class Command(BaseCommand):
    help = "Read files and print each article: clean text, facts with their proof, and the ledger. Needs no database."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a text or HTML file")
        parser.add_argument("--json", action="store_true", help="print one JSON object per article, one per line")

    def handle(self, *args: Any, files: list[str], json: bool, **options: Any) -> None:
        """Every file is read; exit code 1 when any of them could not be."""
        memory = replace(shipped_memory(), recognisers=desk_recognisers())
        failed = False
        for name in files:
            try:
                reading = read(open_bytes(_data(name), name=name), memory)
            except UnreadableError as error:
                failed = True
                self.stderr.write(f"{name}: {error}")
                continue
            self.stdout.write(
                _line(contract.as_json(reading, file=name)) if json else contract.as_text(reading, file=name)
            )
        if failed:
            sys.exit(1)


def _line(article: dict[str, Any]) -> str:
    return json.dumps(article, ensure_ascii=False)


def _data(name: str) -> bytes:
    """The bytes of a file; UnreadableError with a sentence when there are none to be had."""
    path = Path(name)
    if path.is_dir():
        raise UnreadableError("This is a folder, not a file: name the files in it, or use import_articles.")
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except FileNotFoundError:
        raise UnreadableError("There is no such file.") from None
    except PermissionError:
        raise UnreadableError("This user may not read the file.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(f"The file could not be read: {reason}.") from error
    if size > LARGEST:
        raise UnreadableError(f"The file has {size} bytes; the limit is {LARGEST}.")
    return data
