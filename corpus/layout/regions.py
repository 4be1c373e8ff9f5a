"""Fragments of a page -> regions in reading order: columns, what runs across them, tables. Pure.

The page is rasterised coarsely; a gutter is an upright strip that stays free of text over many rows which have
text on both sides. Columns are split off at the gutter that serves the most rows, then each part is looked at
again. What stands left and right of a gutter is read column by column when it is running text, and across
when it is a table.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.layout import sides
from corpus.layout.fragments import Fragment

CELL = 2.0  # points: side of a raster cell
MIN_GUTTER = 8.0  # points; the narrowest seen between columns of 8-point text
MIN_ROWS = 3  # lines on each side of a gutter
MAX_DEPTH = 8
HEADING = 1.3  # of the font size of a band: what is larger below it begins something else
COLUMN_GAP = 3.0  # font sizes of white within a column: more than that, and something else begins


@dataclass(frozen=True, slots=True)
class Region:
    """Fragments that are read together, top to bottom; `table` when their rows are read across columns."""

    fragments: tuple[Fragment, ...]
    table: bool = False


@dataclass(frozen=True, slots=True)
class Gutter:
    """An upright strip around x, free of text from y `top` to `bottom`."""

    x: float
    top: float
    bottom: float


def reading_order(fragments: Sequence[Fragment], rtl: bool = False) -> list[Region]:
    """Regions in the order they are read; every fragment is in exactly one."""
    return [region for region in _split(list(fragments), rtl, 0) if region.fragments]


def _split(fragments: list[Fragment], rtl: bool, depth: int) -> list[Region]:
    if len(fragments) < 2 * MIN_ROWS or depth >= MAX_DEPTH:
        return _leaf(fragments)
    bands = [band for gutter in find_gutters(fragments) if (band := _band(fragments, gutter)) is not None]
    bands = [band for band in bands if not sides.leads(band[2] if rtl else band[1])]
    for above, left, right, below in bands:  # a table may stand beside text: its gutters are as good as the one between
        if sides.cells(left, right):
            return [*_split(above, rtl, depth + 1), Region(tuple(left + right), True), *_split(below, rtl, depth + 1)]
        if sides.columns(left, right):
            order = [above, right, left, below] if rtl else [above, left, right, below]
            return [region for part in order for region in _split(part, rtl, depth + 1)]
    for above, left, right, below in bands:
        if sides.table(left, right):
            inside = Region(tuple(left + right), table=True)
            return [*_split(above, rtl, depth + 1), inside, *_split(below, rtl, depth + 1)]
    return _leaf(fragments)


def _leaf(fragments: list[Fragment]) -> list[Region]:
    return [Region(tuple(fragments))] if fragments else []


def find_gutters(fragments: Sequence[Fragment]) -> list[Gutter]:
    """Gutters of a set of fragments, the one that serves the most rows first; at most eight."""
    left, top = min(f.left for f in fragments), min(f.top for f in fragments)
    columns = int((max(f.right for f in fragments) - left) / CELL) + 2
    rows = int((max(f.bottom for f in fragments) - top) / CELL) + 2
    if columns * rows > 4_000_000 or columns < 8:
        return []
    ink = np.zeros((rows, columns), bool)
    for f in fragments:
        ink[
            int((f.top - top) / CELL) : int((f.bottom - top) / CELL) + 1,
            int((f.left - left) / CELL) : int((f.right - left) / CELL) + 1,
        ] = True
    width = max(2, round(MIN_GUTTER / CELL) - 1)
    amount = np.zeros((rows, columns + 1), np.int16)
    np.cumsum(ink, axis=1, out=amount[:, 1:])
    wide = amount[:, width:] > amount[:, :-width]  # ink anywhere in the next `width` cells
    before = np.logical_or.accumulate(ink, axis=1)[:, : wide.shape[1]]
    after = np.logical_or.accumulate(ink[:, ::-1], axis=1)[:, ::-1][:, width - 1 :]
    free = ~wide & before & after
    total = np.cumsum(free, axis=0, dtype=np.int32)
    run = total - np.maximum.accumulate(np.where(wide, total, 0), axis=0)
    return [
        Gutter(left + (x + width / 2) * CELL, top + y0 * CELL, top + (y1 + 1) * CELL)
        for x, y0, y1 in _best(run, wide, free)
    ]


def _best(run: np.ndarray, wide: np.ndarray, free: np.ndarray) -> list[tuple[int, int, int]]:
    """(column, first row, last row) of the strips that serve most rows, the middle of each plateau."""
    score = run.max(axis=0)
    found = []
    floor = max(6, int(3 * MIN_ROWS))
    for _ in range(8):
        best = int(score.max(initial=0))
        if best < floor:
            break
        x = int(score.argmax())
        end = x
        while end + 1 < len(score) and score[end + 1] >= 0.97 * best:
            end += 1
        middle = (x + end) // 2
        middle = middle if score[middle] >= 0.97 * best else x
        y1 = int(run[:, middle].argmax())
        blocked = np.flatnonzero(wide[:y1, middle])
        start = int(blocked[-1]) + 1 if len(blocked) else 0
        y0 = start + int(free[start : y1 + 1, middle].argmax())
        found.append((middle, y0, y1))
        score[max(0, x - 6) : end + 7] = 0
    return found


def _band(
    fragments: list[Fragment], gutter: Gutter
) -> tuple[list[Fragment], list[Fragment], list[Fragment], list[Fragment]] | None:
    """(above, left, right, below) of a gutter. None when a side has too few lines.

    A column that is longer than its neighbour goes on past the gutter, as long as nothing crosses and the
    line spacing stays what it is.
    """
    top, bottom = _reach(fragments, gutter)
    above, left, right, below = [], [], [], []
    for f in fragments:
        middle = (f.top + f.bottom) / 2
        if middle < top:
            above.append(f)
        elif middle > bottom:
            below.append(f)
        elif f.middle < gutter.x:
            left.append(f)
        else:
            right.append(f)
    if len(sides.baselines(left)) < MIN_ROWS or len(sides.baselines(right)) < MIN_ROWS:
        return None
    return above, left, right, below


def _reach(fragments: list[Fragment], gutter: Gutter) -> tuple[float, float]:
    """Where the band around a gutter begins and ends, its longer column included."""
    top, bottom = gutter.top, gutter.bottom
    sizes = [f.size for f in fragments if f.top < bottom and f.bottom > top]
    largest = HEADING * float(np.median(sizes)) if sizes else np.inf
    for f in sorted(fragments, key=lambda f: f.top):
        if f.bottom <= bottom:
            continue
        crosses = f.left < gutter.x < f.right
        if crosses or f.top - bottom > 0.9 * f.size or f.size > largest:
            break
        bottom = f.bottom
    bottom = _rest_of_column(fragments, gutter, bottom)
    for f in sorted(fragments, key=lambda f: -f.bottom):
        if f.top >= top:
            continue
        crosses = f.left < gutter.x < f.right
        if crosses or top - f.bottom > 0.9 * f.size:
            break
        top = f.top
    return top, bottom


def _rest_of_column(fragments: list[Fragment], gutter: Gutter, bottom: float) -> float:
    """Where a column ends whose neighbour ended at `bottom`, past a heading or the space between list items.

    What is left must stand on one side only, go on without a large gap, and be broken at the column's width.
    """
    rest = sorted((f for f in fragments if f.top >= bottom), key=lambda f: f.top)
    column = [f for f in fragments if gutter.top <= f.top < bottom and f.right < gutter.x]
    if len(rest) < 2 or not column or any(f.right > gutter.x for f in rest):
        return bottom
    left, right = min(f.left for f in column), max(f.right for f in column)
    size = float(np.median([f.size for f in column]))
    gaps = [b.top - a.bottom for a, b in itertools.pairwise([max(column, key=lambda f: f.bottom), *rest])]
    wraps = any(f.right > left + 0.85 * (right - left) for f in rest)
    if max(gaps) > COLUMN_GAP * size or not wraps or any(f.size < 0.93 * size or f.left < left - 2 for f in rest):
        return bottom
    return max(f.bottom for f in rest)
