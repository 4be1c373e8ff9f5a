"""A conversation as the browser keeps it and as the page shows it. Pure.

The browser holds the record of all turns (see `assistant.record`); the server keeps nothing between requests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant import render
from assistant.record import RecordError, turns_from_record, turns_to_record
from assistant.settings import Contact
from assistant.types import Turn

Message = dict[str, str]
LOST = "The conversation kept in this browser could not be read ({error}); a new one was started."


def opened(record: Any) -> tuple[tuple[Turn, ...], str]:
    """The turns of a kept record, and one line when it could not be read ('' otherwise)."""
    if not record:
        return (), ""
    try:
        return turns_from_record(record), ""
    except RecordError as error:
        return (), LOST.format(error=error)


def kept(turns: Sequence[Turn]) -> dict[str, Any] | None:
    """What the browser is given to keep; None for an empty conversation."""
    return turns_to_record(turns) if turns else None


def question_message(text: str) -> Message:
    return {"role": "user", "content": f'<div class="icat-question" dir="auto">{render.safe(text)}</div>'}


def waiting_message(words: str) -> Message:
    return {"role": "assistant", "content": f'<p class="icat-waiting" role="status">{render.safe(words)}</p>'}


def messages(turns: Sequence[Turn], contacts: Sequence[Contact] = ()) -> list[Message]:
    """Question and answer of every turn, oldest first; turns count from 0 in their labels."""
    shown: list[Message] = []
    for number, turn in enumerate(turns):
        shown.append(question_message(turn.question))
        shown.append({"role": "assistant", "content": render.answer_html(turn.answer, number, contacts)})
    return shown
