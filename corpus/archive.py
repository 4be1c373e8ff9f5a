"""A document's text, pages, blocks and source map as one .npz: plain arrays, nothing that runs code.

text    uint8, UTF-8                  raw     int32 (characters,)
pages   uint8, UTF-8 JSON: [[number, label, start, end, width, height], ...], with `true` after it if recognised
blocks  int32 (n, 4): kind (place in KINDS), start, end, level
"""

from __future__ import annotations

import json
import os
import zipfile
from hashlib import sha256
from pathlib import Path

import numpy as np

from corpus.arrays import read_arrays
from corpus.types import Block, BlockKind, Document, Page, Publication

KINDS = tuple(BlockKind)  # part of the format: new kinds go to the end
NAME_DIGITS = 16  # of the file's digest: enough to tell two texts of one publication apart


class Damaged(ValueError):
    """The file is not what `write` wrote."""


def write(document: Document, folder: Path) -> Path:
    """Writes `folder`/<digest>.npz and flushes it to disk; the name depends on the content alone."""
    path = folder / "document.npz"
    pages = [[p.number, p.label, p.start, p.end, p.width, p.height, *[True] * p.recognised] for p in document.pages]
    blocks = [[KINDS.index(b.kind), b.start, b.end, b.level] for b in document.blocks]
    with path.open("wb") as file:
        np.savez(
            file,
            text=np.frombuffer(document.text.encode(), np.uint8),
            pages=np.frombuffer(json.dumps(pages).encode(), np.uint8),
            blocks=np.array(blocks, np.int32).reshape(-1, 4),
            raw=document.raw.astype(np.int32, copy=False),
        )
        file.flush()
        os.fsync(file.fileno())
    named = folder / f"{sha256(path.read_bytes()).hexdigest()[:NAME_DIGITS]}.npz"
    os.replace(path, named)
    return named


def read(path: Path, publication: Publication) -> Document:
    """What `write` was given. FileNotFoundError when it is not there, Damaged when it is not whole."""
    try:
        arrays = read_arrays(path)
        text = arrays["text"].tobytes().decode()
        pages = json.loads(arrays["pages"].tobytes())
        blocks = arrays["blocks"].tolist()
        raw = arrays["raw"]
        return Document(
            publication,
            text,
            tuple(Page(*page) for page in pages),
            tuple(Block(KINDS[kind], start, end, level) for kind, start, end, level in blocks),
            raw,
        )
    except FileNotFoundError:
        raise
    except (OSError, EOFError, ValueError, KeyError, IndexError, TypeError, zipfile.BadZipFile) as error:
        raise Damaged(f"{path}: {error}") from error
