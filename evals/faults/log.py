"""What became of each attempt, a line of JSON each; an experiment that was stopped goes on where it was.

A fault is tried again the next time: it may have been mended, or the machine too busy to keep a limit of time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Attempt:
    number: int  # from 0
    what: str  # was done
    outcome: str  # FAULT, or one of those that are as they should be
    line: str = ""  # what was said of it, or what the fault is


class AttemptLog:
    """The attempts of one experiment on disk; the last one may have been cut off, and is made again."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        content = path.read_bytes() if path.exists() else b""
        whole = content[: content.rfind(b"\n") + 1]
        path.write_bytes(whole)
        stored = (Attempt(**json.loads(line)) for line in whole.splitlines())
        self.attempts = {attempt.number: attempt for attempt in stored}  # the last of each number

    def missing(self, count: int) -> list[int]:
        """The numbers below `count` that were not tried yet, and those that ended in a fault."""
        done = {number for number, attempt in self.attempts.items() if attempt.outcome != FAULT}
        return [number for number in range(count) if number not in done]

    def append(self, attempt: Attempt) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(attempt), ensure_ascii=False) + "\n")
        self.attempts[attempt.number] = attempt

    def report(self, count: int) -> Iterator[str]:
        """How the attempts below `count` ended, by what was done; then each fault."""
        tried = [attempt for number, attempt in sorted(self.attempts.items()) if number < count]
        yield f"{len(tried)} attempts: {_counted(tried)}"
        for what in sorted({attempt.what for attempt in tried}):
            yield f"  {what}: {_counted([attempt for attempt in tried if attempt.what == what])}"
        for attempt in tried:
            if attempt.outcome == FAULT:
                yield f"fault in number {attempt.number} ({attempt.what}): {attempt.line}"


def _counted(attempts: list[Attempt]) -> str:
    return ", ".join(f"{number} {outcome}" for outcome, number in sorted(Counter(a.outcome for a in attempts).items()))
