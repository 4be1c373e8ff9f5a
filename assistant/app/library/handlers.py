"""What the server does for the Library view: the list, a publication to be read, its files."""

from __future__ import annotations

import re
from base64 import b64encode
from urllib.parse import quote

from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from assistant.app.channel import Handler, PageRequest, Step, named, reason
from assistant.app.library import html as render
from assistant.app.library.indexing import Indexing
from assistant.app.library.troubles import Trouble, trouble_of
from assistant.door.visitor import language_of
from assistant.show.leaves import leaves, matches, spans_of
from assistant.show.sources import PageView, page_view
from assistant.show.words import PDF, say, title_words
from assistant.texts.catalogue import _, speaking, spoken
from corpus.errors import IcatError
from corpus.library import Library
from corpus.listing import in_other_languages
from corpus.types import Document, PublicationId

DPI = 160  # sharp at twice the width of a panel; an A4 page is then 1323 x 1871 pixels
MAX_WORDS = 200  # characters of a search; the box takes no more
# Chrome shows a PDF as an embedded object, which the rules of the page itself would forbid.
PDF_RULES = {"content-security-policy": "frame-ancestors 'self'"}


class ListRequest(PageRequest):
    """The list is wanted."""


class OpenRequest(PageRequest):
    id: PublicationId = Field(max_length=200)
    number: int = Field(1, ge=1, le=100_000, description="of the PDF page, or of the section")
    words: str = Field("", max_length=MAX_WORDS, description="to be marked")


class SeekRequest(PageRequest):
    """Words are searched for in one publication."""

    id: PublicationId = Field(max_length=200)
    words: str = Field(max_length=MAX_WORDS)


class WorkRequest(PageRequest):
    """How far the index is."""


class LibraryHandlers:
    """One for the whole server."""

    def __init__(self, library: Library, indexing: Indexing) -> None:
        self._library = library
        self._indexing = indexing

    @property
    def table(self) -> dict[str, Handler]:
        return named(self, "list open seek work")

    def list(self, request: ListRequest) -> Step:
        """All publications, what was removed and can come back, and what the library holds in one line."""
        found = self._library.publications()
        elsewhere = in_other_languages((one.publication for one in found), spoken())
        found = tuple(one for one in found if one.publication.id not in elsewhere)
        problems = {one.publication.id: self._problems(one.publication.id) for one in found if one.pages}
        return {
            "html": render.list_html(found, problems),
            "holds": render.holds(found),
            "removed": render.removed_html(self._library.aside()),
            "languages": render.languages(found),
        }

    def open(self, request: OpenRequest) -> Step:
        """One page or section: its text, its image, and where on the image the first mark is, as shares of it."""
        document = self._library.document(request.id)
        cut = leaves(document)
        leaf = cut[min(request.number, len(cut)) - 1]
        marks = tuple(spans_of(document.text, request.words, leaf.start, leaf.end))
        view, problem = self._page(document, leaf.number, marks) if leaf.page else (None, "")
        notes = [each for each in self._problems(request.id) if each.page == leaf.number]
        return {
            "head": render.head_html(document.publication),
            "title": title_words(document.publication),
            "number": leaf.number,
            "total": len(cut),
            "what": "page" if leaf.page else "section",
            "name": leaf.name if leaf.page is None or leaf.page.label else "",  # else it says no more than the number
            "text": render.leaf_html(document, leaf, marks, notes, problem),
            "image": b64encode(view.png).decode("ascii") if view and view.png else "",
            "alt": say("page_image", pages=leaf.name) if leaf.page else "",
            "mark": view.mark if view else None,
            "file": self._file_words(document),
        }

    def seek(self, request: SeekRequest) -> Step:
        """Where words stand in a publication, each with its page and a line of context."""
        document = self._library.document(request.id)
        found, number = matches(document, request.words)
        names = {leaf.number: leaf.name for leaf in leaves(document)}
        return {"html": render.matches_html(found, names), "said": render.matches_words(len(found), number)}

    def work(self, request: WorkRequest) -> Step:
        """How far the index is with what was added or removed."""
        state = self._indexing.state
        return {
            "busy": state.busy,
            "failed": state.error is not None,
            "done": state.done,
            "total": state.total,
            "text": reason(state.error) if state.error else render.step_words(state.step),
        }

    async def original(self, sent: Request) -> Response:
        """The file of a publication. A PDF opens in the browser; anything else is saved: it could hold scripts."""
        name = sent.path_params["id"]
        try:
            path = await run_in_threadpool(self._library.original, name)
            publication = await run_in_threadpool(self._library.publication, name)
        except IcatError:
            path = None
        if path is None:
            with speaking(language_of(sent)):
                return Response(_("This file is not here."), 404, media_type="text/plain")
        file = re.sub(r"\W+", "-", publication.title).strip("-")[:60] + path.suffix
        if publication.mime == PDF:
            given = {"content-disposition": f"inline; filename*=utf-8''{quote(file)}", **PDF_RULES}
            return FileResponse(path, media_type=PDF, headers=given)
        return FileResponse(path, media_type="application/octet-stream", filename=file)

    def _page(self, document: Document, number: int, marks: tuple[tuple[int, int], ...]) -> tuple[PageView | None, str]:
        """The page as an image, or why there is none."""
        path = self._library.original(document.publication.id)
        if path is None:
            return None, say("no_original")
        try:
            layer = self._library.layer(document.publication.id)
            return page_view(document, path, document.pages[number - 1], marks, DPI, layer), ""
        except (IcatError, OSError) as error:
            return None, say("no_page", error=error)

    def _problems(self, name: PublicationId) -> list[Trouble]:
        """What can't be read of an original."""
        if name not in self._library.store:
            return []
        problems = self._library.store.record(name).problems
        found = [trouble_of(each) for each in problems]
        if self._library.original(name) is None:
            found.append(Trouble(None, _("its file is no longer here"), _("add it again to see its pages")))
        return found

    def _file_words(self, document: Document) -> str:
        """What the link to the original says; '' where there is none."""
        if self._library.original(document.publication.id) is None:
            return ""
        return _("Open the PDF") if document.paged else _("Save the original file")
