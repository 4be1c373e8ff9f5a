"""What people write who want a piece of ready-made material, section by section. Learned from; never shown.

In: `starter/phrases/PUBLICATION.yaml`, of each section its heading and phrases in six languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CatalogueError
from corpus.quick_yaml import read_yaml
from corpus.starter import PACKAGED, starter
from corpus.types import READY, PublicationId

FOLDER = PACKAGED / "phrases"


@dataclass(frozen=True, slots=True)
class ReadyPhrases:
    """Of one section."""

    publication: PublicationId
    heading: str
    phrases: tuple[str, ...]


def read_phrases(folder: Path = FOLDER) -> tuple[ReadyPhrases, ...]:
    """All of a folder, in the order of its files. CatalogueError where a file is of no ready-made text in English."""
    ready = {each.publication.id for each in starter() if each.publication.kind in READY}
    found = []
    for file in sorted(folder.glob("*.yaml")):
        if file.stem not in ready:
            raise CatalogueError(f"{file.name}: no ready-made text has this name")
        told = read_yaml(file.read_text("utf-8"))
        found += [ReadyPhrases(file.stem, heading, tuple(phrases)) for heading, phrases in told.items()]
    return tuple(found)
