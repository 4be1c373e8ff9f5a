"""Several scores of the same chunks made one: standardised and mixed; reciprocal rank is the baseline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from corpus.types import ChunkId

DENSE, KEYWORD = 0.8, 0.2
RRF_K = 60  # Cormack et al. 2009, where ranks count from 1


def fuse(dense: np.ndarray, keyword: np.ndarray) -> np.ndarray:
    """DENSE * z(dense) + KEYWORD * z(keyword), z over all chunks of the corpus (Bruch et al. 2023).

    Two score arrays over the same n chunks in, (n,) float32 out; n may be 0.
    """
    return (DENSE * standardised(dense) + KEYWORD * standardised(keyword)).astype(np.float32)


def standardised(scores: np.ndarray) -> np.ndarray:
    """(s - mean) / standard deviation, float64; zeros where all scores are equal, or there are none."""
    wide = scores.astype(np.float64)
    if not len(wide) or not (deviation := wide.std()) > 1e-9:
        return np.zeros_like(wide)
    return (wide - wide.mean()) / deviation


def reciprocal_rank(rankings: Iterable[Sequence[ChunkId]]) -> list[tuple[ChunkId, float]]:
    """Reciprocal rank fusion: score(c) = sum of 1 / (RRF_K + rank of c).

    Best first; equal scores go by id, so a rebuild cannot reorder them.
    """
    scores: defaultdict[ChunkId, float] = defaultdict(float)
    for ranking in rankings:
        for rank, chunk_id in enumerate(ranking, start=1):
            scores[chunk_id] += 1 / (RRF_K + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
