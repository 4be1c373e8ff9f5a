"""Readers' feedback, one JSON line each, in `journal/feedback.jsonl` of the data folder.

What was asked is never written: a question may hold a real person's case. What was cited is, so that a bad answer
can be traced to its passages.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from assistant.show.words import printable
from assistant.types import Answer

FILE = "feedback.jsonl"
MAX_COMMENT = 2000  # characters; a line stays within one write


class Rating(StrEnum):
    UP = "up"
    DOWN = "down"


class Journal:
    """Appends feedback. Writers in several threads and processes do not mix or lose lines."""

    def __init__(self, home: Path, version: str) -> None:
        self.path = home / "journal" / FILE
        self._version = version

    def feedback(self, answer: Answer, rating: Rating, comment: str = "", now: datetime | None = None) -> None:
        """Keep one rating. `now`: an aware time, the present by default. OSError when the folder is not writable."""
        line = json.dumps(self._entry(answer, Rating(rating), comment, now or datetime.now(UTC)), ensure_ascii=False)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with _appending(self.path) as descriptor:
            _write(descriptor, f"{line}\n".encode())

    def _entry(self, answer: Answer, rating: Rating, comment: str, now: datetime) -> dict[str, object]:
        quotes = [quote for statement in answer.statements for quote in statement.quotes]
        labels = {quote.label for quote in quotes}
        cited = [passage for label, passage in enumerate(answer.evidence.passages, start=1) if label in labels]
        return {
            "time": now.astimezone(UTC).isoformat(timespec="seconds"),
            "version": self._version,
            "status": answer.status.value,
            "written_by": answer.written_by,
            "rating": rating.value,
            "comment": printable(comment)[:MAX_COMMENT],
            "chunks": [passage.chunk.id for passage in cited],
            "pages": sorted({f"{quote.publication}:{quote.page}" for quote in quotes}),
        }


@contextmanager
def _appending(path: Path) -> Iterator[int]:
    """The file, opened for appending and locked against other writers; closing it lets go of the lock."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Wait for the lock. Where the system has none (Windows), a line is still one appending write."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def _write(descriptor: int, line: bytes) -> None:
    """All of the line; a write may take less than it was given."""
    while line:
        line = line[os.write(descriptor, line) :]
