"""A document into chunks: whole sentences and list items of one section, slices of the document's text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.language import detect, dominant
from corpus.sentences import Span, sentences
from corpus.types import Block, BlockKind, Chunk, Document

LONGEST = 1.5  # times the target: a chunk is longer only where one word is
# What a break before a unit costs, beside (tokens / target - 1) ** 2 of each chunk: one of half the
# target costs 0.25. So a list leaves the line that introduces it only when they cannot fit together.
_BREAK = {
    "intro": 1.0,  # between a line and the list under it
    "colon": 2.0,  # the same, where the line ends in a colon
    "second": 0.3,  # after the first item only
    "deeper": 0.5,  # between an item and its own list
    "item": 0.05,
    "row": 0.1,
    "head": 0.3,  # between a table and its caption or first row
    "note": 0.3,  # between a paragraph and its footnote
    "notes": 0.2,  # so that no chunk begins with the last notes of the page before
    "broken": 0.6,  # inside a paragraph that a page or a footnote breaks in two
    "sentence": 0.1,
    "clause": 0.2,
    "paragraph": 0.0,
}
_MUTE_HEADING_WORDS = 12  # a heading without text under it, longer than this or a sentence, is text itself
_OWN_LANGUAGE = 100  # characters a chunk needs to be told a language that is not its document's
_BLOB = re.compile(r"([^\s,،、，;；؛:]{200,})")
_SENTENCE_ENDS = (".", "?", "!", ";", "؟", "。", "？")
_ENUMERATION = re.compile(r"(?<=[;；؛])\s*|(?<=[:：])\s+|\s+(?=\([a-zivx]{1,4}\)\s)")
_COMMAS = "[^,،、，]+[,،、，]*|[,،、，]+"
_OPEN_END = re.compile(r"[\w,;،؛)’'-]$")
_COLON = (":", "：")


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut: a sentence, a table row, or a piece of a sentence that is too long."""

    start: int
    end: int
    tokens: int
    cost: float  # of a break before it


@dataclass(frozen=True, slots=True)
class _Section:
    """Neighbouring blocks under the same headings."""

    headings: tuple[str, ...]
    blocks: tuple[Block, ...]


def chunk(
    document: Document, count_tokens: Callable[[str], int], target_tokens: int = 200, known: str = ""
) -> tuple[Chunk, ...]:
    """Chunks in reading order; without overlap; together they hold every block but headings.

    No chunk crosses a heading. Where they can be cut, chunks are as near to `target_tokens` as sentences,
    items and rows allow, and at most LONGEST times that. Ids count from 0001. The language of a chunk that
    is too short to tell is the document's. `known`: the language of all of them, where nothing is to be told.
    """
    if target_tokens < 1:
        raise ValueError(f"chunks of {target_tokens} tokens")
    language = known or dominant(document.text) or document.publication.language
    cutter = _Cutter(document.text, count_tokens, target_tokens, language)
    page_starts = [page.start for page in document.pages]
    chunks: list[Chunk] = []
    for section in _sections(document):
        for start, end in _pack(cutter.units(section.blocks), target_tokens):
            text = document.text[start:end]
            own = detect(text) if end - start >= _OWN_LANGUAGE and not known else ""
            chunks.append(
                Chunk(
                    id=f"{document.publication.id}#{len(chunks) + 1:04d}",
                    publication=document.publication.id,
                    text=text,
                    start=start,
                    end=end,
                    first_page=document.pages[bisect_right(page_starts, start) - 1].number,
                    last_page=document.pages[bisect_right(page_starts, end - 1) - 1].number,
                    headings=section.headings,
                    language=own or language,
                    origin=document.publication.origin,
                )
            )
    return tuple(chunks)


def _sections(document: Document) -> Iterator[_Section]:
    """Runs of blocks under one heading path."""
    path: list[tuple[int, str]] = []
    body: list[Block] = []
    blocks = _blocks(document)
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if block.kind is not BlockKind.HEADING:
            body.append(block)
            continue
        text = document.text[block.start : block.end]
        mute = _is_mute(text, block, following)
        above = [entry for entry in path if entry[0] < block.level]
        if body and not (mute and above == path):
            yield _Section(tuple(title for _, title in path), tuple(body))
            body = []
        path = above if mute else [*above, (block.level, text)]
        if mute:
            body.append(Block(BlockKind.PARAGRAPH, block.start, block.end))
    if body:
        yield _Section(tuple(title for _, title in path), tuple(body))


def _is_mute(text: str, heading: Block, following: Block | None) -> bool:
    """Whether a heading heads nothing and yet says something: a question, a sentence, a long line."""
    if following and not (following.kind is BlockKind.HEADING and following.level <= heading.level):
        return False
    return text.rstrip().endswith(_SENTENCE_ENDS) or len(text.split()) > _MUTE_HEADING_WORDS


def _blocks(document: Document) -> Sequence[Block]:
    """The document's blocks; each line as a paragraph where it has none."""
    if document.blocks:
        return document.blocks
    lines = re.finditer(r"\S[^\n]*", document.text)
    return [Block(BlockKind.PARAGRAPH, line.start(), line.end()) for line in lines]


