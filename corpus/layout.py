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

from corpus.fragments import Fragment

CELL = 2.0  # points: side of a raster cell
MIN_GUTTER = 8.0  # points; the narrowest seen between columns of 8-point text
MIN_ROWS = 3  # lines on each side of a gutter
MAX_DEPTH = 8
TEXT_CHARS = 16  # a line of running text has at least this many characters, in the middle of its column
TEXT_FILL = 0.62  # and fills this share of its column
LEVEL = 0.12  # font sizes that baselines of one row differ at most


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
    bands = [band for band in bands if not _leads(band[2] if rtl else band[1])]
    for above, left, right, below in bands:  # a table may stand beside text: its gutters are as good as the one between
        if _columns(left, right):
            order = [above, right, left, below] if rtl else [above, left, right, below]
            return [region for part in order for region in _split(part, rtl, depth + 1)]
    for above, left, right, below in bands:
        if _table(left, right):
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
    if len(baselines(left)) < MIN_ROWS or len(baselines(right)) < MIN_ROWS:
        return None
    return above, left, right, below


def _reach(fragments: list[Fragment], gutter: Gutter) -> tuple[float, float]:
    """Where the band around a gutter begins and ends, its longer column included."""
    top, bottom = gutter.top, gutter.bottom
    for f in sorted(fragments, key=lambda f: f.top):
        if f.bottom <= bottom:
            continue
        crosses = f.left < gutter.x < f.right
        if crosses or f.top - bottom > 0.9 * f.size:
            break
        bottom = f.bottom
    for f in sorted(fragments, key=lambda f: -f.bottom):
        if f.top >= top:
            continue
        crosses = f.left < gutter.x < f.right
        if crosses or top - f.bottom > 0.9 * f.size:
            break
        top = f.top
    return top, bottom


def baselines(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments grouped by baseline, top to bottom, each group left to right."""
    rows: list[list[Fragment]] = []
    for f in sorted(fragments, key=lambda f: f.baseline):
        if rows and f.baseline - rows[-1][0].baseline < 0.45 * max(f.size, rows[-1][0].size):
            rows[-1].append(f)
        else:
            rows.append([f])
    return [sorted(row, key=lambda f: f.left) for row in rows]


def _columns(left: list[Fragment], right: list[Fragment]) -> bool:
    """Whether two sides of a gutter are read one after the other.

    Lines of text set close stand level with a table beside them only by chance; the cells of one row do always.
    """
    running = [side for side in (left, right) if _running(side)]
    if len(running) == 2:
        return True
    few, many = sorted((baselines(left), baselines(right)), key=len)
    shared = _shared(few, many)
    if running and _leading(baselines(running[0])) < 1.6:
        return shared < 0.75
    return shared < 0.4 and (_leading(few) < 1.6 or bool(running))


def _leads(side: list[Fragment]) -> bool:
    """Whether a side holds nothing but the bullets or numbers of the lines beside it."""
    return sum(f.lead for f in side) >= 0.8 * len(side)


def _running(fragments: list[Fragment]) -> bool:
    """Whether a side looks like running text: most of its fragments are long and fill their column.

    A side may itself be several columns; each fragment is measured against what stands above and below it.
    """
    spans: list[list[float]] = []
    for f in sorted(fragments, key=lambda f: f.left):
        if spans and f.left < spans[-1][1] - 1.0:
            spans[-1][1] = max(spans[-1][1], f.right)
        else:
            spans.append([f.left, f.right])
    fills = []
    for f in fragments:
        width = next(b - a for a, b in spans if a <= f.left + 0.5 and f.right <= b + 0.5)
        fills.append((f.right - f.left) / max(width, 1.0))
    chars = sorted(f.end - f.start for f in fragments)
    middle = len(fragments) // 2
    return chars[middle] >= TEXT_CHARS and sorted(fills)[middle] >= TEXT_FILL


def _shared(few: list[list[Fragment]], many: list[list[Fragment]]) -> float:
    """Share of the shorter side's lines that stand level with one of the other side, beyond chance.

    (hits - c) / (1 - c), where c is how often a line would be level with such closely set lines by chance.
    """
    places = np.unique(np.round([f.baseline for line in many for f in line], 1))
    size = float(np.median([line[0].size for line in many]))
    hits = [min(np.abs(places - f.baseline).min() for f in line) < LEVEL * line[0].size for line in few]
    chance = min(0.9, 2 * LEVEL * size * (len(places) - 1) / max(places[-1] - places[0], 1.0))
    return (sum(hits) / len(hits) - chance) / (1 - chance)


def _leading(lines: list[list[Fragment]]) -> float:
    """Median distance of neighbouring baselines, in font sizes."""
    steps = [(b[0].baseline - a[0].baseline) / max(b[0].size, 1) for a, b in itertools.pairwise(lines)]
    return float(np.median(steps)) if steps else 0.0


def _table(left: list[Fragment], right: list[Fragment]) -> bool:
    """Whether rows run across a gutter: most lines of the shorter side stand level with one of the other."""
    few, many = sorted((baselines(left), baselines(right)), key=len)
    return _shared(few, many) >= 0.4
