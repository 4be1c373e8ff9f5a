"""What of a document may be shown as a statement: whole sentences and list items that can stand alone.

Headings, table rows, footnotes, references, captions, truncated sentences, rhetorical questions and orders to the
machine that reads are left out.
A sentence that points back ("This means ...") is kept only together with the sentence it points to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer.prose import CELLS, introduces, points_back, reads_as_item, stands_whole
from assistant.understand.kinds import QUESTION_MARKS
from assistant.understand.planted import planted
from corpus.types import Block, BlockKind, Document

Span = tuple[int, int]
Sentences = Callable[[str, str], Sequence[Span]]  # (text, ISO 639-1) -> half-open spans, in order

CAPTION = 160  # characters: a longer block above a table does not name it
ITEM_WORDS = 60  # an item longer than this is a numbered paragraph, taken sentence by sentence
MAX_BACK = 2  # sentences taken along before one that points back
_SPACE = re.compile(r"\s+")
_FIGURE = re.compile(r"^[^\W\d_][^|]{2,60} \| [$€£]?\d[\d.,  ]*(?:%| ?per cent)?$")
_TRAILING = re.compile(r"(?:[;,،；]\s*(?:and|or|et|ou|y|o|и|или)?|\s+(?:and|or))\s*$")
_NUMBER = re.compile(
    r"^(?:\d{1,3}[.)]|\((?:\d{1,3}|[a-z]|[ivx]{1,4})\)|[»•▪–—·*-])\s+"
)  # of a paragraph or item, not part of what it says


@dataclass(frozen=True, slots=True)
class Unit:
    """A span that can be shown: one sentence or list item, with what it needs before it.

    `document.text[start:end]` is what is shown; `core` is where the sentence itself starts, which differs from
    `start` when sentences were taken along before it.
    """

    start: int
    end: int
    core: int
    text: str  # white space folded
    item: bool
    lead: Span | None = None  # the line that introduces the list
    series: int | None = None  # where the list starts: items of one list share it
    asks: bool = False  # ends in a question mark
    row: bool = False  # of a table: a label and its figure


def fold(text: str) -> str:
    """A text with every run of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def units_of(document: Document, start: int, end: int, sentences: Sentences, language: str) -> tuple[Unit, ...]:
    """The units of a document that lie within start:end, in document order."""
    found: list[Unit] = []
    for index, block in enumerate(document.blocks):
        if block.start >= end:
            break
        if block.end <= start:
            continue
        if _is_running_text(document, block):
            found.extend(_sentences_of(document, index, sentences, language))
        elif block.kind is BlockKind.ITEM:
            found.extend(_item_of(document, index, sentences, language))
        elif block.kind is BlockKind.ROW:
            found.extend(_row_of(document, index))
    orders = _orders(document, start, end, sentences, language)
    return tuple(
        unit
        for unit in found
        if unit.start >= start and unit.end <= end
        if not any(_touch(order, (unit.start, unit.end)) or _touch(order, unit.lead) for order in orders)
    )


def _orders(document: Document, start: int, end: int, sentences: Sentences, language: str) -> list[Span]:
    """The sentences within start:end that are orders to the machine that reads."""
    blocks = [block for block in document.blocks if block.start < end and block.end > start]
    spans = [span for block in blocks for span in _spans(document, block, sentences, language)]
    told = planted([fold(document.text[slice(*span)]) for span in spans])
    return [span for span, order in zip(spans, told, strict=True) if order]


def _touch(one: Span, other: Span | None) -> bool:
    return other is not None and one[0] < other[1] and other[0] < one[1]


def list_of(document: Document, unit: Unit) -> Span | None:
    """From the first to the last item of the list a unit belongs to. None for a sentence."""
    if unit.series is None:
        return None
    last = unit.end
    for block in document.blocks:
        if block.start < unit.series or block.kind is BlockKind.FOOTNOTE:
            continue
        if block.kind is not BlockKind.ITEM:
            break
        last = block.end
    return unit.series, max(last, unit.end)


def _sentences_of(document: Document, index: int, sentences: Sentences, language: str) -> Iterator[Unit]:
    block = document.blocks[index]
    spans = _spans(document, block, sentences, language)
    for position, (start, end) in enumerate(spans):
        start += len(_numbered(document.text[start:end]))
        text = fold(document.text[start:end])
        if not stands_whole(text):
            continue
        first = start
        if points_back(text):
            earlier = [*_before(document, index, sentences, language), *spans[:position]]
            carried = _antecedent(document, earlier)
            if carried is None:
                continue
            first = carried
        shown = fold(document.text[first:end])
        yield Unit(first, end, start, shown, item=False, asks=text.rstrip("\"”’')").endswith(QUESTION_MARKS))


