"""The starter corpus: texts written for this project, so that a fresh machine has something to answer from.

In: the Markdown files of this folder, each with a YAML front matter. Out: one `StarterText` per file, whose
publication has the origin STARTER. They are never ICAT's words, and a digest gives way to the original.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from corpus.catalogue import THE_DOCUMENT, Catalogue, explain, load
from corpus.errors import CatalogueError
from corpus.quick_yaml import read_yaml
from corpus.source_lines import YamlLines, yaml_fault
from corpus.types import OWN_KINDS, Activity, Fact, Kind, Origin, Publication, PublicationId, Published, StrictModel

PACKAGED = Path(__file__).parent
FENCE = "---"  # on a line of its own before and after the front matter
NOTE = "Written for this project; not ICAT's words."


@dataclass(frozen=True, slots=True)
class StarterText:
    """One text of the project's own and the Markdown file it stands in, front matter included."""

    publication: Publication
    path: Path


class _FrontMatter(StrictModel):
    id: PublicationId
    title: str = Field(min_length=1)
    kind: Literal[tuple(sorted(OWN_KINDS - {Kind.LIBRARY}))]
    digest_of: PublicationId = Field("", description="an id of the catalogue; empty for a text of its own")
    published: str = Field(
        pattern=r"^\d{4}-(0[1-9]|1[0-2])$", description="year and month of this text, not of what it describes"
    )
    languages: tuple[str, ...] = Field(min_length=1)
    activities: tuple[Activity, ...] = ()
    note: Literal["Written for this project; not ICAT's words."]


def starter(folder: Path = PACKAGED, catalogue: Catalogue | None = None) -> tuple[StarterText, ...]:
    """All starter texts, in the order of their file names.

    CatalogueError: "digest-toolkit.md line 4: digest_of: there is no publication 'x' in ...; fix it there".
    """
    known = catalogue or load()
    texts: dict[PublicationId, StarterText] = {}
    for path in sorted(folder.glob("*.md")):
        text = _read(path, known)
        if text.publication.id in texts:
            taken = texts[text.publication.id].path.name
            raise CatalogueError(f"{path.name} line 2: id: {text.publication.id!r} is taken by {taken}; choose another")
        texts[text.publication.id] = text
    return tuple(texts.values())


def _read(path: Path, catalogue: Catalogue) -> StarterText:
    header, body = _split(path)
    try:
        matter = _FrontMatter.model_validate(_parsed(path.name, header))
        year, month = map(int, matter.published.split("-"))
        publication = Publication(
            **matter.model_dump(exclude={"published", "note"}),
            origin=Origin.STARTER,
            published=(Published(year=year, month=month, source=THE_DOCUMENT),),
            facts=(Fact(text=matter.note, source=THE_DOCUMENT),),
        )
    except ValidationError as error:
        raise _fault(path.name, header, error.errors()[0]["loc"], explain(error)) from error
    described = {known.id for known in catalogue.publications}
    if matter.digest_of and matter.digest_of not in described:
        reason = f"digest_of: there is no publication {matter.digest_of!r} in the catalogue"
        raise _fault(path.name, header, ("digest_of",), reason)
    if matter.id in described:
        raise _fault(path.name, header, ("id",), f"id: {matter.id!r} is a publication of the catalogue")
    if not body.strip():
        raise CatalogueError(f"{path.name} line {header.count(chr(10)) + 3}: no text below the front matter; write it")
    return StarterText(publication, path)


def _split(path: Path) -> tuple[str, str]:
    """Front matter, an empty line in the place of its fence so that lines count right, and body."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name}: cannot be read ({error}); install the package again") from error
    if not lines or lines[0].strip() != FENCE:
        raise CatalogueError(f"{path.name} line 1: no front matter; begin the file with a line of {FENCE!r}")
    ends = [number for number, line in enumerate(lines) if number and line.strip() == FENCE]
    if not ends:
        raise CatalogueError(f"{path.name} line 1: the front matter has no end; close it with {FENCE!r}")
    return "\n".join(["", *lines[1 : ends[0]]]), "\n".join(lines[ends[0] + 1 :])


def _parsed(name: str, header: str) -> object:
    import yaml

    try:
        return read_yaml(header)
    except yaml.YAMLError as error:
        raise yaml_fault(name, error) from error


def _fault(name: str, header: str, path: tuple[str | int, ...], message: str) -> CatalogueError:
    import yaml

    line = YamlLines(yaml.compose(header)).of(path[:1])
    return CatalogueError(f"{name} line {line}: {message}; fix it there")
