"""The passages that items are quoted from: a run of one list, one level or group, as it stands in its document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import groupby

from assistant.types import Passage
from corpus.library import Shelf
from corpus.toolkit.types import ToolkitItem
from corpus.types import BlockKind, Chunk, Document, Origin, PublicationId

FAR = 3000  # characters, about a page: items further apart are not of one passage


class Sections:
    """The passage of each item; for one answer, since it holds what the documents say now."""

    def __init__(self, library: Shelf, items: Iterable[ToolkitItem]) -> None:
        """`items`: all there are, so that a passage ends where another list begins."""
        self._library = library
        self._items = tuple(items)
        self._runs: dict[PublicationId, list[tuple[int, int]]] = {}
        self._passages: dict[tuple[PublicationId, int], Passage] = {}

    def passage(self, item: ToolkitItem) -> Passage:
        """The run of its list that holds an item."""
        runs = self._runs_of(item.publication)
        start, end = runs[bisect_right(runs, item.span[0], key=lambda run: run[0]) - 1]
        key = (item.publication, start)
        if key not in self._passages:
            self._passages[key] = self._made(item.publication, start, end)
        return self._passages[key]

    def _runs_of(self, publication: PublicationId) -> list[tuple[int, int]]:
        """Spans of the runs of a document, in order."""
        if publication not in self._runs:
            items = sorted((i for i in self._items if i.publication == publication), key=lambda item: item.span)
            document = self._library.document(publication)
            self._runs[publication] = [
                (run[0].span[0], _end(run[-1], document))
                for _, same in groupby(items, key=lambda item: (item.place, item.level or item.group))
                for run in _near(list(same))
            ]
        return self._runs[publication]

    def _made(self, publication: PublicationId, start: int, end: int) -> Passage:
        document = self._library.document(publication)
        first, *others = document.pages_of(start, end)
        last = others[-1] if others else first
        known = document.publication
        chunk = Chunk(
            id=f"{publication}#list-{start}",
            publication=publication,
            text=document.text[start:end],
            start=start,
            end=end,
            first_page=first.number,
            last_page=last.number,
            headings=document.heading_path(start),
            language=known.language,
            origin=known.origin,
        )
        sha256, recognised = self._library.document_sha256(publication), document.recognised(start, end)
        return Passage(chunk, known, first.label, last.label, 0.0, sha256, recognised)


def _near(items: list[ToolkitItem]) -> Iterable[list[ToolkitItem]]:
    """Items of one list in document order, parted where they stand FAR from each other."""
    run = items[:1]
    for item in items[1:]:
        if item.span[0] - run[-1].span[1] > FAR:
            yield run
            run = []
        run.append(item)
    yield run


def _end(item: ToolkitItem, document: Document) -> int:
    """Where an item ends, in the project's own library with the details that stand below it."""
    end = item.span[1]
    if item.origin is not Origin.STARTER:
        return end
    below = next((block for block in document.blocks if block.start >= end), None)
    return below.end if below and below.kind is BlockKind.PARAGRAPH else end
