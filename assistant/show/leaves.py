"""A document to leaf through and to search in: its pages, or its sections where it has none. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.show.words import page_words
from corpus.types import BlockKind, Document, Page

AROUND = 60  # characters of a line of context, before and after a match
MOST = 200  # matches that are listed


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is read at a time; leaves tile the text."""

    number: int  # from 1: the PDF page, or the place of the section
    name: str  # 'p. 12 (PDF p. 14)', or the heading of the section; '' where it has none
    start: int  # characters into Document.text, half-open
    end: int
    page: Page | None  # None: a section of a text without pages


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where words stand."""

    leaf: int  # its number
    before: str
    words: str  # as the document writes them
    after: str


def leaves(document: Document) -> tuple[Leaf, ...]:
    """All of a document, in order."""
    if document.paged:
        named = ((page, page_words([(page.number, page.label)])) for page in document.pages)
        return tuple(Leaf(page.number, name, page.start, page.end, page) for page, name in named)
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    levels = Counter(block.level for block in headings)
    several = min((level for level, number in levels.items() if number > 1), default=0)
    sections = [block for block in headings if block.level == several]
    starts = [0, *(block.start for block in headings if block.start > 0 and block.level <= several)]
    text = next((block.start for block in document.blocks if block.kind is not BlockKind.HEADING), 0)
    if starts[1:] and starts[1] < text:
        del starts[1]  # a title alone is no section
    ends = [*starts[1:], len(document.text)]
    found = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        heading = next((block for block in (*sections, *headings) if start <= block.start < end), None)
        name = " ".join(document.text[heading.start : heading.end].split()) if heading else ""
        found.append(Leaf(number, name, start, end, None))
    return tuple(found)


def spans_of(text: str, words: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where words stand in a text, one after another, white space and capitals folded; none for no word."""
    if pattern := r"\s+".join(map(re.escape, words.split())):
        found = re.compile(pattern, re.IGNORECASE).finditer(text, start, len(text) if end is None else end)
        yield from (match.span() for match in found)


def matches(document: Document, words: str) -> tuple[tuple[Occurrence, ...], int]:
    """The first MOST places where words stand, in order, and how many there are."""
    cut = leaves(document)
    found, place, number = [], 0, 0
    for start, end in spans_of(document.text, words):
        number += 1
        if number > MOST:
            continue
        while cut[place].end <= start:
            place += 1
        before, after = document.text[max(0, start - AROUND) : start], document.text[end : end + AROUND]
        if start > AROUND:
            before = before.partition(" ")[2] or before  # whole words, where it was cut off
        if end + AROUND < len(document.text):
            after = after.rpartition(" ")[0] or after
        found.append(Occurrence(cut[place].number, before, document.text[start:end], after))
    return tuple(found), number


def pieces(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """(piece, whether it is marked) of text[start:end], in order; marks are apart and in order."""
    place = start
    for first, last in marks:
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        if place < first:
            yield text[place:first], False
        yield text[first:last], True
        place = last
    if place < end:
        yield text[place:end], False
