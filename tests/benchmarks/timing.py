"""The stopwatch of the benchmarks."""

import statistics
import time
from collections.abc import Callable


def seconds(work: Callable[[], object], *, times: int = 5) -> float:
    """The median of several runs after one that does not count."""
    work()
    runs = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        runs.append(time.perf_counter() - start)
    return statistics.median(runs)
