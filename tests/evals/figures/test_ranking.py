"""The figures on cases small enough to work by hand."""

from math import log2

import pytest

from evals.figures.ranking import MEASURES, as_ranking, by_gold, holds, ranking_quality
from evals.figures.statistics import auc, percentile
from evals.types import GoldPlace, PassageSpan


def test_ndcg_is_gain_by_rank_over_that_of_the_best_order():
    # Relevant: x (grade 1) at rank 1, y (grade 2) at rank 3.
    # DCG = 1 / log2(2) + 2 / log2(4) = 1 + 1 = 2; the best order is y, x: 2 / log2(2) + 1 / log2(3).
    found = ranking_quality({"q": {"x": 1, "y": 2}}, {"q": ["x", "other", "y"]})
    assert found.ndcg_10 == pytest.approx(2 / (2 + 1 / log2(3)))
    assert found.queries == 1 and found.undefined == 0


def test_what_stands_below_rank_ten_counts_nothing_for_ndcg():
    ranking = [f"p{rank}" for rank in range(1, 12)]
    found = ranking_quality({"q": {"p11": 1}}, {"q": ranking})
    assert found.ndcg_10 == 0.0
    assert found.mrr == pytest.approx(1 / 11)


def test_recall_is_the_share_of_the_relevant_ones_within_k():
    # Relevant at ranks 2, 6 and 12, and one that was not returned.
    ranking = [f"p{rank}" for rank in range(1, 51)]
    found = ranking_quality({"q": {"p2": 1, "p6": 1, "p12": 1, "absent": 1}}, {"q": ranking})
    assert (found.recall_5, found.recall_10, found.recall_50) == (0.25, 0.5, 0.75)
    assert found.mrr == 0.5


def test_means_are_over_the_queries_that_have_a_relevant_passage():
    relevance = {"a": {"x": 1}, "b": {"y": 1}, "c": {"z": 0}}
    found = ranking_quality(relevance, {"a": ["x"], "b": ["other"], "c": ["z"], "d": ["x"]})
    assert (found.queries, found.undefined) == (2, 2)
    assert found.mrr == 0.5  # 1 and 0
    assert found.recall_5 == 0.5


def test_a_query_that_returned_nothing_counts_zero():
    found = ranking_quality({"a": {"x": 1}, "b": {"y": 1}}, {"a": ["x"], "b": []})
    assert (found.ndcg_10, found.queries) == (0.5, 2)


def test_a_query_that_was_not_run_does_not_count():
    found = ranking_quality({"a": {"x": 1}, "b": {"y": 1}}, {"a": ["x"]})
    assert (found.ndcg_10, found.queries, found.undefined) == (1.0, 1, 0)


def test_where_nothing_is_relevant_means_are_undefined():
    found = ranking_quality({}, {"a": ["x"]})
    assert (found.ndcg_10, found.recall_5, found.mrr) == (None, None, None)
    assert (found.queries, found.undefined) == (0, 1)


def test_the_order_given_counts_whatever_the_ids():
    """trec_eval breaks ties of score by id; ranks must not tie."""
    relevance = {"q": {"zz": 1}}
    assert ranking_quality(relevance, {"q": ["aa", "zz"]}).mrr == 0.5
    assert ranking_quality({"q": {"aa": 1}}, {"q": ["zz", "aa"]}).mrr == 0.5


@pytest.mark.parametrize(
    ("scores", "wanted", "area"),
    [
        ([0.9, 0.8, 0.2], [True, True, False], 1.0),
        ([0.1, 0.8, 0.9], [True, False, False], 0.0),
        ([0.5, 0.5], [True, False], 0.5),  # a tie counts half
        ([0.9, 0.3, 0.6, 0.1], [True, True, False, False], 0.75),  # 3 of 4 pairs: .9>.6, .9>.1, .3>.1
        ([0.3, 0.3, 0.3, 0.7], [True, False, False, True], 0.75),  # two halves of two, and two
    ],
)
def test_auc_is_the_share_of_pairs_in_the_right_order(scores: list[float], wanted: list[bool], area: float):
    assert auc(scores, wanted) == pytest.approx(area)


@pytest.mark.parametrize("wanted", [[True, True], [False, False], []])
def test_auc_of_one_kind_is_undefined(wanted: list[bool]):
    assert auc([0.5] * len(wanted), wanted) is None


def test_percentiles_are_values_that_occurred():
    values = [40.0, 10.0, 30.0, 20.0]
    assert percentile(values, 0.5) == 20.0  # two of four do not exceed it
    assert percentile(values, 0.95) == 40.0
    assert percentile(values, 0.01) == 10.0
    assert percentile([7.0], 0.5) == 7.0
    assert percentile([], 0.5) is None


def span(start: int, end: int, publication: str = "farms") -> PassageSpan:
    return PassageSpan(publication, start, end, (1, 1))


def gold(start: int, end: int) -> GoldPlace:
    return GoldPlace("farms", start, end, 1)


def test_a_passage_has_a_quote_from_half_of_it():
    assert holds(span(0, 50), gold(40, 60))  # 10 of 20
    assert not holds(span(0, 49), gold(40, 60))  # 9 of 20
    assert not holds(span(0, 50, "barns"), gold(40, 60))


def test_a_quote_counts_once_and_two_in_one_passage_take_two_places():
    places = [gold(0, 10), gold(20, 30), gold(100, 110)]
    passages = [span(50, 60), span(0, 10), span(0, 40), span(5, 10), span(100, 120)]
    # The second brings g0, the third g1 beside g0, the fourth nothing new.
    assert as_ranking(passages, places) == ["x1", "g0", "g1", "x4", "g2"]
    assert as_ranking([span(0, 40)], places) == ["g0", "g1"]


def test_quality_by_case_by_hand():
    places = {"a": [gold(0, 10), gold(20, 30)], "b": [gold(0, 10)], "none": []}
    passages = {"a": [span(50, 60), span(0, 10), span(0, 10)], "none": [span(0, 10)]}
    found = by_gold(places, passages)
    # a: one of two quotes, in place 2. The best order would have them in places 1 and 2.
    best = 1 / log2(2) + 1 / log2(3)
    assert found["recall_5"] == {"a": 0.5, "b": 0.0}
    assert found["mrr"] == {"a": 0.5, "b": 0.0}
    assert found["ndcg_10"]["a"] == pytest.approx((1 / log2(3)) / best)
    assert by_gold({}, {}) == {name: {} for name in MEASURES}
