"""The store of passages and vectors. The only door to Chroma, embedded or a server.

One generation of the index is one collection: on a server `icat-<store>-<generation>`, embedded a folder of
its own (Chroma leaves the files of a deleted collection behind; a folder can be removed whole).
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import Request as HttpRequest
from urllib.request import urlopen

import numpy as np

from corpus.types import Chunk, ChunkId, Metadata, Origin, PublicationId
from index.errors import IndexUnavailable, StaleIndex
from index.manifest import DISTANCE, MEND, store_label
from index.snapshot import PublicationFacts, Snapshot, facts_of

_EMBEDDED_NAME = "icat"
# Searches are exact, over all vectors (`search`): the graph that Chroma makes of them serves only who asks Chroma
# itself, and with its defaults (100 and 16) is two fifths of storing.
_GRAPH = {"ef_construction": 16, "max_neighbors": 8}
_HELLO, _ANSWER = 10, 120  # seconds to wait for a server; Chroma's own client waits for ever


class GenerationGone(IndexUnavailable):
    """The collection was deleted by a newer build: read the manifest again."""


class VectorStore:
    """One collection. Cosines are of unit vectors, so that Chroma's cosine distance is 1 - cosine."""

    def __init__(self, client: Any, collection: Any, label: str) -> None:
        self._client, self._collection, self._label = client, collection, label

    @classmethod
    def create(cls, folder: Path, url: str, name: str) -> VectorStore:
        """A new, empty collection: in `folder`, or on the server at `url` under `name`."""
        with _speaking(url):
            client = _client(folder, url)
            configuration = {"hnsw": {"space": DISTANCE, **_GRAPH}}
            collection = client.create_collection(
                name if url else _EMBEDDED_NAME, configuration=configuration, embedding_function=None
            )
            return cls(client, collection, url)

    @classmethod
    def open(cls, folder: Path, url: str, name: str) -> VectorStore:
        """The collection that `create` made. GenerationGone when it is no more."""
        if not url and not folder.is_dir():
            raise GenerationGone(f"no vectors in {folder}; {MEND}")
        with _speaking(url):
            client = _client(folder, url)
            collection = client.get_collection(name if url else _EMBEDDED_NAME, embedding_function=None)
            return cls(client, collection, url)

    def __len__(self) -> int:
        """Chunks stored."""
        with _speaking(self._label):
            return self._collection.count()

    def close(self) -> None:
        self._client.close()

    def add(
        self, chunks: Sequence[Chunk], facts: Mapping[PublicationId, PublicationFacts], vectors: np.ndarray
    ) -> None:
        """Store chunks, with what rebuilds and filters them, and their vectors (n, d) float32 of length 1."""
        with _speaking(self._label):
            size = self._client.get_max_batch_size()
            for start in range(0, len(chunks), size):
                part = chunks[start : start + size]
                self._collection.add(
                    ids=[chunk.id for chunk in part],
                    documents=[chunk.text for chunk in part],
                    metadatas=[_metadata(chunk, facts[chunk.publication]) for chunk in part],
                    embeddings=vectors[start : start + size],
                )

    def read(self) -> Snapshot:
        """Everything; vectors (0, 0) of an empty collection. StaleIndex when a chunk's digest is not the stored one."""
        chunks: list[Chunk] = []
        facts: dict[PublicationId, PublicationFacts] = {}
        vectors: list[np.ndarray] = []
        with _speaking(self._label):
            size = self._client.get_max_batch_size()
            for start in range(0, len(self), size):
                got = self._collection.get(limit=size, offset=start, include=["documents", "metadatas", "embeddings"])
                for name, text, metadata in zip(got["ids"], got["documents"], got["metadatas"], strict=True):
                    chunks.append(_chunk(name, text, metadata))
                    facts[metadata["publication"]] = facts_of(metadata)
                vectors.append(np.asarray(got["embeddings"], dtype=np.float32))
        if not chunks:
            return Snapshot((), {}, np.zeros((0, 0), dtype=np.float32))
        order = sorted(range(len(chunks)), key=lambda row: chunks[row].id)
        return Snapshot(tuple(chunks[row] for row in order), facts, np.vstack(vectors)[order])


def require_server(url: str) -> None:
    """IndexUnavailable when the Chroma server at `url` does not answer."""
    with _speaking(url):
        _client(Path(), url).close()


def drop_others(url: str, prefix: str, keep: str) -> None:
    """Delete a server's collections that begin with `prefix`, save `keep`."""
    with _speaking(url):
        client = _client(Path(), url)
        for collection in client.list_collections():
            if collection.name.startswith(prefix) and collection.name != keep:
                client.delete_collection(collection.name)
        client.close()


def _client(folder: Path, url: str) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(path=str(folder), settings=settings)
    parts = urlsplit(url)
    headers = {}
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    address = store_label(url)
    try:
        # Chroma's client asks who we are before its time-out can be set: a hung server would hang us.
        with urlopen(HttpRequest(f"{address}/api/v2/heartbeat", headers=headers), timeout=_HELLO):
            pass
        # A full URL as host keeps its port and its path (a server behind a proxy).
        client = chromadb.HttpClient(host=address, ssl=parts.scheme == "https", headers=headers, settings=settings)
    except (OSError, ValueError) as error:  # ValueError: what Chroma makes of an answer that is not its own
        raise _away(url) from error
    client._server._session.timeout = _ANSWER
    return client


def _away(url: str) -> IndexUnavailable:
    advice = "start it, or unset ICAT_CHROMA and run `icat index`"
    return IndexUnavailable(f"Chroma server {store_label(url)} cannot be reached; {advice}")


@contextmanager
def _speaking(url: str) -> Iterator[None]:
    """Turns what Chroma and its HTTP client raise into one line of ours; bugs of ours pass."""
    try:
        yield
    except Exception as error:
        name, library = type(error).__name__, type(error).__module__.partition(".")[0]
        where = f"Chroma server {store_label(url)}" if url else "Chroma"
        if name == "NotFoundError":
            raise GenerationGone(f"{where} no longer has the index's collection; {MEND}") from error
        if library in ("httpx", "httpcore"):
            raise _away(url) from error
        if library == "chromadb":
            raise IndexUnavailable(f"{where} failed: {(str(error) or name).splitlines()[0]}; {MEND}") from error
        raise


def _metadata(chunk: Chunk, facts: PublicationFacts) -> Metadata:
    """Chroma takes no None and no empty list: such a key is left out."""
    optional = {"year": facts.year, "activities": [str(activity) for activity in facts.activities]}
    return {
        "publication": chunk.publication,
        "title": facts.title,
        "kind": str(facts.kind),
        "language": chunk.language,
        "origin": str(chunk.origin),
        "section": json.dumps(chunk.headings, ensure_ascii=False),
        "start": chunk.start,
        "first_page": chunk.first_page,
        "last_page": chunk.last_page,
        "digest": chunk.digest,
        **{key: value for key, value in optional.items() if value},
    }


def _chunk(name: ChunkId, text: str, metadata: Mapping) -> Chunk:
    chunk = Chunk(
        id=name, publication=metadata["publication"], text=text, start=metadata["start"],
        end=metadata["start"] + len(text), first_page=metadata["first_page"], last_page=metadata["last_page"],
        headings=tuple(json.loads(metadata["section"])), language=metadata["language"],
        origin=Origin(metadata["origin"]),
    )  # fmt: skip
    if chunk.digest != metadata["digest"]:
        raise StaleIndex(f"the store's chunk {name!r} is not what was stored; {MEND}")
    return chunk
