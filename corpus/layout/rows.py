"""Rows of fragments -> the lines of a region, and which of those lines are rows of a table. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layout.drafts import BlockDraft
from corpus.layout.fragments import Fragment, PageText
from corpus.layout.lines import CELL_GAP, Line, assemble, cells
from corpus.types import BlockKind

TABLE_GAP = 0.9  # font sizes between cells where a table is certain
_BOXES = "☐☑☒□■"
_CONTINUED = re.compile(r"[/IJl1]?\s?[.,•·\s]{2,}|[/|]\s?[.,•·]+")  # "/...", how UN documents point to the next page
_LEADERS = re.compile(r"(?:\s?[.…·_]){4,}\s*")


def region_lines(
    rows: Sequence[Sequence[Fragment]], text: PageText, rtl: bool, table: bool, scanned: bool
) -> list[Line]:
    """The lines of a region. Outside tables, parts far apart on one baseline are lines of their own.

    On scanned pages a line of one or two characters is a speck, unless it is a number or letter of a list.
    """
    gap = TABLE_GAP if table else CELL_GAP
    pairs = [(row, assemble(row, text, rtl, gap)) for row in rows]
    whole = [(row, line) for row, line in pairs if line is not None and _worth(line.text)]
    if scanned:
        whole = [(row, line) for row, line in whole if _letters(line.text) > 2 or line.number]
    lines = [line for _, line in whole]
    if table:
        return lines
    result: list[Line] = []
    for index, (row, line) in enumerate(whole):
        if len(line.starts) > 1 and not is_row(lines, index):
            parts = (assemble(cell, text, rtl) for cell in cells(row, text, line.size, rtl))
            result += [part for part in parts if part is not None]
        else:
            result.append(line)
    return result


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text)) + sum(map(text.count, _BOXES))


def _worth(text: str) -> bool:
    """Whether a line says anything: not a rule, leaders, "/..." or specks that were read as characters."""
    text = _LEADERS.sub("", text)
    letters = _letters(text)
    return letters > 0 and (len(text) < 4 or letters > 0.3 * len(text)) and not _CONTINUED.fullmatch(text.strip())


def is_row(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of running text is a row: leaders to a page number, or cells like its neighbour's."""
    line = lines[index]
    if _LEADERS.search(line.text) and line.text[-1:].isalnum():
        return True
    if len(line.starts) < 2:
        return False
    if len(line.starts) > 2:
        return True
    near = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    return any(
        len(other.starts) > 1
        and abs(other.baseline - line.baseline) < 4.5 * line.size
        and any(_aligned(a, b, line.size) for a in line.edges[1:] for b in other.edges[1:])
        for other in near
    )


def _aligned(a: tuple[float, float], b: tuple[float, float], size: float) -> bool:
    """Whether two cells stand under each other: left, right or middle."""
    return min(abs(a[0] - b[0]), abs(a[1] - b[1]), abs(a[0] + a[1] - b[0] - b[1]) / 2) < size


def row_of_line(line: Line, page: int, region: int) -> BlockDraft:
    """A row from one line: split at its wide gaps, or at the leaders of a table of contents."""
    leaders = _LEADERS.search(line.text)
    if leaders and line.text[-1:].isalnum():
        spans = [(0, leaders.start()), (leaders.end(), len(line.text))]
    else:
        spans = list(zip(line.starts, (*line.starts[1:], len(line.text)), strict=True))
    cells = [[(line, a, b)] for a, b in spans if line.text[a:b].strip()]
    return BlockDraft(BlockKind.ROW, [(page, [line])], cells=cells, region=region)
