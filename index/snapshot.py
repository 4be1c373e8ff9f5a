"""What readers open of one generation: its chunks, and their vectors, which a server keeps where one is used.

The store of record is Chroma; a snapshot is made from what Chroma gave back, so that opening the embedded
index needs no import of Chroma (a second) and search is exact. Rows are in order of chunk id.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.arrays import map_array
from corpus.language import translation_of
from corpus.types import Activity, Chunk, Kind, Origin, Publication, PublicationId
from index.errors import StaleIndex
from index.manifest import MEND
from index.types import Filters

PASSAGES, VECTORS = "passages.json", "vectors.npy"
KEYWORDS, CHROMA = "keywords", "chroma"  # folders


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    """What search needs to know of a publication."""

    title: str
    kind: Kind
    year: int | None
    activities: tuple[Activity, ...]

    @classmethod
    def of(cls, publication: Publication) -> PublicationFacts:
        return cls(publication.title, publication.kind, publication.year, publication.activities)


def facts_of(values: Mapping) -> PublicationFacts:
    """Facts as they were stored; a year and activities may be missing."""
    activities = tuple(Activity(name) for name in values.get("activities", ()))
    return PublicationFacts(values["title"], Kind(values["kind"]), values.get("year"), activities)


def heading_of(chunk: Chunk, facts: PublicationFacts) -> str:
    """What stands above a passage: the title of its publication and its heading path, a repeated title once.

    It is worth its tokens: on conditionalqa-dev nDCG@10 is .77 with title and path, .72 without the title,
    .71 without both (dense); .67 and .60 with and without both (BM25).
    """
    path = chunk.headings
    if path and path[0].casefold() == facts.title.casefold():
        path = path[1:]
    return " > ".join((facts.title, *path))


def indexed_text(chunk: Chunk, facts: PublicationFacts) -> str:
    """What is embedded and what keyword search reads."""
    return f"{heading_of(chunk, facts)}\n{chunk.text}"


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Chunks in order of id; `vectors` (n, d) float32, or None where a server has them."""

    chunks: tuple[Chunk, ...]
    facts: Mapping[PublicationId, PublicationFacts]
    vectors: np.ndarray | None

    @cached_property
    def starter(self) -> np.ndarray:
        """(n,) bool: written for this project. Behind an original on a tie."""
        return np.array([chunk.origin is Origin.STARTER for chunk in self.chunks], dtype=bool)

    def select(self, filters: Filters) -> np.ndarray:
        """(n,) bool: the chunks that the filters let through. Without a year, a year filter is failed."""
        through = np.array([passes(name, facts, filters) for name, facts in self.facts.items()], dtype=bool)
        chosen = through[self.publications] if len(self.chunks) else np.zeros(0, dtype=bool)
        if filters.languages:
            chosen &= np.array([chunk.language in filters.languages for chunk in self.chunks])
        if filters.origins:
            chosen &= np.where(self.starter, Origin.STARTER in filters.origins, Origin.PUBLICATION in filters.origins)
        if section := filters.section.casefold():
            for row in np.flatnonzero(chosen).tolist():
                chosen[row] = any(section in heading.casefold() for heading in self.chunks[row].headings)
        return chosen

    def read_in(self, language: str) -> np.ndarray:
        """(n,) bool: without what stands in another publication in this language (ISO 639-1), or is a translation.

        The id of a translation is that of its original and the language: 'glossary-fr'.
        """
        through = [self._is_for(name, language) for name in self.facts]
        return np.array(through, dtype=bool)[self.publications] if len(self.chunks) else np.zeros(0, dtype=bool)

    def _is_for(self, name: PublicationId, language: str) -> bool:
        original, code = translation_of(name)
        if code and original in self.facts:
            return code == language
        return f"{name}-{language}" not in self.facts

    @cached_property
    def publications(self) -> np.ndarray:
        """(n,) the place of each chunk's publication in `facts`."""
        places = {name: place for place, name in enumerate(self.facts)}
        return np.array([places[chunk.publication] for chunk in self.chunks], dtype=np.int32)

    @cached_property
    def sections(self) -> np.ndarray:
        """(n,) int32: equal where publication and the first two headings are."""
        numbers: dict[tuple[str, ...], int] = {}
        keys = [(chunk.publication, *chunk.headings[:2]) for chunk in self.chunks]
        return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int32)

    @cached_property
    def languages(self) -> np.ndarray:
        """(n,) int32: equal where the language is."""
        numbers: dict[str, int] = {}
        return np.array([numbers.setdefault(c.language, len(numbers)) for c in self.chunks], dtype=np.int32)


def passes(name: PublicationId, facts: PublicationFacts, filters: Filters) -> bool:
    """Whether what is known of a publication lets it through."""
    year = facts.year
    return (
        (not filters.publications or name in filters.publications)
        and (not filters.kinds or facts.kind in filters.kinds)
        and (not filters.activities or not set(filters.activities).isdisjoint(facts.activities))
        and (filters.year_from is None or (year is not None and year >= filters.year_from))
        and (filters.year_to is None or (year is not None and year <= filters.year_to))
    )


def write(
    folder: Path, chunks: Sequence[Chunk], facts: Mapping[PublicationId, PublicationFacts], vectors: np.ndarray | None
) -> None:
    """Write chunks in order of id, and their vectors; None where a server has them."""
    rows = list(map(row_of, chunks))
    with open(folder / PASSAGES, "w", encoding="utf-8") as stream:
        json.dump({"facts": {name: asdict(fact) for name, fact in facts.items()}, "chunks": rows}, stream)
    if vectors is not None:
        np.save(folder / VECTORS, vectors)


def read(folder: Path) -> Snapshot:
    """FileNotFoundError when the generation is gone; StaleIndex when its files are damaged."""
    try:
        with open(folder / PASSAGES, encoding="utf-8") as stream:
            stored = json.load(stream)
        facts = {name: facts_of(values) for name, values in stored["facts"].items()}
        chunks = tuple(map(chunk_of, stored["chunks"]))
        vectors = None
        if (folder / VECTORS).exists():
            vectors = map_array(folder / VECTORS)
            if len(vectors) != len(chunks):
                raise ValueError(f"{len(vectors)} vectors for {len(chunks)} chunks")
    except (ValueError, TypeError, KeyError, EOFError) as error:
        raise StaleIndex(f"index files in {folder} are damaged ({error}); {MEND}") from error
    return Snapshot(chunks, facts, vectors)


def row_of(chunk: Chunk) -> Sequence:
    """A chunk as JSON has it."""
    place = (chunk.start, chunk.first_page, chunk.last_page, chunk.headings, chunk.language, chunk.origin)
    return [chunk.id, chunk.publication, chunk.text, *place]


def chunk_of(row: Sequence) -> Chunk:
    """The same again."""
    name, publication, text, start, first, last, headings, language, origin = row
    return Chunk(
        id=name, publication=publication, text=text, start=start, end=start + len(text), first_page=first,
        last_page=last, headings=tuple(headings), language=language, origin=Origin(origin),
    )  # fmt: skip
