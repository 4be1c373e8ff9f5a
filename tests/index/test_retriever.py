"""Ranking, filters, signals, neighbours and a new index under a running retriever: against both stores."""

import pytest
from fakes import HashedWords, SharedWords

from corpus.types import Activity, Kind, Origin
from index.build import build
from index.retriever import Retriever
from index.types import Filters, IndexSettings


@pytest.fixture()
def retriever(home, corpus, chroma):
    chunks, publications = corpus
    settings = IndexSettings(chroma=chroma, top_k=5, pool=50)
    embedder = HashedWords(256)
    build(chunks, publications, home, settings, embedder)
    return Retriever.open(home, settings, embedder, SharedWords())


def ids(hits):
    return [hit.chunk.id for hit in hits]


@pytest.mark.parametrize("stage", ["bm25", "dense", "fused", "reranked"])
def test_every_stage_finds_the_passage_that_has_the_words(retriever, stage):
    hits = retriever.search("Which recruitment agencies charge fees?", stage=stage)
    assert hits[0].chunk.id == "demand#2"
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
