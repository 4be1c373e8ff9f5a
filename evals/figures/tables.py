"""A table of figures, once for a terminal, for Markdown and for a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.review.agreement import Estimate

ESTIMATE = ("value", "95 %", "n", "undefined")  # heads of `estimate_cells`


@dataclass(frozen=True)
class Table:
    """Rows of text under heads. The first column stands to the left, the others, which hold numbers, to the right."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: bool = False  # whether the other columns hold words as well: all stand to the left, on a page

    def narrow(self, columns: int, title: str) -> Table:
        """The first columns alone, the first of them under another head."""
        return Table((title, *self.head[1:columns]), [row[:columns] for row in self.rows])

    def lines(self) -> list[str]:
        """For a terminal."""
        rows = [self.head, *self.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(self.head))]
        first, *rest = widths
        return [
            "  ".join((row[0].ljust(first), *(cell.rjust(w) for cell, w in zip(row[1:], rest, strict=True))))
            for row in rows
        ]

    def markdown(self) -> list[str]:
        """For a repository."""
        rows = [" | ".join(cell.replace("|", "/") for cell in row) for row in (self.head, *self.rows)]
        return [f"| {rows[0]} |", f"|---|{'---:|' * (len(self.head) - 1)}", *(f"| {row} |" for row in rows[1:])]


def estimate_cells(found: Estimate) -> tuple[str, str, str, str]:
    """Value, interval, n and undefined as they are printed."""
    between = "-" if found.low is None or found.high is None else f"{found.low:.3f}–{found.high:.3f}"
    return number(found.value), between, str(found.n), str(found.undefined)


def number(value: float | None, digits: int = 3) -> str:
    """ "0.912"; "-" for what is undefined."""
    return "-" if value is None else f"{value:.{digits}f}"


def numbers(values: Iterable[float | None], digits: int = 3) -> list[str]:
    """Each of them so."""
    return [number(value, digits) for value in values]
