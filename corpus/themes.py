"""What trainers want something made on, and the sections that a good draft on it quotes. Learned from; never shown.

In: `starter/themes/PUBLICATION.jsonl`, a theme a line: {"language", "text", "sections"}; the sections are
[publication, heading], best first, the first one of the file's publication.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from corpus.anticipated import read_anticipated
from corpus.errors import CatalogueError
from corpus.lines import read_lines
from corpus.starter import PACKAGED
from corpus.types import PublicationId, StrictModel

FOLDER = PACKAGED / "themes"


class Theme(StrictModel):
    """A theme by itself, or a whole request, as trainers write them."""

    language: str  # ISO 639-1
    text: str = Field(min_length=1)
    sections: tuple[tuple[PublicationId, str], ...] = Field(min_length=1)


def read_themes(folder: Path = FOLDER) -> tuple[Theme, ...]:
    """All of a folder.

    CatalogueError with file and line for one that does not validate, or whose sections no questions were anticipated
    for.
    """
    known = {(each.publication, each.heading) for each in read_anticipated()}
    found = []
    for file in sorted(folder.glob("*.jsonl")):
        for where, theme in read_lines(file, Theme.model_validate_json, CatalogueError):
            if strange := [
                f"{publication}: {heading}"
                for publication, heading in theme.sections
                if (publication, heading) not in known
            ]:
                raise CatalogueError(f"{where}: no section {strange[0]!r} with questions")
            found.append(theme)
    return tuple(found)
