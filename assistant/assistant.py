"""From a message to an answer, as events: it is understood, then the act it asks for answers."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.answer.act import beside
from assistant.types import Act, Answer, Corrected, Done, Event, Request, Turn
from index.types import Filters

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


class Assistant:
    """Answers from the documents at hand. Holds no conversation; safe to share between threads."""

    def __init__(self, understanding: Reads, acts: Mapping[Act, Acts]) -> None:
        """An act that is not in `acts` ends the conversation's turn: nothing is looked up."""
        self._understanding = understanding
        self._acts = acts

    def ask(
        self,
        asked: str,
        turns: Sequence[Turn] = (),
        filters: Filters = NO_FILTERS,
        corrected: Corrected | None = None,
    ) -> Iterator[Event]:
        """Retrieved, where something was looked up, a draft where a model writes, then Done.

        What goes wrong is raised, never made an answer; closing the generator stops the model too. `corrected` is what
        the reader says is asked for, in place of what would be understood.
        """
        request = self._understanding.read(asked, turns, filters, corrected)
        if request.act is Act.DANGER and request.beside is not None:
            yield from self._after_help(request, request.beside, turns)
            return
        act = None if request.unsure else self._acts.get(request.act)
        if act is None:
            yield Done(Answer(request))
            return
        for event in act.answer(request, turns):
            if not isinstance(event, Done):
                yield event
                continue
            answer = event.answer
            if request.beside is not None and Act.ASK in self._acts:
                answer = yield from self._with_open_part(answer, request.beside, turns)
            yield Done(_noticed(answer, request.notice))

    def _after_help(self, request: Request, open_part: Request, turns: Sequence[Turn]) -> Iterator[Event]:
        """The answer to a message that may come from somebody in danger, to be shown after what helps."""
        for event in self._acts[Act.ASK].answer(open_part, turns):
            yield Done(replace(event.answer, request=request)) if isinstance(event, Done) else event

    def _with_open_part(
        self, listed: Answer, open_part: Request, turns: Sequence[Turn]
    ) -> Generator[Event, None, Answer]:
        """The answer to a message that asks for a list and for something else; the events of the second on the way."""
        for event in self._acts[Act.ASK].answer(open_part, turns):
            if isinstance(event, Done):
                return beside(listed, event.answer)
            yield event
        raise AssertionError("an act ended without Done")

    def answer(
        self,
        asked: str,
        turns: Sequence[Turn] = (),
        filters: Filters = NO_FILTERS,
        corrected: Corrected | None = None,
    ) -> Answer:
        """The answer that `ask` ends in."""
        for event in self.ask(asked, turns, filters, corrected):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("ask ended without Done")


def _noticed(answer: Answer, notice: str) -> Answer:
    return replace(answer, notice=" ".join(line for line in (notice, answer.notice) if line))
