"""A block of code that may take so long, and what is done when it takes longer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def deadline(seconds: float, act: Callable[[], object]) -> Iterator[threading.Event]:
    """Calls `act` on another thread where the block is not over by then; the event, set before, says that it was."""
    late = threading.Event()

    def expire() -> None:
        late.set()
        act()

    timer = threading.Timer(seconds, expire)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
