"""What the server does for the Toolkit view. Keeps nothing of any sheet: that is kept by the browser."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from threading import Lock
from typing import Annotated, Any, Literal

from pydantic import Field

from assistant.app.channel import Handler, PageRequest, Record, Step, failed, file, file_name, named
from assistant.app.toolkit import html as toolkit_html
from assistant.app.toolkit.browsing import ALL, Chosen, look
from assistant.show import html as render
from assistant.show import words
from assistant.show.sources import SourceViews
from assistant.texts.catalogue import _
from assistant.toolkit.sheet.export import export_sheet
from assistant.toolkit.sheet.record import sheet_from_record, sheet_to_record
from assistant.toolkit.sheet.sheet import refresh, rows_of
from assistant.toolkit.sheet.types import MOST_ROWS, Sheet, SheetError
from assistant.types import Quote
from corpus.library import Library
from corpus.toolkit.reader import Toolkit, ToolkitReader
from corpus.toolkit.types import SIGNS, ItemKind, Level, ToolkitItem
from corpus.types import Activity, Page, Publication, PublicationId

MAX_WORDS = 200  # characters of a search; the box takes no more
MOST_ITEMS = 2000  # of one request; a list of a publication is far shorter
ItemId = Annotated[str, Field(min_length=1, max_length=200)]


class BrowseRequest(PageRequest):
    """What is looked at was chosen or typed."""

    activity: Activity | Literal["", "part one", "elsewhere"] = ALL
    kind: ItemKind | Literal[""] = ALL
    level: Level | Literal[""] = ALL
    words: str = Field("", max_length=MAX_WORDS)
    own: bool = Field(False, description="the project's own lists, also where an original has taken their place")

    @property
    def chosen(self) -> Chosen:
        return Chosen(str(self.activity), self.kind or None, self.level or None, self.words, self.own)


class GatherRequest(PageRequest):
    """Items to add, or those of a kept sheet, which are looked up anew."""

    items: tuple[ItemId, ...] = Field(max_length=MOST_ITEMS)


class RevealRequest(PageRequest):
    item: ItemId


class CheckRequest(PageRequest):
    """A sheet that was opened from a file."""

    record: Any


class ProduceRequest(PageRequest):
    format: Literal["xlsx", "docx", "csv", "md"]
    record: Record


class ToolkitHandlers:
    """One for the whole server."""

    def __init__(self, library: Library, version: str, reader: ToolkitReader | None = None) -> None:
        """`version` of this software goes into the files; `reader`: a new one where none is shared."""
        self._library = library
        self._version = version
        self._reader = reader or ToolkitReader()
        self._reading = Lock()  # a reader is made for one at a time
        self._sources = SourceViews(library)
        self._shown: dict[tuple[PublicationId, str], dict[int, Page]] = {}

    @property
    def table(self) -> dict[str, Handler]:
        return named(self, "browse gather reveal check produce")

    def browse(self, request: BrowseRequest) -> Step:
        """The items that fit, their number in words, what other choices would give, and whether lists were replaced."""
        chosen = request.chosen
        shown = look(self._toolkit(), chosen)
        if chosen.open:
            html = toolkit_html.overview_html(shown.counts["activity"])
        else:
            html = toolkit_html.results_html(shown, chosen, self._publications(shown.items), self._pages)
        said = toolkit_html.count_words(shown, chosen)
        return {"html": html, "said": said, "counts": shown.counts, "replaced": shown.replaced}

    def gather(self, request: GatherRequest) -> Step:
        """Items as rows of a sheet, as their sources have them now. A sign of trafficking is no row of a logframe.

        `missing`: ids that no item has; `replaced`: those whose list an original has replaced.
        """
        toolkit = self._toolkit()
        found = {id: item for id in request.items if (item := toolkit.get(id)) and item.topic != SIGNS}
        missing = [id for id in dict.fromkeys(request.items) if id not in found]
        rows = rows_of(found.values(), self._library)
        records = [row for n in range(0, len(rows), MOST_ROWS) for row in _records(rows[n : n + MOST_ROWS])]
        replaced = [item.id for item in toolkit.replaced if item.id in found]
        return {"rows": records, "missing": missing, "replaced": replaced}

    def reveal(self, request: RevealRequest) -> Step:
        """The source of an item: its passage, and its page where it has one."""
        item = self._toolkit().get(request.item)
        return (
            {"html": render.source_html(self._sources.view(self._quote(item)))}
            if item
            else failed(_("This item is no longer in the publications on this machine."))
        )

    def check(self, request: CheckRequest) -> Step:
        """A sheet from a file, if it is one."""
        return {"record": sheet_to_record(sheet_from_record(request.record))}

    def produce(self, request: ProduceRequest) -> Step:
        """The sheet as a file."""
        sheet, _changed, _missing = refresh(sheet_from_record(request.record), self._toolkit(), self._library)
        if not sheet.rows:
            raise SheetError(_("the sheet is empty; add an item first"))
        today = date.today()
        content = export_sheet(sheet, f".{request.format}", self._version, today)
        return file(f"{file_name(sheet.title, 'icat-design-sheet')}-{today.isoformat()}.{request.format}", content)

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
        if key not in self._shown:
            document = self._library.document(item.publication)
            self._shown[key] = {page.number: page for page in document.pages} if document.paged else {}
        pages = [self._shown[key][number] for number in item.pages if number in self._shown[key]]
        named = words.page_words([(page.number, page.label) for page in pages])
        return words.recognised_words(named, any(page.recognised for page in pages))

    def _quote(self, item: ToolkitItem) -> Quote:
        document = self._library.document(item.publication)
        start, end = item.span
        page = document.page_at(start)
        sha256 = self._library.document_sha256(item.publication)
        text, recognised = document.text[start:end], document.recognised(start, end)
        return Quote(1, item.publication, start, end, text, page.number, page.label, sha256, recognised)


def _records(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return sheet_to_record(Sheet(rows=tuple(rows)))["rows"]
