"""Times and memory of what is measured."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any


def peak_memory_mb() -> float:
    """The most memory this process has held, in MB of 10^6 bytes."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        import psutil

        return psutil.Process().memory_info().peak_wset / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def timed(searches: Sequence[Callable[[], Any]]) -> tuple[list[Any], list[float]]:
    """What each call returns, and its milliseconds; the first is called once before, to warm up."""
    for search in searches[:1]:
        search()
    found, times = [], []
    for search in searches:
        started = time.perf_counter()
        found.append(search())
        times.append((time.perf_counter() - started) * 1000)
    return found, times
