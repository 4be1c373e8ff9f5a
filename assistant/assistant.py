"""From a question to an answer, as events. No evidence, no answer; exactly one Done, and it comes last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Protocol

from assistant.answerability import ANSWERS_FROM, judge
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
from corpus.types import ChunkId
from index.rerank import question_of
from index.search import Retrieval, Stage
from index.types import Filters, Hit

MAX_QUESTION = 2000  # characters; what is beyond is not read, and the answer says so
PART_PASSAGES = 2  # looked up for each part of a question with several, besides those for the whole
WHOLE = 3  # passages for the whole question that stand before them
NEAREST = 3  # passages offered when nothing answers
TOO_LONG = f"The question was longer than {MAX_QUESTION} characters; only its end was read."
NO_FILTERS = Filters()

Scope = Callable[[str], Refusal | None]
Rewriter = Callable[[str, Sequence[Turn]], str]


class Searcher(Protocol):
    """The index."""

    def retrieve(
        self, query: str, *, question: str | None = None, filters: Filters, limit: int, stage: Stage = "reranked"
    ) -> Retrieval:
        """The best passages, and what it takes to judge whether they answer. Stage "fused" reads nothing."""


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
        by_part = self._by_part(query)
        hits = merged(found.hits, [part.hits for part in by_part])
        evidence = gather(hits, self._shelf, self._passages)
        yield Retrieved(evidence, hits)
        yield Done(self._written(query, evidence, (found, *by_part), TOO_LONG if read != asked else ""))

    def _by_part(self, query: Query) -> list[Retrieval]:
        """What each part of a question with several finds alone; a part is easily drowned by the others."""
        asked = parts(query.stand_alone)
        if len(asked) < 2:
            return []
        return [
            self._searcher.retrieve(
                part.plainly or part.reads, filters=query.filters, limit=PART_PASSAGES, stage="fused"
            )
            for part in asked
        ]

    def _written(self, query: Query, evidence: Evidence, found: Sequence[Retrieval], notice: str) -> Answer:
        """The verbatim answer; without statements, and with the nearest passages, where the corpus has none.

        `found` is what was retrieved for the question, then for each of its parts where there are several.
        """
        by_part = [{hit.chunk.id for hit in part.hits} for part in found[1:]]
        reading = self._reader.read(query, evidence, found[0].view.keywords, by_part)
        judgement = judge(reading, evidence, found[0], found[1:])
        written = Composition(Evidence(), ())
        if judgement.probability >= self._answers_from:
            answered = [part >= self._answers_from for part in judgement.parts]
            written = self._composer.compose(evidence, reading, answered)
        return Answer(
            query=query,
            evidence=written.evidence,
            statements=written.statements,
            coverage=_coverage(reading, written.served) if written.statements else (),
            nearest=() if written.statements else evidence.passages[:NEAREST],
            confidence=judgement.probability,
            notice=" ".join(line for line in (notice, written.notice) if line),
        )


def _coverage(reading: Reading, served: Sequence[bool]) -> tuple[Coverage, ...]:
    return tuple(
        Coverage(part.text, Covered.ANSWERED if yes else Covered.NOT)
        for part, yes in zip(reading.parts, served, strict=True)
    )


def merged(hits: Sequence[Hit], by_part: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """The first WHOLE hits of the question, those of its parts in turn, then the rest; each chunk once."""
    parts_in_turn = [hit for row in zip_longest(*by_part) for hit in row if hit is not None]
    order = [*hits[:WHOLE], *parts_in_turn, *hits[WHOLE:]] if by_part else hits
    known = {hit.chunk.id: hit for hit in [*parts_in_turn, *hits]}
    return tuple(replace(known[chunk], rank=rank) for rank, chunk in enumerate(_once(order), start=1))


def _once(hits: Sequence[Hit]) -> list[ChunkId]:
    return list(dict.fromkeys(hit.chunk.id for hit in hits))


def _end_of(asked: str) -> str:
    """The last whole words of a question that is too long: what is asked mostly stands at the end."""
    return asked if len(asked) <= MAX_QUESTION else asked[-MAX_QUESTION:].partition(" ")[2] or asked[-MAX_QUESTION:]


def _question(stand_alone: str) -> str:
    """What a cross-encoder reads: the question without its story, or its parts in the Toolkit's words."""
    plain = dict.fromkeys(part.plainly for part in parts(stand_alone) if part.plainly)
    bare = question_of(stand_alone)
    text = " ".join(plain) or (stand_alone if says_little(bare) else bare)
    return " ".join(text.split()[-READ_WORDS:])
