"""Tables of figures as lines for people."""

from __future__ import annotations

from collections.abc import Sequence

from evals.types import Value


def shown(value: Value) -> tuple[str, str, str, str]:
    """Value, interval, n and undefined as they are printed; "-" for what is undefined."""
    middle = "-" if value.value is None else f"{value.value:.3f}"
    between = "-" if value.low is None or value.high is None else f"{value.low:.3f}–{value.high:.3f}"
    return middle, between, str(value.n), str(value.undefined)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of one table as lines: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
