"""What the server does for the page: read the request, call, say it as a step. No retrieval and no HTML of its own.

Every handler ends in a step, also when something goes wrong: the page must never wait for nothing.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from assistant.app import messages
from assistant.app.chat import conversation
from assistant.app.chat.feedback import Journal, Rating
from assistant.app.chat.layout import Model
from assistant.app.engine import Engine, Warmth, reason
from assistant.app.messages import Step
from assistant.settings import Settings
from assistant.show import html as render
from assistant.show import markdown as export
from assistant.show import words
from assistant.show.markup import parse_saying
from assistant.show.recheck import recheck
from assistant.show.record import RecordError, turns_from_record, turns_to_record, wanted_from_record
from assistant.show.sources import Sources, said_in
from assistant.types import Corrected, Delta, Done, Passage, Queued, Quote, Retrieved, Turn
from corpus.errors import IcatError
from corpus.library import Library
from corpus.types import Kind, Publication
from index.types import Filters

log = logging.getLogger(__name__)

WARMING = "The models are being loaded, which takes a few seconds. You can ask already."
SEARCHING = "Searching the publications…"
WRITING = "The language model is writing…"
LOST = "The conversation kept in this tab could not be read ({error}); a new one was started."
NO_SOURCE = "That source does not belong to this answer; load the page again."
PATIENCE = 1.0  # seconds between two looks at whether the models are there; a stop takes effect by then
LANGUAGES = {  # others are offered by their ISO 639-1 code
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "pt": "Portuguese",
    "ru": "Russian",
    "zh": "Chinese",
}
MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown;charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: (words, value) pairs of what is in force on this machine."""

    publications: list[tuple[str, str]]
    kinds: list[str]
    languages: list[tuple[str, str]]


def _ending_in_a_step(handler: Callable[[Handlers, Any], Step]) -> Callable[[Handlers, Any], Step]:
    """An error becomes the step `failed`: ours as it stands, a bug by its kind and in the log."""

    @wraps(handler)
    def handle(self: Handlers, sent: Any) -> Step:
        try:
            return handler(self, sent)
        except Exception as error:
            return _failure(sent, error)

    return handle


def _failure(sent: Any, error: Exception) -> Step:
    if not isinstance(error, IcatError):
        log.error("a request of the page failed", exc_info=error)
    return messages.failed(str(sent.get("id", "")) if isinstance(sent, dict) else "", reason(error))


