"""What the server does for the Toolkit view: read the request, look, say it as a step. Keeps nothing of any sheet."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from threading import Lock
from typing import Any

from assistant.app import messages
from assistant.app.engine import reason
from assistant.app.messages import Step
from assistant.app.toolkit import html as toolkit_html
from assistant.app.toolkit import messages as toolkit_messages
from assistant.app.toolkit.view import look
from assistant.show import html as render
from assistant.show import words
from assistant.show.sources import Sources
from assistant.toolkit.sheet.export import export_sheet
from assistant.toolkit.sheet.record import sheet_from_record, sheet_to_record
from assistant.toolkit.sheet.sheet import refresh, rows_of
from assistant.toolkit.sheet.types import MOST_ROWS, Sheet, SheetError
from assistant.types import Quote
from corpus.errors import IcatError
from corpus.library import Library
from corpus.toolkit.reader import Toolkit, ToolkitReader
from corpus.toolkit.types import SIGNS, ToolkitItem
from corpus.types import Publication, PublicationId

log = logging.getLogger(__name__)

GONE = "This item is no longer in the publications on this machine."
NO_ROWS = "the sheet is empty; add an item first"
MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv;charset=utf-8",
    "md": "text/markdown;charset=utf-8",
}


def _ending_in_a_step(handler: Callable[[ToolkitHandlers, Any], Step]) -> Callable[[ToolkitHandlers, Any], Step]:
    """An error becomes the step `failed`: ours as it stands, a bug by its kind and in the log."""

    @wraps(handler)
    def handle(self: ToolkitHandlers, sent: Any) -> Step:
        try:
            return handler(self, sent)
        except Exception as error:
            if not isinstance(error, IcatError):
                log.error("a request of the Toolkit view failed", exc_info=error)
            return messages.failed(str(sent.get("id", "")) if isinstance(sent, dict) else "", reason(error))

    return handle


class ToolkitHandlers:
    """One for the whole server."""

    def __init__(self, library: Library, version: str, reader: ToolkitReader | None = None) -> None:
        """`version` of this software goes into the files; `reader`: a new one where none is shared."""
        self._library = library
        self._version = version
        self._reader = reader or ToolkitReader()
        self._reading = Lock()  # a reader is made for one at a time
        self._sources = Sources(library)
        self._labels: dict[tuple[PublicationId, str], dict[int, str | None]] = {}

    @_ending_in_a_step
    def browse(self, sent: Any) -> Step:
        """The items that fit what was chosen and typed."""
        request = messages.read(toolkit_messages.Browsing, sent)
        chosen = request.chosen
        shown = look(self._toolkit(), chosen)
        if chosen.open:
            html = toolkit_html.overview_html(shown.counts["activity"])
        else:
            html = toolkit_html.results_html(shown, chosen, self._publications(shown.items), self._pages)
        said = toolkit_html.count_words(shown, chosen)
        return toolkit_messages.browsed(request.id, html, said, shown.counts, shown.replaced)

    @_ending_in_a_step
    def gather(self, sent: Any) -> Step:
        """Items as rows of a sheet, as their sources have them now. A sign of trafficking is no row of a logframe."""
        request = messages.read(toolkit_messages.Gathering, sent)
        toolkit = self._toolkit()
        found = {id: item for id in request.items if (item := toolkit.get(id)) and item.topic != SIGNS}
        missing = [id for id in dict.fromkeys(request.items) if id not in found]
        rows = rows_of(found.values(), self._library)
        records = [row for n in range(0, len(rows), MOST_ROWS) for row in _records(rows[n : n + MOST_ROWS])]
        replaced = [item.id for item in toolkit.replaced if item.id in found]
        return toolkit_messages.gathered(request.id, records, missing, replaced)

    @_ending_in_a_step
    def reveal(self, sent: Any) -> Step:
        """The source of an item: its passage, and its page where it has one."""
        request = messages.read(toolkit_messages.Revealing, sent)
        item = self._toolkit().get(request.item)
        if item is None:
            return messages.failed(request.id, GONE)
        return messages.source(request.id, render.source_html(self._sources.view(self._quote(item))))

    @_ending_in_a_step
    def check(self, sent: Any) -> Step:
        """A sheet from a file, if it is one."""
        request = messages.read(toolkit_messages.Checking, sent)
        return toolkit_messages.checked(request.id, sheet_to_record(sheet_from_record(request.record)))

    @_ending_in_a_step
    def produce(self, sent: Any) -> Step:
        """The sheet as a file. It goes straight to the browser; no copy stays here."""
        request = messages.read(toolkit_messages.Producing, sent)
        sheet, _, _ = refresh(sheet_from_record(request.record), self._toolkit(), self._library)
        if not sheet.rows:
            raise SheetError(NO_ROWS)
        content = export_sheet(sheet, f".{request.format}", self._version, date.today())
        name = f"icat-design-sheet-{date.today().isoformat()}.{request.format}"
        return messages.saved(request.id, name, MIME[request.format], b64encode(content).decode("ascii"))

    def _toolkit(self) -> Toolkit:
        with self._reading:
            return self._reader.read(self._library)

    def _publications(self, items: Iterable[ToolkitItem]) -> dict[PublicationId, Publication]:
        return {id: self._library.publication(id) for id in {item.publication for item in items}}

    def _pages(self, item: ToolkitItem) -> str:
        """'p. 12 (PDF p. 14)', with the printed numbers of the document, which is opened once a version."""
        if not item.pages:
            return ""
        key = (item.publication, self._library.document_sha256(item.publication))
        if key not in self._labels:
            document = self._library.document(item.publication)
            self._labels[key] = {page.number: page.label for page in document.pages} if document.paged else {}
        labels = self._labels[key]
        return words.page_words([(page, labels[page]) for page in item.pages if page in labels])

    def _quote(self, item: ToolkitItem) -> Quote:
        document = self._library.document(item.publication)
        start, end = item.span
        page = document.page_at(start)
        sha256 = self._library.document_sha256(item.publication)
        return Quote(1, item.publication, start, end, document.text[start:end], page.number, page.label, sha256)


def _records(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return sheet_to_record(Sheet(rows=tuple(rows)))["rows"]
