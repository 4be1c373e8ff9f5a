"""Questions that a section of the starter texts answers, in words of people who ask. Searched, and never quoted.

In: a YAML file beside the texts for each publication, section heading -> language -> questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from corpus.catalogue import explain
from corpus.errors import CatalogueError
from corpus.language import LANGUAGES, translation_of
from corpus.quick_yaml import read_yaml
from corpus.starter import PACKAGED
from corpus.types import PublicationId

FOLDER = PACKAGED / "questions"
KEPT = 64  # files whose questions are remembered: each build of an index reads all that come with the program
_FILE = TypeAdapter(dict[str, dict[str, tuple[str, ...]]])  # heading -> language -> questions


@dataclass(frozen=True, slots=True)
class Anticipated:
    """One question and the section that answers it."""

    publication: PublicationId
    heading: str  # of the section, as in the text
    language: str  # ISO 639-1
    text: str
    span: tuple[int, int] | None = None  # of the publication's text, where less than the section answers it


def file_of(publication: PublicationId, folder: Path = FOLDER) -> Path:
    """Where a publication's questions stand, if it has some."""
    return folder / f"{publication}.yaml"


def read_anticipated(folder: Path = FOLDER) -> tuple[Anticipated, ...]:
    """All of a folder, file by file; () without files. CatalogueError with the file for one that does not validate."""
    return tuple(question for file in sorted(folder.glob("*.yaml")) for question in questions_of(file.stem, folder))


def questions_of(publication: PublicationId, folder: Path = FOLDER) -> tuple[Anticipated, ...]:
    """Those of one publication, section by section; () where it has none. Errors as above."""
    file = file_of(publication, folder)
    if not file.exists():
        return ()
    own = _own_language(publication, folder)
    return _questions_in(file.read_text(encoding="utf-8"), publication, file.name, own)


@lru_cache(maxsize=KEPT)
def _questions_in(text: str, publication: PublicationId, name: str, own: str) -> tuple[Anticipated, ...]:
    """What the text of a file holds; `name`: of the file, for errors; `own`: what each section needs (ISO 639-1)."""
    try:
        sections = _FILE.validate_python(read_yaml(text))
    except (yaml.YAMLError, ValidationError) as error:
        reason = explain(error) if isinstance(error, ValidationError) else str(error).splitlines()[0]
        raise CatalogueError(f"{name}: {reason}") from None
    if without := [heading for heading, asked in sections.items() if not asked.get(own)]:
        raise CatalogueError(f"{name}: {without[0]}: no question in {LANGUAGES[own]} ({own})")
    found = ((heading, *each) for heading, asked in sections.items() for each in asked.items())
    return tuple(
        Anticipated(publication, heading, language, " ".join(text.split()))
        for heading, language, texts in found
        for text in texts
    )


def _own_language(publication: PublicationId, folder: Path) -> str:
    """English, or that of a translation, whose id is that of its original and the language: 'glossary-fr'."""
    original, code = translation_of(publication)
    return code if code and file_of(original, folder).exists() else "en"