class Handlers:
    """One for the whole server; keeps nothing of any conversation."""

    def __init__(self, engine: Engine, library: Library, settings: Settings, version: str) -> None:
        """`version` of this software goes into exports and ratings."""
        self._engine = engine
        self._library = library
        self._sources = Sources(library)
        self._contacts = settings.contacts
        self._model = _model(settings)
        self._journal = Journal(settings.home, version)
        self._version = version

    @property
    def model(self) -> Model | None:
        """The language model that is set; None where answers are verbatim."""
        return self._model

    def warmth(self) -> str:
        """The line above the question box; '' when there is nothing to say."""
        return self._engine.failure or (WARMING if self._engine.warmth is Warmth.WARMING else "")

    def choices(self) -> Choices:
        """What of the corpus in force can be filtered by."""
        listed = {entry.publication.id: entry.publication for entry in self._library.publications()}
        found = [listed.get(id) or self._library.publication(id) for id in self._library.in_force()]
        return Choices(
            sorted((_choice(publication), publication.id) for publication in found),
            sorted({publication.kind.value for publication in found}),
            sorted({(LANGUAGES.get(code, code), code) for publication in found for code in publication.languages}),
        )

    @_ending_in_a_step
    def reopen(self, sent: Any) -> Step:
        """The conversation that the tab kept, as HTML, its quotes held against the documents as they are now."""
        request = messages.read(messages.Reopening, sent)
        try:
            turns = turns_from_record(request.record) if request.record else ()
        except RecordError as error:
            return messages.reopened(request.id, "", LOST.format(error=error))
        drifts = recheck((turn.answer for turn in turns), self._library)
        return messages.reopened(request.id, conversation.conversation_html(turns, self._contacts, drifts))

    def ask(self, sent: Any, filters: Filters) -> Iterator[Step]:
        """Waiting, more than once, then the answered turn or why there is none."""
        try:
            yield from self._ask(messages.read(messages.Question, sent), filters)
        except Exception as error:
            yield _failure(sent, error)

    def _ask(self, request: messages.Question, filters: Filters) -> Iterator[Step]:
        turns = turns_from_record(request.record) if request.record else ()
        corrected = _corrected(request.corrected)
        self._engine.again()
        while not self._engine.wait(PATIENCE):
            yield messages.waiting(request.id, WARMING)
        assistant = self._engine.assistant()
        yield messages.waiting(request.id, SEARCHING)
        drafted: list[str] = []
        with closing(assistant.ask(request.question, turns, filters, corrected)) as events:
            for event in events:
                if isinstance(event, Done):
                    turn = Turn(request.question, event.answer)
                    html = conversation.turn_html(turn, request.number, self._contacts)
                    yield messages.answered(request.id, html, turns_to_record([turn]), conversation.said(turn))
                else:
                    yield _under_way(request.id, event, drafted)

    @_ending_in_a_step
    def open(self, sent: Any) -> Step:
        """The source of a label."""
        request = messages.read(messages.Opening, sent)
        (turn,) = turns_from_record(request.record)
        try:
            cited, passage = _cited(turn, request.value)
        except (ValueError, LookupError):
            return messages.failed(request.id, NO_SOURCE)
        return messages.source(request.id, render.source_html(self._sources.view(cited, passage)))

    @_ending_in_a_step
    def rate(self, sent: Any) -> Step:
        """Keeps a thumb, and a word if one was given, without the question."""
        request = messages.read(messages.Rated, sent)
        (turn,) = turns_from_record(request.record)
        self._journal.feedback(turn.answer, Rating.UP if request.good else Rating.DOWN, request.comment.strip())
        return messages.rated(request.id)

    @_ending_in_a_step
    def save(self, sent: Any) -> Step:
        """The whole conversation as a file. It goes straight to the browser; no copy stays here."""
        request = messages.read(messages.Saving, sent)
        content = self._exported(turns_from_record(request.record), request.format)
        name = f"icat-answers-{date.today().isoformat()}.{request.format}"
        return messages.saved(request.id, name, MIME[request.format], b64encode(content).decode("ascii"))

    def _exported(self, turns: Sequence[Turn], format: str) -> bytes:
        if format == "md":
            return export.to_markdown(turns, self._version, date.today()).encode()
        from assistant.show.word import to_docx

        return to_docx(turns, self._version, date.today())


def _under_way(id: str, event: Retrieved | Queued | Delta, drafted: list[str]) -> Step:
    """What the page shows meanwhile. A sentence is added to `drafted`, those shown so far."""
    if isinstance(event, Retrieved):
        return messages.waiting(id, f"Reading {len(event.evidence.passages)} passages…")
    if isinstance(event, Delta):
        drafted.append(words.printable(event.text))
    if drafted:
        return messages.draft(id, WRITING, drafted)
    return messages.waiting(id, words.queue_words(event.before) or WRITING)


def _corrected(correction: messages.Correction | None) -> Corrected | None:
    """What a reader says a list is to hold. RecordError when it cannot be read."""
    if correction is None:
        return None
    return Corrected(None if correction.wanted is None else wanted_from_record(correction.wanted))


def _cited(turn: Turn, value: str) -> tuple[Quote | Passage, Passage | None]:
    """What a label's button stands for: a quote with its passage, or a whole passage."""
    answer = turn.answer
    if saying := parse_saying(value):
        return said_in(answer, *saying)
    _, label, statement, quote, nearest = render.parse_label(value)
    if min((label, *(place + 1 for place in (statement, quote) if place is not None))) < 1:
        raise ValueError(value)
    if nearest:
        return answer.nearest[label - 1], None
    if statement is None or quote is None:
        return answer.evidence[label], None
    return answer.statements[statement].quotes[quote], answer.evidence[label]


def _model(settings: Settings) -> Model | None:
    if not settings.model.configured:
        return None
    host = urlsplit(settings.model.base_url).hostname or settings.model.provider
    return Model(settings.model.name, host)


def _choice(publication: Publication) -> str:
    """How a publication is offered in the filter."""
    kind = words.kind_words(publication)
    return f"{words.title_words(publication)} ({kind})" if kind else words.title_words(publication)


def filters(publications: Sequence[str], kinds: Sequence[str], languages: Sequence[str]) -> Filters:
    """The widgets' values as filters."""
    return Filters(
        publications=tuple(publications or ()),
        kinds=tuple(Kind(kind) for kind in kinds or ()),
        languages=tuple(languages or ()),
    )
