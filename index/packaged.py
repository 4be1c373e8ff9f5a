"""Vectors that come with the program: of the starter texts and their questions, for the default encoders.

With them a fresh machine indexes in seconds what takes two cores a minute to encode. A text that is not among them,
and another encoder, are encoded as ever. `python -m assistant.commands.package` makes the file anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from corpus.arrays import read_arrays

FILE = Path(__file__).with_name("packaged.npz")
KEY = 16  # bytes of a text's key that are kept


def known(embedder: str, file: Path = FILE) -> Mapping[bytes, np.ndarray]:
    """Vectors (d,) float32 of length 1, by the first KEY bytes of `journal.key_of`; {} for another encoder."""
    if not file.exists():
        return {}
    stored = read_arrays(file)
    if stored["embedder"].item() != embedder:
        return {}
    vectors = stored["vectors"].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return {key.tobytes(): vector for key, vector in zip(stored["keys"], vectors, strict=True)}


def pack(embedder: str, vectors: Mapping[bytes, np.ndarray], file: Path = FILE) -> None:
    """Eight bits a number, relative to the largest of its vector: cosines keep three decimals."""
    keys = sorted(vectors)
    rows = np.stack([vectors[key] for key in keys])
    small = np.round(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)
    short = np.frombuffer(b"".join(key[:KEY] for key in keys), dtype=np.uint8).reshape(len(keys), KEY)
    with file.open("wb") as stream:
        np.savez_compressed(stream, embedder=np.array(embedder), keys=short, vectors=small)
