"""What stands left and right of a gutter: columns of text, cells of a table, or bullets and what they lead. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from corpus.layout.fragments import Fragment

GROUP_STEP = 1.2  # a step this much wider than those inside paragraphs parts groups of lines
MIN_CELLS = 3  # in a column of a table of two columns; in a wider one chance would have to strike more often
TEXT_CHARS = 16  # a line of running text has at least this many characters, in the middle of its column
TEXT_FILL = 0.62  # and fills this share of its column
LEVEL = 0.12  # font sizes that baselines of one row differ at most


def baselines(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments grouped by baseline, top to bottom, each group left to right."""
    rows: list[list[Fragment]] = []
    for f in sorted(fragments, key=lambda f: f.baseline):
        if rows and f.baseline - rows[-1][0].baseline < 0.45 * max(f.size, rows[-1][0].size):
            rows[-1].append(f)
        else:
            rows.append([f])
    return [sorted(row, key=lambda f: f.left) for row in rows]


def columns(left: list[Fragment], right: list[Fragment]) -> bool:
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


def leads(side: list[Fragment]) -> bool:
    """Whether a side holds nothing but the bullets or numbers of the lines beside it."""
    return sum(f.lead for f in side) >= 0.8 * len(side)


def _running(fragments: list[Fragment]) -> bool:
    """Whether a side looks like running text: most of its fragments are long and fill their column.

    A side may itself be several columns; each fragment is measured against what stands above and below it.
    """
    spans = _spans(fragments)
    fills = []
    for f in fragments:
        width = next(b - a for a, b in spans if a <= f.left + 0.5 and f.right <= b + 0.5)
        fills.append((f.right - f.left) / max(width, 1.0))
    chars = sorted(f.end - f.start for f in fragments)
    middle = len(fragments) // 2
    return chars[middle] >= TEXT_CHARS and sorted(fills)[middle] >= TEXT_FILL


def _spans(fragments: Sequence[Fragment]) -> list[list[float]]:
    """Left and right of the columns that fragments stand in."""
    spans: list[list[float]] = []
    for f in sorted(fragments, key=lambda f: f.left):
        if spans and f.left < spans[-1][1] - 1.0:
            spans[-1][1] = max(spans[-1][1], f.right)
        else:
            spans.append([f.left, f.right])
    return spans


def _shared(few: list[list[Fragment]], many: list[list[Fragment]]) -> float:
    """Share of the shorter side's lines that stand level with one of the other side, beyond chance.

    (hits - c) / (1 - c), where c is how often a line would be level with such closely set lines by chance.
    """
    places = np.unique(np.round([f.baseline for line in many for f in line], 1))
    size = float(np.median([line[0].size for line in many]))
    hits = [min(np.abs(places - f.baseline).min() for f in line) < LEVEL * line[0].size for line in few]
    chance = min(0.9, 2 * LEVEL * size * (len(places) - 1) / max(places[-1] - places[0], 1.0))
    return (sum(hits) / len(hits) - chance) / (1 - chance)


def cells(left: list[Fragment], right: list[Fragment]) -> bool:
    """Whether two sides are cells that run over several lines: their groups of lines begin level with each other.

    Columns of paragraphs do so only where these have as many lines left and right; cells rarely have.
    """
    if not (_running(left) or _running(right)):
        return False
    lines = [baselines(left), baselines(right)]
    usual = min(map(_usual_step, lines))  # a column of short cells has steps between rows only
    sides = [_groups(side, usual) for side in lines]
    level = [
        (a, b) for a in sides[0] for b in sides[1] if abs(a[0][0].baseline - b[0][0].baseline) < LEVEL * a[0][0].size
    ]
    spans = _spans([*left, *right])
    if len(level) < max(MIN_CELLS if len(spans) < 3 else 2, 0.8 * max(map(len, sides))):
        return False
    rows = [[f for line in (*a, *b) for f in line] for a, b in level[:-1]]  # the last ones may end where they like
    uneven = sum(len({sum(x <= f.left < y for f in row) for x, y in spans}) > 1 for row in rows)
    return uneven >= max(1, 0.25 * len(rows))


def _steps(lines: list[list[Fragment]]) -> list[float]:
    """Distances of neighbouring baselines, in font sizes."""
    return [(b[0].baseline - a[0].baseline) / max(b[0].size, 1) for a, b in itertools.pairwise(lines)]


def _usual_step(lines: list[list[Fragment]]) -> float:
    """The distance of baselines within paragraphs, in font sizes."""
    return max(float(np.percentile(_steps(lines) or [1.0], 10)), 0.8)


def _groups(lines: list[list[Fragment]], usual: float) -> list[list[list[Fragment]]]:
    """Lines parted where the step to the next is wider than the usual one."""
    groups = [[lines[0]]]
    for line, step in zip(lines[1:], _steps(lines), strict=True):
        if step > GROUP_STEP * usual:
            groups.append([])
        groups[-1].append(line)
    return groups


def _leading(lines: list[list[Fragment]]) -> float:
    """Median distance of neighbouring baselines, in font sizes."""
    steps = _steps(lines)
    return float(np.median(steps)) if steps else 0.0


def table(left: list[Fragment], right: list[Fragment]) -> bool:
    """Whether rows run across a gutter: most lines of the shorter side stand level with one of the other."""
    few, many = sorted((baselines(left), baselines(right)), key=len)
    return _shared(few, many) >= 0.4
