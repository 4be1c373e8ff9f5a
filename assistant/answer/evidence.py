"""Hits become evidence: labelled passages with their publication and printed pages, each said only once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.types import Evidence, Passage
from corpus.errors import UnknownPublication
from corpus.types import Chunk, Document, Origin, PublicationId
from index.types import Hit
from index.words import words

SHINGLE = 4  # words; shorter ones match on set phrases of the field
SAME = 0.8  # share of the shorter passage's shingles that also stand in the other: said twice


class Documents(Protocol):
    """The documents on this machine."""

    def document(self, publication: PublicationId) -> Document:
        """The document that chunk offsets point into. UnknownPublication when it is not there."""

    def document_sha256(self, publication: PublicationId) -> str:
        """sha256 of that document's text, hexadecimal."""


def gather(hits: Sequence[Hit], documents: Documents, limit: int) -> Evidence:
    """The passages worth reading, best first, at most `limit`.

    A passage goes when a better one says the same, or when it is of a digest whose original is among the hits. So
    does one whose publication was removed: the index follows a few seconds later.
    """
    kept: list[Hit] = []
    shingles: list[frozenset[tuple[str, ...]]] = []
    present = {name for name in {hit.chunk.publication for hit in hits} if _here(name, documents)}
    for hit in hits:
        if hit.chunk.publication not in present:
            continue
        if _original(hit, documents) in present:
            continue
        said = shingles_of(hit.chunk.text)
        if any(overlap(said, other) >= SAME for other in shingles):
            continue
        kept.append(hit)
        shingles.append(said)
        if len(kept) == limit:
            break
    return Evidence(tuple(passage_of_chunk(hit.chunk, hit.score, documents) for hit in kept))


def passage_of_chunk(chunk: Chunk, score: float, documents: Documents) -> Passage:
    """A chunk with its publication, the printed labels of its first and last page, its document's digest."""
    document = documents.document(chunk.publication)
    labels = {page.number: page.label for page in document.pages}
    return Passage(
        chunk=chunk,
        publication=document.publication,
        first_label=labels.get(chunk.first_page),
        last_label=labels.get(chunk.last_page),
        score=score,
        document_sha256=documents.document_sha256(chunk.publication),
        recognised=document.recognised(chunk.start, chunk.end),
    )


def shingles_of(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of SHINGLE words of a text, case folded; a shorter text is one run."""
    found = words(text)
    return frozenset(tuple(found[i : i + SHINGLE]) for i in range(max(1, len(found) - SHINGLE + 1)))


def overlap(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """|one & other| / size of the smaller."""
    return len(one & other) / min(len(one), len(other))


def _here(publication: PublicationId, documents: Documents) -> bool:
    try:
        documents.document_sha256(publication)
    except UnknownPublication:
        return False
    return True


def _original(hit: Hit, documents: Documents) -> PublicationId | None:
    """The publication of which a passage of a digest tells."""
    if hit.chunk.origin is not Origin.STARTER:
        return None
    return documents.document(hit.chunk.publication).publication.digest_of or None
