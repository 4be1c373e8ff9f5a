"""What is looked up for a question: the whole of it, the words that matter in it, and each of its parts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Protocol

from assistant.types import Query
from assistant.understand.question import READ_WORDS, looked_up, parts, says_little
from corpus.types import ChunkId
from index.rerank import question_of
from index.search import Retrieval, Stage
from index.types import Filters, Hit

WHOLE = 3  # passages found for the whole question that stand first
BY_WORDS = 1  # passages best by keywords alone, next: a rare word is worth a look whatever the subject
PART_PASSAGES = 2  # passages for each part of a question with several, after those


class Searcher(Protocol):
    """The index."""

    def retrieve(
        self,
        query: str,
        *,
        question: str | None = None,
        filters: Filters,
        limit: int,
        stage: Stage = "reranked",
    ) -> Retrieval:
        """The best passages, and what it takes to judge whether they answer. Only "reranked" reads them."""


@dataclass(frozen=True, eq=False)
class Lookup:
    """What was found, and in which order it is to be read."""

    found: Retrieval  # for the whole question
    by_part: tuple[Retrieval, ...]  # for each part alone; empty for a question of one part
    hits: tuple[Hit, ...]  # of all of these, ranks 1..n, each chunk once

    def without(self, chunks: Collection[ChunkId]) -> Lookup:
        """The same as if the index did not hold these chunks."""
        return Lookup(
            _without(self.found, chunks),
            tuple(_without(part, chunks) for part in self.by_part),
            ranked([hit for hit in self.hits if hit.chunk.id not in chunks]),
        )


def look_up(searcher: Searcher, query: Query, limit: int) -> Lookup:
    """At most `limit` passages for the whole question, and a few more."""
    text = looked_up(query.stand_alone)
    found = searcher.retrieve(text, question=query.question, filters=query.filters, limit=limit)
    by_words = searcher.retrieve(query.question, filters=query.filters, limit=BY_WORDS, stage="bm25")
    asked = parts(query.stand_alone)
    by_part = tuple(
        searcher.retrieve(part.plainly or part.reads, filters=query.filters, limit=PART_PASSAGES, stage="fused")
        for part in (asked if len(asked) > 1 else ())
    )
    return Lookup(found, by_part, merged(found.hits, by_words.hits, [part.hits for part in by_part]))


def question_read(stand_alone: str) -> str:
    """What a cross-encoder reads: the question without its story, or its parts in the Toolkit's words."""
    plain = dict.fromkeys(part.plainly for part in parts(stand_alone) if part.plainly)
    bare = question_of(stand_alone)
    text = " ".join(plain) or (stand_alone if says_little(bare) else bare)
    return " ".join(text.split()[-READ_WORDS:])


def merged(hits: Sequence[Hit], by_words: Sequence[Hit], by_part: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """The first WHOLE hits of the question, those by words, those of its parts in turn, then the rest."""
    in_turn = [hit for row in zip_longest(*by_part) for hit in row if hit is not None]
    known = {hit.chunk.id: hit for hit in [*by_words, *in_turn, *hits]}  # those of the question say most
    return ranked([known[hit.chunk.id] for hit in [*hits[:WHOLE], *by_words, *in_turn, *hits[WHOLE:]]])


def ranked(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Hits in the order given, each chunk once, with ranks from 1."""
    once = {hit.chunk.id: hit for hit in reversed(hits)}
    order = dict.fromkeys(hit.chunk.id for hit in hits)
    return tuple(replace(once[chunk], rank=rank) for rank, chunk in enumerate(order, start=1))


def _without(found: Retrieval, chunks: Collection[ChunkId]) -> Retrieval:
    return replace(found, hits=ranked([hit for hit in found.hits if hit.chunk.id not in chunks]))