class _Cutter:
    """Blocks into units. Tokens are counted once for each."""

    def __init__(self, text: str, count_tokens: Callable[[str], int], target: int, language: str) -> None:
        self._text = text
        self._count = count_tokens
        self._target = target
        self._language = language
        self._splitter: Callable[[str], list[str]] | None = None

    def units(self, blocks: Sequence[Block]) -> list[_Unit]:
        """The units of a section, in order."""
        units: list[_Unit] = []
        for index, block in enumerate(blocks):
            cost = self._cost(blocks, index)
            for start, end in self._spans(block):
                units += self._within(start, end, cost)
                cost = _BREAK["sentence"] * (1 if block.kind is BlockKind.PARAGRAPH else 2)
        return units

    def _spans(self, block: Block) -> list[Span]:
        text = self._text[block.start : block.end]
        if block.kind is BlockKind.ROW:
            lead = len(text) - len(text.lstrip())
            return [(block.start + lead, block.start + len(text.rstrip()))] if text.strip() else []
        spans = sentences(text, self._language)
        return [(block.start + start, block.start + end) for start, end in spans]

    def _within(self, start: int, end: int, cost: float) -> Iterator[_Unit]:
        """The unit of a sentence, or those it has to be cut into."""
        text = self._text[start:end]
        tokens = self._count(text)
        if tokens <= LONGEST * self._target:
            yield _Unit(start, end, tokens, cost)
            return
        for first, last in self._pieces(text):
            yield _Unit(start + first, start + last, self._count(text[first:last]), cost)
            cost = _BREAK["clause"]

    def _pieces(self, text: str) -> Iterator[Span]:
        """A sentence at its clauses, then commas, then words: pieces of `target` tokens at most.

        A blob (a run of letters no language writes) is cut by length, for which tokens need not be counted.
        """
        position = 0
        for part in filter(str.strip, _BLOB.split(text)):
            width = self._target if _BLOB.fullmatch(part) else len(part)
            slices = [part[at : at + width] for at in range(0, len(part), max(1, width))]
            for piece in slices if width < len(part) else self._split(part):
                start = text.index(piece, position)
                position = start + len(piece)
                yield start, position

    def _split(self, text: str) -> list[str]:
        """llama-index's splitter: stripped pieces of the text, in order. Its import takes a second."""
        if self._splitter is None:
            from llama_index.core.node_parser import SentenceSplitter

            self._splitter = SentenceSplitter(
                chunk_size=self._target,
                chunk_overlap=0,
                tokenizer=lambda piece: range(self._count(piece)),
                chunking_tokenizer_fn=_clauses,  # its own would load NLTK
                secondary_chunking_regex=_COMMAS,
            ).split_text
        try:
            return self._splitter(text)
        except ValueError:  # one character of more tokens than the target
            return [text.strip()]

    def _cost(self, blocks: Sequence[Block], index: int) -> float:
        """Of a break before a block."""
        if index == 0:
            return 0.0
        block, before = blocks[index], blocks[index - 1]
        kinds = (before.kind, block.kind)
        if BlockKind.FOOTNOTE in kinds:
            return self._cost_at_footnote(blocks, index)
        if block.kind is BlockKind.ITEM:
            if before.kind is not BlockKind.ITEM:
                return _BREAK["colon" if self._text[: before.end].endswith(_COLON) else "intro"]
            if block.level > before.level:
                return _BREAK["deeper"]
            second = index == 1 or blocks[index - 2].kind is not BlockKind.ITEM
            return _BREAK["second" if second else "item"]
        if block.kind is BlockKind.ROW:
            second = index == 1 or blocks[index - 2].kind is not BlockKind.ROW
            return _BREAK["head" if before.kind is not BlockKind.ROW or second else "row"]
        return _BREAK["broken" if self._goes_on(before, block) else "paragraph"]

    def _cost_at_footnote(self, blocks: Sequence[Block], index: int) -> float:
        block, before = blocks[index], blocks[index - 1]
        if block.kind is BlockKind.FOOTNOTE:
            return _BREAK["notes" if before.kind is BlockKind.FOOTNOTE else "note"]
        above = next((b for b in reversed(blocks[:index]) if b.kind is not BlockKind.FOOTNOTE), None)
        return _BREAK["broken" if above and self._goes_on(above, block) else "paragraph"]

    def _goes_on(self, before: Block, block: Block) -> bool:
        """Whether a paragraph is the rest of the one before."""
        if block.kind is not BlockKind.PARAGRAPH or before.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            return False
        text = self._text[before.start : before.end]
        return self._text[block.start].islower() and bool(_OPEN_END.search(text))


def _clauses(text: str) -> list[str]:
    """A sentence after semicolons and colons, and before "(a)"; joined, they are the text."""
    cuts = [0, *(match.end() for match in _ENUMERATION.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if end > start]


def _pack(units: Sequence[_Unit], target: int) -> list[Span]:
    """Spans of neighbouring units with the least sum of costs; the earliest break on a tie."""
    best = [0.0]  # cost of the first n units
    last = [0]  # where the last chunk of the first n units begins
    for end in range(1, len(units) + 1):
        tokens, cost, begin = 0, float("inf"), end - 1
        for start in range(end - 1, -1, -1):
            tokens += units[start].tokens
            if tokens > LONGEST * target and start < end - 1:
                break
            here = best[start] + (tokens / target - 1) ** 2 + (units[start].cost if start else 0.0)
            if here <= cost:
                cost, begin = here, start
        best.append(cost)
        last.append(begin)
    spans: list[Span] = []
    end = len(units)
    while end:
        spans.append((units[last[end]].start, units[end - 1].end))
        end = last[end]
    return spans[::-1]
