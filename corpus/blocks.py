"""Lines of a region -> drafts of blocks: paragraphs, list items, table rows. Pure.

A draft is a block before its text is cleaned; headings and footnotes are told apart later, when the styles of
the whole document are known (`corpus.structure`).
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus.fragments import Fragment, PageText
from corpus.lines import CELL_GAP, Line, assemble, cells
from corpus.types import BlockKind

SAME_SIZE = 0.08  # relative difference of font sizes within one paragraph
LOOSER = 1.22  # of the usual line spacing: a wider step begins a paragraph
TABLE_GAP = 0.9  # font sizes between cells where a table is certain
INDENT = 0.7  # font sizes
TERMINAL = re.compile(r"[.!?:;…。！？；：؟؛][”»\"’')\]]*$")
_WEAK_BULLET = re.compile(r"[-–—*»o]\s")
_STARTS = re.compile(r"[^a-zа-яß-öø-ÿ\d\s(),.;:%–—-]")  # how a sentence or title may begin: no small letter, no digit
_INITIAL = re.compile(r"[A-Z]\.\s")  # of a name, unless it stands alone
_BOXES = "☐☑☒□■"
_CONTINUED = re.compile(r"[/IJl1]?\s?[.,•·\s]{2,}|[/|]\s?[.,•·]+")  # "/...", how UN documents point to the next page
_LEADERS = re.compile(r"(?:\s?[.…·_]){4,}\s*")


Slice = tuple[Line, int, int]  # line.text[start:end]


@dataclass(slots=True)
class Draft:
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


def usual_leading(regions: Sequence[Sequence[Line]]) -> dict[int, float]:
    """For each size class, the distance of baselines inside paragraphs, in font sizes."""
    steps: defaultdict[int, list[float]] = defaultdict(list)
    for lines in regions:
        for a, b in itertools.pairwise(lines):
            step = (b.baseline - a.baseline) / max(a.size, 1)
            if size_class(a.size) == size_class(b.size) and 0.8 < step < 2.6:
                steps[size_class(a.size)].append(step)
    return {size: float(np.percentile(values, 30)) for size, values in steps.items() if len(values) > 2}


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
        if len(line.starts) > 1 and not _is_row(lines, index):
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


def drafts(lines: Sequence[Line], page: int, region: int, leading: Mapping[int, float]) -> list[Draft]:
    """The blocks of one region of running text."""
    own = usual_leading([lines])  # a long column has a spacing of its own
    leading = {**leading, **{size: step for size, step in own.items() if len(lines) >= 8}}
    result: list[Draft] = []
    current: list[Line] = []
    ragged = _ragged_rtl(lines)
    for index, line in enumerate(lines):
        if _is_row(lines, index):
            _close(result, current, lines, page, region)
            current = []
            result.append(row_of_line(line, page, region))
            continue
        if current and (ragged or _breaks(current, line, lines, index, leading)):
            _close(result, current, lines, page, region)
            current = []
        current.append(line)
    _close(result, current, lines, page, region)
    return result


def _ragged_rtl(lines: Sequence[Line]) -> bool:
    """Whether right-to-left text was set from the left edge: each line then is a paragraph, as far as can be told."""
    rtl = [line for line in lines if line.rtl]
    if len(rtl) < 6:
        return False
    left, right = min(line.left for line in rtl), max(line.right for line in rtl)
    lefts = sum(line.left < left + line.size for line in rtl)
    rights = sum(line.right > right - line.size for line in rtl)
    return lefts > 0.8 * len(rtl) and rights < 0.3 * len(rtl)


def _close(result: list[Draft], current: list[Line], lines: Sequence[Line], page: int, region: int) -> None:
    if not current:
        return
    first, last = current[0], current[-1]
    item = bool(first.bullet) or (bool(first.number) and _hangs(current))
    edge = max(finish(line) for line in lines if abs(line.size - last.size) <= SAME_SIZE * last.size)
    result.append(
        Draft(
            BlockKind.ITEM if item else BlockKind.PARAGRAPH, [(page, current)],
            full=finish(last) > edge - 4 * last.size, region=region, centred=_in_the_middle(current, lines),
        )
    )  # fmt: skip


def _in_the_middle(current: Sequence[Line], lines: Sequence[Line]) -> bool:
    if len(lines) < 5 or len(current) > 3:
        return False
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    return all(
        line.left - left > 2 * line.size
        and right - line.right > 2 * line.size
        and abs((line.left - left) - (right - line.right)) < 2 * line.size
        for line in current
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


def _is_row(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of running text is a row: leaders to a page number, or cells like its neighbour's."""
    line = lines[index]
    if _LEADERS.search(line.text) and line.text[-1:].isalnum():
        return True
    if len(line.starts) < 2:
        return False
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


def _breaks(
    current: list[Line], line: Line, lines: Sequence[Line], index: int, leading: Mapping[int, float]
) -> bool:
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
        and line.text[:1] != current[0].text[:1]
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


def row_of_line(line: Line, page: int, region: int) -> Draft:
    """A row from one line: split at its wide gaps, or at the leaders of a table of contents."""
    leaders = _LEADERS.search(line.text)
    if leaders and line.text[-1:].isalnum():
        spans = [(0, leaders.start()), (leaders.end(), len(line.text))]
    else:
        spans = list(zip(line.starts, (*line.starts[1:], len(line.text)), strict=True))
    cells = [[(line, a, b)] for a, b in spans if line.text[a:b].strip()]
    return Draft(BlockKind.ROW, [(page, [line])], cells=cells, region=region)
