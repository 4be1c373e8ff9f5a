"""Times and memory of what is measured."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

_Asked = TypeVar("_Asked")
_Found = TypeVar("_Found")


def peak_memory_mb() -> float:
    """The most memory this process has held, in MB of 10^6 bytes."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        import psutil

        return psutil.Process().memory_info().peak_wset / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def memory_mb() -> float:
    """The memory that this process holds now, in MB of 10^6 bytes."""
    import psutil

    return psutil.Process().memory_info().rss / 1e6


def timed(search: Callable[[_Asked], _Found], asked: Sequence[_Asked]) -> tuple[list[_Found], list[float]]:
    """What is found for each question, and its milliseconds; the first is searched for once before, to warm up."""
    for question in asked[:1]:
        search(question)
    found, times = [], []
    for question in asked:
        started = time.perf_counter()
        found.append(search(question))
        times.append((time.perf_counter() - started) * 1000)
    return found, times
