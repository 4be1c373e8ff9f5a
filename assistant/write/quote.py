"""The quote of a sentence: the run of whole sentences or list items of a cited passage that carries its claim.

Only cited passages are read, and a quote stands there word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Passage, Quote
from assistant.understand.orders import speaks_to_machine
from assistant.wording.quantities import quantities
from assistant.wording.tokens import read
from corpus.sentences import sentences
from corpus.types import Block, BlockKind, Document

WINDOW = 3  # pieces of one quote, at most
MIN_WORDS = 5  # of a quote that is not a whole list item or table row
LONGER = 0.06  # of a sentence's words that each further piece must add
BEARS = 0.12  # share of a sentence's words below which a passage says nothing of it
CLEAR = 0.6  # share from which the words alone tell where a sentence comes from
CLOSE = 0.6  # cosine from which a run of few shared words bears on a sentence
FIGURE = 1.5  # weight of a shared figure, against 1 of the average word
CONTEXT = 0.5  # of a word that stands in the heading or line above instead of the quote

Closeness = Callable[[str, Sequence[str]], Sequence[float]]  # (sentence, texts) -> cosines


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, list item or table row of a passage: `document.text[start:end]`."""

    start: int
    end: int
    whole: bool  # a list item or table row, which may be short
    lead: str = ""  # the line that introduces its list, white space folded
    joins: bool = True  # whether nothing but white space stands between it and the piece before


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """The quote that comes nearest to a sentence, and how well it carries it."""

    quote: Quote
    share: float  # 0..1, of the sentence's words and figures, weighed, that it holds
    bears: bool  # whether it says anything of the sentence


def pieces_of(document: Document, passage: Passage) -> tuple[Piece, ...]:
    """What a quote of this passage can be made of, in order.

    Headings, footnotes and orders to the machine that reads are left out.
    """
    chunk = passage.chunk
    found: list[Piece] = []
    lead, joined = "", True
    for block in document.blocks:
        if block.start >= chunk.end:
            break
        if block.kind in (BlockKind.HEADING, BlockKind.FOOTNOTE):
            joined = False
            lead = "" if block.kind is BlockKind.HEADING else lead
            continue
        inside = block.end > chunk.start
        item, row = block.kind is BlockKind.ITEM, block.kind is BlockKind.ROW
        for start, end in _parts(document, block, chunk.language):
            if not item:
                lead = " ".join(document.text[start:end].split())
            start, end = max(start, chunk.start), min(end, chunk.end)
            if speaks_to_machine(" ".join(document.text[start:end].split())):
                joined = False
            elif inside and start < end and document.text[start:end].strip():
                found.append(Piece(start, end, item or row, lead if item else "", joined or not found))
                joined = True
    return tuple(found)


def _parts(document: Document, block: Block, language: str) -> Iterator[tuple[int, int]]:
    """A list item or row whole, running text sentence by sentence."""
    text = document.text[block.start : block.end]
    if block.kind in (BlockKind.ITEM, BlockKind.ROW) and len(text.split()) <= 60:
        yield block.start, block.end
        return
    for start, end in sentences(text, language):
        yield block.start + start, block.start + end


def find_quote(
    sentence: str,
    label: int,
    passage: Passage,
    document: Document,
    weights: Mapping[str, float],
    language: str,
    closeness: Closeness | None = None,
) -> FoundQuote | None:
    """The run of at most WINDOW pieces that carries most of a sentence; None of a passage without any.

    Value of a run: its share of the sentence's words and figures, less LONGER for each piece after the first; where
    no run has CLEAR of them and `closeness` is given, that of run and sentence is added, and a run that is CLOSE
    bears on it whatever its words. Of equal runs the shortest and then the first. `weights`: by stem, how much a
    word of the sentence counts.
    """
    pieces = pieces_of(document, passage)
    runs = _runs(document, pieces)
    if not runs:
        return None
    texts = [document.text[pieces[first].start : pieces[last - 1].end] for first, last in runs]
    shares = [
        _share(sentence, text, pieces[first].lead, weights, language, passage.chunk.language or language)
        for text, (first, _) in zip(texts, runs, strict=True)
    ]
    near = [0.0] * len(runs)
    if closeness is not None and max(shares) < CLEAR:
        near = list(closeness(sentence, [" ".join(text.split()) for text in texts]))
    values = [
        share + close - LONGER * (last - first - 1)
        for share, close, (first, last) in zip(shares, near, runs, strict=True)
    ]
    best = max(range(len(runs)), key=lambda place: (round(values[place], 9), -place))
    first, last = runs[best]
    quote = passage.quote(document, pieces[first].start, pieces[last - 1].end, label)
    return FoundQuote(quote, shares[best], shares[best] >= BEARS or near[best] >= CLOSE)


def _runs(document: Document, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Half-open spans of pieces that can be one quote, the shorter first; where all are too short, each alone."""
    found = [
        (first, first + size)
        for size in range(1, WINDOW + 1)
        for first in range(len(pieces) - size + 1)
        if _long_enough(document, pieces[first : first + size])
    ]
    return found or [(first, first + 1) for first in range(len(pieces))]


def _long_enough(document: Document, run: Sequence[Piece]) -> bool:
    text = document.text[run[0].start : run[-1].end]
    whole = len(run) == 1 and run[0].whole
    return all(piece.joins for piece in run[1:]) and (whole or len(text.split()) >= MIN_WORDS or not text.isascii())


def _share(sentence: str, text: str, lead: str, weights: Mapping[str, float], language: str, source: str) -> float:
    wanted = {stem for stem in read(sentence, language).stems if not stem[0].isdigit()}
    held = read(text, source).stems
    above = read(lead, source).stems if lead else frozenset()
    mine, theirs = quantities(sentence, language), quantities(text, source)
    mean = sum(weights.values()) / len(weights) if weights else 1.0
    total = sum(weights.get(stem, mean) for stem in wanted) + FIGURE * mean * len(mine)
    if not total:
        return 0.0
    gained = sum(weights.get(stem, mean) * (1.0 if stem in held else CONTEXT * (stem in above)) for stem in wanted)
    shared = sum(any(q.measure is other.measure and q.values & other.values for other in theirs) for q in mine)
    return (gained + FIGURE * mean * shared) / total
