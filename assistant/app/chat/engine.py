"""The assistant behind the page: opened on a thread of its own, so that the page is there before the models are."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Lock, Thread

from assistant.app.channel import reason
from assistant.assistant import Assistant
from assistant.people.masking import Masking
from corpus.errors import IcatError

log = logging.getLogger(__name__)


class Engine:
    """Opens the assistant in the background, at once. After a failure, `again` gives it another try."""

    def __init__(self, opener: Callable[[], Assistant]) -> None:
        self._opener = opener
        self._lock = Lock()
        self._plain = Masking()
        self._opened = self._open()

    @property
    def warming(self) -> bool:
        return not self._opened.done()

    @property
    def failure(self) -> str:
        """One line for the reader when opening failed; '' otherwise."""
        opened = self._opened
        error = opened.exception() if opened.done() else None
        return reason(error) if error else ""

    @property
    def masking(self) -> Masking:
        """Leaves out details of people: as the assistant does, which knows typing errors, once it is open."""
        opened = self._opened
        return opened.result().masking if opened.done() and not opened.exception() else self._plain

    def wait(self, seconds: float) -> bool:
        """Whether opening has come to an end within that time, well or badly."""
        return bool(wait([self._opened], seconds).done)

    def assistant(self) -> Assistant:
        """The opened assistant; waits while it warms up, raises what opening raised."""
        return self._opened.result()

    def again(self) -> None:
        """Opens once more if the last try failed: what was wrong may have been mended since."""
        with self._lock:
            if self.failure:
                self._opened = self._open()

    def reopened(self) -> Assistant:
        """The same, after another try where the last one failed."""
        self.again()
        return self.assistant()

    def _open(self) -> Future[Assistant]:
        opened: Future[Assistant] = Future()
        Thread(target=self._run, args=(opened,), name="warm-up", daemon=True).start()
        return opened

    def _run(self, opened: Future[Assistant]) -> None:
        try:
            opened.set_result(self._opener())
        except BaseException as error:
            if not isinstance(error, IcatError):
                log.error("the assistant could not be opened", exc_info=error)
            opened.set_exception(error)
