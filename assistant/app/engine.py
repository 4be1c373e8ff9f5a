"""The assistant behind the page: opened on a thread of its own, so that the page is there before the models are."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum

from assistant.assistant import Assistant
from corpus.errors import IcatError

log = logging.getLogger(__name__)


class Warmth(StrEnum):
    WARMING = "warming"
    READY = "ready"
    FAILED = "failed"


class Engine:
    """Opens the assistant once, in the background; `assistant()` waits for it."""

    def __init__(self, opener: Callable[[], Assistant]) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="warm-up")
        self._opened: Future[Assistant] = self._pool.submit(opener)
        self._pool.shutdown(wait=False)

    @property
    def warmth(self) -> Warmth:
        if not self._opened.done():
            return Warmth.WARMING
        return Warmth.FAILED if self._opened.exception() else Warmth.READY

    @property
    def failure(self) -> str:
        """One line for the reader when opening failed: ours as it stands, a bug by its kind. '' otherwise."""
        error = self._opened.exception() if self._opened.done() else None
        if error is None:
            return ""
        if isinstance(error, IcatError):
            return str(error)
        log.error("the assistant could not be opened", exc_info=error)
        return f"The assistant could not be opened ({type(error).__name__}); see the log of `icat serve`."

    def assistant(self) -> Assistant:
        """The opened assistant; waits while it warms up, raises what opening raised."""
        return self._opened.result()
