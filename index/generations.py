"""Where the generations of an index lie, how one is written, and how what is no longer needed goes.

- `index/manifest.json`: names the generation in force; replaced last.
- `index/store`: id of this store, part of its collections' names on a server.
- `index/generations/<name>/`: one of them: `chroma/` (embedded), `keywords/`, `passages.json`, `vectors.npy`.
- `index/journal-<embedder>.bin`: vectors of a build that has not finished.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from corpus import disk
from corpus.anticipated import Anticipated
from corpus.errors import IcatError
from corpus.types import Chunk, PublicationId
from index import anticipated, snapshot
from index import manifest as manifests
from index.errors import IndexUnavailable
from index.keywords import Keywords
from index.snapshot import PublicationFacts, Snapshot, indexed_text
from index.types import IndexManifest, IndexSettings
from index.vectors import VectorStore, drop_others

_log = logging.getLogger(__name__)


class BuildRunning(IcatError):
    """Another process is building this index."""


def folder(home: Path, generation: str) -> Path:
    return manifests.folder(home) / "generations" / generation


def stored(home: Path, generation: str, url: str) -> Snapshot:
    """All that the store holds of a generation. GenerationGone as for `open_store`."""
    store = open_store(home, generation, url)
    found = store.read()
    store.close()
    return found


def open_store(home: Path, generation: str, url: str) -> VectorStore:
    """A generation's vectors. GenerationGone when a newer build has removed them."""
    return VectorStore.open(folder(home, generation) / snapshot.CHROMA, url, _collection(home, generation))


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold the build lock of a home, which is made if need be. BuildRunning when another process holds it.

    IndexUnavailable where the disk refuses what is done under it: what is in force stays so.
    The system frees the lock when the process dies, however it dies.
    """
    from filelock import FileLock, Timeout

    root = manifests.folder(home)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / "build.lock", timeout=0):
            yield
    except Timeout:
        raise BuildRunning(f"another process is building the index in {root}; wait until it ends") from None
    except OSError as error:
        where = error.filename or root
        raise IndexUnavailable(f"{where}: {error.strerror}; free some space or set ICAT_HOME") from error


def write(
    home: Path,
    generation: str,
    url: str,
    rows: Sequence[Chunk],
    facts: Mapping[PublicationId, PublicationFacts],
    vectors: np.ndarray,
    asked: Sequence[Anticipated] = (),
    asked_vectors: np.ndarray | None = None,
) -> None:
    """Write chunks in order of id into Chroma and, from what Chroma gives back, what readers open; `asked`: questions.

    Durable on return. Nobody reads it before a manifest names it.
    """
    place = folder(home, generation)
    place.mkdir(parents=True)
    store = VectorStore.create(place / snapshot.CHROMA, url, _collection(home, generation))
    store.add(rows, facts, vectors)
    stored = store.read()
    store.close()
    if stored.chunks != tuple(rows) or stored.facts != facts:
        found = len(stored.chunks)
        raise IndexUnavailable(f"Chroma gave back {found} of {len(rows)} chunks; {manifests.MEND}")
    kept = None if url else stored.vectors.reshape(vectors.shape)
    snapshot.write(place, stored.chunks, stored.facts, kept)
    texts = [indexed_text(chunk, stored.facts[chunk.publication]) for chunk in stored.chunks]
    Keywords.build(texts, [chunk.language for chunk in stored.chunks]).save(place / snapshot.KEYWORDS)
    if asked and asked_vectors is not None:
        anticipated.write(place, asked, asked_vectors)
    _sync(place)


def digests(home: Path, generation: str) -> dict[str, str]:
    """sha256 of a generation's files by their path in it, without Chroma's, which change when they are only opened."""
    place = folder(home, generation)
    found = {path.relative_to(place).as_posix(): path for path in sorted(place.rglob("*")) if path.is_file()}
    return {name: disk.file_sha256(path) for name, path in found.items() if not name.startswith(f"{snapshot.CHROMA}/")}


def damaged(home: Path, manifest: IndexManifest) -> frozenset[str]:
    """The files of the generation in force that are not what was written, by their path in it; those that are gone."""
    found = digests(home, manifest.generation)
    return frozenset(name for name, digest in manifest.files.items() if found.get(name) != digest)


def unlike(home: Path, manifest: IndexManifest, settings: IndexSettings) -> str:
    """How the store of record differs from what was indexed, in words; '' where it does not. IndexUnavailable: away."""
    url = settings.chroma if manifest.chroma else ""
    there = stored(home, manifest.generation, url)
    if manifests.corpus_digest(there.chunks) != manifest.corpus_digest:
        return f"it holds {len(there.chunks)} of {manifest.chunks} passages as they were indexed"
    if not url and not np.array_equal(there.vectors, snapshot.read(folder(home, manifest.generation)).vectors):
        return "its vectors are not those that are searched"
    return ""


def clean(home: Path, current: IndexManifest, url: str) -> None:
    """Remove what older and killed builds left; what is in use, or on a server that is away, next time."""
    root = manifests.folder(home)
    for place in (root / "generations").iterdir():
        if place.name != current.generation:
            shutil.rmtree(place, ignore_errors=True)
    for journal in root.glob("journal-*.bin"):
        journal.unlink(missing_ok=True)
    if url:
        try:
            drop_others(url, _prefix(home), _collection(home, current.generation))
        except IndexUnavailable as error:
            _log.warning("old collections stay for now: %s", error)


def _collection(home: Path, generation: str) -> str:
    """Its name on a server, which several homes may share."""
    return f"{_prefix(home)}{generation}"


def _prefix(home: Path) -> str:
    """The beginning of this store's collection names; its id is made once, under the build lock."""
    file = manifests.folder(home) / "store"
    if not file.exists():
        draft = file.with_suffix(".new")
        draft.write_text(secrets.token_hex(6), encoding="utf-8")
        os.replace(draft, file)
    return f"icat-{file.read_text(encoding='utf-8').strip()}-"


def _sync(place: Path) -> None:
    """Make every file below a folder durable."""
    for parent, _, names in os.walk(place):
        for name in names:
            with open(os.path.join(parent, name), "rb+") as stream:
                os.fsync(stream.fileno())
        disk.settle(Path(parent))
