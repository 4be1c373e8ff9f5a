"""The quote of a sentence: the run of whole sentences or list items of a cited passage that carries its claim.

Only cited passages are read. A quote that a model proposes counts only if it stands there word for word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer.units import Sentences, fold
from assistant.types import Passage, Quote
from assistant.write.wording.numbers import figures
from assistant.write.wording.tokens import read
from corpus.types import Block, BlockKind, Document

WINDOW = 3  # pieces of one quote, at most
MIN_WORDS = 5  # of a quote that is not a whole list item
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
    item: bool
    lead: str = ""  # the line that introduces its list, white space folded
    joins: bool = True  # whether nothing but white space stands between it and the piece before


@dataclass(frozen=True, slots=True)
class Found:
    """A quote, how well it carries the sentence, and what stands around it."""

    quote: Quote
    share: float  # 0..1, of the sentence's words and figures, weighed, that it holds
    following: str  # the sentence right after it in the passage, white space folded; "" at the end
    context: str  # title, headings and the line above: what names and pronouns may come from


def pieces_of(document: Document, passage: Passage, sentences: Sentences) -> tuple[Piece, ...]:
    """What a quote of this passage can be made of, in order. Headings and footnotes are left out."""
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
        item = block.kind is BlockKind.ITEM
        for start, end in _parts(document, block, sentences, chunk.language):
            if not item:
                lead = fold(document.text[start:end])
            start, end = max(start, chunk.start), min(end, chunk.end)
            if inside and start < end and document.text[start:end].strip():
                found.append(Piece(start, end, item, lead if item else "", joined or not found))
                joined = True
    return tuple(found)


def _parts(document: Document, block: Block, sentences: Sentences, language: str) -> Iterator[tuple[int, int]]:
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
    sentences: Sentences,
    weights: Mapping[str, float],
    language: str,
    closeness: Closeness | None = None,
) -> Found | None:
    """The run of at most WINDOW pieces that carries most of a sentence; None where none bears on it.

    Value of a run: its share of the sentence's words and figures, less LONGER for each piece after the first; where
    no run has CLEAR of them and `closeness` is given, that of run and sentence is added, and a run that is CLOSE
    bears on it whatever its words. Of equal runs the shortest and then the first. `weights`: by stem, how much a
    word of the sentence counts.
    """
    pieces = pieces_of(document, passage, sentences)
    runs = list(_runs(document, pieces))
    if not runs:
        return None
    texts = [document.text[pieces[first].start : pieces[last - 1].end] for first, last in runs]
    shares = [
        _share(sentence, text, pieces[first].lead, weights, language, passage.chunk.language or language)
        for text, (first, _) in zip(texts, runs, strict=True)
    ]
    near = [0.0] * len(runs)
    if closeness is not None and max(shares) < CLEAR:
        near = list(closeness(sentence, [fold(text) for text in texts]))
    values = [
        share + close - LONGER * (last - first - 1)
        for share, close, (first, last) in zip(shares, near, runs, strict=True)
    ]
    best = max(range(len(runs)), key=lambda place: (round(values[place], 9), -place))
    if shares[best] < BEARS and near[best] < CLOSE:
        return None
    first, last = runs[best]
    quote = quote_of(label, passage, document, pieces[first].start, pieces[last - 1].end)
    following = document.text[pieces[last].start : pieces[last].end] if last < len(pieces) else ""
    return Found(quote, shares[best], fold(following), _context(passage, pieces[first]))


def _runs(document: Document, pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Half-open spans of pieces that can be one quote, the shorter first."""
    for size in range(1, WINDOW + 1):
        for first in range(len(pieces) - size + 1):
            run = pieces[first : first + size]
            if all(piece.joins for piece in run[1:]) and _long_enough(document, run):
                yield first, first + size


def proposed_quote(words: str, label: int, passage: Passage, document: Document, sentences: Sentences) -> Quote | None:
    """The quote that a model names, where the passage holds it word for word; else None.

    White space is folded on both sides, nothing else. It must be at least MIN_WORDS words or a whole list item.
    """
    wanted = words.split()
    if not wanted:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, wanted)))
    match = pattern.search(document.text, passage.chunk.start, passage.chunk.end)
    if match is None:
        return None
    whole = {(piece.start, piece.end) for piece in pieces_of(document, passage, sentences) if piece.item}
    if len(wanted) < MIN_WORDS and match.span() not in whole:
        return None
    return quote_of(label, passage, document, *match.span())


def quote_of(label: int, passage: Passage, document: Document, start: int, end: int) -> Quote:
    """The quote of a span of a document."""
    page = document.page_at(start)
    return Quote(
        label=label,
        publication=passage.chunk.publication,
        start=start,
        end=end,
        text=document.text[start:end],
        page=page.number,
        page_label=page.label,
        document_sha256=passage.document_sha256,
    )


def share_of(sentence: str, texts: Sequence[str], weights: Mapping[str, float], language: str) -> float:
    """Share, 0..1, of a sentence's words, weighed, that the texts hold together. 1 for a sentence without any."""
    wanted = {stem for stem in read(sentence, language).stems if not stem[0].isdigit()}
    held = {stem for text in texts for stem in read(text, language).stems}
    total = sum(weights.get(stem, 1.0) for stem in wanted)
    return sum(weights.get(stem, 1.0) for stem in wanted & held) / total if total else 1.0


def _long_enough(document: Document, run: Sequence[Piece]) -> bool:
    text = document.text[run[0].start : run[-1].end]
    return (len(run) == 1 and run[0].item) or len(text.split()) >= MIN_WORDS or not text.isascii()


def _share(sentence: str, text: str, lead: str, weights: Mapping[str, float], language: str, source: str) -> float:
    wanted = {stem for stem in read(sentence, language).stems if not stem[0].isdigit()}
    held = read(text, source).stems
    above = read(lead, source).stems if lead else frozenset()
    mine, theirs = figures(sentence, language), figures(text, source)
    mean = sum(weights.values()) / len(weights) if weights else 1.0
    total = sum(weights.get(stem, mean) for stem in wanted) + FIGURE * mean * len(mine)
    if not total:
        return 0.0
    gained = sum(weights.get(stem, mean) * (1.0 if stem in held else CONTEXT * (stem in above)) for stem in wanted)
    shared = sum(any(f.unit is g.unit and f.values & g.values for g in theirs) for f in mine)
    return (gained + FIGURE * mean * shared) / total


def _context(passage: Passage, first: Piece) -> str:
    about = passage.publication
    parts = [about.title, about.subtitle, *about.agencies, *passage.chunk.headings, first.lead, passage.chunk.text]
    return "\n".join(part for part in parts if part)
