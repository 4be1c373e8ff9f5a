"""A conversation as the page shows it. Pure; whatever was typed or read from a document is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.settings import Contact
from assistant.show import html as render
from assistant.show import listing_words, words, written_words
from assistant.show import terminal as plain
from assistant.show.recheck import NO_DRIFTS, Drifts
from assistant.types import Status, Turn

WIDE = 100_000  # columns: the clipboard gets paragraphs, not lines
COPIED = "Question: {question}\n\n{answer}\n"
THUMB = (  # drawn here: a glyph would look different, or be missing, on every system
    '<svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true" class="{css}">'
    '<path fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" '
    'd="M7 11v9H3v-9zM7 11l4-8a2.5 2.5 0 0 1 2.5 2.5V9h5.5a2 2 0 0 1 2 2.3l-1.2 7A2 2 0 0 1 17.8 20H7"/></svg>'
)
RATING_NOTE = "Kept where this assistant runs: your rating, your words and the pages cited. Not your question."


def turn_html(turn: Turn, number: int, contacts: Sequence[Contact] = (), drifts: Drifts = NO_DRIFTS) -> str:
    """Question, answer and what can be done with it. `number` counts from 0 and stands in the labels.

    The text for the clipboard goes along in `data-copy`.
    """
    actions = "" if turn.answer.status is Status.URGENT else _actions(number)
    copied = COPIED.format(question=turn.question.strip(), answer=plain.answer_text(turn.answer, contacts, WIDE))
    answer = render.answer_html(turn.answer, number, contacts, drifts)
    return (
        f'<article class="icat-turn" id="icat-turn-{number}" data-turn="{number}" data-copy="{escape(copied)}">'
        f"{question_html(turn.question)}{answer}{actions}</article>"
    )


def conversation_html(turns: Sequence[Turn], contacts: Sequence[Contact] = (), drifts: Sequence[Drifts] = ()) -> str:
    """All turns, oldest first. `drifts`: what became of the quotes of each, or none for all."""
    return "".join(
        turn_html(turn, number, contacts, since)
        for number, (turn, since) in enumerate(zip(turns, drifts or [NO_DRIFTS] * len(turns), strict=True))
    )


def question_html(text: str) -> str:
    return (
        f'<h3 class="icat-question" dir="auto" tabindex="-1"><span class="icat-unseen">You asked: </span>'
        f"{render.safe(text)}</h3>"
    )


def said(turn: Turn) -> str:
    """The line a screen reader speaks when the answer is there."""
    answer = turn.answer
    if answer.listing is not None:
        return f"The list is there: {', '.join(listing_words.count_lines(answer))}."
    if answer.status not in (Status.ANSWERED, Status.PARTIAL):
        return words.STATUS[answer.status]
    publications = {quote.publication for statement in answer.statements for quote in statement.quotes}
    noun = "checked sentence" if written_words.is_written(answer) else "statement"
    counted = f"{_count(len(answer.statements), noun)} from {_count(len(publications), 'publication')}"
    line = ". ".join(part for part in (counted, written_words.withheld_line(answer)) if part)
    return f"The answer is there: {line}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _actions(number: int) -> str:
    """Buttons under an answer, and the form that a thumb opens."""
    form, word = f"icat-rate-{number}", f"icat-word-{number}"
    return (
        '<div class="icat-actions" role="group" aria-label="This answer">'
        '<button type="button" data-do="copy">Copy</button>'
        f'<button type="button" data-do="rate" value="up" aria-expanded="false" aria-controls="{form}">'
        f"{THUMB.format(css='icat-up')}Helpful</button>"
        f'<button type="button" data-do="rate" value="down" aria-expanded="false" aria-controls="{form}">'
        f"{THUMB.format(css='icat-down')}Not helpful</button>"
        '<button type="button" data-do="retry" class="icat-retry">Ask again</button></div>'
        f'<form class="icat-rating" id="{form}" hidden><label for="{word}">In a word, why? (optional)</label>'
        f'<div><input id="{word}" name="comment" type="text" maxlength="500" autocomplete="off" dir="auto">'
        '<button type="submit">Send rating</button><button type="button" data-do="unrate">Cancel</button></div>'
        f"<small>{RATING_NOTE}</small></form>"
    )
