"""Retrieval in types: hits with their signals, filters, settings, the manifest, and the two model protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from corpus.types import Activity, Chunk, Kind, Origin, PublicationId


@dataclass(frozen=True, slots=True)
class Signal:
    """What one ranking said of a chunk."""

    rank: int | None  # from 1; None: scored, but below the pool
    score: float  # as that ranking gives it: cosine, BM25, or a cross-encoder logit


@dataclass(frozen=True, slots=True)
class Hit:
    """One ranked chunk. Ranks of a list are 1..n; equal scores: originals before starter, then by chunk id."""

    chunk: Chunk
    rank: int
    score: float
    signals: Mapping[str, Signal] = field(default_factory=dict)  # dense, keyword, asked, section


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrict every ranking alike. An empty field restricts nothing; several values of one field: any of them."""

    publications: tuple[PublicationId, ...] = ()
    kinds: tuple[Kind, ...] = ()
    languages: tuple[str, ...] = ()  # of the chunk, ISO 639-1
    origins: tuple[Origin, ...] = ()
    activities: tuple[Activity, ...] = ()
    year_from: int | None = None  # inclusive
    year_to: int | None = None  # inclusive
    section: str = ""  # text within the heading path, case-insensitive

    def __bool__(self) -> bool:
        return self != Filters()


class Embedder(Protocol):
    """Text to unit vectors."""

    name: str  # model id and revision; the index manifest records it
    dimensions: int
    max_tokens: int  # of one passage, special tokens included

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        """n texts -> (n, dimensions) float32, each row of length 1, in the order given."""

    def embed_query(self, text: str) -> np.ndarray:
        """One text -> (dimensions,) float32, length 1. Not the same encoding as a passage."""

    def count_tokens(self, text: str) -> int:
        """Tokens of the text, without special tokens and without truncation."""


class Reranker(Protocol):
    """A cross-encoder: reads question and passage together."""

    name: str
    max_tokens: int  # of one pair, special tokens included
    languages: frozenset[str]  # ISO 639-1, that it reads; empty where it is not known to be limited

    def score(self, question: str, passages: Sequence[str]) -> np.ndarray:
        """(n,) float32, one logit per passage, higher is more relevant; a pair is cut at max_tokens."""


class IndexSettings(BaseModel):
    """Which models, where the vectors are, how chunks are made and how rankings are mixed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    embedder: str = Field(
        "multilingual-e5-small+bge-small-en-v1.5",
        description='a packaged name, or two joined by "+", else a sentence-transformers name or path',
    )
    reranker: str = Field("ms-marco-MiniLM-L-12-v2", description="the same for a cross-encoder; '' for none")
    chroma: str = Field("", description="URL of a Chroma server; '' for the embedded store")
    chunk_tokens: int = Field(
        100, ge=50, le=2000, description="aimed-at size of a chunk, in tokens; of the project's texts twice that"
    )
    pool: int = Field(50, gt=0, description="candidates per ranking, before fusion")
    top_k: int = Field(12, gt=0, description="passages an answer is made from")


class IndexManifest(BaseModel):
    """What an index was built from. Written last: an index without one is no index."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    embedder: str
    dimensions: int
    distance: str
    chunk_tokens: int
    corpus_digest: str  # sha256 over the digests of all chunks, in order of chunk id
    publications: int
    chunks: int
    built_at: str  # ISO 8601, UTC
    documents: dict[PublicationId, str] = Field({}, description="fingerprint of each document that was indexed")
    files: dict[str, str] = Field({}, description="sha256 by path in the generation's folder; Chroma keeps its own")
    generation: str  # names the folder, and on a server the collection, that readers open
    chroma: str = ""  # URL of the Chroma server that holds the vectors; '' for the embedded store
