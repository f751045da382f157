"""manage.py read FILE… [--json]: what the machine makes of files, without a database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand

from articles.core import contract
from articles.core.containers import Found, Limits, cut
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
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="a text, a page, or a file of many: ZIP, JSON, WARC…"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object per article, one per line")

    def handle(self, *args: Any, files: list[str], json: bool, **options: Any) -> None:
        """Every article of every file is read; exit code 1 when any of them could not be."""
        memory = replace(shipped_memory(), recognisers=desk_recognisers())
        failed = False
        for name in files:
            for found in _items(name):
                try:
                    reading = read(_opened(found), memory)
                except UnreadableError as error:
                    failed = True
                    self.stderr.write(f"{found.name}: {error}")
                    continue
                said = (
                    contract.as_json(reading, file=found.name) if json else contract.as_text(reading, file=found.name)
                )
                self.stdout.write(said if isinstance(said, str) else _line(said))
        if failed:
            sys.exit(1)


def _line(article: dict[str, Any]) -> str:
    return json.dumps(article, ensure_ascii=False)


def _opened(found: Found) -> Any:
    """The article of an item. Raises UnreadableError."""
    if found.problem:
        raise UnreadableError(found.problem)
    return open_bytes(found.content, name=found.name, given=found.given)


def _items(name: str) -> Iterator[Found]:
    """The items of a file; a single one with a problem when there is nothing to be had of it."""
    try:
        with _file(name) as file:
            yield from cut(file, name=name, limits=Limits(item_bytes=LARGEST))
    except UnreadableError as error:
        yield Found(name=name, place="", problem=str(error))


@contextmanager
def _file(name: str) -> Iterator[BinaryIO]:
    """The open file; UnreadableError with a sentence when it cannot be read."""
    path = Path(name)
    try:
        if path.is_dir():
            raise UnreadableError("This is a folder, not a file: name the files in it, or use import_articles.")
        with path.open("rb") as file:
            yield file
    except UnreadableError:
        raise
    except FileNotFoundError:
        raise UnreadableError("There is no such file.") from None
    except PermissionError:
        raise UnreadableError("This user may not read the file.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(f"The file could not be read: {reason}.") from error
