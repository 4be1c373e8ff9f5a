"""The log, on stderr: lines to read, or a JSON object a line (`ICAT_LOG=json`).

What an exception says may quote a question or a document. So its kind and its place in the code are written, not its
words.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic
from types import TracebackType

from assistant.watch.steps import ANSWER, ObservedStep, observe

SERVERS = ("uvicorn", "uvicorn.error", "uvicorn.access")  # they bring handlers of their own
_log = logging.getLogger("icat")


class PlainLines(logging.Formatter):
    """`logger: message`, then where a fault came from."""

    def __init__(self) -> None:
        super().__init__("%(name)s: %(message)s")

    def formatException(self, fault: tuple) -> str:
        """Each exception of the chain, the first cause first: where, then its kind."""
        return "\n".join(_chain(fault[1]))


class JsonLines(PlainLines):
    """One object a record: time (UTC), level, logger, message; error: kinds, places; of answers status, seconds."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1]:
            fields["error"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def start(form: str, verbose: bool) -> None:
    """From now on all records go to stderr in this form, 'plain' or 'json'; with `verbose` those of each answer too."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else PlainLines())
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, handlers=[handler])
    observe(_answered)


def take_over() -> None:
    """Brings what a web server logs into the same stream. After it was started: it sets up its own."""
    for name in SERVERS:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True


@contextmanager
def _answered(step: ObservedStep) -> Iterator[None]:
    """How each answer ended, and how long it took."""
    begun = monotonic()
    try:
        yield
    finally:
        if step.name == ANSWER:
            fields = {"status": step.ending, "seconds": round(monotonic() - begun, 3)}
            _log.info("%(status)s after %(seconds)s s", fields, extra={"fields": fields})


def _chain(error: BaseException | None) -> Iterator[str]:
    if error is None:
        return
    yield from _chain(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
    yield "".join(_places(error.__traceback__)) + f"{type(error).__module__}.{type(error).__qualname__}"


def _places(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}\n"
