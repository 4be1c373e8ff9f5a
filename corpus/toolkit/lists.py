"""The blocks of one list -> the spans of its items. Pure.

An item is a list item, a numbered paragraph, a table cell, or, where a list has none of these, a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.clean import bullet, enumerator
from corpus.toolkit.headings import level_of
from corpus.toolkit.sections import Context, SectionBlocks
from corpus.toolkit.tables import Cell, Head, cells_of, guessed, head_of, placed
from corpus.toolkit.types import ItemKind, Level, ToolkitPart
from corpus.types import Block, BlockKind, Document

LEAST_WORDS = {ItemKind.LESSON: 4, ItemKind.QUESTION: 2, ItemKind.INDICATOR: 3}
LONGEST = 70  # words of a paragraph that may be a lesson or an indicator

_LABEL = re.compile(r"(?:Q|L|I|Ind|Question|Indicator|Lesson|No|Nr)\.?\s?\d{1,3}(?:\.\d{1,2})*\s?[:.)–—-]?\s+(?=\S)")
_COUNTED = re.compile(r"(|\(|(?:[A-Z][a-z]*\.? ?)|(?:\d{1,3}\.)+)(\d{1,3}|[a-zA-Z]|[ivx]{2,5})([:.)–—-]{0,2})")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi")
_ENDED = re.compile(r"[.!?:;][”»\"’')\]]*$")
_ATTRIBUTES = (
    ("verification", re.compile(r"(?:means|sources?|methods?) of (?:verification|information)\s*[:–—]\s*", re.I)),
    ("disaggregation", re.compile(r"disaggregat(?:ed|ion)(?: by)?\s*[:–—]\s*", re.I)),
    ("caution", re.compile(r"(?:cautions?|notes?|limits?)\s*[:–—]\s*", re.I)),
)
_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s)|$)", re.S)


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item as it stands in the document."""

    start: int
    end: int
    kind: ItemKind
    context: Context
    level: Level | None = None
    counts: str = ""
    over: str = ""
    disaggregation: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()
    caution: str = ""


def items_of(listing: SectionBlocks, document: Document) -> list[FoundItem]:
    """The items of one list, in order."""
    reader = _Reader(listing, document)
    following = [*(block for block, _ in listing.blocks[1:]), None]
    for (block, context), after in zip(listing.blocks, following, strict=True):
        reader.take(block, context, after)
    return reader.found


def starts_numbered(text: str) -> int:
    """Length of the bullets, numbers and labels ("Q3:") a text begins with."""
    position = 0
    while position < len(text):
        rest = text[position:]
        label = _LABEL.match(rest)
        step = bullet(rest) or enumerator(rest) or (label.end() if label else 0)
        step += len(rest[step:]) - len(rest[step:].lstrip())
        if not step or step >= len(rest):
            break
        position += step
    return position


def following_number(number: str) -> str:
    """ "Q4:" after "Q3:", "(d)" after "(c)", "iv." after "iii."; "" where nothing follows."""
    match = _COUNTED.fullmatch(number)
    if match is None:
        return ""
    before, value, after = match.groups()
    if value.isdecimal():
        return f"{before}{int(value) + 1}{after}"
    if value in ROMAN[:-1] and (len(value) > 1 or value in "iv"):
        return f"{before}{ROMAN[ROMAN.index(value) + 1]}{after}"
    return f"{before}{chr(ord(value) + 1)}{after}" if len(value) == 1 and value not in "zZ" else ""


