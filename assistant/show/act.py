"""The act `reshape`: the last answer in another form. Nothing is looked up, nothing is said that it did not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.show.words import say
from assistant.types import Answer, Done, Event, Form, Listing, Request, Status, Turn

SHORT = 1  # statements of a short answer
FEWER = 3  # where fewer are asked for and no number is named


class Reshapes:
    """Changes answers. Holds no conversation; safe to share between threads."""

    def answer(self, request: Request, turns: Sequence[Turn] = ()) -> Iterator[Event]:
        """The last answer that has something to show, in the form asked for; then Done."""
        shown = (turn.answer for turn in reversed(turns) if turn.answer.statements)
        last = next((answer for answer in shown if answer.status is not Status.URGENT), None)
        if last is None:
            yield Done(Answer(request, told=(say("nothing_to_change"),)))
        else:
            yield Done(reshaped(last, request))


def reshaped(last: Answer, request: Request) -> Answer:
    """One answer with the form changed."""
    forms, number = request.slots.forms, request.slots.number
    kept = replace(request, wanted=last.request.wanted)
    answer = replace(last, request=kept, notice="", form=None, draft=None)  # what is fewer has no parts any more
    if Form.TABLE in forms:
        answer = replace(answer, form=Form.TABLE)
    if Form.SOURCE in forms:
        answer = replace(answer, form=Form.SOURCE)
    if Form.MORE in forms or Form.REST in forms:
        return replace(answer, notice=say("nothing_more"))
    if number or Form.FEWER in forms:
        return _first(answer, number or min(FEWER, max(1, len(last.statements) - 1)))
    if Form.SHORTER in forms:
        return _first(answer, SHORT if answer.listing is None else FEWER)
    if request.slots.answer_language:
        return replace(answer, notice=say("no_language"))
    return answer


def _first(answer: Answer, number: int) -> Answer:
    """With its first statements only; a list keeps as many items."""
    listing: Listing | None = answer.listing
    if listing is not None:
        listing = replace(listing, items=listing.items[:number])
    return replace(answer, statements=answer.statements[:number], listing=listing)
