"""What happens on the page: unpack the widgets' values, call, render. No retrieval and no HTML of its own.

The outputs of every handler are plain values; which widget gets which is wired in `page`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import export, plain, render
from assistant.app import conversation
from assistant.app.conversation import Message
from assistant.app.engine import Engine, Warmth
from assistant.journal import Journal, Rating
from assistant.settings import Settings
from assistant.sources import Sources
from assistant.types import Done, Passage, Quote, Retrieved, Turn
from corpus.errors import IcatError
from corpus.library import Library
from corpus.types import Kind
from index.types import Filters

EMPTY_PANEL = (
    '<p class="icat-hint">Open a number such as <b>[1]</b> in an answer: its source appears here, with the page '
    "and the sentence marked on it.</p>"
)
WARMTH = {
    Warmth.WARMING: "Getting ready: the models are being loaded. You can already write your question.",
    Warmth.READY: "",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows after a step of `ask`."""

    messages: list[Message]
    record: dict[str, Any] | None
    panel: str
    plain: str  # the last answer for the clipboard


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: (label, value) pairs of what is on this machine."""

    publications: list[tuple[str, str]]
    kinds: list[str]
    languages: list[str]


class Handlers:
    """One for the whole server; keeps nothing of any conversation."""

    def __init__(self, engine: Engine, library: Library, settings: Settings) -> None:
        self._engine = engine
        self._library = library
        self._sources = Sources(library)
        self._contacts = settings.contacts
        self._journal = Journal(settings.home)

    def warmth(self) -> str:
        """The line above the question box; '' when there is nothing to say."""
        return self._engine.failure or WARMTH.get(self._engine.warmth, "")

    def choices(self) -> Choices:
        publications = [listed.publication for listed in self._library.publications() if listed.pages]
        return Choices(
            sorted((render.words.title_words(p), p.id) for p in publications),
            sorted({p.kind.value for p in publications}),
            sorted({language for p in publications for language in p.languages}),
        )

    def reopen(self, record: Any) -> tuple[Shown, str]:
        """A conversation the browser kept, and one line when it could not be read."""
        turns, lost = conversation.opened(record)
        return self._shown(turns, self._first_source(turns)), lost

    def ask(self, question: str, record: Any, filters: Filters) -> Iterator[Shown]:
        """The conversation growing by one turn; the record changes with the last step only."""
        turns, _ = conversation.opened(record)
        before = conversation.messages(turns, self._contacts)
        asked = [*before, conversation.question_message(question)]

        def waiting(words: str) -> Shown:
            return Shown([*asked, conversation.waiting_message(words)], record, EMPTY_PANEL, "")

        yield waiting("Searching the publications…" if self._engine.warmth is Warmth.READY else WARMTH[Warmth.WARMING])
        try:
            for event in self._engine.assistant().ask(question, turns, filters):
                if isinstance(event, Retrieved):
                    yield waiting(f"Reading {len(event.evidence.passages)} passages…")
                elif isinstance(event, Done):
                    turns = (*turns, Turn(question, event.answer))
                    yield self._shown(turns, self._first_source(turns))
        except IcatError as error:
            yield waiting(str(error))

    def open(self, value: str, record: Any) -> str:
        """The source panel for a label's button. A value that fits nothing leaves a line, not an error."""
        turns, _ = conversation.opened(record)
        try:
            turn, label, statement, quote, nearest = render.parse_label(value)
            answer = turns[turn].answer
            if nearest:
                return self._panel(answer.nearest[label - 1])
            if statement is not None and quote is not None:
                return self._panel(answer.statements[statement].quotes[quote], answer.evidence[label])
            return self._panel(answer.evidence[label])
        except (ValueError, LookupError):
            return '<p class="icat-warning">That source belongs to an answer that is no longer on this page.</p>'

    def rate(self, record: Any, turn: int, good: bool, comment: str = "") -> None:
        """Keeps a thumb, and a word if one was given, without the question."""
        turns, _ = conversation.opened(record)
        if 0 <= turn < len(turns):
            self._journal.rate(turns[turn].answer, Rating.UP if good else Rating.DOWN, comment)

    def without_last(self, record: Any) -> tuple[dict[str, Any] | None, str]:
        """For asking again: the record before the last question, and that question."""
        turns, _ = conversation.opened(record)
        return (conversation.kept(turns[:-1]), turns[-1].question) if turns else (None, "")

    def file(self, record: Any, word: bool) -> Path | None:
        """The whole conversation as a file to download: DOCX with `word`, else Markdown. None when it is empty."""
        turns, _ = conversation.opened(record)
        if not turns:
            return None
        folder = Path(tempfile.mkdtemp(prefix="icat-export-"))
        if word:
            path = folder / "icat-answer.docx"
            path.write_bytes(export.docx(turns))
        else:
            path = folder / "icat-answer.md"
            path.write_text(export.markdown(turns), encoding="utf-8")
        return path

    def _shown(self, turns: Sequence[Turn], panel: str) -> Shown:
        text = plain.answer_text(turns[-1].answer, self._contacts) if turns else ""
        return Shown(conversation.messages(turns, self._contacts), conversation.kept(turns), panel, text)

    def _first_source(self, turns: Sequence[Turn]) -> str:
        """The panel of the last answer's first quote, so that a page image is there without a click."""
        for statement in turns[-1].answer.statements if turns else ():
            for quote in statement.quotes:
                return self._panel(quote, turns[-1].answer.evidence[quote.label])
        return EMPTY_PANEL

    def _panel(self, cited: Quote | Passage, passage: Passage | None = None) -> str:
        return render.source_html(self._sources.view(cited, passage))


def filters(publications: Sequence[str], kinds: Sequence[str], languages: Sequence[str]) -> Filters:
    """The widgets' values as filters."""
    return Filters(
        publications=tuple(publications or ()),
        kinds=tuple(Kind(kind) for kind in kinds or ()),
        languages=tuple(languages or ()),
    )
