"""Writers around others: one that keeps what a model writes, and one that writes it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType

from assistant.types import Usage
from assistant.write.model.types import Waiting, Writer, Writing
from prompts import Message


@dataclass
class Heard:
    """A writing whose pieces are kept."""

    inner: Writing
    into: list[str]

    @property
    def usage(self) -> Usage:
        return self.inner.usage

    def __iter__(self) -> Iterator[str | Waiting]:
        return self

    def __next__(self) -> str | Waiting:
        step = next(self.inner)
        if isinstance(step, str):
            self.into.append(step)
        return step

    def close(self) -> None:
        self.inner.close()

    def __enter__(self) -> Heard:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.inner.close()


class Hearing:
    """A writer whose last text is kept."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.name, self.context_tokens, self.answer_tokens = writer.name, writer.context_tokens, writer.answer_tokens
        self.pieces: list[str] = []

    def write(self, messages: Sequence[Message], answer_tokens: int | None = None) -> Heard:
        self.pieces = []
        return Heard(self._writer.write(messages, answer_tokens), self.pieces)

    def count_tokens(self, text: str) -> int:
        return self._writer.count_tokens(text)


class Said:
    """A writing of a text that is known already."""

    def __init__(self, text: str, usage: Usage) -> None:
        self._steps = iter([text])
        self.usage = usage

    def __iter__(self) -> Iterator[str]:
        return self._steps

    def __next__(self) -> str:
        return next(self._steps)

    def close(self) -> None:
        self._steps = iter(())

    def __enter__(self) -> Said:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass
class Repeating:
    """A writer of one text that is known already. Sees as many passages as there are."""

    name: str
    text: str
    usage: Usage
    context_tokens: int = 10_000_000
    answer_tokens: int = 1000

    def write(self, messages: Sequence[Message], answer_tokens: int | None = None) -> Said:
        return Said(self.text, self.usage)

    def count_tokens(self, text: str) -> int:
        return len(text)
