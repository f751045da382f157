"""Write the countries and cities of the registry that ships anew, from the libraries that know them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.core import registry

DATA = Path(registry.__file__).parent / "data"


class Command(BaseCommand):
    help = (
        "Write the countries and cities of the registry anew, from open libraries and articles/training/registry/. "
        "For whoever works on the project; a desk has them already."
    )

    def handle(self, **options: Any) -> None:
        try:
            from articles.training import atlas
        except ImportError as missing:
            raise CommandError(
                f"The registry is made with {missing.name}, which nothing else needs: pip install {missing.name}."
            ) from missing
        self.stdout.write(f"wrote {atlas.written(DATA)}")
