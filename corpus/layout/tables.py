"""Lines of a table region -> rows whose cells may run over several lines. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from corpus.layout.drafts import BlockDraft, Slice
from corpus.layout.lines import Line
from corpus.types import BlockKind

MOST_LINES = 12  # in a row, on average over a table
ROW_STEP = 1.12  # a step this much wider than those inside cells begins a row

HEADING_SIZE = 1.2  # of the table's font size: a line across it is a heading that stands close


def table_rows(lines: Sequence[Line], page: int, region: int) -> list[BlockDraft]:
    """The rows of a table, top to bottom; cells in reading order. A heading among them is a paragraph still."""
    if not lines:
        return []
    columns = _columns(lines)
    limit = _row_limit(lines)
    rows = _grouped(lines, limit)
    if len(rows) * MOST_LINES < len(lines):
        rows = _grouped(lines, 0.8)  # spacing says nothing here
    rtl = sum(line.rtl for line in lines) > len(lines) / 2
    size = float(np.median([line.size for line in lines]))
    return [
        BlockDraft(BlockKind.PARAGRAPH, [(page, row)], region=region)
        if all(len(line.edges) < 2 and line.size > HEADING_SIZE * size for line in row)
        else _row(row, columns, page, region, rtl)
        for row in rows
    ]


def _grouped(lines: Sequence[Line], limit: float) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and line.baseline - rows[-1][-1].baseline < limit * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Left and right of each column, from the lines with the most cells; a cell over two columns widens none."""
    most = max(len(line.edges) for line in lines)
    seeds = [edge for line in lines if len(line.edges) >= max(2, most - 1) for edge in line.edges]
    spans: list[list[float]] = []
    for left, right in sorted(seeds, key=lambda edge: edge[1] - edge[0]):
        touched = [span for span in spans if span[0] < right and left < span[1]]
        if not touched:
            spans.append([left, right])
        elif len(touched) == 1:
            touched[0][:] = [min(touched[0][0], left), max(touched[0][1], right)]
    for line in lines:
        for left, right in line.edges:
            if not any(span[0] < right and left < span[1] for span in spans):
                spans.append([left, right])
    return sorted((a, b) for a, b in spans)


def _row_limit(lines: Sequence[Line]) -> float:
    """Steps smaller than this many font sizes stay inside a row."""
    steps = [(b.baseline - a.baseline) / max(a.size, 1) for a, b in itertools.pairwise(lines)]
    steps = [step for step in steps if step >= 0.8]
    if len(steps) < 2:
        return 0.8
    most = max(len(line.edges) for line in lines)
    wrapped = sum(len(line.edges) < most for line in lines) > 0.4 * len(lines)
    inside, between = np.percentile(steps, 10), max(steps) if wrapped else np.percentile(steps, 90)
    if inside > 1.4 or between < ROW_STEP * inside:
        return 0.8  # every line is a row; only cells set half a line lower join one
    return float(inside * ROW_STEP)


def _row(
    lines: Sequence[Line], columns: Sequence[tuple[float, float]], page: int, region: int, rtl: bool
) -> BlockDraft:
    cells: dict[int, list[Slice]] = {}
    for line in lines:
        ends = (*line.starts[1:], len(line.text))
        for start, end, edge in zip(line.starts, ends, line.edges, strict=True):
            if line.text[start:end].strip():
                cells.setdefault(_column(edge, columns), []).append((line, start, end))
    order = sorted(cells, reverse=rtl)
    return BlockDraft(BlockKind.ROW, [(page, list(lines))], cells=[cells[c] for c in order], region=region)


def _column(edge: tuple[float, float], columns: Sequence[tuple[float, float]]) -> int:
    """The column that a cell shares most of its width with."""
    shared = [min(edge[1], right) - max(edge[0], left) for left, right in columns]
    return int(np.argmax(shared))
