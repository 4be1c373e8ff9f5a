"""Passages become extracts: the smallest blocks of a document that stand on their own.

A paragraph (short ones with what follows under the same heading), a list with the line that leads into it, a few rows
of a table with their head. At most MOST words; what is longer is cut between sentences, items or rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.understand.orders import speaks_to_machine
from corpus.sentences import QUESTION_MARKS, sentences
from corpus.types import Block, BlockKind, Document

Span = tuple[int, int]

MOST = 120  # words of an extract
ENOUGH = 45  # a shorter paragraph takes along the next one
NOTE = 20  # words of a footnote that is an extract of its own: shorter ones mostly name a source
WHOLE = 170  # words of a section that is shown as one extract: cut, it too often lost the sentence that answers
CELLS = " | "  # between the cells of a row
_LEADS = re.compile(r"[:：]\s*$|\b(?:following|include|includes|including|are|by|to)\s*$", re.I)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NOISE = re.compile(  # contents, addresses, licences: nothing that answers
    r"\.{4,}|_{4,}|(?:\s\.){3,}|\ball rights reserved\b|\bisbn\b|^\W*(?:figure|table|photo|source)s?\b[^.]{0,80}$", re.I
)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One block, or a run of whole sentences of one: `document.text[start:end]`, as it is shown."""

    kind: BlockKind
    start: int
    end: int
    text: str  # white space folded


@dataclass(frozen=True, slots=True)
class Extract:
    """Lines of one section of one document, in order."""

    label: int  # of the passage it was found in, into the evidence, from 1
    lines: tuple[SourceLine, ...]
    heading: str  # the innermost heading above it; "" for none, and for an order to the machine that reads
    asks: bool  # all of it are questions: design questions, which answer no open question

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end

    @property
    def text(self) -> str:
        """As it is shown, a line each."""
        return "\n".join(line.text for line in self.lines)

    def spans(self) -> tuple[Span, ...]:
        """Its places in the document, lines that touch as one: what stands between others is left out of the quote."""
        found = [(self.lines[0].start, self.lines[0].end)]
        for before, line in zip(self.lines, self.lines[1:], strict=False):
            if line.start - before.end <= 2:
                found[-1] = (found[-1][0], line.end)
            else:
                found.append((line.start, line.end))
        return tuple(found)


def extracts_of(document: Document, start: int, end: int, label: int, language: str) -> tuple[Extract, ...]:
    """The extracts that hold some of document.text[start:end], in order; a list begins with its lead."""
    found = []
    for section in _sections(document, start, end):
        for lines in _grouped(document, section, language):
            if lines[-1].end > start and lines[0].start < end and not _says_nothing(lines):
                found.append(_extract(document, lines, label))
    for note in _notes(document, start, end):
        lines = ([line] for line in _lines(document, note, language))
        found.extend(_extract(document, line, label) for line in lines if not _says_nothing(line))
    return tuple(found)


def section_at(document: Document, start: int, label: int, language: str) -> Extract | None:
    """The whole section that holds document.text[start], however long.

    None where no block stands there: the index follows a changed document a few seconds later.
    """
    for section in _sections(document, start, start + 1):
        return _extract(document, [line for block in section for line in _lines(document, block, language)], label)
    return None


def words_in(text: str) -> int:
    """Words of a text; two Chinese letters count as one."""
    return len(_CJK.findall(text)) // 2 + len(_CJK.sub(" ", text).split())


def _sections(document: Document, start: int, end: int) -> Iterator[list[Block]]:
    """Runs of blocks without a heading between them that touch start:end; footnotes are left out."""
    run: list[Block] = []
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            if run and run[-1].end > start:
                yield run
            run = []
            if block.start >= end:
                return
        elif block.kind is not BlockKind.FOOTNOTE:
            run.append(block)
    if run and run[-1].end > start and run[0].start < end:
        yield run


def _notes(document: Document, start: int, end: int) -> Iterator[Block]:
    """The footnotes of start:end that say something: an explanation, a condition, no mere reference."""
    for block in document.blocks:
        within = block.kind is BlockKind.FOOTNOTE and block.end > start and block.start < end
        if within and words_in(document.text[block.start : block.end]) >= NOTE:
            yield block


def _grouped(document: Document, blocks: Sequence[Block], language: str) -> Iterator[list[SourceLine]]:
    """The lines of one section in groups that stand on their own: all of them, where they are few."""
    lines = [line for block in blocks for line in _lines(document, block, language)]
    if lines and words_in(_joined(lines)) <= WHOLE:
        yield lines
        return
    place = 0
    while place < len(lines):
        group = [lines[place]]
        listed = lines[place + 1].kind if _leads(lines, place) else lines[place].kind
        head = [lines[place]] if listed is not lines[place].kind or lines[place].kind is BlockKind.ROW else []
        place += 1
        while place < len(lines) and lines[place].kind is listed and listed in (BlockKind.ITEM, BlockKind.ROW):
            if words_in(_joined([*group, lines[place]])) > MOST and len(group) > len(head):
                yield group
                group = list(head)
            group.append(lines[place])
            place += 1
        while (
            listed is BlockKind.PARAGRAPH
            and place < len(lines)
            and lines[place].kind is BlockKind.PARAGRAPH
            and words_in(_joined(group)) < ENOUGH
            and words_in(_joined([*group, lines[place]])) <= MOST
            and not _leads(lines, place)
        ):
            group.append(lines[place])
            place += 1
        yield group


def _leads(lines: Sequence[SourceLine], place: int) -> bool:
    """Whether a paragraph introduces the list or table after it."""
    after = lines[place + 1] if place + 1 < len(lines) else None
    if after is None or lines[place].kind is not BlockKind.PARAGRAPH or after.kind is BlockKind.PARAGRAPH:
        return False
    return bool(_LEADS.search(lines[place].text)) or words_in(lines[place].text) < ENOUGH


def _lines(document: Document, block: Block, language: str) -> Iterator[SourceLine]:
    """A block as a line; what is too long in runs of whole sentences."""
    text = document.text[block.start : block.end]
    kind = block.kind if block.kind is not BlockKind.ROW or CELLS in text else BlockKind.PARAGRAPH
    if words_in(text) <= MOST:
        yield SourceLine(kind, block.start, block.end, " ".join(text.split()))
        return
    begin = end = 0
    for start, stop in sentences(text, language):
        if end > begin and words_in(text[begin:stop]) > MOST:
            yield SourceLine(kind, block.start + begin, block.start + end, " ".join(text[begin:end].split()))
            begin = start
        end = stop
    if end > begin:
        yield SourceLine(kind, block.start + begin, block.start + end, " ".join(text[begin:end].split()))


def _extract(document: Document, lines: Sequence[SourceLine], label: int) -> Extract:
    headings = document.heading_path(lines[0].start)
    asked = [line for line in lines if line.text.endswith(QUESTION_MARKS)]
    listed = [line for line in lines if line.kind is BlockKind.ITEM]
    asks = len(asked) == len(lines) or (bool(listed) and all(line in asked for line in listed))
    heading = " ".join(headings[-1].split()) if headings and not speaks_to_machine(headings[-1]) else ""
    return Extract(label, tuple(lines), heading, asks)


def _says_nothing(lines: Sequence[SourceLine]) -> bool:
    """Whether it is a caption, contents or an order to the machine that reads."""
    text = _joined(lines)
    return words_in(text) < 4 or bool(_NOISE.search(text)) or any(speaks_to_machine(line.text) for line in lines)


def _joined(lines: Sequence[SourceLine]) -> str:
    return " ".join(line.text for line in lines)
