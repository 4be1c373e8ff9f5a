"""Rows of a table with an indicator, question or lesson column -> its cells by what they are. Pure.

A row is one block whose cells are joined by " | " and whose empty cells are often not there: a cell is then put under
the column whose content it looks like, in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.toolkit.headings import kind_of, level_of
from corpus.toolkit.types import ItemKind

_SEPARATOR = re.compile(r"(?:^| )\|(?: |$)")  # also where an empty cell begins or ends a row
HEAD_WORDS = 6  # in a cell of a table head
NUMBER = re.compile(r"(?:[A-Z]{0,2}\.?\s?\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.):]?")

_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?:no|nr|#|№|n°|ref|number|code)\.?", re.I)),
    (
        "verification",
        re.compile(
            r"(?:means|sources?|methods?) (?:of|for) (?:verification|information|data)|verification|(?:data )?sources?",
            re.I,
        ),
    ),
    ("disaggregation", re.compile(r"disaggregat(?:ion|ed)(?: by)?", re.I)),
    ("caution", re.compile(r"cautions?|limits|limitations?|notes?|remarks?|comments?|risks?", re.I)),
    ("over", re.compile(r"denominator|over|out of|base population", re.I)),
    ("counts", re.compile(r"numerator|what is counted|counts?|counted", re.I)),
    ("level", re.compile(r"(?:results? )?(?:level|chain|hierarchy)(?: of results?)?|type|results?", re.I)),
)  # fmt: skip


_ONE = re.compile(r"indicator|(?:design )?question|lesson|baseline|target|frequency|responsib(?:le|ility)", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    start: int  # characters of the document, half-open
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a table: the role of each, and the kind of what it lists."""

    roles: tuple[str, ...]
    kind: ItemKind
    texts: tuple[str, ...]


def cells_of(text: str, start: int, end: int) -> list[Cell]:
    """The cells of the row text[start:end]; empty ones where the reader kept them."""
    row = text[start:end]
    ends = [(match.start(), match.end()) for match in _SEPARATOR.finditer(row)]
    spans = zip([0, *(b for _, b in ends)], [*(a for a, _ in ends), len(row)], strict=True)
    cells = []
    for a, b in spans:
        part = row[a:b]
        left = start + a + len(part) - len(part.lstrip())
        cells.append(Cell(left, left + len(part.strip()), " ".join(part.split())))
    return cells


def names_column(text: str) -> bool:
    """Whether a line is what stands above a column: a table head that a page parted from its table."""
    return bool(_ONE.fullmatch(text)) or any(pattern.fullmatch(text) for _, pattern in _ROLES)


def head_of(cells: list[Cell]) -> Head | None:
    """The table head that a row is; None when it is none."""
    cells = [cell for cell in cells if cell.text]
    if len(cells) < 2 or any(len(cell.text.split()) > HEAD_WORDS or cell.text.endswith((".", "?")) for cell in cells):
        return None
    roles: list[str] = []
    kind: ItemKind | None = None
    for cell in cells:
        role = next((name for name, pattern in _ROLES if pattern.fullmatch(cell.text)), "")
        found = None if role else kind_of(cell.text)[0]
        if found and kind is None:
            kind, role = found, "text"
        roles.append(role or "other")
    return Head(tuple(roles), kind, tuple(cell.text for cell in cells)) if kind else None


def placed(cells: list[Cell], head: Head) -> dict[str, Cell]:
    """The cells of a row by role. Where some are missing, those that fit least are left out."""
    if len(cells) == len(head.roles):
        return {role: cell for role, cell in zip(head.roles, cells, strict=True) if cell.text}
    cells = [cell for cell in cells if cell.text]
    if len(cells) > len(head.roles):
        return {}
    missing = len(head.roles) - len(cells)
    best: tuple[float, dict[str, Cell]] = (-1.0, {})

    def place(index: int, column: int, left: int, score: float, chosen: dict[str, Cell]) -> None:
        nonlocal best
        if index == len(cells):
            if score > best[0]:
                best = (score, chosen)
            return
        if column == len(head.roles):
            return
        role = head.roles[column]
        place(index + 1, column + 1, left, score + _fits(cells[index], role), {**chosen, role: cells[index]})
        if left:
            place(index, column + 1, left - 1, score, chosen)

    place(0, 0, missing, 0.0, {})
    return best[1]


def _fits(cell: Cell, role: str) -> float:
    """How well a cell looks like what a column holds, from 0."""
    words = len(cell.text.split())
    if role == "number":
        return 3.0 if NUMBER.fullmatch(cell.text) else 0.0
    if role == "level":
        return 3.0 if words <= 3 and level_of(cell.text) else 0.0
    if NUMBER.fullmatch(cell.text) or (words <= 2 and level_of(cell.text)):
        return 0.0
    return 2.0 + min(words, 20) / 100 if role == "text" else 1.0


def guessed(cells: list[Cell]) -> dict[str, Cell]:
    """The same for a table without head: the item is the first cell that is neither a number nor a level."""
    roles: dict[str, Cell] = {}
    for cell in cells:
        if len(cell.text.split()) <= 2 and level_of(cell.text):
            roles.setdefault("level", cell)
        elif cell.text and not NUMBER.fullmatch(cell.text):
            roles.setdefault("text", cell)
    return roles
