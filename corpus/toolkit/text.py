"""The starter library as one document, so that an item of it can be quoted, opened and checked like any other text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.toolkit.types import STARTER_ID, ItemKind, ToolkitItem
from corpus.types import Block, BlockKind, Document, Kind, Origin, Page, Publication, Published

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLICATION = Publication(
    id=STARTER_ID,
    title="Toolkit library",
    subtitle="lessons, design questions and indicators",
    kind=Kind.LIBRARY,
    origin=Origin.STARTER,
    published=(Published(year=2026, month=11, source="the document"),),
)
PART_ONE = "Before choosing an activity"
LISTS = {
    ItemKind.LESSON: "Lessons learned",
    ItemKind.QUESTION: "Design questions",
    ItemKind.INDICATOR: "Possible indicators",
}
_DETAILS: tuple[tuple[str, Callable[[ToolkitItem], str]], ...] = (
    ("Counted", lambda item: item.counts),
    ("Out of", lambda item: item.over),
    ("Broken down by", lambda item: ", ".join(item.disaggregation)),
    ("Means of verification", lambda item: "; ".join(item.verification)),
    ("Caution", lambda item: item.caution),
)


class ToolkitText:
    """A document that grows item by item; headings are written where the list, the level or the group changes."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._path: tuple[str, ...] = ()
        self._block(PUBLICATION.title, BlockKind.HEADING, 1)

    def write(self, item: ToolkitItem) -> tuple[int, int]:
        """Adds an item after the last one; the span of its text in the document."""
        activity = str(item.activity or "")
        third = item.level.value if item.level else item.group
        path = (activity.capitalize() or PART_ONE, LISTS[item.kind], third.capitalize())
        for place, (heading, before) in enumerate(zip(path, (*self._path, "", "", ""), strict=False)):
            if heading != before and heading:
                self._block(heading, BlockKind.HEADING, place + 2)
            if heading != before:
                self._path = path[:place]
        self._path = path
        span = self._block(item.text, BlockKind.ITEM, 1)
        facts = [f"{name}: {words.rstrip('.')}." for name, of in _DETAILS if (words := of(item))]
        if facts:
            self._block(" ".join(facts), BlockKind.PARAGRAPH)
        return span

    def document(self) -> Document:
        """All that was written: one page without a size, each character its own source."""
        import numpy as np

        text = "".join(self._pieces)
        pages = (Page(1, None, 0, len(text)),)
        return Document(PUBLICATION, text, pages, tuple(self._blocks), np.arange(len(text), dtype=np.int32))

    def _block(self, text: str, kind: BlockKind, level: int = 0) -> tuple[int, int]:
        start, end = self._length, self._length + len(text)
        self._blocks.append(Block(kind, start, end, level))
        self._pieces.append(f"{text}\n")
        self._length = end + 1
        return start, end
