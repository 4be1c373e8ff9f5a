"""From a label to its source: the passage with the sentence marked, and the page with the boxes drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from assistant.show.words import say
from assistant.types import Answer, Passage, Quote
from corpus.errors import IcatError
from corpus.library import Shelf
from corpus.types import NO_RAW, Box, Chunk, Document, Page, Publication

CONTEXT = 700  # characters shown before and after a quote whose passage is not known: about two paragraphs
DPI = 110  # an A4 page is then 910 x 1287 pixels: small type stays readable at the panel's width
UNKNOWN = "unknown"  # stands for a publication that is neither here nor in the answer


class Drift(StrEnum):
    """What became of a quote since its answer was given."""

    NONE = "none"  # the document is the one that was quoted
    MOVED = "moved"  # the document changed; the quote was found in it again
    GONE = "no longer there"  # the document changed or was removed; the quote is shown as it was


@dataclass(frozen=True, slots=True)
class PageView:
    """One page a quote stands on."""

    number: int  # PDF page, from 1
    label: str | None  # printed number
    png: bytes | None  # with the boxes drawn; None: nothing to show (not a PDF, or its file is gone)
    boxes: tuple[Box, ...] = ()
    recognised: bool = False  # its text was recognised from a picture
    mark: tuple[float, float] | None = None  # the middle of the first box, as shares of width and height


@dataclass(frozen=True, slots=True)
class SourceView:
    """What a reader sees on opening a label. All text is the document's: escape it."""

    publication: Publication
    pages: tuple[PageView, ...]  # those the marked text touches; empty for a text without pages
    section: tuple[str, ...]  # headings above, outermost first
    before: str
    marked: str
    after: str
    drift: Drift = Drift.NONE
    problem: str = ""  # why there is no page image, where there should be one
    also: tuple[tuple[str, str], ...] = ()  # (not marked, marked) pieces between `marked` and `after`


class SourceViews:
    """Opens labels."""

    def __init__(self, library: Shelf) -> None:
        self._library = library

    def view(self, cited: Quote | Passage, passage: Passage | None = None, others: Sequence[Quote] = ()) -> SourceView:
        """The source of a quote, or of a whole passage; `passage`: the one the quote was taken from.

        `others`: what was quoted with it from that publication, marked as well where it still stands.

        The text is checked against the document as it is now: a quote that does not stand at its offsets is
        searched word for word, and said to have moved or to be gone. Never raises for what a reader can meet.
        """
        piece = cited.chunk if isinstance(cited, Passage) else cited
        passage = cited if isinstance(cited, Passage) else passage
        try:
            document = self._library.document(piece.publication)
            same = self._library.document_sha256(piece.publication) == cited.document_sha256
        except IcatError:
            return _gone(piece, passage)
        here = _place(document, piece.start, piece.end, piece.text)
        if here is None:
            return replace(_gone(piece, passage), publication=document.publication)
        unmoved = same and here == (piece.start, piece.end)
        places = [here, *(_place(document, quote.start, quote.end, quote.text) for quote in others)]
        drift = Drift.NONE if unmoved else Drift.MOVED
        return self._open(document, _apart(filter(None, places)), passage if unmoved else None, drift)

    def _open(
        self, document: Document, marks: tuple[tuple[int, int], ...], passage: Passage | None, drift: Drift
    ) -> SourceView:
        first, last = _within(document, marks[0][0], marks[-1][1], passage)
        text = document.text
        (start, end), *others = marks
        also, place = [], end
        for begin, stop in others:
            also.append((text[place:begin], text[begin:stop]))
            place = stop
        pages, problem = self._page_views(document, marks) if document.paged else ((), "")
        return SourceView(
            publication=document.publication,
            pages=pages,
            section=document.heading_path(start),
            before=text[first:start],
            marked=text[start:end],
            also=tuple(also),
            after=text[place:last],
            drift=drift,
            problem=problem,
        )

    def _page_views(self, document: Document, marks: Sequence[tuple[int, int]]) -> tuple[tuple[PageView, ...], str]:
        """One view a page, and why images are missing ('' when none is)."""
        pages = {page.number: page for start, end in marks for page in document.pages_of(start, end)}
        touched = [pages[number] for number in sorted(pages)]
        path = self._library.original(document.publication.id)
        try:
            if path is not None:
                layer = self._library.layer(document.publication.id)
                return tuple(page_view(document, path, page, marks, layer=layer) for page in touched), ""
            problem = say("no_original")
        except (IcatError, OSError) as error:
            problem = say("no_page", error=error)
        return tuple(PageView(page.number, page.label, None, (), page.recognised) for page in touched), problem


