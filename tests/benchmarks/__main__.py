"""Prints every benchmark. ``python -m tests.benchmarks [NAME…]``, a name of BENCHMARKS."""

import os
import sys
import tempfile
from pathlib import Path

# The desk's benchmarks write; they get a database of their own.
os.environ["DEBUG"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
os.environ["DATABASE_URL"] = f"sqlite:///{Path(tempfile.mkdtemp()) / 'bench.sqlite3'}"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.benchmarks import (  # noqa: E402
    cleaning,
    containers,
    desk,
    entities,
    growth,
    intake,
    reading,
    registry,
    stories,
    writers,
)

BENCHMARKS = {
    "cleaning": cleaning.run,
    "entities": entities.run,
    "reading": reading.run,
    "containers": containers.run,
    "growth": growth.run,
    "desk": desk.run,
    "writers": writers.run,
    "intake": intake.run,
    "stories": stories.run,
    "registry": registry.run,
}

if __name__ == "__main__":
    chosen = sys.argv[1:] or list(BENCHMARKS)
    call_command("migrate", verbosity=0)
    for name in chosen:
        print(f"\n== {name}")  # noqa: T201
        for line in BENCHMARKS[name]():
            print(line, flush=True)  # noqa: T201
