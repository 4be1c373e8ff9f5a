"""What a region's lines become before their text is cleaned: drafts of blocks. Pure data."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.layout.lines import Line
from corpus.types import BlockKind

Slice = tuple[Line, int, int]  # line.text[start:end]


@dataclass(slots=True)
class BlockDraft:
    """One block to be: its lines page by page, and what it looks like."""

    kind: BlockKind
    parts: list[tuple[int, list[Line]]]  # (page index, lines)
    level: int = 0
    cells: list[list[Slice]] = field(default_factory=list)  # of a row
    centred: bool = False  # every line stands in the middle of its column, clear of both edges
    full: bool = False  # the last line reaches the end of its column
    region: int = 0

    @property
    def lines(self) -> list[Line]:
        return [line for _, lines in self.parts for line in lines]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        return self.parts[0][1][0].size


def begin(line: Line) -> float:
    """Where a line begins, growing in the direction of reading."""
    return -line.right if line.rtl else line.left


def finish(line: Line) -> float:
    return -line.left if line.rtl else line.right


def size_class(size: float) -> int:
    return round(size * 2)