def page_view(
    document: Document,
    path: Path,
    page: Page,
    marks: Sequence[tuple[int, int]],
    dpi: int = DPI,
    layer: Path | None = None,
) -> PageView:
    """A page of an original with spans of its document marked. UnreadablePublication when it can't be shown.

    `layer`: the copy with recognised text that was read in place of the original.
    """
    from corpus import readers

    boxes = boxes_of(document, layer or path, page, marks)
    mark = None
    if boxes and page.width and page.height:
        first = boxes[0]
        mark = (first.left + first.right) / 2 / page.width, (first.top + first.bottom) / 2 / page.height
    png = readers.page_image(path, page.number, boxes, dpi)
    return PageView(page.number, page.label, png, boxes, page.recognised, mark)


def boxes_of(document: Document, path: Path, page: Page, marks: Iterable[tuple[int, int]]) -> tuple[Box, ...]:
    """Where spans of the document stand on a page of the file that was read. UnreadablePublication: no such page."""
    from corpus import readers

    raw = [index for start, end in marks for index in document.raw[max(start, page.start) : min(end, page.end)]]
    return tuple(readers.boxes(path, page.number, [int(index) for index in raw if index != NO_RAW]))


def find_again(text: str, quote: str, near: int) -> tuple[int, int] | None:
    """Start and end of the quote in a text, word for word with white space folded; the nearest of several.

    None when it does not occur.
    """
    words = quote.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    spans = [match.span() for match in pattern.finditer(text)]
    return min(spans, key=lambda span: (abs(span[0] - near), span[0]), default=None)


def said_in(answer: Answer, label: int, place: int) -> tuple[Quote | Passage, Passage]:
    """What opens a reading where publications differ: its words as a quote of the passage of its label, and that.

    `place` counts all readings of the answer from 0. Where its words are not found there, the whole passage.
    KeyError, IndexError: no such label or reading.
    """
    passage = answer.evidence[label]
    saying = [saying for difference in answer.differences for saying in difference.readings][place]
    chunk = passage.chunk
    span = find_again(chunk.text, saying.words, 0)
    if span is None:
        return passage, passage
    start, end = span[0] + chunk.start, span[1] + chunk.start
    text = chunk.text[slice(*span)]
    page, page_label = chunk.first_page, passage.first_label
    sha256 = passage.document_sha256
    return Quote(label, chunk.publication, start, end, text, page, page_label, sha256, passage.recognised), passage


def _place(document: Document, start: int, end: int, text: str) -> tuple[int, int] | None:
    """Where those words stand in the document: there, or else the nearest place; None where they do not."""
    return (start, end) if document.text[start:end] == text else find_again(document.text, text, start)


def _apart(places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The places in order, none of them over another."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _within(document: Document, start: int, end: int, passage: Passage | None) -> tuple[int, int]:
    """What is shown of the document around what is marked: its passage, else the blocks around it."""
    if passage is not None and passage.chunk.start <= start and end <= passage.chunk.end:
        return passage.chunk.start, passage.chunk.end
    return around(document, start, end)


def around(document: Document, start: int, end: int) -> tuple[int, int]:
    """Start and end of the blocks around a span, as far as CONTEXT reaches."""
    near = [block for block in document.blocks if block.end > start - CONTEXT and block.start < end + CONTEXT]
    first = min([start, *(block.start for block in near if block.start >= start - CONTEXT)])
    last = max([end, *(block.end for block in near if block.end <= end + CONTEXT)])
    return first, last


def _gone(piece: Quote | Chunk, passage: Passage | None) -> SourceView:
    """The quote as it was, with the passage the answer kept, and no page."""
    publication = passage.publication if passage else Publication(id=UNKNOWN, title=piece.publication or UNKNOWN)
    section = passage.chunk.headings if passage else ()
    before, found, after = passage.chunk.text.partition(piece.text) if passage else ("", "", "")
    before, after = (before, after) if found else ("", "")
    return SourceView(publication, (), section, before, piece.text, after, Drift.GONE)
