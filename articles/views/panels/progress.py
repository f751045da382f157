"""How far an upload is: counts, rate, time left, and whether anybody works on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from articles.intake import queue
from articles.models import Receipt, Upload

# The rate is that of the last items; fewer than this say nothing.
LOOKED_AT, LEAST = 100, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """``counts`` by outcome; ``cutting`` the files of which items are still to come, with how many there are so far.
    ``moves``: asking again will show something new."""

    counts: Mapping[str, int]
    cutting: tuple[tuple[str, int], ...]
    rate: float
    moves: bool
    nobody: bool

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def settled(self) -> int:
        return self.total - self.counts["waiting"]

    @property
    def percent(self) -> int:
        return 100 * self.settled // self.total if self.total else 0

    @property
    def rate_in_words(self) -> str:
        """Items a second, or a minute where that says more."""
        if not self.rate:
            return ""
        return f"{self.rate:.0f} a second" if self.rate >= 2 else f"{self.rate * 60:.0f} a minute"

    @property
    def left_in_words(self) -> str:
        """How long it takes yet, roughly; empty where nobody can say."""
        if not self.rate or not self.counts["waiting"] or self.cutting:
            return ""
        seconds = self.counts["waiting"] / self.rate
        for size, unit in ((3600, "hour"), (60, "minute")):
            if seconds >= 1.5 * size:
                return f"about {round(seconds / size)} {unit}s"
        return "about a minute" if seconds > 40 else "less than a minute"


def progress_of(upload: Upload) -> Progress:
    counts = upload.receipts.all().counted()
    moves = upload.at_work or upload.state == Upload.RECEIVING
    return Progress(
        counts=counts,
        cutting=tuple(upload.files.filter(finished=False).values_list("name", "cut")[:5]) if upload.at_work else (),
        rate=_rate(upload) if upload.at_work else 0.0,
        moves=moves,
        nobody=upload.at_work and queue.nobody_works(),
    )


def _rate(upload: Upload) -> float:
    """Items a second, of late."""
    settled = Receipt.objects.filter(upload=upload, settled_at__isnull=False).order_by("-settled_at")
    moments = list(settled.values_list("settled_at", flat=True)[:LOOKED_AT])
    if len(moments) < LEAST:
        return 0.0
    return len(moments) / max((timezone.now() - moments[-1]).total_seconds(), 0.001)
