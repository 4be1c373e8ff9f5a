"""From a question to an answer, as events. No evidence, no answer; exactly one Done, and it comes last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from assistant.answer.answerability import ANSWERS_FROM, Judgement, judge
from assistant.answer.compose import Composer, Composition
from assistant.answer.differences import shown_differences
from assistant.answer.evidence import Shelf, gather
from assistant.answer.lookup import Lookup, Searcher, look_up, question_read
from assistant.answer.reading import Reader, Reading
from assistant.toolkit.listing_parts import Mixed, put_together, taken_apart
from assistant.types import (
    Answer,
    Corrected,
    Coverage,
    Covered,
    Done,
    Event,
    Evidence,
    Query,
    Refusal,
    Retrieved,
    Turn,
    Wanted,
)
from assistant.understand.persons import without_persons
from assistant.understand.planted import without_orders
from assistant.understand.question import Part
from assistant.understand.spelling import Speller
from assistant.understand.translate import translated
from index.lexicon import Lexicon
from index.types import Filters

if TYPE_CHECKING:
    from assistant.write.author import Author

MAX_QUESTION = 2000  # characters; what is beyond is not read, and the answer says so
NEAREST = 3  # passages offered when nothing answers
TOO_LONG = f"The question was longer than {MAX_QUESTION} characters; only its end was read."
READ_AS = "Read as: {}"  # where typing errors were mended
READ_IN_ENGLISH = "Looked up in English as: {}"  # a question in another language
NO_FILTERS = Filters()

Scope = Callable[[str], Refusal | None]
Rewriter = Callable[[str, Sequence[Turn]], str]


class Recogniser(Protocol):
    """Tells which lists of the Toolkit a question asks for."""

    def read(self, question: str, turns: Sequence[Turn] = ()) -> Wanted | None:
        """None where it asks for none."""


class Lists(Protocol):
    """The lists of the Toolkit."""

    def answer(self, query: Query, wanted: Wanted) -> Answer | None:
        """The lists wanted, complete; None where the filters, or the Toolkit, leave none."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for a question, and how likely it answers."""

    query: Query
    lookup: Lookup
    evidence: Evidence
    reading: Reading
    judgement: Judgement


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
        recogniser: Recogniser | None = None,
        lists: Lists | None = None,
        author: Author | None = None,
        lexicon: Callable[[], Lexicon] | None = None,
    ) -> None:
        """`passages` are retrieved for an answer; below the probability `answers_from` it declines.

        Lists are answered with where both `recogniser` and `lists` are given. Without an `author`, answers are
        verbatim. `lexicon` gives the words of the corpus; without it, no typing error is mended.
        """
        self._shelf = shelf
        self._searcher = searcher
        self._reader = reader
        self._composer = composer
        self._scope = scope
        self._rewriter = rewriter
        self._passages = passages
        self._answers_from = answers_from
        self._recogniser = recogniser
        self._lists = lists
        self._author = author
        self._lexicon = lexicon
        self._speller = Speller(lexicon) if lexicon else None

    def answer(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        filters: Filters = NO_FILTERS,
        corrected: Corrected | None = None,
    ) -> Answer:
        """The answer that `ask` ends in."""
        for event in self.ask(question, turns, filters, corrected):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("ask ended without Done")

    def ask(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        filters: Filters = NO_FILTERS,
        corrected: Corrected | None = None,
    ) -> Iterator[Event]:
        """Retrieved, where something was looked up, a draft where a model writes, then Done.

        What goes wrong is raised, never made an answer; closing the generator stops the model too.

        `corrected` is what the reader says is asked for, in place of what would be recognised.
        """
        asked = question.strip()
        refusal = self._scope(asked) if asked else Refusal.GREETING
        if refusal is not None:
            yield Done(Answer(Query(asked, asked, asked, filters), refusal=refusal))
            return
        end = _end_of(asked)
        notice = TOO_LONG if end != asked else ""
        read = self._read(end)
        listed, beside = self._listed(Query(asked, read, read, filters), turns, corrected)
        if listed is not None and not beside:
            yield Retrieved(listed.evidence)
            yield Done(_noticed(listed, notice))
            return
        text = " ".join(part.reads for part in beside) or read
        mended = self._speller.mended(text) if self._speller else text
        notice = _joined(notice, READ_AS.format(mended) if mended != text else "")
        stand_alone = self._rewriter(mended, turns)
        found = self._look_up(Query(asked, stand_alone, question_read(stand_alone), filters))
        if not self._answers(found) and (english := translated(stand_alone, self._is_written)):
            other = self._look_up(Query(asked, english.text, question_read(english.text), filters))
            if self._answers(other):
                found, notice = other, _joined(notice, READ_IN_ENGLISH.format(english.text))
        before = listed.evidence.passages if listed else ()
        yield Retrieved(Evidence((*before, *found.evidence.passages)), found.lookup.hits)
        answer = self._verbatim(found)
        if self._author is not None and answer.statements:
            answer = yield from self._author.write(answer, found.evidence, found.reading.parts)
        answer = shown_differences(answer, found.evidence)
        yield Done(_noticed(put_together(listed, answer) if listed else answer, notice))

    def _read(self, asked: str) -> str:
        """What is asked, without orders to the machine and without details of people."""
        return without_persons(without_orders(asked), self._is_written)

    def _is_written(self, word: str) -> bool:
        return self._lexicon is not None and word in self._lexicon()

    def _look_up(self, query: Query) -> _Found:
        lookup = look_up(self._searcher, query, self._passages)
        evidence = gather(lookup.hits, self._shelf, self._passages)
        reading = self._reader.read(query, evidence, lookup)
        return _Found(query, lookup, evidence, reading, judge(reading, evidence, lookup))

    def _answers(self, found: _Found) -> bool:
        return found.judgement.probability >= self._answers_from

    def _listed(
        self, query: Query, turns: Sequence[Turn], corrected: Corrected | None
    ) -> tuple[Answer | None, tuple[Part, ...]]:
        """The lists that are asked for, and the parts of the question that ask for something else."""
        if self._lists is None or self._recogniser is None or (corrected and corrected.wanted is None):
            return None, ()
        wanted = self._recogniser.read(query.stand_alone, turns)
        mixed = taken_apart(query.stand_alone, self._recogniser.read) if wanted else Mixed(query.stand_alone, ())
        if corrected:
            wanted = corrected.wanted
        elif mixed.open:
            wanted = self._recogniser.read(mixed.listed, turns)
        if wanted is None:
            return None, ()
        listed = self._lists.answer(query, wanted)
        return listed, mixed.open if listed else ()

    def _verbatim(self, found: _Found) -> Answer:
        """The verbatim answer; without statements, and with the nearest passages, where the corpus has none."""
        written = Composition(Evidence(), ())
        if self._answers(found):
            answered = [part >= self._answers_from for part in found.judgement.parts]
            written = self._composer.compose(found.evidence, found.reading, answered)
        return Answer(
            query=found.query,
            evidence=written.evidence,
            statements=written.statements,
            coverage=_coverage(found.reading, written.served) if written.statements else (),
            nearest=() if written.statements else found.evidence.passages[:NEAREST],
            confidence=found.judgement.probability,
            notice=written.notice,
        )


def _joined(*lines: str) -> str:
    return " ".join(line for line in lines if line)


def _noticed(answer: Answer, notice: str) -> Answer:
    return replace(answer, notice=_joined(notice, answer.notice))


def _coverage(reading: Reading, served: Sequence[bool]) -> tuple[Coverage, ...]:
    return tuple(
        Coverage(part.text, Covered.ANSWERED if yes else Covered.NOT)
        for part, yes in zip(reading.parts, served, strict=True)
    )


def _end_of(asked: str) -> str:
    """The last whole words of a question that is too long: what is asked mostly stands at the end."""
    return asked if len(asked) <= MAX_QUESTION else asked[-MAX_QUESTION:].partition(" ")[2] or asked[-MAX_QUESTION:]
