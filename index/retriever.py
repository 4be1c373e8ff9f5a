"""From a query to ranked chunks. One retriever serves many threads, and picks up a new index by itself."""

from __future__ import annotations

import threading
from pathlib import Path

from index.errors import IndexUnavailable
from index.search import Retrieval, SearchRequest, Stage, search
from index.types import Embedder, Filters, Hit, IndexManifest, IndexSettings
from index.view import IndexView, load, stamp
from index.words import Vocabulary

_NO_FILTERS = Filters()


class Retriever:
    """Search over the index of one home. Safe for several threads."""

    def __init__(self, home: Path, settings: IndexSettings, embedder: Embedder) -> None:
        """IndexUnavailable when nothing was built or the server is away; StaleIndex when built otherwise."""
        self._home, self._settings, self._embedder = home, settings, embedder
        self._view = load(home, settings, embedder)
        self._lock = threading.Lock()

    @property
    def manifest(self) -> IndexManifest:
        """Of the index in force."""
        return self._fresh().manifest

    @property
    def lexicon(self) -> Vocabulary:
        """The words of the corpus in force."""
        return self._fresh().lexicon

    def search(
        self,
        query: str,
        *,
        question: str | None = None,
        filters: Filters = _NO_FILTERS,
        limit: int | None = None,
        stage: Stage = "fused",
        share: float = 0.0,
        language: str = "",
    ) -> list[Hit]:
        """The hits of `retrieve`."""
        options = {"question": question, "filters": filters, "limit": limit, "stage": stage}
        return list(self.retrieve(query, share=share, language=language, **options).hits)

    def retrieve(
        self,
        query: str,
        *,
        question: str | None = None,
        filters: Filters = _NO_FILTERS,
        limit: int | None = None,
        stage: Stage = "fused",
        share: float = 0.0,
        language: str = "",
        theme: bool = False,
    ) -> Retrieval:
        """At most `limit` (default `top_k`) chunks that pass the filters, best first by the given stage.

        `question` is the query without its story, by default all of it. `share`, 0..1, is what it counts by itself in
        every score, the query the rest; with 0 it counts a little in the vector alone.
        `theme`: it is what a draft is about, and no question.
        `language`, ISO 639-1: of a publication that is here in several, only the one in this; '': all of them.
        A query without a word, and filters that nothing passes, find nothing.
        """
        limit = self._settings.top_k if limit is None else limit
        request = SearchRequest(query, question or query.strip(), filters, limit, stage, share, language, theme)
        view = self._fresh()
        try:
            return search(view, request, self._settings, self._embedder)
        except IndexUnavailable:
            newer = self._fresh()  # a build may have removed, meanwhile, what this search was reading
            if newer is view:
                raise
            return search(newer, request, self._settings, self._embedder)

    def _fresh(self) -> IndexView:
        """The view of the manifest in force; a new index is loaded once, by the thread that meets it."""
        view = self._view
        if stamp(self._home) == view.stamp:
            return view
        with self._lock:
            if stamp(self._home) != self._view.stamp:
                self._view = load(self._home, self._settings, self._embedder)
            return self._view
