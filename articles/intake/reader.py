"""Who reads an item: this process, or one beside it that may die of what it reads.

The child is one process per worker, started at the first item. It gets the number of a receipt, reads the bytes from
the database itself and hands the reading back; a limit of processor time and one of memory hold for it, so that no item
can take the worker with it. Handing a reading over costs about 2 % of making it (pickling 1 to 2 ms, reading 40 to 90).
"""

import atexit
import logging
import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from django.conf import settings
from django.db import close_old_connections

from articles.core.formats import open_text
from articles.core.reading import read
from articles.core.values import Memory
from articles.intake import beside
from articles.intake.memory import desk_memory
from articles.intake.settling import STUMBLED, ReadItem, read_item
from articles.models import Receipt

try:
    import resource
except ImportError:  # not on this system: the parent's clock still holds
    resource = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

# An outlet that somebody adds is known to what is read this many seconds later.
MEMORY_HOLDS = 10.0
# On a crowded machine a second of processor time takes longer than one.
CLOCK_PER_SECOND = 5
START_SECONDS = 120
READY, OUT_OF_MEMORY = "ready", 91
TOO_LONG = "Reading it took more than {seconds} seconds of processor time, and was ended."
TOO_MUCH = "Reading it took more than {megabytes} MB of memory, and was ended."
DIED = "Our reader ended at it ({how}). The file is kept; tell the administrator."


class Reader(Protocol):
    """Reads one item at a time: ``begin``, and then ``result``, between which others may be stored. ``prepare`` raises
    OSError where nothing can be read, whatever the item."""

    def prepare(self) -> None: ...

    def begin(self, receipt: Receipt) -> None: ...

    def result(self) -> ReadItem: ...


class Remembering:
    """The desk's memory, loaded anew when it is old."""

    def __init__(self) -> None:
        self._memory: Memory | None = None
        self._loaded = 0.0

    def now(self) -> Memory:
        if self._memory is None or time.monotonic() - self._loaded > MEMORY_HOLDS:
            self._memory, self._loaded = desk_memory(), time.monotonic()
        return self._memory


class ReaderHere:
    """Reads in this process: for tests, commands, and engines that have limits of their own."""

    def __init__(self) -> None:
        self._memory = Remembering()
        self._receipt: Receipt | None = None

    def prepare(self) -> None:
        pass

    def begin(self, receipt: Receipt) -> None:
        self._receipt = receipt

    def result(self) -> ReadItem:
        if self._receipt is None:
            raise ValueError("Nothing was begun.")
        return _read(self._receipt, self._memory)


class ReaderBeside:
    """Reads in a child process, which is started anew when it ended."""

    def __init__(self) -> None:
        self._process: Any = None
        self._pipe: Connection | None = None

    def prepare(self) -> None:
        self._started()

    def begin(self, receipt: Receipt) -> None:
        pipe = self._started()
        try:
            pipe.send(receipt.pk)
        except OSError:  # it ended since the last item
            self.stop()
            self._started().send(receipt.pk)

    def result(self) -> ReadItem:
        if self._pipe is None:
            raise ValueError("Nothing was begun.")
        wait([self._pipe, self._process.sentinel], timeout=settings.READ_MAX_SECONDS * CLOCK_PER_SECOND)
        try:
            if self._pipe.poll():
                found: ReadItem = self._pipe.recv()
                return found
        except (EOFError, OSError):
            pass
        return ReadItem(problem=self._how_it_ended())

    def _how_it_ended(self) -> str:
        self._process.join(0.5)
        code = self._process.exitcode
        self.stop()
        if code is None or code == -getattr(signal, "SIGXCPU", 0):
            return TOO_LONG.format(seconds=settings.READ_MAX_SECONDS)
        if code == OUT_OF_MEMORY:
            return TOO_MUCH.format(megabytes=settings.READ_MAX_MEGABYTES)
        return DIED.format(how=f"signal {-code}" if code < 0 else f"status {code}")

    def _started(self) -> Connection:
        if self._process is None or not self._process.is_alive():
            self.stop()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=beside.begin, args=(theirs,), name="reader", daemon=True)
            self._process.start()
            # Before the way in which multiprocessing ends its children, which waits for one that waits for us.
            atexit.register(self.stop)
            theirs.close()
            wait([self._pipe, self._process.sentinel], timeout=START_SECONDS)
            if not self._says_ready(self._pipe):
                self.stop()
                raise OSError("The process that reads could not be started.")
        if self._pipe is None:
            raise OSError("The reader has no pipe.")
        return self._pipe

    @staticmethod
    def _says_ready(pipe: Connection) -> bool:
        try:
            return pipe.poll() and pipe.recv() == READY
        except (EOFError, OSError):
            return False

    def stop(self) -> None:
        """End the child, whatever it does."""
        if self._process is not None and self._process.is_alive():
            self._process.kill()
            self._process.join(5)
        if self._pipe is not None:
            self._pipe.close()
        self._process, self._pipe = None, None


def serve(pipe: Connection) -> None:
    """What the child does: read what it is told to, until its parent is gone."""
    memory = Remembering()
    # What is loaded with the first reading belongs to the process, not to an item.
    read(open_text("Un titre\n\nUne phrase."), memory.now())
    _limit_memory()
    pipe.send(READY)
    while True:
        try:
            number = pipe.recv()
            close_old_connections()
            receipt = Receipt.objects.select_related("original", "upload").get(pk=number)
            _limit_time()
            pipe.send(_read(receipt, memory))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except Receipt.DoesNotExist:
            pipe.send(ReadItem(problem="It was taken away while it waited."))
        except (EOFError, OSError):
            return


def _read(receipt: Receipt, memory: Remembering) -> ReadItem:
    try:
        return read_item(receipt, memory=memory.now())
    except MemoryError:
        raise
    except Exception:  # one item's bug must not take the others with it; the bytes are kept
        log.exception("Receipt %s could not be read.", receipt.pk)
        return ReadItem(problem=STUMBLED)


def _limit_memory() -> None:
    """What one reading may take on top of what the process has when it begins."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with open("/proc/self/statm") as counted:  # noqa: PTH123
            pages = int(counted.read().split()[0])
    except OSError:
        return
    most = pages * resource.getpagesize() + settings.READ_MAX_MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _limit_time() -> None:
    """Processor seconds for the next item; beyond them the system ends the process."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + settings.READ_MAX_SECONDS + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
