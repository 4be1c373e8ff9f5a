"""Programmes as people describe them, and the items of the starter library that fit each. Learned from, never shown.

In: `starter/programmes/*.jsonl`, a programme a line: {"text", "language", "fits": [ids, the most fitting first]}.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from corpus.errors import CatalogueError
from corpus.lines import read_lines
from corpus.starter import PACKAGED
from corpus.toolkit.starter import starter_items
from corpus.types import StrictModel

FOLDER = PACKAGED / "programmes"


class Programme(StrictModel):
    """One message that describes a programme."""

    text: str = Field(min_length=1)
    language: str  # ISO 639-1
    fits: tuple[str, ...] = Field(min_length=1)


def read_programmes(folder: Path = FOLDER) -> tuple[Programme, ...]:
    """All of a folder. CatalogueError with file and line for one that does not validate or names no item."""
    known = {item.id for item in starter_items()}
    read = [read_lines(file, Programme.model_validate_json, CatalogueError) for file in sorted(folder.glob("*.jsonl"))]
    found = [each for lines in read for each in lines]
    for where, programme in found:
        if unknown := set(programme.fits) - known:
            raise CatalogueError(f"{where}: no item is called {min(unknown)!r}")
    return tuple(programme for _, programme in found)
