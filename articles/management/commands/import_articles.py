"""manage.py import_articles PATH…: bring files of this machine in, and see what became of each."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import batched
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.core.values import Given
from articles.intake import importing, queue, tasks
from articles.intake.cutting import readable
from articles.intake.importing_progress import Progress, summary
from articles.intake.json_items import MAPPED
from articles.intake.local_files import STANDARD_INPUT, Source, sources
from articles.intake.uploads import Closed, begin, close, discard
from articles.intake.watching import Busy, Watcher
from articles.models import Receipt, Upload


class Command(BaseCommand):
    help = (
        "Bring articles in from files and folders of this machine, in any format that the upload page takes; “-” reads "
        "from a pipe. Exit code 1 when anything failed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="*", metavar="PATH", help="a file, a folder with all below it, or - for a pipe"
        )
        parser.add_argument("--by", default="", metavar="USER", help="under whose name it comes in")
        parser.add_argument("--outlet", default="", help="said of each article for which the material names no outlet")
        parser.add_argument(
            "--url",
            default="",
            help="the address of the article; for several files with {path} (below the folder) or {name} in it",
        )
        parser.add_argument(
            "--map", action="append", default=[], metavar="OURS=THEIRS", help="which key of the material means what"
        )
        parser.add_argument("--note", default="", help="stays with the upload")
        parser.add_argument("--no-wait", dest="wait", action="store_false", help="leave the reading to the workers")
        parser.add_argument("--wait", action="store_true", help="read it in this process (the default)")
        parser.add_argument("--resume", type=int, metavar="ID", help="go on with an upload that was broken off")
        parser.add_argument("--watch", metavar="FOLDER", help="bring in what is put into a folder, until interrupted")
        parser.add_argument(
            "--quiet-seconds", type=float, default=5.0, help="with --watch: for how long a file is unchanged"
        )
        parser.add_argument("--poll-seconds", type=float, default=2.0, help="with --watch: how often it is looked at")
        parser.set_defaults(wait=True)

    def handle(self, *args: Any, **options: Any) -> None:
        self.stderr.style_func = None  # a bar is no error
        ways = [bool(options["paths"]), options["resume"] is not None, bool(options["watch"])]
        if sum(ways) != 1:
            raise CommandError("Name what to bring in: files, folders or -; or else --resume ID, or --watch FOLDER.")
        self.given = Given(outlet=readable(options["outlet"], 200))
        self.options, self.mapping, self.by = options, _mapping(options["map"]), _person(options["by"])
        try:
            if options["watch"]:
                failed = self._watch(options["watch"])
            elif options["resume"] is not None:
                failed = self._resume(options["resume"])
            else:
                failed = self._import(options["paths"])
        finally:
            tasks.end_reader()
        if failed:
            sys.exit(1)

    def _import(self, paths: list[str]) -> bool:
        url = _address(self.options["url"], paths)
        if paths.count(STANDARD_INPUT) > 1:
            raise CommandError("There is one standard input: name - once.")
        missing = [path for path in paths if path != STANDARD_INPUT and not Path(path).exists()]
        if missing:
            raise CommandError(f"There is no file or folder “{missing[0]}”. Nothing was taken.")
        outcomes = [self._one(few, url) for few in batched(sources(paths), settings.UPLOAD_MAX_FILES)]
        if not outcomes:
            self.stderr.write("There is nothing to bring in: no file was found.")
        return any(outcomes)

    def _one(self, few: tuple[Source, ...], url: str) -> bool:
        """One upload; whether anything of it failed."""
        upload = begin(by=self.by, way="command", note=self.options["note"], mapping=self.mapping)
        try:
            upload.given = self.given.as_dict()
            upload.save(update_fields=["given"])
            for _ in importing.take_sources(upload, few, given=self.given, url=url):
                pass
        except Closed as closed:
            raise CommandError(str(closed)) from None
        except KeyboardInterrupt:
            discard(upload)
            raise CommandError("Broken off while it was taken in. Nothing of it was kept: run it again.") from None
        except BaseException:
            discard(upload)
            raise
        close(upload, enqueue=not self.options["wait"])
        return self._work(upload) if self.options["wait"] else self._left_to_workers(upload)

    def _resume(self, number: int) -> bool:
        upload = Upload.objects.filter(pk=number).first()
        if upload is None:
            raise CommandError(f"There is no upload {number}.")
        if upload.state in (Upload.RECEIVING, Upload.CANCELLED):
            why = "cancelled" if upload.state == Upload.CANCELLED else "never taken in to its end"
            raise CommandError(f"Upload {number} was {why}: there is nothing to go on with.")
        importing.pick_up(upload)
        return self._work(upload)

    def _work(self, upload: Upload) -> bool:
        progress = Progress(upload, self.stderr)
        with _interrupted() as stopped:
            importing.work(upload, stop=stopped, look=progress.look)
            if stopped() and upload.at_work:
                importing.leave(upload)
        progress.finish()
        self.stdout.write(summary(upload))
        if upload.state == Upload.PAUSED or upload.at_work:
            what = "is paused" if upload.state == Upload.PAUSED else "is not at its end"
            raise CommandError(
                f"Upload {upload.pk} {what}; nothing is lost. Go on: manage.py import_articles --resume {upload.pk}, "
                "or on its page."
            )
        return upload.receipts.filter(outcome=Receipt.FAILED).exists()

    def _left_to_workers(self, upload: Upload) -> bool:
        self.stdout.write(summary(upload))
        if upload.at_work and queue.nobody_works():
            self.stderr.write("No worker runs at present: start one with manage.py worker.")
        return upload.receipts.filter(outcome=Receipt.FAILED).exists()

    def _watch(self, folder: str) -> bool:
        watcher = Watcher(
            folder,
            by=self.by,
            given=self.given,
            url=_address(self.options["url"], [folder]),
            mapping=self.mapping,
            note=self.options["note"],
            wait=self.options["wait"],
            quiet=self.options["quiet_seconds"],
            say=self.stdout.write,
        )
        try:
            with _interrupted() as stopped, watcher:
                self.stdout.write(f"Watching {watcher.folder}. Ctrl-C ends it.")
                watcher.run(stop=stopped, every=self.options["poll_seconds"])
        except (Busy, OSError) as error:
            raise CommandError(str(error)) from None
        return False


@contextmanager
def _interrupted() -> Iterator[Any]:
    """Whether somebody pressed Ctrl-C or asked the process to end. A flag, so that it ends between two items; a second
    Ctrl-C ends it at once, and the item is read again some time."""
    asked: list[int] = []

    def ask(number: int, frame: Any) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _person(username: str) -> User | None:
    if not username:
        return None
    person = User.objects.filter(username=username).first()
    if person is None:
        raise CommandError(f"There is no account “{username}”.")
    if not person.has_perm("articles.add_upload"):
        raise CommandError(f"{username} may not upload.")
    return person


def _mapping(pairs: list[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        ours, equals, theirs = readable(pair, 240).partition("=")
        if not equals or ours not in MAPPED or not theirs.strip():
            raise CommandError(f"“{pair}”: say --map ours=theirs, as in title=headline. Ours are {', '.join(MAPPED)}.")
        mapping[ours] = theirs.strip()
    return mapping


def _address(url: str, paths: list[str]) -> str:
    if url and not url.startswith(("http://", "https://")):
        raise CommandError("--url is no web address: it begins with http:// or https://.")
    several = len(paths) > 1 or any(source.found for source in sources(paths) if source.path) if url else False
    if several and "{path}" not in url and "{name}" not in url:
        raise CommandError("One address cannot be that of several files: put {path} or {name} in it.")
    return url
