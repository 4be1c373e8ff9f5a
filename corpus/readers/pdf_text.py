"""Pages of characters -> a Document: the steps of the layout in order, then clean text with its source map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from corpus.clean import chained, clean, join_lines, unfold
from corpus.layout.blocks import drafts, usual_leading
from corpus.layout.drafts import BlockDraft, Slice
from corpus.layout.fragments import fragments, upright
from corpus.layout.furniture import Furniture, PageFragments, find_furniture
from corpus.layout.glyphs import PageChars
from corpus.layout.lines import Line
from corpus.layout.regions import Region, reading_order
from corpus.layout.rows import region_lines
from corpus.layout.sides import baselines
from corpus.layout.structure import structured
from corpus.layout.tables import table_rows
from corpus.types import NO_RAW, Block, BlockKind, Document, Page, Publication
from corpus.words import Words

CELL = " | "


def torn(page: PageChars) -> PageFragments:
    """A page in fragments; its arrays of characters can be let go of then."""
    turned = upright(page)
    text, found = fragments(turned)
    return PageFragments(text, tuple(found), turned.height, page.invisible, page.number, (page.width, page.height))


def build(pages: Sequence[PageFragments], publication: Publication, labels: Sequence[str]) -> Document | None:
    """The document that torn pages make up. None when no text is left of them.

    `labels` are the file's own page labels, "" where it has none.
    """
    furniture = find_furniture(pages, _body_size(pages))
    blocks, words = _blocks(pages, furniture)
    writer = _Writer(words)
    for draft in (draft for page in blocks for draft in page):
        writer.add(draft)
    return writer.document(pages, publication, choose_labels(labels, furniture.labels))


def _body_size(pages: Sequence[PageFragments]) -> float:
    sizes: Counter[float] = Counter()
    for fragment in (fragment for page in pages for fragment in page.fragments):
        sizes[round(fragment.size * 2) / 2] += fragment.end - fragment.start
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _blocks(pages: Sequence[PageFragments], furniture: Furniture) -> tuple[list[list[BlockDraft]], Words]:
    regions: list[list[tuple[Region, list[Line]]]] = []
    for page, dropped in zip(pages, furniture.dropped, strict=True):
        kept = [f for f in page.fragments if f not in dropped]
        rtl = sum(f.rtl for f in kept) * 2 > len(kept)
        laid = [
            (region, region_lines(baselines(region.fragments), page.text, rtl, region.table, page.scanned))
            for region in reading_order(kept, rtl)
        ]
        regions.append([(region, lines) for region, lines in laid if lines])
    leading = usual_leading([lines for page in regions for region, lines in page if not region.table])
    words = Words.of(line.text for page in regions for _, lines in page for line in lines)
    made: list[list[BlockDraft]] = []
    for index, page in enumerate(regions):
        made.append([])
        for number, (region, lines) in enumerate(page):
            if region.table:
                made[-1] += table_rows(lines, index, number)
            else:
                made[-1] += drafts(lines, index, number, leading)
    return structured(made, [page.height for page in pages]), words


def choose_labels(own: Sequence[str], printed: Sequence[str | None]) -> tuple[str | None, ...]:
    """The file's labels where they agree with what is printed, else what is printed.

    Many files number their pages 1 to n whatever is printed on them, or carry the labels of another file.
    """
    known = [(a, b) for a, b in zip(own, printed, strict=True) if a and b]
    wrong = sum(a.lower() != b.lower() for a, b in known)
    if not any(own) or (known and wrong > len(known) * 0.2) or len(set(own)) < len(own) * 0.8:
        return tuple(printed)
    return tuple(label or mark for label, mark in zip(own, printed, strict=True))


class _Writer:
    """Collects clean text, its source map and its blocks."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._pieces: list[str] = []
        self._raw: list[int] = []
        self._page: list[int] = []
        self._blocks: list[Block] = []
        self.length = 0

    def add(self, draft: BlockDraft) -> None:
        text, raw, page = self._row(draft) if draft.kind is BlockKind.ROW else self._flow(draft)
        if not text.strip():
            return
        if self._blocks:
            self._append("\n", [NO_RAW], [self._page[-1]])
        start = self.length
        self._append(text, raw, page)
        self._blocks.append(Block(draft.kind, start, self.length, draft.level))

    def _append(self, text: str, raw: Sequence[int], page: Sequence[int]) -> None:
        self._pieces.append(text)
        self._raw.extend(raw)
        self._page.extend(page)
        self.length += len(text)

    def _flow(self, draft: BlockDraft) -> tuple[str, list[int], list[int]]:
        item = draft.kind is BlockKind.ITEM
        slices = [
            (page, (line, line.bullet if item and not number and not at else 0, len(line.text)))
            for number, (page, lines) in enumerate(draft.parts)
            for at, line in enumerate(lines)
        ]
        return self._joined(slices)

    def _row(self, draft: BlockDraft) -> tuple[str, list[int], list[int]]:
        page = draft.parts[0][0]
        text, raw, pages = "", [], []
        for cell in draft.cells:
            more, sources, numbers = self._joined([(page, piece) for piece in cell])
            if not more:
                continue
            if text:
                text, raw, pages = text + CELL, raw + [NO_RAW] * len(CELL), pages + [page] * len(CELL)
            text, raw, pages = text + more, raw + sources, pages + numbers
        return text, raw, pages

    def _joined(self, slices: Sequence[tuple[int, Slice]]) -> tuple[str, list[int], list[int]]:
        """Lines joined and cleaned: (text, raw index and page index of each character)."""
        texts, raw, pages = [], [], []
        for page, (line, start, end) in slices:
            piece, sources = unfold(line.text[start:end])
            stripped = piece.rstrip()
            texts.append(stripped)
            raw.extend([line.raw[start + i] for i in sources[: len(stripped)]])
            pages.extend([page] * len(stripped))
        joined, sources = join_lines(texts, self._words)
        text, more = clean(joined, self._words)
        sources = chained(more, sources)
        final_pages: list[int] = []
        for source in sources:
            final_pages.append(pages[source] if source >= 0 else (final_pages[-1] if final_pages else pages[0]))
        return text, [raw[i] if i >= 0 else NO_RAW for i in sources], final_pages

    def document(
        self, pages: Sequence[PageFragments], publication: Publication, labels: Sequence[str | None]
    ) -> Document | None:
        text = "".join(self._pieces)
        if not text.strip():
            return None
        owner = np.array(self._page)
        ends = np.searchsorted(owner, np.arange(len(pages)), side="right").tolist()
        starts = [0, *ends[:-1]]
        made = tuple(
            Page(page.number, label, start, end, *page.shown)
            for page, label, start, end in zip(pages, labels, starts, ends, strict=True)
        )
        return Document(publication, text, made, tuple(self._blocks), np.array(self._raw, np.int32))
