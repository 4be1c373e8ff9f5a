"""What comes with the program of the starter texts: their chunks, and vectors of these and of their questions.

With them a fresh machine indexes in seconds what takes two cores minutes to read, cut and encode. A text that is not
among them, and another encoder, are encoded as ever. `python -m assistant.commands.package` makes the file anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import numpy as np

from corpus.arrays import read_arrays
from corpus.types import Chunk, PublicationId
from index import snapshot

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


def cut(embedder: str, tokens: int, file: Path = FILE) -> tuple[Mapping[PublicationId, str], Sequence[Chunk]]:
    """Fingerprints of the texts, and their chunks of so many tokens; none for another encoder or size."""
    if not file.exists():
        return {}, ()
    stored = read_arrays(file)
    if (stored["embedder"].item(), stored["tokens"].item()) != (embedder, tokens):
        return {}, ()
    texts = json.loads(stored["texts"].tobytes())
    return texts["documents"], tuple(map(snapshot.chunk_of, texts["chunks"]))


def pack(
    embedder: str,
    vectors: Mapping[bytes, np.ndarray],
    tokens: int = 0,
    documents: Mapping[PublicationId, str] = MappingProxyType({}),
    chunks: Sequence[Chunk] = (),
    file: Path = FILE,
) -> None:
    """Eight bits a number, relative to the largest of its vector: cosines keep three decimals."""
    keys = sorted(vectors)
    rows = np.stack([vectors[key] for key in keys])
    small = np.round(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)
    short = np.frombuffer(b"".join(key[:KEY] for key in keys), dtype=np.uint8).reshape(len(keys), KEY)
    texts = json.dumps({"documents": dict(documents), "chunks": list(map(snapshot.row_of, chunks))}, ensure_ascii=False)
    arrays = {"keys": short, "vectors": small, "texts": np.frombuffer(texts.encode(), dtype=np.uint8)}
    with file.open("wb") as stream:
        np.savez_compressed(stream, embedder=np.array(embedder), tokens=np.array(tokens), **arrays)
