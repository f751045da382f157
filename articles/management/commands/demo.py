"""A desk to try: accounts, and articles written for this project."""

import json
import os
import signal
import subprocess
import sys
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.core.values import Given
from articles.intake import queue
from articles.intake.uploads import Item, receive
from articles.models import Article, Outlet

PASSWORD = "newsroom-demo"  # noqa: S105  the demo refuses to run where DEBUG is off
ACCOUNTS = [
    ("ana", "Ana", "Ferrand", "editor"),
    ("bea", "Béa", "Lindqvist", "editor"),
    ("claire", "Claire", "Okafor", "chief editor"),
    ("admin", "Dov", "Amsellem", "admin"),
]
# The publisher of one of the demo articles, which reserves all rights on its pages.
PARTNER = "L’Observatoire du rail"
AGREEMENT = "Partner since 2023: full texts, no pictures."


class Command(BaseCommand):
    help = "Create demo accounts and load the demo articles; with --serve, run the server and a worker. Keeps what is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--serve", action="store_true", help="Then serve on http://127.0.0.1, at --port.")
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo has accounts with a known password. It runs only with DEBUG=1.")
        call_command("migrate", verbosity=0)
        people = [self._account(*account) for account in ACCOUNTS]
        if not Article.objects.exists():
            self._agreement()
            upload = receive(demo_items(), by=people[0])
            self.stdout.write(f"Loaded {upload.receipts.filter(outcome='created').count()} demo articles.")
        else:
            self.stdout.write("The desk has articles already; they are kept.")
        address = f"http://127.0.0.1:{options['port']}"
        self.stdout.write(f"\n  Newsroom          {address}\n  Published feed    {address}/feeds/rss.xml\n")
        for username, first, last, group in ACCOUNTS:
            self.stdout.write(f"  {group:<14}    {username} / {PASSWORD}   ({first} {last})")
        self.stdout.write("")
        if options["serve"]:
            self._serve(options["port"])

    def _serve(self, port: str) -> None:
        """The web and a worker beside it, until Ctrl-C ends both."""
        # Feeds give the address that is served, unless somebody set another. The worker hears it from the environment.
        if not os.environ.get("PUBLIC_BASE_URL", "").strip():
            settings.PUBLIC_BASE_URL = os.environ["PUBLIC_BASE_URL"] = f"http://127.0.0.1:{port}"
        if not queue.our_worker_runs():
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)
            return
        # Its own group: Ctrl-C reaches this process alone, which then ends the worker and waits for it.
        worker = subprocess.Popen([sys.executable, sys.argv[0], "worker"], start_new_session=True)  # noqa: S603
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)
        finally:
            worker.terminate()
            worker.wait()

    def _agreement(self) -> None:
        """One outlet that lets us publish its texts, so that the gate shows what an agreement does."""
        Outlet.objects.get_or_create(
            name=PARTNER, defaults={"slug": "observatoire-du-rail", "terms": "full", "default_rights": AGREEMENT}
        )

    def _account(self, username: str, first: str, last: str, group: str) -> User:
        user, made = User.objects.get_or_create(
            username=username, defaults={"first_name": first, "last_name": last, "is_staff": group == "admin"}
        )
        if made:
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
        user.groups.add(Group.objects.get(name=group))
        return user


def demo_items() -> list[Item]:
    """The demo articles as an upload brings them in."""
    folder = files("articles").joinpath("demo")
    rows = json.loads(folder.joinpath("articles.json").read_text(encoding="utf-8"))
    return [
        Item(
            name=row["file"],
            content=folder.joinpath(row["file"]).read_bytes(),
            given=Given(url=row["url"] or "", outlet=row["outlet"] or ""),
        )
        for row in rows
    ]
