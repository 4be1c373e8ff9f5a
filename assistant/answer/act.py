"""The act `ask`: an open question answered from passages, or told that they do not answer. No evidence, no answer."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answer.answerability import ANSWERS_FROM, Judgement, judge
from assistant.answer.compose import Composer, Composition
from assistant.answer.differences import shown_differences
from assistant.answer.evidence import Documents, gather
from assistant.answer.lookup import Lookup, Searcher, look_up
from assistant.answer.reading import Reader, Reading
from assistant.types import Answer, Coverage, Covered, Done, Event, Evidence, Part, Request, Retrieved, Turn

NEAREST = 3  # passages offered when nothing answers


class Author(Protocol):
    """Writes an answer in a language model's words."""

    def write(self, verbatim: Answer, evidence: Evidence, parts: Sequence[Part]) -> Generator[Event, None, Answer]:
        """Events while it writes; returns the checked answer, or the verbatim one with a line on why."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for a question, and how likely it answers."""

    request: Request
    lookup: Lookup
    evidence: Evidence
    reading: Reading
    judgement: Judgement


class Asks:
    """Answers open questions. Holds no conversation; safe to share between threads."""

    def __init__(
        self,
        documents: Documents,
        searcher: Searcher,
        reader: Reader,
        composer: Composer,
        passages: int = 8,
        answers_from: float = ANSWERS_FROM,
        author: Author | None = None,
    ) -> None:
        """`passages` are retrieved for an answer; below the probability `answers_from` it declines.

        Without an `author`, answers are verbatim.
        """
        self._documents = documents
        self._searcher = searcher
        self._reader = reader
        self._composer = composer
        self._passages = passages
        self._answers_from = answers_from
        self._author = author

    def answer(self, request: Request, turns: Sequence[Turn] = ()) -> Iterator[Event]:
        """Retrieved, a draft where a model writes, then Done."""
        found = self._look_up(request)
        yield Retrieved(found.evidence, found.lookup.hits)
        answer = self._verbatim(found)
        if self._author is not None and answer.statements:
            answer = yield from self._author.write(answer, found.evidence, request.parts)
        yield Done(shown_differences(answer, found.evidence))

    def _look_up(self, request: Request) -> _Found:
        lookup = look_up(self._searcher, request, self._passages)
        evidence = gather(lookup.hits, self._documents, self._passages)
        reading = self._reader.read(request, evidence, lookup)
        return _Found(request, lookup, evidence, reading, judge(reading, evidence, lookup))

    def _verbatim(self, found: _Found) -> Answer:
        """The verbatim answer; without statements, and with the nearest passages, where the corpus has none."""
        written = Composition(Evidence(), ())
        if found.judgement.probability >= self._answers_from:
            answered = [part >= self._answers_from for part in found.judgement.parts]
            written = self._composer.compose(found.evidence, found.reading, answered)
        return Answer(
            request=found.request,
            evidence=written.evidence,
            statements=written.statements,
            coverage=_coverage(found.reading, written.served) if written.statements else (),
            nearest=() if written.statements else found.evidence.passages[:NEAREST],
            confidence=found.judgement.probability,
            notice=written.notice,
        )


def _coverage(reading: Reading, served: Sequence[bool]) -> tuple[Coverage, ...]:
    return tuple(
        Coverage(part.text, Covered.ANSWERED if yes else Covered.NOT)
        for part, yes in zip(reading.parts, served, strict=True)
    )


def beside(listed: Answer, other: Answer) -> Answer:
    """Two answers to one message as one: a list, then the statements of an open part, with labels that go on."""
    shift = len(listed.evidence.passages)
    shifted = (
        replace(statement, quotes=tuple(replace(quote, label=quote.label + shift) for quote in statement.quotes))
        for statement in other.statements
    )
    open_part = other.coverage or (Coverage(other.request.stand_alone, Covered.NOT),)
    return replace(
        listed,
        evidence=Evidence((*listed.evidence.passages, *other.evidence.passages)),
        statements=(*listed.statements, *shifted),
        coverage=(Coverage(listed.request.stand_alone, Covered.ANSWERED), *open_part),
        nearest=other.nearest,
        notice=" ".join(line for line in (listed.notice, other.notice) if line),
    )
