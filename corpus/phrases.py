"""What people write who want a piece of ready-made material, section by section. Learned from; never shown.

In: `starter/phrases/PUBLICATION.yaml`, of each section its heading and phrases in six languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CatalogueError
from corpus.language import LANGUAGES
from corpus.quick_yaml import read_yaml
from corpus.starter import PACKAGED, StarterText, starter
from corpus.types import READY, PublicationId

FOLDER = PACKAGED / "phrases"
READ = 400  # letters of a section, with its heading
_HEADING, _ITEM = re.compile(r"^## ", re.M), re.compile(r"^- ", re.M)


@dataclass(frozen=True, slots=True)
class ReadyPhrases:
    """Of one section."""

    publication: PublicationId
    heading: str
    phrases: tuple[str, ...]
    texts: tuple[str, ...]  # how it begins, and its heading, in each language in which it is there


def read_phrases(folder: Path = FOLDER) -> tuple[ReadyPhrases, ...]:
    """All of a folder, in the order of its files. CatalogueError where a file is of no ready-made text in English."""
    ready = {each.publication.id: each for each in starter() if each.publication.kind in READY}
    found = []
    for file in sorted(folder.glob("*.yaml")):
        if file.stem not in ready:
            raise CatalogueError(f"{file.name}: no ready-made text has this name")
        told = read_yaml(file.read_text("utf-8"))
        names = (file.stem, *(f"{file.stem}-{language}" for language in LANGUAGES))
        versions = [_sections(ready[name]) for name in names if name in ready]
        headings = [heading for heading, _ in versions[0]]
        for heading, phrases in told.items():
            there = [sections[headings.index(heading)] for sections in versions] if heading in headings else []
            texts = (text for title, text in there for text in (title, f"{title}. {text}"[:READ]))
            found.append(ReadyPhrases(file.stem, heading, tuple(phrases), tuple(texts)))
    return tuple(found)


def _sections(text: StarterText) -> list[tuple[str, str]]:
    """Heading and text of each section, the text in one line."""
    _, *sections = _HEADING.split(text.path.read_text("utf-8"))
    parted = (section.partition("\n") for section in sections)
    return [(" ".join(heading.split()), " ".join(_ITEM.sub("", told).split())) for heading, _, told in parted]
