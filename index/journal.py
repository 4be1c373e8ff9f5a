"""Vectors that a build has paid for, kept from the moment they are encoded until the index is in force.

A record is the key of a text, its vector and a checksum, all of one size: a build killed while writing leaves
a torn last record, which is cut off.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

_KEY, _SUM = 32, 4  # bytes: sha256, CRC-32


def key_of(text: str) -> bytes:
    """The key of a text's vector: equal texts share one."""
    return sha256(text.encode()).digest()


class Journal:
    """Append-only file of vectors of one embedder."""

    def __init__(self, folder: Path, embedder: str, dimensions: int) -> None:
        tag = sha256(f"{embedder}\x1f{dimensions}".encode()).hexdigest()[:16]
        self.path = folder / f"journal-{tag}.bin"
        self._size = _KEY + 4 * dimensions + _SUM

    def read(self) -> Mapping[bytes, np.ndarray]:
        """Key to vector (d,) float32. What does not add up, and all after it, is cut off the file."""
        if not self.path.exists():
            return {}
        stored = self.path.read_bytes()
        vectors: dict[bytes, np.ndarray] = {}
        good = 0
        while good + self._size <= len(stored):
            record = stored[good : good + self._size]
            if zlib.crc32(record[:-_SUM]) != int.from_bytes(record[-_SUM:], "little"):
                break
            vectors[record[:_KEY]] = np.frombuffer(record[_KEY:-_SUM], dtype="<f4")
            good += self._size
        if good < len(stored):
            with open(self.path, "r+b") as stream:
                stream.truncate(good)
        return vectors

    def append(self, keys: Sequence[bytes], vectors: np.ndarray) -> None:
        """Add vectors[i], of the text with keys[i]. On return they outlive this process."""
        records = bytearray()
        for key, vector in zip(keys, vectors, strict=True):
            body = key + np.asarray(vector, dtype="<f4").tobytes()
            records += body + zlib.crc32(body).to_bytes(_SUM, "little")
        with open(self.path, "ab") as stream:
            stream.write(records)
