"""What somebody sees of an upload that is worked through at a terminal, or in the log of a machine."""

import time
from typing import Any, Protocol

from articles.models import Receipt, Upload

BAR = 24
# So many failures are named under a bar; all of them stand on the upload's page.
NAMED = 20


class Output(Protocol):
    def write(self, msg: str = "", *, ending: str | None = None) -> Any: ...

    def isatty(self) -> bool: ...

    def flush(self) -> None: ...


class Progress:
    """On a terminal a bar that is drawn again and again, elsewhere a line for each failure as it happens."""

    def __init__(self, upload: Upload, out: Output) -> None:
        self.upload, self.out = upload, out
        self.terminal = out.isatty()
        self.began, self.done_before = time.monotonic(), self._counts()[0]
        self.told = -1
        self.width = 0

    def look(self, position: int) -> None:
        """Everything up to this position is settled."""
        if not self.terminal:
            self._name_failures(position)
            return
        done, total, failed = self._counts()
        line = bar(done, total, failed, rate=self._rate(done), cutting=position < 0)
        self.out.write("\r" + line.ljust(self.width), ending="")
        self.out.flush()
        self.width = len(line)

    def finish(self) -> None:
        if self.terminal:
            self.look(0)
            self.out.write("")
        self._name_failures(None)

    def _counts(self) -> tuple[int, int, int]:
        counts = self.upload.receipts.counted()
        return sum(counts.values()) - counts[Receipt.WAITING], sum(counts.values()), counts[Receipt.FAILED]

    def _rate(self, done: int) -> float:
        """Items a second."""
        return (done - self.done_before) / max(time.monotonic() - self.began, 0.001)

    def _name_failures(self, position: int | None) -> None:
        failed = self.upload.receipts.filter(outcome=Receipt.FAILED, position__gt=self.told).order_by("position")
        if position is not None:
            failed = failed.filter(position__lte=position)
        for number, row in enumerate(failed.only("name", "message", "position")):
            if self.terminal and number == NAMED:
                self.out.write("… and more; the page of the upload names them all.")
                break
            self.out.write(f"{row.name}: {row.message}")
            self.told = row.position


def bar(done: int, total: int, failed: int, *, rate: float, cutting: bool) -> str:
    """The state in one line."""
    if cutting:
        return f"Cutting into items: {total:,} so far"
    filled = BAR * done // max(total, 1)
    parts = [f"[{'#' * filled}{'.' * (BAR - filled)}] {done:,} of {total:,}"]
    if rate >= 0.05:
        parts.append(f"{rate:,.1f} a second")
        if done < total:
            parts.append(f"{_duration((total - done) / rate)} left")
    if failed:
        parts.append(f"{failed:,} failed")
    return " · ".join(parts)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def summary(upload: Upload) -> str:
    """What became of it, in one line."""
    counts = {outcome: number for outcome, number in upload.receipts.counted().items() if number}
    words = ", ".join(f"{number:,} {outcome}" for outcome, number in counts.items()) or "nothing yet"
    uncut = upload.files.filter(finished=False).count()
    rest = f", {uncut:,} file{'' if uncut == 1 else 's'} to be cut into items" if uncut else ""
    return f"Upload {upload.pk}: {words}{rest}. Receipts: /upload/{upload.pk}/"
