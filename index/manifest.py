"""The manifest: what an index was built from, read first and written last.

`manifest.json` names the generation that readers open. It is replaced in one step, so a reader sees the old
index or the new one, never parts of both.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from corpus import disk
from corpus.types import Chunk
from index.errors import IndexUnavailable, StaleIndex
from index.types import Embedder, IndexManifest, IndexSettings

FORMAT = 1  # raised whenever what is stored, indexed or tokenised changes
DISTANCE = "cosine"
MEND = "run `icat index`"


def folder(home: Path) -> Path:
    """Where a home keeps its index."""
    return home / "index"


def path(home: Path) -> Path:
    return folder(home) / "manifest.json"


def read(home: Path) -> IndexManifest:
    """The manifest in force. IndexUnavailable when there is none, StaleIndex when it cannot be understood."""
    file = path(home)
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise IndexUnavailable(f"no index in {folder(home)}; {MEND}") from None
    try:
        values = json.loads(text)
        found = values.get("format")
        if found != FORMAT:
            raise StaleIndex(f"index has format {found}, this version reads {FORMAT}; {MEND}")
        return IndexManifest.model_validate(values)
    except (ValueError, AttributeError, ValidationError):
        raise StaleIndex(f"{file} is not a manifest of ours; {MEND}") from None


def write(home: Path, manifest: IndexManifest) -> None:
    """Put the manifest in force, in one step: a process killed here leaves the old one."""
    file = path(home)
    draft = file.with_suffix(".json.new")
    disk.write(draft, (manifest.model_dump_json(indent=2) + "\n").encode())
    os.replace(draft, file)
    disk.settle(file.parent)


def check(manifest: IndexManifest, settings: IndexSettings, embedder: Embedder) -> None:
    """StaleIndex unless the index was built with these settings and this embedder; says found and wanted."""
    wanted = {
        "embedder": embedder.name,
        "dimensions": embedder.dimensions,
        "distance": DISTANCE,
        "chunk_tokens": settings.chunk_tokens,
        "chroma": store_label(settings.chroma),
    }
    for name, value in wanted.items():
        found = getattr(manifest, name)
        if found != value:
            raise StaleIndex(f"index was built with {name} {found!r}, settings ask for {value!r}; {MEND}")


def corpus_digest(chunks: Iterable[Chunk]) -> str:
    """sha256 over the digests of all chunks, in order of chunk id."""
    total = sha256()
    for chunk in sorted(chunks, key=lambda chunk: chunk.id):
        total.update(chunk.digest.encode())
    return total.hexdigest()


def store_label(url: str) -> str:
    """The server's URL as the manifest records it: without name and password, without a slash at the end."""
    if "@" in url:
        scheme, _, rest = url.partition("://")
        url = f"{scheme}://{rest.rpartition('@')[2]}"
    return url.rstrip("/")
