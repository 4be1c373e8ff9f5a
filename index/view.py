"""One generation of the index, opened for reading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from index import anticipated, generations, snapshot
from index import manifest as manifests
from index.anticipated import AnticipatedField
from index.errors import StaleIndex
from index.fusion import Subjects
from index.keywords import Keywords
from index.snapshot import Snapshot
from index.types import Embedder, IndexManifest, IndexSettings
from index.vectors import GenerationGone
from index.words import Vocabulary

_ATTEMPTS = 3  # a build may remove a generation between our reading of the manifest and of its files


@dataclass(frozen=True, eq=False)
class IndexView:
    """What all searches of one generation share. Never changes."""

    manifest: IndexManifest
    stamp: bytes  # the manifest as it stood on disk
    snapshot: Snapshot
    keywords: Keywords
    field: AnticipatedField | None  # questions that sections answer; None for an index without
    vectors: np.ndarray  # (n, d) float32, rows of length 1: mapped from their file, or read from a server

    @cached_property
    def subjects(self) -> Subjects:
        """What each publication is about."""
        return Subjects.of(self.vectors, self.snapshot.publications)

    @cached_property
    def lexicon(self) -> Vocabulary:
        """The words that the chunks and their headings write."""
        return Vocabulary(" ".join([*chunk.headings, chunk.text]) for chunk in self.snapshot.chunks)


def stamp(home: Path) -> bytes:
    """The manifest as it stands on disk; empty when there is none."""
    try:
        return manifests.path(home).read_bytes()
    except FileNotFoundError:
        return b""


def load(home: Path, settings: IndexSettings, embedder: Embedder) -> IndexView:
    """Open the generation that the manifest names; again when a build has just replaced it.

    IndexUnavailable when nothing was built or the server is away; StaleIndex when it was built otherwise, or
    is damaged.
    """
    for _ in range(_ATTEMPTS):
        found = stamp(home)
        manifest = manifests.read(home)
        manifests.check(manifest, settings, embedder)
        try:
            return _open(home, settings, manifest, found)
        except (OSError, GenerationGone) as error:
            missing = error
            if stamp(home) == found:
                break
    raise StaleIndex(f"files of the index are missing ({missing}); {manifests.MEND}") from missing


def _open(home: Path, settings: IndexSettings, manifest: IndexManifest, found: bytes) -> IndexView:
    place = generations.folder(home, manifest.generation)
    stored = snapshot.read(place)
    keywords = Keywords.open(place / snapshot.KEYWORDS)
    if not len(stored.chunks) == len(keywords) == manifest.chunks:
        raise StaleIndex(f"index has {len(stored.chunks)} of {manifest.chunks} chunks; {manifests.MEND}")
    vectors = stored.vectors
    if vectors is None:
        vectors = _from_server(home, settings, manifest, stored)
    return IndexView(manifest, found, stored, keywords, anticipated.read(place, stored.chunks), vectors)


def _from_server(home: Path, settings: IndexSettings, manifest: IndexManifest, stored: Snapshot) -> np.ndarray:
    """All vectors, once: 1.5 kB a passage and encoder, and a search is exact. StaleIndex where chunks differ."""
    there = generations.stored(home, manifest.generation, settings.chroma)
    if there.chunks != stored.chunks:
        raise StaleIndex(f"the server has {len(there.chunks)} chunks, not those of this index; {manifests.MEND}")
    return there.vectors.reshape(len(there.chunks), manifest.dimensions)
