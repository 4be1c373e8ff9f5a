"""Lines of a region -> drafts of blocks: paragraphs, list items, table rows. Pure.

A draft is a block before its text is cleaned; headings and footnotes are told apart later, when the styles of
the whole document are known (`corpus.layout.structure`).
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.layout.drafts import BlockDraft, begin, finish, size_class
from corpus.layout.lines import Line
from corpus.layout.rows import is_row, row_of_line
from corpus.types import BlockKind

SAME_SIZE = 0.08  # relative difference of font sizes within one paragraph
LOOSER = 1.22  # of the usual line spacing: a wider step begins a paragraph
INDENT = 0.7  # font sizes
TERMINAL = re.compile(r"[.!?:;…。！？；：؟؛][”»\"’')\]]*$")
_WEAK_BULLET = re.compile(r"[-–—*»o]\s")
_STARTS = re.compile(r"[^a-zа-яß-öø-ÿ\d\s(),.;:%–—-]")  # how a sentence or title may begin: no small letter, no digit
_INITIAL = re.compile(r"[A-Z]\.\s")  # of a name, unless it stands alone


def usual_leading(regions: Sequence[Sequence[Line]]) -> dict[int, float]:
    """For each size class, the distance of baselines inside paragraphs, in font sizes."""
    steps: defaultdict[int, list[float]] = defaultdict(list)
    for lines in regions:
        for a, b in itertools.pairwise(lines):
            step = (b.baseline - a.baseline) / max(a.size, 1)
            if size_class(a.size) == size_class(b.size) and 0.8 < step < 2.6:
                steps[size_class(a.size)].append(step)
    return {size: float(np.percentile(values, 30)) for size, values in steps.items() if len(values) > 2}


def drafts(lines: Sequence[Line], page: int, region: int, leading: Mapping[int, float]) -> list[BlockDraft]:
    """The blocks of one region of running text."""
    if not lines:
        return []
    own = usual_leading([lines])  # a long column has a spacing of its own
    leading = {**leading, **{size: step for size, step in own.items() if len(lines) >= 8}}
    column = _Column.of(lines)
    groups: list[list[Line]] = []  # a row is a group of its own
    rows: set[int] = set()
    ragged = _ragged_rtl(lines)
    for index, line in enumerate(lines):
        if is_row(lines, index):
            rows.add(len(groups))
            groups.append([line])
        elif not groups or len(groups) - 1 in rows or ragged or _breaks(groups[-1], line, lines, index, leading):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [
        row_of_line(group[0], page, region) if number in rows else _draft(group, column, page, region)
        for number, group in enumerate(groups)
    ]


@dataclass(frozen=True, slots=True)
class _Column:
    """How far the lines of a region reach."""

    count: int
    left: float
    right: float
    ends: Mapping[int, float]  # for each size class, the furthest end of a line

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Column:
        ends: dict[int, float] = {}
        for line in lines:
            size = size_class(line.size)
            ends[size] = max(ends.get(size, finish(line)), finish(line))
        return cls(len(lines), min(line.left for line in lines), max(line.right for line in lines), ends)

    def centres(self, group: Sequence[Line]) -> bool:
        """Whether every line stands in the middle, clear of both edges."""
        return (
            self.count >= 5
            and len(group) <= 3
            and all(
                line.left - self.left > 2 * line.size
                and self.right - line.right > 2 * line.size
                and abs((line.left - self.left) - (self.right - line.right)) < 2 * line.size
                for line in group
            )
        )


def _ragged_rtl(lines: Sequence[Line]) -> bool:
    """Whether right-to-left text was set from the left edge: each line then is a paragraph, as far as can be told."""
    rtl = [line for line in lines if line.rtl]
    if len(rtl) < 6:
        return False
    left, right = min(line.left for line in rtl), max(line.right for line in rtl)
    lefts = sum(line.left < left + line.size for line in rtl)
    rights = sum(line.right > right - line.size for line in rtl)
    return lefts > 0.8 * len(rtl) and rights < 0.3 * len(rtl)


def _draft(group: list[Line], column: _Column, page: int, region: int) -> BlockDraft:
    first, last = group[0], group[-1]
    item = bool(first.bullet) or (bool(first.number) and _hangs(group))
    return BlockDraft(
        BlockKind.ITEM if item else BlockKind.PARAGRAPH,
        [(page, group)],
        centred=column.centres(group),
        full=finish(last) > column.ends[size_class(last.size)] - 4 * last.size,
        region=region,
    )


def _hangs(lines: Sequence[Line]) -> bool:
    """Whether a numbered block is a list item: "(a)" always, "1." when its lines hang or it is one short line.

    The numbered paragraphs of UN documents go back to the margin in the second line; they stay paragraphs.
    """
    first = lines[0]
    number = first.text[: first.number]
    if "(" in number or ")" in number or number[:1].islower():
        return True
    if len(lines) > 1:
        return begin(lines[1]) > begin(first) + INDENT * first.size
    return len(first.text) < 90


def _breaks(current: list[Line], line: Line, lines: Sequence[Line], index: int, leading: Mapping[int, float]) -> bool:
    """Whether a line begins a new paragraph after `current`."""
    previous = current[-1]
    size = previous.size
    ended = bool(TERMINAL.search(previous.text))
    if abs(line.size - size) > SAME_SIZE * max(size, line.size) or line.rtl != previous.rtl:
        return True
    step = line.baseline - previous.baseline
    usual = leading.get(size_class(size), 1.3)
    if step < 0.3 * size or step > max(LOOSER * usual, usual + 0.2) * size:
        return True
    if line.note or _style_breaks(previous, line, ended):
        return True
    short = _short(previous, line, lines, index)
    if line.bullet:
        aligned = len(current) > 1 and abs(begin(line) - begin(previous)) < 0.3 * size
        return not (_WEAK_BULLET.match(line.text) and aligned and not ended and not short)
    if line.number and (short or ((ended or _outdented(current, line)) and not _INITIAL.match(line.text))):
        return True
    if short and (ended or _STARTS.match(line.text)):
        return not _centred(previous, line)
    return _indents(current, line, ended)


def _style_breaks(previous: Line, line: Line, ended: bool) -> bool:
    if previous.bold and not line.bold and not line.first_bold:
        return ended or not line.text[:1].islower()
    if line.bold and line.first_bold and not previous.bold and not previous.last_bold and ended:
        return True
    return _capitals(previous.text) and not _capitals(line.text) and len(line.text) > 3


def _capitals(text: str) -> bool:
    """Whether a line is set in capitals throughout."""
    return len(re.findall(r"[^\W\d_]", text)) >= 4 and text == text.upper() and text != text.lower()


def _short(previous: Line, line: Line, lines: Sequence[Line], index: int) -> bool:
    """Whether the next line's first word would have fitted on the previous one."""
    near = [other for other in lines[max(0, index - 4) : index + 4] if abs(other.size - line.size) < 1]
    edge = max(finish(other) for other in near)
    first = 1 if line.text[:1] >= "\u2e80" else len(line.text.split(" ", 1)[0])  # ideographs break anywhere
    word = first / max(1, len(line.text)) * (line.right - line.left)
    return finish(previous) + word + 0.8 * line.size < edge


def _centred(previous: Line, line: Line) -> bool:
    middle = (previous.left + previous.right) / 2 - (line.left + line.right) / 2
    return abs(middle) < 0.5 * line.size and abs(previous.left - line.left) > line.size and not line.number


def _outdented(current: list[Line], line: Line) -> bool:
    """Whether a numbered line stands left of the text it follows, or where the numbers stand."""
    return begin(line) < begin(current[-1]) - 0.5 * line.size or (
        len(current) == 1 and bool(current[0].number) and abs(begin(line) - begin(current[0])) < 0.5 * line.size
        and line.text[: line.number] != current[0].text[: current[0].number]
    )  # fmt: skip


def _indents(current: list[Line], line: Line, ended: bool) -> bool:
    """Whether the indent of a line begins a paragraph."""
    previous, first = current[-1], current[0]
    shift = begin(line) - begin(previous)
    if first.bullet or first.number:
        body = -first.body if first.rtl else first.body
        if len(current) == 1 and abs(begin(line) - body) < 1.2 * line.size:
            return False
        return shift < -INDENT * line.size and begin(line) < begin(first) - 0.3 * line.size
    if len(current) == 1:
        return shift > INDENT * line.size and ended
    return abs(shift) > INDENT * line.size and ended
