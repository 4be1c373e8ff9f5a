"""What the server does for the chat. No retrieval and no HTML of its own.

The browser keeps all conversations; the server keeps nothing between requests. So a request brings what
it needs of the conversation, as records (see `assistant.show.record`): the last turns for a follow-up, one turn to
open a source.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Literal

from pydantic import Field

from assistant.app.channel import Handler, PageRequest, Record, Step, failed, file, file_name, named
from assistant.app.chat import conversation
from assistant.app.chat.engine import Engine
from assistant.app.chat.feedback import FeedbackJournal, Rating
from assistant.assistant import Assistant
from assistant.draft.edit import Change, Revision, edited
from assistant.program.program import MAX_QUESTION
from assistant.settings import Settings
from assistant.show import html as render
from assistant.show import markdown as export
from assistant.show import words
from assistant.show.draft import WHOLE, title_of
from assistant.show.markup import parse_saying
from assistant.show.recheck import recheck
from assistant.show.record import RecordError, read, turns_from_record, turns_to_record
from assistant.show.sources import SourceViews, said_in
from assistant.texts.catalogue import language_name, spoken
from assistant.types import Answer, Corrected, Delta, Done, Event, Evidence, Passage, Queued, Quote, Retrieved, Turn
from corpus.library import Library
from corpus.listing import in_other_languages
from corpus.types import Kind, Publication
from index.types import Filters

MAX_COMMENT = 500
MAX_WRITTEN = 2000  # characters of a line of one's own
BY_LIBRARY = (Change.SWAP, Change.ADD, Change.EDIT, Change.AGAIN)  # what only an opened library can do
PATIENCE = 1.0  # seconds between two looks at whether the models are there; a stop takes effect by then


class ReopenRequest(PageRequest):
    """The page was loaded, or a saved conversation opened; `record` is what the browser kept of it."""

    record: Record | None = None


class ImportRequest(PageRequest):
    """A conversation out of a file, to be saved in the browser."""

    record: Record


class AskRequest(PageRequest):
    question: str = Field(min_length=1, max_length=MAX_QUESTION)
    number: int = Field(ge=0, description="of this turn in the conversation, from 0")
    written: bool = Field(True, description="by the language model, where there is one; False: by quoting alone")
    record: Record | None = Field(None, description="the last turns before it, as many as `chat/asking.js` sends")
    corrected: Record | None = Field(None, description="what is asked for, as a choice said it; None: to be understood")
    publications: tuple[str, ...] = Field((), description="only these; empty for all, as the two below")
    kinds: tuple[Kind, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def filters(self) -> Filters:
        return Filters(publications=self.publications, kinds=self.kinds, languages=self.languages)


class LabelRequest(PageRequest):
    """A label was opened."""

    value: str = Field(max_length=64, description="of the label's button")
    record: Record = Field(description="a conversation of one turn, the label's")


class RateRequest(PageRequest):
    good: bool
    comment: str = Field("", max_length=MAX_COMMENT)
    record: Record = Field(description="a conversation of one turn, the rated one")


class ReviseRequest(PageRequest):
    """A draft is changed."""

    number: int = Field(ge=0, description="of the turn in the conversation, from 0")
    record: Record = Field(description="a conversation of one turn, the draft's")
    does: Change
    part: int = Field(ge=0)
    line: int = Field(WHOLE, ge=WHOLE)
    written: bool = Field(True, description="whether a language model may write, where there is one")
    text: str = Field("", max_length=MAX_WRITTEN)


class SaveRequest(PageRequest):
    format: Literal["docx", "md", "pptx"]
    record: Record


class ChatHandlers:
    """One for the whole server; keeps nothing of any conversation."""

    def __init__(self, engine: Engine, library: Library, settings: Settings, version: str) -> None:
        """`version` of this software goes into exports and ratings."""
        self._engine = engine
        self._library = library
        self._sources = SourceViews(library)
        self._contacts = settings.contacts
        self._journal = FeedbackJournal(settings.home, version)
        self._version = version

    @property
    def table(self) -> dict[str, Handler]:
        return named(self, "reopen check ask open rate revise save")

    def warmth(self) -> str:
        """The line above the question box; '' when there is nothing to say."""
        return self._engine.failure or (words.say("waiting.models") if self._engine.warming else "")

    def publications(self) -> list[Publication]:
        """Those in force."""
        listed = {entry.publication.id: entry.publication for entry in self._library.publications()}
        return [listed.get(id) or self._library.publication(id) for id in self._library.in_force()]

    def choices(self) -> tuple[list[tuple[str, str]], ...]:
        """What of the corpus in force can be filtered by, as (words, value): publications, kinds, languages."""
        found = self.publications()
        elsewhere = in_other_languages(found, spoken())
        shown = (publication for publication in found if publication.id not in elsewhere)
        return (
            sorted((words.kind_title_words(publication), publication.id) for publication in shown),
            sorted({(words.label(publication.kind), publication.kind.value) for publication in found}),
            sorted({(language_name(code), code) for publication in found for code in publication.languages}),
        )

    def reopen(self, request: ReopenRequest) -> Step:
        """A kept conversation as HTML, its quotes held against the documents as they are now; or why it is lost."""
        try:
            turns = turns_from_record(request.record) if request.record else ()
        except RecordError as error:
            return {"html": "", "lost": str(error)}
        drifts = recheck((turn.answer for turn in turns), self._library)
        return {"html": conversation.conversation_html(turns, self._contacts, drifts), "lost": ""}

    def check(self, request: ImportRequest) -> Step:
        """The record, without what is no part of a conversation. RecordError where it cannot be read."""
        return {"record": turns_to_record(turns_from_record(request.record))}

    def ask(self, request: AskRequest) -> Iterator[Step]:
        """`waiting` and `draft`, more than once, then `answered`: the turn as HTML, and as a record to keep.

        Where a model writes, `meanwhile` comes before: what the publications say, to be read until then, as HTML and
        with the record that its labels are opened by.
        """
        turns = turns_from_record(request.record) if request.record else ()
        corrected = _corrected(request.corrected)
        assistant = yield from self._opened()
        asked = assistant if request.written else assistant.quoting
        yield waiting(words.say("waiting.search"))
        question = asked.masking.read(request.question).text
        with closing(asked.ask(request.question, turns, request.filters, corrected)) as events:
            for event in events:
                if isinstance(event, Retrieved) and event.meanwhile:
                    shown = render.answer_html(event.meanwhile, request.number, self._contacts)
                    meanwhile = turns_to_record([Turn(question, event.meanwhile)])
                    yield {"step": "meanwhile", "text": words.say("waiting.model"), "html": shown, "turn": meanwhile}
                    continue
                if not isinstance(event, Done):
                    yield _under_way(event)
                    continue
                turn = Turn(question, event.answer)
                yield {
                    "step": "answered",
                    "html": conversation.turn_html(turn, request.number, self._contacts),
                    "turn": turns_to_record([turn]),
                    "said": conversation.said(turn),
                }

    def open(self, request: LabelRequest) -> Step:
        """The source of a label."""
        (turn,) = turns_from_record(request.record)
        try:
            cited = _cited(turn, request.value)
        except (ValueError, LookupError):
            return failed(words.say("no_source"))
        return {"html": render.source_html(self._sources.view(*cited))}

    def rate(self, request: RateRequest) -> Step:
        """Keeps a thumb, and a word if one was given, without the question and without details of people."""
        (turn,) = turns_from_record(request.record)
        comment = self._engine.masking.read(request.comment.strip()).text
        self._journal.feedback(turn.answer, Rating.UP if request.good else Rating.DOWN, comment)
        return {"kept": True}

    def revise(self, request: ReviseRequest) -> Iterator[Step]:
        """`waiting`, while models are loaded or write, then `revised`: the turn as HTML, and as a record to keep."""
        (turn,) = map(self._engine.masking.turn, turns_from_record(request.record))
        answer = yield from self._revised(turn.answer, request)
        turn = Turn(turn.question, answer)
        html = conversation.turn_html(turn, request.number, self._contacts)
        yield {"step": "revised", "html": html, "turn": turns_to_record([turn])}

    def _revised(self, answer: Answer, request: ReviseRequest) -> Generator[Step, None, Answer]:
        part, line, text = request.part, request.line, self._engine.masking.read(request.text).text
        revision = Revision(request.does, part, line, text)
        if request.does not in BY_LIBRARY:
            return edited(answer, revision)
        assistant = yield from self._opened()
        drafts = (assistant if request.written else assistant.quoting).drafts
        if request.does is Change.EDIT:
            return drafts.reworded(answer, part, line, text) if drafts else edited(answer, revision)
        if drafts is None:
            return answer
        if request.does is Change.SWAP:
            return drafts.swapped(answer, part, line)
        if request.does is Change.ADD:
            return drafts.added(answer, part, line)
        with closing(drafts.written_again(answer, part)) as events:
            return (yield from _while_written(events))

    def _opened(self) -> Generator[Step, None, Assistant]:
        """`waiting` until the models are there; returns the assistant."""
        self._engine.again()
        while not self._engine.wait(PATIENCE):
            yield waiting(words.say("waiting.models"))
        return self._engine.assistant()

    def save(self, request: SaveRequest) -> Step:
        """All that was sent of the conversation as a file; as slides, the draft that it ends in."""
        turns, today = self._addressed(turns_from_record(request.record)), date.today()
        if request.format == "md":
            content = export.to_markdown(turns, self._version, today).encode()
        elif request.format == "pptx":
            from assistant.show.slides import to_pptx

            content = to_pptx(turns[-1].answer, self._version, today)
        else:
            from assistant.show.word import to_docx

            content = to_docx(turns, self._version, today)
        return file(f"{_named(turns)}-{today.isoformat()}.{request.format}", content)

    def _addressed(self, turns: Sequence[Turn]) -> tuple[Turn, ...]:
        """With the addresses that the catalogue has of their publications: a record may name any."""
        known = {publication.id: publication.landing for publication in self.publications()}

        def addressed(passage: Passage) -> Passage:
            about = passage.publication
            return replace(passage, publication=about.model_copy(update={"landing": known.get(about.id, "")}))

        evidence = (Evidence(tuple(map(addressed, turn.answer.evidence.passages))) for turn in turns)
        return tuple(Turn(t.question, replace(t.answer, evidence=e)) for t, e in zip(turns, evidence, strict=True))


def waiting(text: str) -> Step:
    return {"step": "waiting", "text": text}


def _while_written(events: Generator[Event, None, Answer]) -> Generator[Step, None, Answer]:
    """`waiting` at each event, so that a page that is left stops the model; returns what the events end in."""
    while True:
        try:
            next(events)
        except StopIteration as end:
            return end.value
        yield waiting(words.say("waiting.model"))


def _under_way(event: Retrieved | Queued | Delta) -> Step:
    """What the page shows meanwhile. A sentence of a draft, which no check has seen, is to be set as text."""
    if isinstance(event, Retrieved):
        return waiting(words.say("waiting.passages", len(event.evidence.passages)))
    if isinstance(event, Delta):
        return {"step": "draft", "text": words.say("waiting.model"), "sentence": words.printable(event.text)}
    return waiting(words.say("queue", event.before) if event.before else words.say("waiting.model"))


def _corrected(record: Record | None) -> Corrected | None:
    """What a reader says is asked for. RecordError when it cannot be read."""
    if record is None:
        return None
    try:
        return read(Corrected, record)
    except ValueError as error:
        raise RecordError(f"what is asked for: {error}; ask the question again") from None


def _named(turns: Sequence[Turn]) -> str:
    """What a file holds, as its name: the draft, or what was asked first."""
    draft = turns[0].answer.draft if len(turns) == 1 else None
    title = title_of(draft) if draft else turns[0].question if turns else ""
    return file_name(title, "icat-answers")


def _cited(turn: Turn, value: str) -> tuple[Quote | Passage, Passage | None, Sequence[Quote]]:
    """What a label's button stands for: a quote with its passage, or a whole passage.

    An extract has one label for all that it quotes from a passage, so that the other quotes come third.
    """
    answer = turn.answer
    if saying := parse_saying(value):
        return *said_in(answer, *saying), ()
    _, label, statement, quote, nearest = render.parse_label(value)
    if min((label, *(place + 1 for place in (statement, quote) if place is not None))) < 1:
        raise ValueError(value)
    if nearest:
        return answer.nearest[label - 1], None, ()
    if statement is None or quote is None:
        return answer.evidence[label], None, ()
    stated = answer.statements[statement]
    others = [each for each in stated.quotes if each.label == label] if stated.lines else []
    return stated.quotes[quote], answer.evidence[label], others
