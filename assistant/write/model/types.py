"""A language model in types: what is sent to it, what comes back, and how that can fail. No library of models here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from assistant.show.words import say
from assistant.types import Usage
from corpus.errors import IcatError
from prompts import Message


class Reason(StrEnum):
    """The closed set of ways in which asking a language model fails."""

    DOWN = "down"  # no connection, or an error of the server's own
    REFUSED = "refused"  # the key, or what it is allowed to
    NOT_THERE = "not there"  # no such model, or no such address on the server
    BUSY = "busy"  # the server takes no more requests, or too many wait here
    TOO_LONG = "too long"  # question and passages do not fit the model's context
    SLOW_FIRST = "slow first"  # nothing was written in time
    SLOW_BETWEEN = "slow between"  # it stopped writing
    SLOW_WHOLE = "slow whole"  # it was not done in time
    EMPTY = "empty"
    CUT_OFF = "cut off"  # the length limit was met, or the stream ended before the text did
    LOOPS = "loops"  # it says the same again and again
    GARBAGE = "garbage"  # not the protocol that was expected


class ModelFault(IcatError):
    """A language model that gave no text to work with. The message is for an operator, `notice` for a reader."""

    def __init__(self, reason: Reason, detail: str, retry_after: float | None = None) -> None:
        """`detail`: one line without any key. `retry_after`: seconds after which it may work; None: it will not."""
        super().__init__(f"language model: {reason.value}: {detail}")
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after

    @property
    def notice(self) -> str:
        return say(f"fault.{self.reason.value}")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing to show yet. Comes at once when the place in the queue changes, and again while nothing arrives."""

    before: int  # answers that are written first; 0: this one is being written


class Writing(Protocol):
    """A text while it is being written: pieces in order, among them `Waiting`. Raises ModelFault; ends for good then.

    `close` may be called from any thread, also while another one waits for a piece: the iteration ends and the
    connection is cut, so that the server stops too.
    """

    @property
    def usage(self) -> Usage:
        """What was read and written so far; the server's own count once it has told it, else an estimate."""

    def __next__(self) -> str | Waiting: ...

    def close(self) -> None: ...

    def __iter__(self) -> Iterator[str | Waiting]:
        return self

    def __enter__(self) -> Writing:
        return self

    def __exit__(self, *ending: object) -> None:
        self.close()


class Writer(Protocol):
    """What writes: a language model, or a stand-in for one."""

    name: str
    context_tokens: int  # of instructions, evidence, question and answer together
    answer_tokens: int  # of the answer, at most
    draft_tokens: int  # of a draft, at most

    def write(self, messages: Sequence[Message], answer_tokens: int | None = None) -> Writing:
        """Starts writing; never waits itself. `answer_tokens`: at most so many (default: those of an answer)."""

    def count_tokens(self, text: str) -> int:
        """Tokens of a text, rather too many than too few."""


class Teller(Writer, Protocol):
    """A writer that can be asked how probable a reply is."""

    def first_word(self, messages: Sequence[Message], words: Sequence[str]) -> Mapping[str, float] | None:
        """How probable it is that the reply starts with each of the words, adding up to 1. None: not told."""


def whole(writing: Writing) -> str:
    """All of a text at once. ModelFault as it comes; the writing is closed in any case."""
    with writing:
        return "".join(step for step in writing if isinstance(step, str))


def estimate_tokens(text: str) -> int:
    """Tokens of a text where the model's own tokenizer is not at hand: rather too many than too few.

    One for 3 ASCII characters and one for 2 bytes (UTF-8) of other letters. Measured on a sentence in eight languages:
    1.1 to 1.4 times the tokens of Qwen2.5 in English, French and Spanish, 1.4 to 3.3 times in five others; with
    SmolLM2, whose tokenizer knows English only, at least 0.8 times.
    """
    ascii_letters = sum(1 for character in text if character.isascii())
    other_bytes = len(text.encode("utf-8", "replace")) - ascii_letters
    return -(-ascii_letters // 3) + -(-other_bytes // 2)
