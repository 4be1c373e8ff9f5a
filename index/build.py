"""Build the index: encode what is new, store it as a new generation, then put that in force in one step.

Whenever the process is killed, readers find the old index or the new one; the vectors encoded so far are
kept, and the next build removes what was left lying.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np

from corpus.anticipated import Anticipated
from corpus.types import Chunk, Publication, PublicationId
from index import anticipated, generations, packaged, snapshot
from index import manifest as manifests
from index.errors import IndexUnavailable, StaleIndex
from index.journal import Journal, key_of
from index.keywords import Keywords
from index.snapshot import PublicationFacts, indexed_text
from index.types import Embedder, IndexManifest, IndexSettings
from index.vectors import require_server

_SLICE = 64  # passages between two entries in the journal: about half a second of work to lose
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is."""

    step: str  # "encoding", "storing", "cleaning", "done"
    done: int  # passages encoded so far, in this build
    total: int  # passages to encode in this build
    reused: int  # passages whose vectors are kept from before
    per_second: float  # passages encoded per second; 0 before the first
    seconds_left: float | None  # of encoding, by the characters still to encode; None before the first


def build(
    chunks: Iterable[Chunk],
    publications: Mapping[PublicationId, Publication],
    home: Path,
    settings: IndexSettings,
    embedder: Embedder,
    progress: Callable[[Progress], None] = lambda _: None,
    documents: Mapping[PublicationId, str] | None = None,
    questions: Sequence[Anticipated] = (),
    rebuild: bool = False,
) -> IndexManifest:
    """Bring the index to exactly these chunks and return its manifest; the one in force if nothing changed.

    `documents` are fingerprints of what the chunks were cut from, kept in the manifest for who wants to compare.
    `questions` are a field of their own; those of sections that no chunk is of are left out.
    Only texts that the index and the journal do not know are encoded; with `rebuild`, all. BuildRunning when another
    process is building, IndexUnavailable when the Chroma server cannot be reached.
    """
    rows = sorted(chunks, key=lambda chunk: chunk.id)
    _require_distinct(rows)
    facts = {name: PublicationFacts.of(publications[name]) for name in sorted({chunk.publication for chunk in rows})}
    asked = anticipated.answered(questions, rows)
    with generations.alone(home):
        if settings.chroma:
            require_server(settings.chroma)  # before minutes of encoding, not after
        current = None if rebuild else _current(home)
        if current is not None and _unchanged(home, current, rows, facts, asked, settings, embedder):
            generations.clean(home, current, settings.chroma)
            progress(Progress("done", 0, 0, len(rows), 0.0, None))
            return _with_documents(home, current, documents or {})
        texts = [indexed_text(chunk, facts[chunk.publication]) for chunk in rows] + [each.text for each in asked]
        journal = Journal(manifests.folder(home), embedder.name, embedder.dimensions)
        if rebuild:
            journal.path.unlink(missing_ok=True)
        known = _known(home, current, settings, embedder) | journal.read()
        vectors, meter = _encode(texts, known, journal, embedder, progress)
        meter.step("storing")
        wanted = _draft(rows, facts, settings, embedder)
        split = len(rows)
        generations.write(
            home, wanted.generation, settings.chroma, rows, facts, vectors[:split], asked, vectors[split:]
        )
        found = {"documents": dict(documents or {}), "files": generations.digests(home, wanted.generation)}
        wanted = wanted.model_copy(update=found)
        manifests.write(home, wanted)
        meter.step("cleaning")
        generations.clean(home, wanted, settings.chroma)
        meter.step("done")
        return wanted


def kept_chunks(
    home: Path, settings: IndexSettings, embedder: Embedder, documents: Mapping[PublicationId, str]
) -> Mapping[PublicationId, Sequence[Chunk]]:
    """Those of each document that has the fingerprint it was cut from: of the index in force where it is whole and of
    these settings, else of what comes with the program."""
    prints, rows = _cut(home, settings, embedder) or packaged.cut(embedder.name, settings.chunk_tokens)
    found: dict[PublicationId, list[Chunk]] = {}
    for chunk in rows:
        if documents.get(chunk.publication, "") == prints.get(chunk.publication):
            found.setdefault(chunk.publication, []).append(chunk)
    return found


def _cut(
    home: Path, settings: IndexSettings, embedder: Embedder
) -> tuple[Mapping[PublicationId, str], Sequence[Chunk]] | None:
    """What the index in force was built from, and its chunks."""
    current = _current(home)
    if current is None:
        return None
    try:
        manifests.check(current, settings, embedder)
        if not current.files or generations.damaged(home, current):
            return None
        return current.documents, snapshot.read(generations.folder(home, current.generation)).chunks
    except (StaleIndex, IndexUnavailable, OSError) as error:
        _log.info("the index in force cannot be read: %s", error)
        return None


def _with_documents(home: Path, current: IndexManifest, documents: Mapping[PublicationId, str]) -> IndexManifest:
    """The manifest in force, its fingerprints brought up to date: a text may change where no chunk was cut."""
    if current.documents == documents:
        return current
    current = current.model_copy(update={"documents": dict(documents)})
    manifests.write(home, current)
    return current


def _require_distinct(rows: Sequence[Chunk]) -> None:
    for before, after in pairwise(rows):
        if before.id == after.id:
            raise ValueError(f"chunk id {after.id!r} stands twice")


def _current(home: Path) -> IndexManifest | None:
    """The manifest in force; None when there is none that this version reads."""
    try:
        return manifests.read(home)
    except (IndexUnavailable, StaleIndex):
        return None


