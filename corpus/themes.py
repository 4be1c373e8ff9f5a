"""What trainers want something made on, and the sections that a good draft on it quotes. Learned from; never shown.

In: `starter/themes/PUBLICATION.jsonl`, a theme a line: {"language", "text", "sections"}; the sections are
[publication, heading], best first, the first one of the file's publication. `starter/wanted/*.jsonl`, a request a
line: {"language", "marked", "theme", "parts": [[words, sections], ...], "aspects": {name: sections, ...}}: what each of
its stretches says, what belongs in the parts that it names, and in the aspects that any draft may have. Of some only
the marks are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

from pydantic import Field

from corpus.anticipated import read_anticipated
from corpus.errors import CatalogueError
from corpus.lines import read_lines
from corpus.marks import Marked, without_marks
from corpus.starter import PACKAGED
from corpus.types import PublicationId, StrictModel

FOLDER, WANTED = PACKAGED / "themes", PACKAGED / "wanted"
Sections = tuple[tuple[PublicationId, str], ...]
MOST = 5  # sections of a whole request
Read = TypeVar("Read", bound=StrictModel)


class Theme(StrictModel):
    """A theme by itself, or a whole request, as trainers write them."""

    language: str  # ISO 639-1
    text: str = Field(min_length=1)
    sections: Sections = Field(min_length=1)


class WantedDraft(StrictModel):
    """A whole request, what it is about, and what belongs in each of its parts."""

    language: str  # ISO 639-1
    marked: str = Field(min_length=1)  # with marks, see `corpus.marks`
    theme: str = ""
    parts: tuple[tuple[str, Sections], ...] = ()
    aspects: Mapping[str, Sections] = {}  # by name; those for which there is nothing are left out

    @property
    def text(self) -> str:
        """As it was typed."""
        return without_marks(self.marked)[0]

    @property
    def marks(self) -> Sequence[Marked]:
        """Where the stretches stand in `text`, and what each says."""
        return without_marks(self.marked)[1]


def read_themes(folder: Path = FOLDER) -> tuple[Theme, ...]:
    """All of a folder.

    CatalogueError with file and line for one that does not validate, or whose sections no questions were anticipated
    for.
    """
    return _read(folder, Theme, lambda theme: theme.sections)


def read_wanted(folder: Path = WANTED) -> tuple[WantedDraft, ...]:
    """All of a folder. Errors: `read_themes`."""
    return _read(folder, WantedDraft, lambda wanted: chain(*(s for _, s in wanted.parts), *wanted.aspects.values()))


def of_part(part: str, theme: str) -> str:
    """What is looked up for a part of a draft; the part first, for a theme may be long."""
    return f"{part.strip(' .')}. {theme}"


def themes_of(wanted: Sequence[WantedDraft], asks: Mapping[str, str]) -> Iterator[Theme]:
    """Each request, and each of its parts and aspects, as a theme; `asks`: what is looked up for an aspect, by name.

    A part is learned with the theme, the next with the whole request: either may stand in a draft's brief.
    """
    for each in wanted:
        if not each.parts:
            continue
        firsts = dict.fromkeys(section for rank in range(MOST) for _, s in each.parts for section in s[rank : rank + 1])
        yield Theme(language=each.language, text=each.text, sections=tuple(firsts)[:MOST])
        named = [*each.parts, *((asks[name], sections) for name, sections in each.aspects.items())]
        for number, (part, sections) in enumerate(named):
            about = each.text if number % 2 else each.theme
            yield Theme(language=each.language, text=of_part(part, about), sections=sections)


def _read(folder: Path, kind: type[Read], sections_of: Callable[[Read], Iterable[tuple[str, str]]]) -> tuple[Read, ...]:
    known = {(each.publication, each.heading) for each in read_anticipated()}
    found = []
    for file in sorted(folder.glob("*.jsonl")):
        for where, each in read_lines(file, kind.model_validate_json, CatalogueError):
            strange = [place for place in sections_of(each) if place not in known]
            if strange:
                raise CatalogueError(f"{where}: no section {': '.join(strange[0])!r} with questions")
            found.append(each)
    return tuple(found)
