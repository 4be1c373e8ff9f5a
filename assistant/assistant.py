"""From a question to an answer, as events. No evidence, no answer; exactly one Done, and it comes last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.answerability import ANSWERS_FROM, Judgement, judge
from assistant.compose import Composer, Composition
from assistant.evidence import Shelf, gather
from assistant.question import READ_WORDS, looked_up, parts, says_little
from assistant.reading import Reader, Reading
from assistant.types import (
    Answer,
    Coverage,
    Covered,
    Done,
    Event,
    Evidence,
    Query,
    Refusal,
    Retrieved,
    Turn,
)
from index.rerank import question_of
from index.retriever import Retrieval
from index.types import Filters

MAX_QUESTION = 2000  # characters; what is beyond is not read, and the answer says so
NEAREST = 3  # passages offered when nothing answers
TOO_LONG = f"The question was longer than {MAX_QUESTION} characters; only its end was read."
NO_FILTERS = Filters()

Scope = Callable[[str], Refusal | None]
Rewriter = Callable[[str, Sequence[Turn]], str]


class Searcher(Protocol):
    """The index."""

    def retrieve(self, query: str, *, question: str, filters: Filters, limit: int) -> Retrieval:
        """The best passages, and what it takes to judge whether they answer."""


class Assistant:
    """Answers questions from the documents at hand. Holds no conversation; safe to share between threads."""

    def __init__(
        self,
        shelf: Shelf,
        searcher: Searcher,
        reader: Reader,
        composer: Composer,
        scope: Scope,
        rewriter: Rewriter,
        passages: int = 8,
        answers_from: float = ANSWERS_FROM,
    ) -> None:
        """`passages` are retrieved for an answer; below the probability `answers_from` it declines."""
        self._shelf = shelf
        self._searcher = searcher
        self._reader = reader
        self._composer = composer
        self._scope = scope
        self._rewriter = rewriter
        self._passages = passages
        self._answers_from = answers_from

    def answer(self, question: str, turns: Sequence[Turn] = (), filters: Filters = NO_FILTERS) -> Answer:
        """The answer that `ask` ends in."""
        for event in self.ask(question, turns, filters):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("ask ended without Done")

    def ask(self, question: str, turns: Sequence[Turn] = (), filters: Filters = NO_FILTERS) -> Iterator[Event]:
        """Retrieved, where something was looked up, then Done. What goes wrong is raised, never made an answer."""
        asked = question.strip()
        refusal = self._scope(asked) if asked else Refusal.GREETING
        if refusal is not None:
            yield Done(Answer(Query(asked, asked, asked, filters), refusal=refusal))
            return
        read = _end_of(asked)
        stand_alone = self._rewriter(read, turns)
        query = Query(asked, stand_alone, _question(stand_alone), filters)
        found = self._searcher.retrieve(
            looked_up(query.stand_alone), question=query.question, filters=filters, limit=self._passages
        )
        evidence = gather(found.hits, self._shelf, self._passages)
        yield Retrieved(evidence, found.hits)
        yield Done(self._written(query, evidence, found, TOO_LONG if read != asked else ""))

    def _written(self, query: Query, evidence: Evidence, found: Retrieval, notice: str) -> Answer:
        """The verbatim answer; without statements, and with the nearest passages, where the corpus has none."""
        reading = self._reader.read(query, evidence, found.view.keywords)
        judgement = judge(reading, evidence, found)
        written = Composition(Evidence(), ())
        if judgement.probability >= self._answers_from:
            answered = [part >= self._answers_from for part in judgement.parts]
            written = self._composer.compose(evidence, reading, answered)
        return Answer(
            query=query,
            evidence=written.evidence,
            statements=written.statements,
            coverage=self._coverage(reading, judgement) if written.statements else (),
            nearest=() if written.statements else evidence.passages[:NEAREST],
            confidence=judgement.probability,
            notice=" ".join(line for line in (notice, written.notice) if line),
        )

    def _coverage(self, reading: Reading, judgement: Judgement) -> tuple[Coverage, ...]:
        return tuple(
            Coverage(part.text, Covered.ANSWERED if probability >= self._answers_from else Covered.NOT)
            for part, probability in zip(reading.parts, judgement.parts, strict=True)
        )


def _end_of(asked: str) -> str:
    """The last whole words of a question that is too long: what is asked mostly stands at the end."""
    return asked if len(asked) <= MAX_QUESTION else asked[-MAX_QUESTION:].partition(" ")[2] or asked[-MAX_QUESTION:]


def _question(stand_alone: str) -> str:
    """What a cross-encoder reads: the question without its story, or its parts in the Toolkit's words."""
    plain = dict.fromkeys(part.plainly for part in parts(stand_alone) if part.plainly)
    bare = question_of(stand_alone)
    text = " ".join(plain) or (stand_alone if says_little(bare) else bare)
    return " ".join(text.split()[-READ_WORDS:])
