"""A folder that is looked at again and again: what is put into it comes in, and is moved to ``done/`` or ``failed/``.

Each file is kept in the database from the commit that takes it until it is moved, so that no crash takes it twice; it is
moved only once its upload is settled, and never over another file.
"""

import fcntl
import hashlib
import os
import stat
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from django.db import OperationalError, close_old_connections, connection

from articles.actions.recording import Person
from articles.core.values import Given
from articles.intake import importing
from articles.intake.local_files import Source, in_folder
from articles.intake.uploads import begin, close, discard
from articles.models import Receipt, Upload, WatchedFile

DONE, FAILED = "done", "failed"
# Names that programs give to what they still write.
UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart", ".download", ".swp", "~")
# So many files make one upload, and so many problems of a file are said.
TOGETHER, NAMED = 500, 3


class Busy(Exception):
    """Another process watches the folder, or it cannot be watched; the message is a sentence."""


class Seen(NamedTuple):
    """What tells whether a file changed: its size, its times (ns), and which file it is."""

    size: int
    modified: int
    changed: int
    device: int
    number: int


class Watcher:
    """Use as a context: one process watches a folder at a time. ``quiet``: for so many seconds a file is unchanged before
    it is taken. ``wait``: what came in is read here, not by the workers."""

    def __init__(
        self,
        folder: str,
        *,
        by: Person | None = None,
        given: Given | None = None,
        url: str = "",
        mapping: Mapping[str, str] | None = None,
        note: str = "",
        wait: bool = True,
        quiet: float = 5.0,
        say: Callable[[str], object] = lambda line: None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.folder = Path(folder).resolve()
        self._by, self._given, self._url, self._mapping, self._note = by, given or Given(), url, mapping, note
        self._wait, self._quiet, self._say, self._clock, self._sleep = wait, quiet, say, clock, sleep
        self._key = hashlib.sha256(os.fsencode(self.folder)).hexdigest()
        self._since: dict[Path, tuple[Seen, float]] = {}
        # Files under an unfinished name (device, number): those of the last look, and of the one before.
        self._writing: set[tuple[int, int]] = set()
        self._renamed: set[tuple[int, int]] = set()
        self._stuck: set[Path] = set()
        self._lock: int | None = None

    def __enter__(self) -> "Watcher":
        if not self.folder.is_dir():
            raise Busy(f"{self.folder} is no folder.")
        self._lock = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            raise Busy(f"{self.folder} is watched already, by another process.") from None
        for name in (DONE, FAILED):
            if (self.folder / name).is_symlink():
                raise Busy(f"{self.folder / name} is a link: files would be moved out of the folder.")
            (self.folder / name).mkdir(exist_ok=True)
        self._forget_what_broke_off()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock is not None:
            os.close(self._lock)

    def _forget_what_broke_off(self) -> None:
        """An upload that was being received when this folder's watcher was killed: its files still lie here."""
        for upload in Upload.objects.filter(state=Upload.RECEIVING, watched_files__folder=self._key).distinct():
            discard(upload)

    def run(self, *, stop: Callable[[], bool], every: float) -> None:
        while not stop():
            if not connection.in_atomic_block:
                close_old_connections()
            try:
                self.look(stop=stop)
            except OperationalError as error:  # it is locked or restarts: nothing is lost, the next look tries again
                self._say(f"The database did not answer ({error}); trying again.")
            if not stop():
                self._sleep(every)

    def look(self, *, stop: Callable[[], bool] = lambda: False) -> None:
        """Take what is finished, go on with what is being read, move what is settled."""
        files = {source.path: source for source in self._files() if source.path is not None}
        known = dict(WatchedFile.objects.filter(folder=self._key).values_list("signature", "pk"))
        signatures = {path: self._signature(path) for path in files}
        self._since = {path: since for path, since in self._since.items() if path in files}
        fresh = [source for path, source in files.items() if signatures[path] not in known and self._finished(path)]
        if fresh:
            self._take(fresh[:TOGETHER])
        if self._wait:
            self._work(stop)
        self._move(signatures)

    def _files(self) -> list[Source]:
        """What lies in the folder and is to be taken some time."""
        found, writing = [], set()
        for source in in_folder(self.folder):
            path = source.path
            if source.problem or path is None or path.is_symlink() or not path.is_relative_to(self.folder):
                continue
            if Path(source.inner).parts[0] in (DONE, FAILED):
                continue
            if path.name.lower().endswith(UNFINISHED):
                if seen := _seen(path):
                    writing.add((seen.device, seen.number))
                continue
            found.append(source)
        # Renamed to its own name: who wrote it says that it is finished.
        self._renamed = self._writing
        self._writing = writing
        return found

    def _finished(self, path: Path) -> bool:
        """Whether nobody writes it any more: nothing of it changed for a while, or it just got its name."""
        seen = _seen(path)
        if seen is None:
            self._since.pop(path, None)
            return False
        if (seen.device, seen.number) in self._renamed:
            return True
        before, since = self._since.get(path, (None, 0.0))
        if before != seen:
            self._since[path] = (seen, self._clock())
            return self._quiet <= 0
        return self._clock() - since >= self._quiet

    def _signature(self, path: Path) -> str:
        """Which file it is, and in which state: another one as soon as it is written to."""
        seen = _seen(path)
        state = f"{seen.size} {seen.modified}" if seen else "gone"
        return hashlib.sha256(
            b"\0".join((os.fsencode(self.folder), os.fsencode(path.relative_to(self.folder)), state.encode()))
        ).hexdigest()

    def _take(self, fresh: list[Source]) -> None:
        """One upload of all that is finished."""
        signatures = {source.path: self._signature(source.path) for source in fresh if source.path}
        upload = begin(by=self._by, way="folder", note=self._note, mapping=self._mapping)
        try:
            upload.given = self._given.as_dict()
            upload.save(update_fields=["given"])
            for taken in importing.take_sources(upload, fresh, given=self._given, url=self._url):
                path = taken.source.path
                if path is None:
                    continue
                WatchedFile.objects.create(
                    folder=self._key,
                    signature=signatures[path],
                    upload=upload,
                    file=taken.file,
                    receipt=taken.receipt,
                )
                self._since.pop(path, None)
        except BaseException:
            discard(upload)
            raise
        close(upload, enqueue=not self._wait)
        self._say(f"Upload {upload.pk}: {len(fresh)} file{'' if len(fresh) == 1 else 's'} taken.")

    def _work(self, stop: Callable[[], bool]) -> None:
        """Read here what came in, also before a restart."""
        mine = Upload.objects.filter(watched_files__folder=self._key, state__in=(Upload.WAITING, Upload.RUNNING))
        for upload in mine.distinct().order_by("pk"):
            importing.work(upload, stop=stop)
            if stop():
                return

    def _move(self, signatures: Mapping[Path, str]) -> None:
        """Move the files whose upload is settled; forget those that are not there any more."""
        paths = {signature: path for path, signature in signatures.items()}
        settled = WatchedFile.objects.filter(folder=self._key, upload__state__in=(Upload.DONE, Upload.CANCELLED))
        for row in settled.select_related("file", "receipt"):
            path = paths.get(row.signature)
            here = path is not None and self._signature(path) == row.signature
            if path is None or not here or self._move_away(path, _problems(row)):
                row.delete()

    def _move_away(self, path: Path, problems: list[str]) -> bool:
        """Whether it could be moved. What cannot be is said once, and stays known."""
        try:
            moved = move(path, self.folder / (FAILED if problems else DONE), path.relative_to(self.folder))
        except OSError as error:
            if path not in self._stuck:
                self._say(f"{path.relative_to(self.folder)} could not be moved: {error.strerror or error}.")
            self._stuck.add(path)
            return False
        self._stuck.discard(path)
        self._say(f"{moved.relative_to(self.folder)}: {' '.join(problems) or 'done'}")
        return True


def _seen(path: Path) -> Seen | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return Seen(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_dev, found.st_ino)


def _problems(row: WatchedFile) -> list[str]:
    """Why anything of a file was not taken, in sentences."""
    if row.receipt is not None:
        receipts = Receipt.objects.filter(pk=row.receipt_id)
    else:
        receipts = Receipt.objects.filter(file=row.file)
    lost = receipts.filter(outcome__in=(Receipt.FAILED, Receipt.SKIPPED)).order_by("position")
    found = list(lost.values_list("message", flat=True)[:NAMED])
    if not found and row.file is not None and row.file.problem:
        found.append(row.file.problem)
    return found


def move(path: Path, into: Path, inner: Path) -> Path:
    """Move a file below a folder, with the folders that it lay in; where its name is taken it gets a number."""
    target = into / inner
    target.parent.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        name = target if number == 1 else target.with_name(f"{target.stem} ({number}){target.suffix}")
        try:
            # The name is ours from here on: what is replaced is what we made.
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC))
        except FileExistsError:
            number += 1
            continue
        try:
            path.replace(name)
        except OSError:
            name.unlink()
            raise
        return name
