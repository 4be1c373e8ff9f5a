"""A conversation as the page shows it. Pure; whatever was typed or read from a document is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.settings import Contact
from assistant.show import words
from assistant.show.html import answer_html
from assistant.show.lists import count_lines
from assistant.show.markup import kept, safe
from assistant.show.recheck import NO_DRIFTS, Drifts
from assistant.show.terminal import answer_text
from assistant.show.words import say
from assistant.types import Status, Turn

WIDE = 100_000  # columns: the clipboard gets paragraphs, not lines
THUMB = (  # drawn here: a glyph would look different, or be missing, on every system
    '<svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true" class="icat-{value}">'
    '<path fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" '
    'd="M7 11v9H3v-9zM7 11l4-8a2.5 2.5 0 0 1 2.5 2.5V9h5.5a2 2 0 0 1 2 2.3l-1.2 7A2 2 0 0 1 17.8 20H7"/></svg>'
)


def turn_html(turn: Turn, number: int, contacts: Sequence[Contact] = (), drifts: Drifts = NO_DRIFTS) -> str:
    """Question, answer and what can be done with it. `number` counts from 0 and stands in the labels.

    The text for the clipboard goes along in `data-copy`.
    """
    urgent = turn.answer.status is Status.URGENT
    edit, actions = ("", "") if urgent else (_edit(), _actions(number, alone=turn.answer.draft is None))
    text = answer_text(turn.answer, contacts, WIDE)
    copied = say("turn.copied", question=words.printable(turn.question), answer=text)
    answer = answer_html(turn.answer, number, contacts, drifts)
    return (
        f'<article class="icat-turn" id="icat-turn-{number}" data-turn="{number}" data-copy="{escape(copied)}">'
        f'<div class="icat-asking">{question_html(turn.question)}{edit}</div>{answer}{actions}</article>'
    )


def conversation_html(turns: Sequence[Turn], contacts: Sequence[Contact] = (), drifts: Sequence[Drifts] = ()) -> str:
    """All turns, oldest first. `drifts`: what became of the quotes of each, or none for all."""
    return "".join(
        turn_html(turn, number, contacts, since)
        for number, (turn, since) in enumerate(zip(turns, drifts or [NO_DRIFTS] * len(turns), strict=True))
    )


def question_html(text: str) -> str:
    asked = f'<span class="icat-unseen">{kept(say("turn.asked"))}</span>{safe(text)}'
    return f'<h3 class="icat-question" dir="auto" tabindex="-1">{asked}</h3>'


def said(turn: Turn) -> str:
    """The line a screen reader speaks when the answer is there."""
    answer = turn.answer
    if answer.listing is not None:
        return say("said.list", counts=words.listed(count_lines(answer)))
    if answer.status is Status.ABOUT:
        return " ".join(answer.told[:1])  # the rest is there to be read
    if answer.status not in (Status.ANSWERED, Status.PARTIAL):
        return say(f"status.{answer.status}")
    sentences = say("said.sentences" if words.is_written(answer) else "said.statements", len(answer.statements))
    quoted = {quote.publication for statement in answer.statements for quote in statement.quotes}
    counted = say("said.counts", sentences=sentences, publications=say("said.publications", len(quoted)))
    withheld = say("withheld", len(answer.withheld)) if answer.withheld else ""
    return say("said.answer", counts=words.listed((counted, withheld), ". "))


def _edit() -> str:
    """The button beside a question."""
    does = f'data-do="edit" class="icat-edit" aria-label="{safe(say("turn.edit_spoken"))}"'
    return f'<button type="button" {does}>{safe(say("turn.edit"))}</button>'


def _actions(number: int, alone: bool) -> str:
    """Buttons under an answer, and the form that a thumb opens. `alone`: it has no buttons of its own that save it."""
    form, comment = f"icat-rate-{number}", f"icat-word-{number}"
    spoken = safe(say("turn.word_spoken"))
    word = f'<button type="button" data-do="saveOne" aria-label="{spoken}">{safe(say("turn.word"))}</button>'
    thumbs = "".join(
        f'<button type="button" data-do="rate" value="{value}" aria-expanded="false" aria-controls="{form}">'
        f"{THUMB.format(value=value)}{safe(say(f'turn.{value}'))}</button>"
        for value in ("up", "down")
    )
    return (
        f'<div class="icat-actions" role="group" aria-label="{safe(say("turn.actions"))}">'
        f'<button type="button" data-do="copy">{safe(say("turn.copy"))}</button>{word if alone else ""}{thumbs}'
        f'<button type="button" data-do="retry" class="icat-retry">{safe(say("turn.again"))}</button></div>'
        f'<form class="icat-rating" id="{form}" hidden><label for="{comment}">{safe(say("turn.why"))}</label>'
        f'<div><input id="{comment}" name="comment" type="text" maxlength="500" autocomplete="off" dir="auto">'
        f'<button type="submit">{safe(say("turn.send"))}</button>'
        f'<button type="button" data-do="unrate">{safe(say("turn.cancel"))}</button></div>'
        f"<small>{safe(say('turn.kept'))}</small></form>"
    )
