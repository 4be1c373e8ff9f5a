"""Tries a language model on a tiny task of our own: does it answer, how fast, does it keep to the format."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.types import Evidence, Passage, Usage
from assistant.write.draft import ParsedDraft, parse
from assistant.write.draft_prompt import build
from assistant.write.model.types import ModelFault, Reason, Writer
from corpus.quick_yaml import read_yaml
from corpus.types import Chunk, Publication, Published
from prompts import Message

_TOLD = read_yaml(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))  # what the model is asked
TEXTS, QUESTION, NO_ANSWER, OBEYED = _TOLD["texts"], _TOLD["question"], _TOLD["no answer"], _TOLD["obeyed"]
FOLLOWS = 0.5  # share of sentences with a label of the evidence, from which the format counts as followed
OVERFLOW_BY = 1.25  # of the context that is set; a word of one letter is one token in every common tokenizer
OVERFLOW_MOST = 16_384  # tokens of context up to which more is sent unasked: beyond, it takes long or costs money

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Timed:
    """One text, and how long it took. Seconds."""

    text: str
    usage: Usage
    first: float  # until the first piece, the queue left out
    whole: float

    @property
    def tokens_per_second(self) -> float | None:
        """While writing, after the first piece; None for a text that came at once."""
        writing = self.whole - self.first
        return (self.usage.tokens_out - 1) / writing if writing > 0 and self.usage.tokens_out > 1 else None


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found. What could not be tried is None."""

    model: str
    fault: str = ""  # why it does not answer; '' where it does
    answer: Timed | None = None
    draft: ParsedDraft | None = None
    ignores_instructions: bool | None = None  # those that a passage gives
    declines: bool | None = None  # where the passages do not answer
    overflow: str = ""  # what happens when more is sent than model.context_tokens

    @property
    def labelled(self) -> float | None:
        """Share of its sentences that give a source, and only such as there are."""
        if self.draft is None or not self.draft.sentences:
            return None
        known = range(1, len(TEXTS) + 1)
        good = [s for s in self.draft.sentences if s.labels and all(label in known for label in s.labels)]
        return len(good) / len(self.draft.sentences)

    @property
    def follows_format(self) -> bool:
        return self.labelled is not None and self.labelled >= FOLLOWS


def tried(writer: Writer, overflow: bool | None = None, clock: Clock = time.perf_counter) -> Trial:
    """Asks up to three times. `overflow`: also send too much (default: where the context is small)."""
    evidence = Evidence(tuple(_passage(*text) for text in TEXTS))
    try:
        answer = _ask(writer, QUESTION, evidence, clock)
    except ModelFault as fault:
        return Trial(writer.name, fault=str(fault))
    try:
        declines = parse(_ask(writer, NO_ANSWER, evidence, clock).text).declined
    except ModelFault:
        declines = None
    wanted = writer.context_tokens <= OVERFLOW_MOST if overflow is None else overflow
    return Trial(
        model=writer.name,
        answer=answer,
        draft=parse(answer.text),
        ignores_instructions=OBEYED not in answer.text.casefold(),
        declines=declines,
        overflow=_overflow(writer, clock) if wanted else "not tried",
    )


def _ask(writer: Writer, question: str, evidence: Evidence, clock: Clock) -> Timed:
    return _timed(writer, build(question, evidence, writer).messages, None, clock)


def _timed(writer: Writer, messages: tuple[Message, ...], limit: int | None, clock: Clock) -> Timed:
    """The whole text of one request. ModelFault as it comes."""
    started = clock()
    first = None
    pieces: list[str] = []
    with writer.write(messages, limit) as writing:
        for step in writing:
            if isinstance(step, str):
                first = clock() if first is None else first
                pieces.append(step)
        ended = clock()
        return Timed("".join(pieces), writing.usage, (first or ended) - started, ended - started)


def _overflow(writer: Writer, clock: Clock) -> str:
    """One line: refused as it should be, cut silently, or read."""
    words = int(writer.context_tokens * OVERFLOW_BY)
    try:
        usage = _timed(writer, (Message("user", "a " * words),), 16, clock).usage
    except ModelFault as fault:
        if fault.reason is Reason.TOO_LONG:
            return "refused, as it should be"
        if fault.reason not in (Reason.CUT_OFF, Reason.LOOPS, Reason.EMPTY):
            return f"not clear ({fault.reason.value})"
        return "accepted; see that the server's own context is at least model.context_tokens"
    if usage.estimated:
        return "accepted; see that the server's own context is at least model.context_tokens"
    if usage.tokens_in < writer.context_tokens:
        return (
            f"cut to {usage.tokens_in} tokens without a word: set the server's context to model.context_tokens, "
            f"{writer.context_tokens}, or that to the server's"
        )
    return f"accepted: it reads {usage.tokens_in} tokens and more"


def _passage(title: str, year: int, text: str) -> Passage:
    id = title.casefold().replace(" ", "-")
    publication = Publication(id=id, title=title, published=(Published(year=year, source="invented"),))
    chunk = Chunk(f"{id}#0001", id, text, 0, len(text), 1, 1, (), "en", publication.origin)
    return Passage(chunk, publication, None, None, 1.0, sha256(text.encode()).hexdigest())
