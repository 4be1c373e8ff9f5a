"""Exact cosines, and what stands for the chunks that Chroma did not look at."""

import numpy as np
import pytest

from corpus.types import Kind
from index.dense import ExactScorer, StoreScorer, fill
from index.snapshot import Background, Facts
from index.types import Filters
from index.vectors import VectorStore


def unit_vectors(count, dimensions, seed=5):
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_exact_scorer_measures_all_it_is_asked_for():
    vectors = np.array([[1, 0], [0.6, 0.8], [0, 1]], dtype=np.float32)
    dense = ExactScorer(vectors).score(np.array([1, 0], dtype=np.float32), np.array([0, 1]), 1, [], Filters())
    # Cosines 1 and 0.6: mean 0.8, deviation 0.2.
    np.testing.assert_allclose(dense.scores, [1, 0.6], rtol=1e-6)
    assert dense.known.all()
    assert (dense.mean, dense.deviation) == pytest.approx((0.8, 0.2))


def test_two_moments_give_the_background_of_any_query():
    vectors, query = unit_vectors(500, 8), unit_vectors(1, 8, seed=6)[0]
    cosines = vectors @ query
    assert Background.of(vectors).of_query(query) == pytest.approx((cosines.mean(), cosines.std()), abs=1e-5)


def test_filled_scores_have_the_mean_and_deviation_of_all():
    true = np.array([0.9, 0.7, 0.3, 0.1, 0.2, 0.4, 0.25, 0.35, 0.15, 0.45], dtype=np.float32)
    known = true >= 0.7
    filled = fill(np.where(known, true, np.nan), known, float(true.mean()), float(true.std()))
    assert filled[known].tolist() == true[known].tolist()
    assert (filled.mean(), filled.std()) == pytest.approx((true.mean(), true.std()), abs=1e-6)
    assert filled[~known].max() < 0.7


def test_filling_with_nothing_unknown_or_too_little_spread_keeps_what_is_known():
    scores = np.array([0.9, 0.1], dtype=np.float32)
    assert fill(scores, np.array([True, True]), 0.5, 0.4) is scores
    # 0.9 and 0.1 spread more than 0.01 already: the third can only be the mean's remainder, 3 * 0.5 - 1.0.
    three = np.array([0.9, 0.1, np.nan], dtype=np.float32)
    assert fill(three, ~np.isnan(three), 0.5, 0.01).tolist() == pytest.approx([0.9, 0.1, 0.5])


def test_the_store_scorer_ranks_the_nearest_and_the_keyword_candidates_as_the_exact_one_does(
    tmp_path, chroma, make_chunk, request
):
    vectors, query = unit_vectors(400, 8), unit_vectors(1, 8, seed=6)[0]
    chunks = sorted((make_chunk(f"p#{n}", f"text {n}") for n in range(400)), key=lambda chunk: chunk.id)
    store = VectorStore.create(tmp_path / "chroma", chroma, f"icat-dense-{abs(hash(request.node.nodeid)):x}")
    store.add(chunks, {"p": Facts("P", Kind.OTHER, None, ())}, vectors)
    rows = np.arange(400)
    exact = ExactScorer(vectors).score(query, rows, 1, [], Filters())
    worst = int(np.argmin(exact.scores))
    found = StoreScorer(store, Background.of(vectors), chunks).score(query, rows, 20, [worst], Filters())
    store.close()
    assert set(np.flatnonzero(found.known)) == {worst, *np.argsort(-exact.scores)[:20].tolist()}
    np.testing.assert_allclose(found.scores[found.known], exact.scores[found.known], atol=1e-5)
    assert (found.mean, found.deviation) == pytest.approx((exact.mean, exact.deviation), abs=1e-5)
    assert (found.scores.mean(), found.scores.std()) == pytest.approx((exact.mean, exact.deviation), abs=1e-3)
