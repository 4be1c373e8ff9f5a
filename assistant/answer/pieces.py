"""An extract in pieces: sentences, items of lists, rows of tables; and some of them as one text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer.extracts import Span, words_in
from corpus.sentences import sentences
from corpus.types import BlockKind


@dataclass(frozen=True, slots=True)
class ExtractPiece:
    """`start` and `end`: its place in the text of the extract, half-open."""

    line: int  # from 0
    kind: BlockKind
    start: int
    end: int
    text: str

    def marked(self, marks: Sequence[Span]) -> bool:
        return any(start < self.end and self.start < end for start, end in marks)


def pieces_of(text: str, lines: Sequence[BlockKind], language: str) -> tuple[ExtractPiece, ...]:
    """Those of an extract, in order. `lines`: what each line of the text is."""
    found, place = [], 0
    for number, (kind, line) in enumerate(zip(lines, text.split("\n"), strict=True)):
        spans = sentences(line, language) if kind is BlockKind.PARAGRAPH else [(0, len(line))]
        found += [ExtractPiece(number, kind, place + start, place + end, line[start:end]) for start, end in spans]
        place += len(line) + 1
    return tuple(found)


def chosen(pieces: Sequence[ExtractPiece], marks: Sequence[Span], most: int) -> list[int]:
    """Which pieces are kept within so many words, in order: the marked ones, then from the first on; at least one.

    An item or a row brings what leads into its list, which never stands without one.
    """
    kept: set[int] = set()
    room = most
    leads = {lead for number in range(len(pieces)) for lead in _lead(pieces, number)}
    alone = (number for number in range(len(pieces)) if number not in leads)
    for number in sorted(alone, key=lambda n: (not pieces[n].marked(marks), n)):
        wanted = {number, *_lead(pieces, number)} - kept
        cost = sum(words_in(pieces[each].text) for each in wanted)
        if kept and cost > room:
            break
        kept |= wanted
        room -= cost
    return sorted(kept)


def joined(kept: Sequence[ExtractPiece], marks: Sequence[Span]) -> tuple[str, tuple[BlockKind, ...], tuple[Span, ...]]:
    """Pieces as one text, what each of its lines is, and where the marked ones stand in it."""
    text, lines, marked = "", [], []
    for _, run in groupby(kept, key=lambda piece: piece.line):
        text += "\n" if lines else ""
        for place, piece in enumerate(run):
            if not place:
                lines.append(piece.kind)
            else:
                text += " "
            if piece.marked(marks):
                marked.append((len(text), len(text) + len(piece.text)))
            text += piece.text
    return text, tuple(lines), tuple(marked)


def _lead(pieces: Sequence[ExtractPiece], number: int) -> list[int]:
    """The piece that leads into the list of an item: the last one before it that is none, where it ends in a colon."""
    if pieces[number].kind is BlockKind.PARAGRAPH:
        return []
    before = next((n for n in range(number, -1, -1) if pieces[n].kind is BlockKind.PARAGRAPH), None)
    return [before] if before is not None and pieces[before].text.rstrip().endswith((":", "：")) else []
