"""Readers' feedback, one JSON line each, in `journal/feedback.jsonl` of the data folder.

What was asked is never written: a question may hold a real person's case. What was cited is, so that a bad answer
can be traced to its passages.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO

from assistant.show.words import printable
from assistant.types import Answer

FILE = "feedback.jsonl"
MAX_COMMENT = 2000  # characters; a line stays within one write


class Rating(StrEnum):
    UP = "up"
    DOWN = "down"


class FeedbackJournal:
    """Appends feedback. Writers in several threads and processes do not mix or lose lines."""

    def __init__(self, home: Path, version: str) -> None:
        self.path = home / "journal" / FILE
        self._version = version

    def feedback(self, answer: Answer, rating: Rating, comment: str = "", now: datetime | None = None) -> None:
        """Keep one rating. `now`: an aware time, the present by default. OSError when the folder is not writable."""
        line = json.dumps(self._entry(answer, Rating(rating), comment, now or datetime.now(UTC)), ensure_ascii=False)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path, "ab", opener=lambda path, flags: os.open(path, flags, 0o600)) as journal:
            _lock(journal)
            journal.write(f"{line}\n".encode())  # written, and the lock let go of, when it is closed

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


def _lock(journal: IO[bytes]) -> None:
    """Waits for other writers. Where the system has no lock (Windows), a line is still one appending write."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(journal, fcntl.LOCK_EX)
