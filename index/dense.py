"""Cosine of a query with the chunks of a corpus: all of them, or those that Chroma finds nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from corpus.types import Chunk, ChunkId
from index.snapshot import Background
from index.types import Filters
from index.vectors import VectorStore


@dataclass(frozen=True, eq=False)
class Dense:
    """Cosines of a query with the chunks that a search may rank."""

    scores: np.ndarray  # (m,) float32, in the order of the rows asked for
    known: np.ndarray  # (m,) bool: measured. The rest only stands for the background, and must not be ranked
    mean: float  # of the cosines over the corpus
    deviation: float  # standard deviation of the same


class Scorer(Protocol):
    def score(self, vector: np.ndarray, rows: np.ndarray, count: int, also: Sequence[int], filters: Filters) -> Dense:
        """Cosines of a unit vector with chunks `rows`, ascending, which are those that pass the filters.

        Surely measured are the `count` nearest and those in `also`.
        """


class ExactScorer:
    """All cosines, by one product."""

    def __init__(self, vectors: np.ndarray) -> None:
        self._vectors = np.asarray(vectors)  # (n, d) float32, rows of length 1; still mapped from its file

    def score(self, vector: np.ndarray, rows: np.ndarray, count: int, also: Sequence[int], filters: Filters) -> Dense:
        # Not `@`: BLAS threads wait for each other on busy cores (12 ms for 1,500 rows against 0.1), and give equal
        # vectors unequal last bits.
        scores = np.vecdot(self._vectors, vector)[rows]
        return Dense(scores, np.ones(len(rows), dtype=bool), float(scores.mean()), float(scores.std()))


class StoreScorer:
    """The nearest chunks as Chroma finds them, and exact cosines of the keyword candidates.

    The background is that of the whole corpus, known exactly from two moments; with filters on, it stands for
    the background of the part that was asked for.
    """

    def __init__(self, store: VectorStore, background: Background, chunks: Sequence[Chunk]) -> None:
        self._store, self._background = store, background
        self._ids: list[ChunkId] = [chunk.id for chunk in chunks]

    def score(self, vector: np.ndarray, rows: np.ndarray, count: int, also: Sequence[int], filters: Filters) -> Dense:
        among = [self._ids[row] for row in rows] if filters.section else None
        found = self._store.nearest(vector, min(count, len(rows)), filters, among)
        wanted = [self._ids[row] for row in also if self._ids[row] not in found]
        found |= self._store.cosines(vector, wanted)
        cosines = np.array([found.get(self._ids[row], np.nan) for row in rows], dtype=np.float32)
        mean, deviation = self._background.of_query(vector)
        known = ~np.isnan(cosines)
        return Dense(fill(cosines, known, mean, deviation), known, mean, deviation)


def fill(scores: np.ndarray, known: np.ndarray, mean: float, deviation: float) -> np.ndarray:
    """Scores whose unknown entries are set so that all together have this mean and standard deviation.

    The unknown ones get, in turn, one value above and one below what is left of the mean. Standardising over
    the corpus then gives the known ones what it would give if all were known. Where no such values exist (the
    known ones spread more than all), the deviation is the least possible.
    """
    count = len(scores)
    unknown = np.flatnonzero(~known)
    if not len(unknown):
        return scores
    rest = (count * mean - float(scores[known].sum())) / len(unknown)
    squares = count * (deviation**2 + mean**2) - float((scores[known].astype(np.float64) ** 2).sum())
    spread = max(squares / len(unknown) - rest**2, 0.0) ** 0.5
    filled = scores.copy()
    filled[unknown] = rest + spread * np.where(np.arange(len(unknown)) % 2, -1.0, 1.0)
    return filled
