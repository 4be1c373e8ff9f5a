"""Small documents with headings, lists, tables and footnotes, for the tests of reading and composing."""

from __future__ import annotations

from hashlib import sha256

import numpy as np

from corpus.errors import UnknownPublication
from corpus.types import Block, BlockKind, Chunk, Document, Origin, Page, Publication

MARKS = {
    "#": BlockKind.HEADING,
    "-": BlockKind.ITEM,
    "--": BlockKind.ITEM,
    "|": BlockKind.ROW,
    "*": BlockKind.FOOTNOTE,
}


def document(id: str, text: str, **publication: object) -> Document:
    """One block a line: '# heading', '- item', '-- deeper item', '| row', '* footnote', else a paragraph.

    A line '=== ii' starts a page with that printed label.
    """
    whole, blocks, pages, labels = "", [], [0], []
    for line in text.strip().splitlines():
        line = line.strip()
        if line.startswith("==="):
            labels.append(line[3:].strip() or None)
            if whole:
                pages.append(len(whole))
            continue
        mark, _, rest = line.partition(" ")
        kind = MARKS.get(mark, BlockKind.PARAGRAPH)
        shown = rest if mark in MARKS else line
        if not shown:
            continue
        level = {"#": 1, "-": 1, "--": 2}.get(mark, 0)
        blocks.append(Block(kind, len(whole), len(whole) + len(shown), level))
        whole += shown + "\n"
    ends = [*pages[1:], len(whole)]
    tiles = tuple(
        Page(number, labels[number - 1] if labels else None, start, end)
        for number, (start, end) in enumerate(zip(pages, ends, strict=True), start=1)
    )
    about = Publication.model_validate({"id": id, "title": id.replace("-", " ").title(), **publication})
    return Document(about, whole, tiles, tuple(blocks), np.arange(len(whole), dtype=np.int32))


def chunk(source: Document, first: str, last: str, ordinal: int = 1, language: str = "en") -> Chunk:
    """The chunk from the first words to the last words given, under the headings that stand there."""
    start = source.text.index(first)
    end = source.text.index(last, start) + len(last)
    return Chunk(
        id=f"{source.publication.id}#{ordinal:04d}",
        publication=source.publication.id,
        text=source.text[start:end],
        start=start,
        end=end,
        first_page=source.page_at(start).number,
        last_page=source.page_at(end - 1).number,
        headings=source.heading_path(start),
        language=language,
        origin=source.publication.origin,
    )


def whole(source: Document, ordinal: int = 1, language: str = "en") -> Chunk:
    """A chunk of everything but the headings before the first other block."""
    first = next(block for block in source.blocks if block.kind is not BlockKind.HEADING)
    last = source.blocks[-1]
    return chunk(source, source.text[first.start : first.end], source.text[last.start : last.end], ordinal, language)


class Shelf:
    """Documents by id, with their digests."""

    def __init__(self, *documents: Document) -> None:
        self._documents = {each.publication.id: each for each in documents}

    def document(self, publication: str) -> Document:
        return self._documents[publication]

    def document_sha256(self, publication: str) -> str:
        if publication not in self._documents:
            raise UnknownPublication(publication)
        return sha256(self._documents[publication].text.encode()).hexdigest()


STARTER = {"origin": Origin.STARTER}
