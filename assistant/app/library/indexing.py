"""The index follows what is added and removed, in the background: who asks meanwhile is answered from the old one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock, Thread

from corpus.errors import IcatError
from index.build import Progress
from index.generations import BuildRunning

AGAIN = 2.0  # seconds until another try where another process is building
BEGINNING, WAITING = "beginning", "waiting"  # before the steps of a build, and for another process that builds
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexWork:
    """How far it is."""

    busy: bool
    step: str = ""  # BEGINNING, WAITING or one of `Progress`; whoever answers a reader has the words for it
    done: int = 0  # passages
    total: int = 0
    error: Exception | None = None  # why it failed


class Indexing:
    """One build at a time, on a thread of its own. What is asked for while one runs is built after it."""

    def __init__(self, build: Callable[[Callable[[Progress], None]], object]) -> None:
        self._build = build
        self._lock = Lock()
        self._wanted = False
        self._thread: Thread | None = None
        self.state = IndexWork(busy=False)

    def ask(self) -> None:
        """Something was added or removed."""
        with self._lock:
            self._wanted = True
            if self._thread is None:
                self.state = IndexWork(busy=True, step=BEGINNING)
                self._thread = Thread(target=self._run, name="indexing", daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Whether nothing is left to do within that time."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return self._thread is None

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._thread = None
                    self.state = self.state if self.state.error else IndexWork(busy=False)
                    return
                self._wanted = False
            try:
                self._build(self._tell)
            except BuildRunning:
                self.state = IndexWork(busy=True, step=WAITING)
                self._wanted = True
                Event().wait(AGAIN)
            except Exception as error:
                if not isinstance(error, IcatError):
                    log.error("the index could not be brought up to date", exc_info=error)
                self.state = IndexWork(busy=False, error=error)

    def _tell(self, now: Progress) -> None:
        self.state = IndexWork(True, now.step, now.done, now.total)
