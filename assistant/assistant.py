"""From a message to an answer, as events: it is understood, then the act it asks for answers."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Protocol

from assistant.answer.act import beside
from assistant.people.masking import Masking
from assistant.show.words import masked_words
from assistant.types import Act, Answer, Corrected, Done, Event, Request, Turn
from assistant.watch.steps import ANSWER, step
from index.types import Filters, Hit

NO_FILTERS = Filters()


class Reads(Protocol):
    """Understands a message (`understand.understanding.Understanding`)."""

    def read(
        self, asked: str, turns: Sequence[Turn] = (), filters: Filters = NO_FILTERS, corrected: Corrected | None = None
    ) -> Request: ...


class Acts(Protocol):
    """Answers requests of one act."""

    def answer(self, request: Request, turns: Sequence[Turn] = ()) -> Iterator[Event]:
        """Exactly one Done, and it comes last."""


class Revises(Protocol):
    """Changes lines of a draft by what the library says (`draft.act.Drafts`)."""

    def swapped(self, answer: Answer, part: int, line: int) -> Answer: ...

    def reworded(self, answer: Answer, part: int, line: int, text: str) -> Answer: ...

    def written_again(self, answer: Answer, part: int) -> Generator[Event, None, Answer]: ...


class Searches(Protocol):
    """Ranks passages (`index.retriever.Retriever`)."""

    def search(self, query: str, *, limit: int | None = None) -> list[Hit]:
        """At most `limit` hits, best first."""


class Assistant:
    """Answers from the documents at hand. Holds no conversation; safe to share between threads."""

    def __init__(
        self,
        understanding: Reads,
        acts: Mapping[Act, Acts],
        quoting: Assistant | None = None,
        drafts: Revises | None = None,
        passages: Searches | None = None,
        masking: Masking | None = None,
    ) -> None:
        """An act that is not in `acts` ends the conversation's turn: nothing is looked up.

        `quoting`: the same in the publications' own words, where no model is told of a message; None: this one.
        """
        self.drafts = drafts
        self.passages = passages
        self._understanding = understanding
        self._acts = acts
        self.masking = masking or (quoting.masking if quoting else Masking())
        self.quoting = quoting or self

    def ask(
        self, asked: str, turns: Sequence[Turn] = (), filters: Filters = NO_FILTERS, corrected: Corrected | None = None
    ) -> Iterator[Event]:
        """Retrieved, where something was looked up, a draft where a model writes, then Done.

        What goes wrong is raised, never made an answer; closing the generator stops the model too. `corrected` is what
        the reader says is asked for, in place of what would be understood. Before anything else, details of people are
        left out of all of these; the answer says of which kinds they were.
        """
        masked = self.masking.read(asked)
        before, corrected = tuple(map(self.masking.turn, turns)), self.masking.corrected(corrected)
        with step(ANSWER) as taken, closing(self._events(masked.text, before, filters, corrected)) as events:
            for event in events:
                if isinstance(event, Done):
                    taken.status = event.answer.status.value
                    event = Done(_noticed(event.answer, masked_words(masked.kinds)))
                yield event

    def _events(
        self, asked: str, turns: Sequence[Turn], filters: Filters, corrected: Corrected | None
    ) -> Generator[Event, None, None]:
        with step("understand"):
            request = self._understanding.read(asked, turns, filters, corrected)
        if request.act is Act.DANGER and request.beside is not None and Act.DANGER in self._acts:
            yield from self._open_part(
                Act.DANGER, request.beside, turns, lambda answer: replace(answer, request=request)
            )
            return
        act = None if request.unsure else self._acts.get(request.act)
        if act is None:
            yield Done(Answer(request))
            return
        for event in act.answer(request, turns):
            if not isinstance(event, Done):
                yield event
            elif request.beside is not None and Act.ASK in self._acts:
                joined = partial(_beside, event.answer, request)
                yield from self._open_part(Act.ASK, request.beside, turns, joined)
            else:
                yield Done(_noticed(event.answer, request.notice))

    def _open_part(
        self, act: Act, request: Request, turns: Sequence[Turn], joined: Callable[[Answer], Answer]
    ) -> Iterator[Event]:
        """The events of the open question within a message; `joined`: its answer with what else was to be said."""
        for event in self._acts[act].answer(request, turns):
            yield Done(joined(event.answer)) if isinstance(event, Done) else event

    def answer(
        self, asked: str, turns: Sequence[Turn] = (), filters: Filters = NO_FILTERS, corrected: Corrected | None = None
    ) -> Answer:
        """The answer that `ask` ends in."""
        for event in self.ask(asked, turns, filters, corrected):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("ask ended without Done")


def _beside(listed: Answer, request: Request, open_answer: Answer) -> Answer:
    """A list, then the answer to what else the message asks; where that is the same, no part of it is told apart."""
    whole = request.beside is not None and request.beside.stand_alone == request.stand_alone
    if whole and not open_answer.statements:
        return _noticed(listed, request.notice)
    joined = beside(listed, open_answer)
    return _noticed(replace(joined, coverage=()) if whole else joined, request.notice)


def _noticed(answer: Answer, notice: str) -> Answer:
    return replace(answer, notice=" ".join(line for line in (notice, answer.notice) if line))