class _Reader:
    """Takes the blocks of a list one after the other."""

    def __init__(self, listing: SectionBlocks, document: Document) -> None:
        self.found: list[FoundItem] = []
        self._text = document.text
        self._kind = listing.context.kind or ItemKind.QUESTION
        self._sure = listing.context.sure
        self._listed = any(self._is_item(block) for block, _ in listing.blocks)
        texts = [document.text[b.start : b.end].rstrip() for b, _ in listing.blocks if b.kind is BlockKind.PARAGRAPH]
        self._alike = len(texts) > 1  # one paragraph is no list
        self._bare = sum(not text.endswith(".") for text in texts) * 2 > len(texts)
        self._head: Head | None = None
        self._level: Level | None = None  # of the table rows above: merged cells are printed once
        self._before: Block | None = None
        self._depth = 0  # of the last item
        self._nested = False  # whether points below it were taken with it

    def take(self, block: Block, context: Context, after: Block | None) -> None:
        """`after`: the block that follows in the list."""
        if block.kind is not BlockKind.ROW:
            self._head = self._level = None
        if block.kind is BlockKind.ROW:
            self._row(block, context)
        elif not self._attribute(block) and not self._goes_on(block, after):
            self._block(block, context)
        self._before = block

    def _is_item(self, block: Block) -> bool:
        text = self._text[block.start : block.end]
        return block.kind in (BlockKind.ITEM, BlockKind.ROW) or (
            block.kind is BlockKind.PARAGRAPH and starts_numbered(text) > 0
        )

    def _block(self, block: Block, context: Context) -> None:
        text = self._text[block.start : block.end]
        start = block.start + starts_numbered(text)
        asks = text.rstrip().endswith("?")
        loose = self._kind is ItemKind.QUESTION and context.part is ToolkitPart.OTHER  # a survey lists answers as well
        if not self._sure or (loose and self._listed):
            if (asks or (self._sure and text.rstrip().endswith(":"))) and self._is_item(block):
                self._add_list(start, block.end, context, block)
            return
        if self._is_item(block) or (asks and self._kind is ItemKind.QUESTION and self._listed and self.found):
            self._add_list(start, block.end, context, block)
        elif not self._listed:
            self._paragraph(block, context)

    def _paragraph(self, block: Block, context: Context) -> None:
        """A paragraph of a list that has neither bullets nor numbers."""
        text = self._text[block.start : block.end]
        if self._kind is ItemKind.QUESTION and text.count("?") == 1 and text.rstrip().endswith("?"):
            self._add(block.start, block.end, context, block)
        elif self._kind is ItemKind.QUESTION:
            for match in _SENTENCE.finditer(text):
                if match.group().endswith("?"):
                    self._add(block.start + match.start(), block.start + match.end(), context, block)
        elif self._alike and not text.rstrip().endswith(":") and len(text.split()) <= LONGEST:
            prose = self._kind is ItemKind.INDICATOR and text.rstrip().endswith(".")
            if not (prose and self._bare):
                self._add(block.start, block.end, context, block)

    def _add(self, start: int, end: int, context: Context, block: Block, level: Level | None = None) -> bool:
        text = self._text[start:end]
        if len(text.split()) < LEAST_WORDS[self._kind]:
            return False
        self.found.append(FoundItem(start, end, self._kind, context, level or context.level))
        self._depth, self._nested = block.level, False
        return True

    def _add_list(self, start: int, end: int, context: Context, block: Block) -> None:
        """Takes a list item; in lines set close, the next of the list may stand in it ("... first? Q4: Who ...")."""
        number = self._text[block.start : start].strip()
        while wanted := following_number(number):
            cut = re.search(rf"\s{re.escape(wanted)}\s+(?=\S)", self._text[start:end])
            if cut is None:
                break
            self._add(start, start + cut.start(), context, block)
            start, number = start + cut.end(), wanted
        self._add(start, end, context, block)

    def _goes_on(self, block: Block, after: Block | None) -> bool:
        """Takes a block as the rest of the item before it, where nothing stands between them."""
        last, before = self.found[-1] if self.found else None, self._before
        if last is None or before is None or last.end != before.end or block.kind is BlockKind.HEADING:
            return False
        if before.kind is BlockKind.ROW or self._text[last.end : block.start].strip():
            return False
        whole, text = self._text[last.start : last.end].rstrip(), self._text[block.start : block.end]
        below = block.kind is BlockKind.ITEM and block.level > self._depth
        nested = below and (self._nested or whole.endswith((":", ",")))
        rest = block.kind is BlockKind.PARAGRAPH and text[:1].islower() and not _ENDED.search(whole)
        rest = rest or (block.kind is BlockKind.PARAGRAPH and self._between(whole, after))
        if not (nested or (rest and not starts_numbered(text))):
            return False
        self._nested = nested
        self.found[-1] = replace(last, end=block.end)
        return True

    def _between(self, whole: str, after: Block | None) -> bool:
        """Whether what stands between two list items belongs to the first: a column may end after a sentence."""
        if after is None or not self._is_item(after) or after.kind is BlockKind.ROW or not self._listed:
            return False
        if self._kind is ItemKind.QUESTION:
            return not whole.endswith("?")
        return self._kind is ItemKind.LESSON

    def _attribute(self, block: Block) -> bool:
        """Takes a block that says how the indicator before it is verified, told apart or misread."""
        text = self._text[block.start : block.end]
        label = next(((name, match) for name, pattern in _ATTRIBUTES if (match := pattern.match(text))), None)
        if label is None or not self.found or self._kind is not ItemKind.INDICATOR:
            return False
        self._set(label[0], " ".join(text[label[1].end() :].split()))
        return True

    def _set(self, name: str, value: str) -> None:
        between = {"verification": r";\s+", "disaggregation": r"[;,]\s+"}.get(name)
        parts = tuple(part.strip(" .") for part in re.split(between, value) if part.strip(" .")) if between else value
        self.found[-1] = replace(self.found[-1], **{name: parts})

    def _row(self, block: Block, context: Context) -> None:
        cells = cells_of(self._text, block.start, block.end)
        if head := head_of(cells):
            if self._head is None or head.texts != self._head.texts:
                self._head, self._level = head, None
            return
        if len(cells) == 1 and (level := level_of(cells[0].text)) and len(cells[0].text.split()) <= 4:
            self._level = level  # a row across the table
            return
        roles = placed(cells, self._head) if self._head else guessed(cells)
        if "level" in roles:
            self._level = level_of(roles["level"].text)
        if cell := roles.get("text"):
            self._cell(cell, roles, context, block)

    def _cell(self, cell: Cell, roles: dict[str, Cell], context: Context, block: Block) -> None:
        start = cell.start + starts_numbered(self._text[cell.start : cell.end])
        if not self._sure and not cell.text.endswith("?"):
            return
        if self._add(start, cell.end, context, block, self._level):
            for name in ("counts", "over", "disaggregation", "verification", "caution"):
                if name in roles:
                    self._set(name, roles[name].text)


def without_repeats(found: Sequence[FoundItem], text: str) -> list[FoundItem]:
    """Each item of a list once: a summary or a pull quote repeats some."""
    seen: set[tuple[object, ...]] = set()
    kept: list[FoundItem] = []
    for item in found:
        key = (item.kind, item.context.part, item.context.activity, " ".join(text[item.start : item.end].split()))
        if key not in seen:
            kept.append(item)
        seen.add(key)
    return kept