def _unchanged(
    home: Path,
    current: IndexManifest,
    rows: Sequence[Chunk],
    facts: Mapping[PublicationId, PublicationFacts],
    asked: Sequence[Anticipated],
    settings: IndexSettings,
    embedder: Embedder,
) -> bool:
    """Whether the index in force is whole, of these chunks, facts and questions, and fits the settings."""
    folder = generations.folder(home, current.generation)
    try:
        manifests.check(current, settings, embedder)
        if not current.files or (damaged := generations.damaged(home, current)):
            _log.info(
                "files of the index are not what was written: %s", sorted(damaged) if current.files else "unknown"
            )
            return False
        stored = snapshot.read(folder)
        Keywords.open(folder / snapshot.KEYWORDS)
        field = anticipated.read(folder, stored.chunks)
        if settings.chroma:
            store = generations.open_store(home, current.generation, settings.chroma)
            whole = len(store) == current.chunks
            store.close()
        else:
            whole = (folder / snapshot.CHROMA).is_dir()
    except (StaleIndex, IndexUnavailable, OSError) as error:
        _log.info("the index in force cannot be kept: %s", error)
        return False
    there = field.questions if field else ()
    return whole and stored.chunks == tuple(rows) and stored.facts == facts and there == tuple(asked)


def _known(
    home: Path, current: IndexManifest | None, settings: IndexSettings, embedder: Embedder
) -> dict[bytes, np.ndarray]:
    """This embedder's vectors in the index in force, by the key of their text; none when unreadable."""
    if current and (current.embedder, current.dimensions) == (embedder.name, embedder.dimensions):
        try:
            return in_force(home, current, settings)
        except (StaleIndex, IndexUnavailable, OSError) as error:
            _log.warning("vectors of the index in force cannot be read, encoding them again: %s", error)
    return {}


def in_force(home: Path, current: IndexManifest, settings: IndexSettings) -> dict[bytes, np.ndarray]:
    """The vectors of an index by the key of their text: of its snapshot, of Chroma where none there is whole."""
    kept = field = None
    folder = generations.folder(home, current.generation)
    damaged = {name.partition("/")[0] for name in generations.damaged(home, current)} - {snapshot.KEYWORDS}
    if not damaged:
        with suppress(StaleIndex, OSError):
            kept = snapshot.read(folder)
            field = anticipated.read(folder, kept.chunks)
    if kept is None or kept.vectors is None:
        kept = generations.stored(home, current.generation, settings.chroma if current.chroma else "")
    known = {
        key_of(indexed_text(chunk, kept.facts[chunk.publication])): kept.vectors[row]
        for row, chunk in enumerate(kept.chunks)
    }
    asked = enumerate(field.questions) if field else ()
    return known | {key_of(each.text): field.vectors[row] for row, each in asked} if field else known


class _Meter:
    """Counts what a build encodes and tells how far it is."""

    def __init__(self, lengths: Sequence[int], reused: int, tell: Callable[[Progress], None]) -> None:
        self._total, self._characters = len(lengths), sum(lengths)
        self._reused, self._tell = reused, tell
        self._done = self._read = 0
        self._started = time.monotonic()
        self._elapsed = 0.0

    def encoded(self, passages: int, characters: int) -> None:
        self._done, self._read = self._done + passages, self._read + characters
        self._elapsed = time.monotonic() - self._started
        self.step("encoding")

    def step(self, name: str) -> None:
        pace = self._read / self._elapsed if self._elapsed else 0.0
        left = (self._characters - self._read) / pace if pace else None
        rate = self._done / self._elapsed if self._elapsed else 0.0
        self._tell(Progress(name, self._done, self._total, self._reused, rate, left))


def _encode(
    texts: Sequence[str],
    known: Mapping[bytes, np.ndarray],
    journal: Journal,
    embedder: Embedder,
    progress: Callable[[Progress], None],
) -> tuple[np.ndarray, _Meter]:
    """(n, d) float32, the vector of each text: known, or encoded now and written to the journal at once."""
    keys = [key_of(text) for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing and (came := packaged.known(embedder.name)):
        known = {**known, **{key: came[key[: packaged.KEY]] for key in missing if key[: packaged.KEY] in came}}
        missing = {key: text for key, text in missing.items() if key not in known}
    # Longest first: equal lengths together waste least, and memory is at its peak at once, not at the end.
    queue = sorted(missing.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    meter = _Meter([len(text) for text in missing.values()], len(texts) - len(missing), progress)
    meter.step("encoding")
    found = dict(known)
    for start in range(0, len(queue), _SLICE):
        part = queue[start : start + _SLICE]
        vectors = embedder.embed_passages([text for _, text in part])
        journal.append([key for key, _ in part], vectors)
        found.update(zip((key for key, _ in part), vectors, strict=True))
        meter.encoded(len(part), sum(len(text) for _, text in part))
    shape = (len(keys), embedder.dimensions)
    return np.array([found[key] for key in keys], dtype=np.float32).reshape(shape), meter


def _draft(rows: Sequence[Chunk], facts: Mapping, settings: IndexSettings, embedder: Embedder) -> IndexManifest:
    now = datetime.now(UTC)
    return IndexManifest(
        format=manifests.FORMAT,
        embedder=embedder.name,
        dimensions=embedder.dimensions,
        distance=manifests.DISTANCE,
        chunk_tokens=settings.chunk_tokens,
        corpus_digest=manifests.corpus_digest(rows),
        publications=len(facts),
        chunks=len(rows),
        built_at=now.isoformat(timespec="seconds"),
        generation=f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}",
        chroma=manifests.store_label(settings.chroma),
    )
