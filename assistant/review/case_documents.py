"""Documents that evaluation cases are asked of, and that are not in the library: quotes of a run open there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from assistant.show.sources import SourceView, SourceViews
from assistant.types import Passage, Quote
from corpus.errors import IcatError
from corpus.library import Shelf
from corpus.store import Store

FOLDER = Path("runs", "corpora")  # in the data folder; `icat evaluate` keeps each set of documents there, in a folder


class CaseDocuments:
    """Opens quotes in the library, or in the documents that are kept beside the runs."""

    def __init__(self, home: Path, library: Shelf) -> None:
        self._folder = home / FOLDER
        self._library = (library, SourceViews(library))
        self._opened: dict[Path, tuple[Shelf, SourceViews]] = {}
        self._guard = Lock()

    def view(self, cited: Quote, passage: Passage | None) -> SourceView:
        """The source of a quote: where its document is the one that was quoted, else where there is one of its id."""
        holding = [(digest, sources) for shelf, sources in self._all() if (digest := _digest(shelf, cited))]
        same = (sources for digest, sources in holding if digest == cited.document_sha256)
        another = holding[0][1] if holding else self._library[1]
        return next(same, another).view(cited, passage)

    def _all(self) -> Iterator[tuple[Shelf, SourceViews]]:
        """The library first."""
        yield self._library
        for folder in sorted(self._folder.iterdir()) if self._folder.is_dir() else ():
            with self._guard:
                if folder not in self._opened and (folder / "store.json").is_file():
                    store = Store(folder)
                    self._opened[folder] = (store, SourceViews(store))
                opened = self._opened.get(folder)
            if opened:
                yield opened


def _digest(shelf: Shelf, cited: Quote) -> str:
    """Of the document that is there; '' when there is none, or it cannot be read."""
    try:
        return shelf.document_sha256(cited.publication)
    except IcatError:
        return ""