def _item_of(document: Document, index: int, sentences: Sentences, language: str) -> Iterator[Unit]:
    block = document.blocks[index]
    whole = document.text[block.start : block.end]
    start = block.start + len(_numbered(whole))
    end = block.start + len(_TRAILING.sub("", whole))
    text = fold(document.text[start:end])
    if not reads_as_item(text) or _opens_deeper(document, index):
        return
    lead = _lead(document, index, sentences, language)
    if lead is None and text[0].islower():
        return  # the end of a sentence whose beginning is not known
    yield Unit(start, end, start, text, True, lead, _series(document, index), asks=text.endswith(QUESTION_MARKS))


def _opens_deeper(document: Document, index: int) -> bool:
    """Whether an item is the line that introduces the deeper items after it."""
    here, after = document.blocks[index], document.blocks[index + 1 : index + 2]
    deeper = bool(after) and after[0].kind is BlockKind.ITEM and after[0].level > here.level
    return deeper and introduces(document.text[here.start : here.end])


def _row_of(document: Document, index: int) -> Iterator[Unit]:
    """A row that says one figure of one thing, under the heading or line above its table."""
    block = document.blocks[index]
    text = fold(document.text[block.start : block.end])
    if not _FIGURE.match(text):
        return
    for before in reversed(document.blocks[:index]):
        if before.kind is not BlockKind.ROW:
            if before.kind is not BlockKind.FOOTNOTE and before.end - before.start <= CAPTION:
                yield Unit(block.start, block.end, block.start, text, False, (before.start, before.end), row=True)
            return


def _is_running_text(document: Document, block: Block) -> bool:
    """Paragraphs, numbered paragraphs read as items, and rows of one cell, which laws are often set in."""
    text = document.text[block.start : block.end]
    if block.kind is BlockKind.ITEM:
        return len(text.split()) > ITEM_WORDS
    return block.kind is BlockKind.PARAGRAPH or (block.kind is BlockKind.ROW and CELLS not in text)


def _numbered(text: str) -> str:
    """The number or bullet that a paragraph or item opens with; "" where it has none."""
    found = _NUMBER.match(text)
    return found.group() if found else ""


def _spans(document: Document, block: Block, sentences: Sentences, language: str) -> list[Span]:
    text = document.text[block.start : block.end]
    return [
        (block.start + start, block.start + end) for start, end in sentences(text, language) if text[start:end].strip()
    ]


def _above(document: Document, index: int) -> int | None:
    """The block before one, footnotes at the end of a page passed over. None at the start."""
    before = range(index - 1, -1, -1)
    return next((i for i in before if document.blocks[i].kind is not BlockKind.FOOTNOTE), None)


def _before(document: Document, index: int, sentences: Sentences, language: str) -> list[Span]:
    """The sentences of the paragraph right before a block; none after a heading, a list or a table."""
    above = _above(document, index)
    if above is None or document.blocks[above].kind is not BlockKind.PARAGRAPH:
        return []
    return _spans(document, document.blocks[above], sentences, language)


def _antecedent(document: Document, earlier: Sequence[Span]) -> int | None:
    """Where the nearest earlier sentence that stands alone begins. None when there is none within MAX_BACK."""
    for start, end in reversed(earlier[-MAX_BACK:]):
        text = fold(document.text[start + len(_numbered(document.text[start:end])) : end])
        if not stands_whole(text) or text.endswith(QUESTION_MARKS):
            return None
        if not points_back(text):
            return start + len(_numbered(document.text[start:end]))
    return None


def _lead(document: Document, index: int, sentences: Sentences, language: str) -> Span | None:
    """The line that introduces an item: its parent item, the sentence before the list, or the heading above it."""
    level = document.blocks[index].level
    for position in range(index - 1, -1, -1):
        block = document.blocks[position]
        if block.kind is BlockKind.ITEM:
            if block.level < level and introduces(document.text[block.start : block.end]):
                return block.start, block.end
            continue
        if block.kind is BlockKind.HEADING:
            return block.start, block.end
        if block.kind is BlockKind.FOOTNOTE:
            continue
        if block.kind is not BlockKind.PARAGRAPH:
            return None
        spans = _spans(document, block, sentences, language)
        return spans[-1] if spans and introduces(document.text[slice(*spans[-1])]) else None
    return None


def _series(document: Document, index: int) -> int:
    """Where the run of item blocks that holds this one starts."""
    first, above = index, _above(document, index)
    while above is not None and document.blocks[above].kind is BlockKind.ITEM:
        first, above = above, _above(document, above)
    return document.blocks[first].start
