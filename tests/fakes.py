"""Hand-written stand-ins for the two models: deterministic, fast, ranking by shared words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

_WORD = re.compile(r"\w+")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


class HashedWords:
    """An embedder: each word is one of `dimensions` axes, a text the unit sum of its words' axes."""

    max_tokens = 512

    def __init__(self, dimensions: int = 64, name: str = "hashed-words") -> None:
        self.name = f"{name}-{dimensions}"
        self.dimensions = dimensions
        self.encoded: list[str] = []  # every passage ever asked for, in order

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded += texts
        return np.array([self._embed(text) for text in texts], dtype=np.float32).reshape(-1, self.dimensions)

    def embed_query(self, text: str) -> np.ndarray:
        return self._embed(text)

    def count_tokens(self, text: str) -> int:
        return len(_words(text))

    def _embed(self, text: str) -> np.ndarray:
        vector = np.zeros(self.dimensions, dtype=np.float32)
        for word in _words(text):
            vector[zlib.crc32(word.encode()) % self.dimensions] += 1.0
        length = float(np.linalg.norm(vector))
        if length == 0.0:
            vector[0] = length = 1.0
        return vector / length


class SharedWords:
    """A cross-encoder: the logit is the number of distinct question words in the passage, less two."""

    name = "shared-words"
    max_tokens = 512
    languages: frozenset[str] = frozenset()  # any

    def __init__(self) -> None:
        self.read: list[tuple[str, tuple[str, ...]]] = []  # every question, with its passages

    def score(self, question: str, passages: Sequence[str]) -> np.ndarray:
        self.read.append((question, tuple(passages)))
        asked = set(_words(question))
        return np.array([len(asked & set(_words(passage))) - 2 for passage in passages], dtype=np.float32)
