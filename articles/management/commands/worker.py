"""Read what was brought in, in the background."""

from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.intake import queue


class Command(BaseCommand):
    # A worker serves no page: what only pages need, their addresses and templates, is neither loaded nor checked.
    requires_system_checks = (Tags.caches, Tags.database, Tags.files, Tags.models, Tags.security)
    help = (
        "Cut uploads into items and read them, until it is told to end. Run as many as there are processors to spare, "
        "with PostgreSQL on any number of machines."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--burst", action="store_true", help="End when nothing waits any more.")
        parser.add_argument("--interval", type=float, default=1.0, help="Seconds between two looks for work (1).")

    def handle(self, *args: Any, **options: Any) -> None:
        if not queue.our_worker_runs():
            raise CommandError(
                f"TASK_BACKEND is {settings.TASK_BACKEND}: this worker reads the tasks of “database”. "
                "Start the worker that comes with that engine."
            )
        from articles.intake.worker import DeskWorker, prepare_connections

        prepare_connections()
        worker = DeskWorker(burst=options["burst"], interval=options["interval"])
        worker.configure_signals()
        self.stdout.write(f"Worker {worker.worker_id} reads what is brought in. End it with Ctrl-C.")
        worker.run()
        self.stdout.write("The worker has ended; what is left waits for the next.")
