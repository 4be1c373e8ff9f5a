"""One search over one view of the index: rank by each stage in turn, up to the stage that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.anticipated import WeighedTexts, weighed
from index.fusion import QUESTION, Places, fuse, query_vector, reordered
from index.types import Embedder, Filters, Hit, IndexSettings, Signal
from index.view import IndexView
from index.words import words

Stage = Literal["bm25", "dense", "fused"]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is searched for, and how far the search goes."""

    query: str
    question: str  # what of it counts by itself, too
    filters: Filters
    limit: int
    stage: Stage
    share: float = 0.0  # of the question by itself in every score; 0: in the vector alone, and little
    language: str = ""  # ISO 639-1 of the reader: of what is here in several, only that is searched; '': all
    theme: bool = False  # whether it is what a draft is about, and no question

    @property
    def sought(self) -> WeighedTexts:
        """What is scored. By itself a follow-up misses its subject; after it, what is new in it is outweighed."""
        whole = (self.query, 1.0 - self.share)
        return (whole, (self.question, self.share)) if self.share else (whole,)


@dataclass(frozen=True, eq=False)
class Retrieval:
    """What a search found, with what it takes to judge whether the corpus answers."""

    query: str
    hits: tuple[Hit, ...]
    considered: int  # chunks that the filters let through
    dense_mean: float  # of the cosines of the considered chunks with the query; 0 when dense was not asked
    dense_deviation: float  # standard deviation of the same
    view: IndexView  # the index that was searched; terms are judged by the same one


@dataclass(frozen=True, eq=False)
class _Ranking:
    """What one stage says of the chunks considered. A place is an index into them."""

    scores: np.ndarray  # (m,) float32; NaN where the stage has not scored
    order: np.ndarray  # places of the best ones, best first


def search(view: IndexView, request: SearchRequest, settings: IndexSettings, embedder: Embedder) -> Retrieval:
    """At most `limit` hits of the chunks that pass the filters, best first by the stage asked for."""
    rows = _considered(view, request)
    if not len(rows) or request.limit <= 0 or not words(request.query):
        return Retrieval(request.query, (), len(rows), 0.0, 0.0, view)
    filters, stage = request.filters, request.stage
    count = max(settings.pool, request.limit)
    language = filters.languages[0] if len(filters.languages) == 1 else ""
    scores = weighed(request.sought, lambda text: view.keywords.scores(text, language))[rows]
    rankings = {"keyword": _ranking(view, rows, scores, scores > 0, count)}
    if stage == "bm25":
        return _retrieval(view, rows, request, settings, rankings, rankings["keyword"], None)
    vector = _vector(request, embedder)
    # Not `@`: BLAS threads wait for each other on busy cores (12 ms for 1,500 rows against 0.1), and give equal
    # vectors unequal last bits.
    dense = np.vecdot(view.vectors, vector)[rows]
    all_ = np.ones(len(rows), dtype=bool)
    final = rankings["dense"] = _ranking(view, rows, dense, all_, count)
    if stage != "dense":
        stored = view.snapshot
        asked = None
        if view.field:
            asked = view.field.scores(request.sought, vector, request.theme)[rows]
        places = Places(stored.publications[rows], stored.sections[rows], stored.languages[rows])
        fused = fuse(dense, scores, places, asked.added if asked else None, view.subjects.shares(vector)[rows])
        fused = reordered(fused, asked.moved) if asked else fused
        final = rankings["fused"] = _ranking(view, rows, fused, all_, count)
        if asked is not None:
            rankings["asked"] = _ranking(view, rows, asked.cosine, ~np.isnan(asked.cosine), count)
            rankings["section"] = _ranking(view, rows, asked.section, ~np.isnan(asked.section), count)
    return _retrieval(view, rows, request, settings, rankings, final, dense)


def _vector(request: SearchRequest, embedder: Embedder) -> np.ndarray:
    """Of the query; of query and question mixed, where the question is only a part of it."""
    whole = embedder.embed_query(request.query)
    if request.question == request.query.strip():
        return whole
    return query_vector(whole, embedder.embed_query(request.question), request.share or QUESTION)


def _considered(view: IndexView, request: SearchRequest) -> np.ndarray:
    """The rows that pass the filters, ascending; translations only for their readers, unless the filters name them."""
    stored, filters = view.snapshot, request.filters
    chosen = stored.select(filters) if filters else np.ones(len(stored.chunks), dtype=bool)
    if request.language and not (filters.publications or filters.languages):
        chosen = chosen & stored.read_in(request.language)
    return np.flatnonzero(chosen)


def _ranking(view: IndexView, rows: np.ndarray, scores: np.ndarray, ranked: np.ndarray, count: int) -> _Ranking:
    """The best `count` of the ranked places; ties: originals before starter, then chunk id.

    Scores count to six decimals: rounding errors must not decide.
    """
    places = np.flatnonzero(ranked)
    rounded = np.round(scores[places], 6)
    if len(places) > count:
        least = np.partition(rounded, len(places) - count)[len(places) - count]
        places, rounded = places[rounded >= least], rounded[rounded >= least]
    starter = view.snapshot.starter[rows[places]]
    return _Ranking(scores, places[np.lexsort((places, starter, -rounded))][:count])


def _retrieval(
    view: IndexView,
    rows: np.ndarray,
    request: SearchRequest,
    settings: IndexSettings,
    rankings: Mapping[str, _Ranking],
    final: _Ranking,
    cosines: np.ndarray | None,
) -> Retrieval:
    """The first `limit` of the final ranking as hits, with what each ranking said of them."""
    ranks = {
        name: {place: rank for rank, place in enumerate(ranking.order[: settings.pool].tolist(), start=1)}
        for name, ranking in rankings.items()
    }
    hits = []
    for rank, place in enumerate(final.order[: request.limit].tolist(), start=1):
        signals = {
            name: Signal(ranks[name].get(place), float(ranking.scores[place]))
            for name, ranking in rankings.items()
            if not np.isnan(ranking.scores[place])
        }
        hits.append(Hit(view.snapshot.chunks[rows[place]], rank, float(final.scores[place]), signals))
    mean, deviation = (0.0, 0.0) if cosines is None else (float(cosines.mean()), float(cosines.std()))
    return Retrieval(request.query, tuple(hits), len(rows), mean, deviation, view)
