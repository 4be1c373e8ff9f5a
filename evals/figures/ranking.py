"""Figures of rankings, judgements and times: nDCG, recall, MRR, area under the ROC curve, percentiles.

Those of rankings are ir-measures', which is the reference implementation (trec_eval's); undefined is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.types import Found, GoldPlace

REACHED = 0.5  # share of a gold quote that a passage must hold to count as having it
MEASURES = ("recall_5", "recall_10", "recall_50", "mrr", "ndcg_10")
Relevance = Mapping[str, Mapping[str, int]]  # query id -> passage id -> grade; above 0 is relevant
Rankings = Mapping[str, Sequence[str]]  # query id -> passage ids, best first, each once


@dataclass(frozen=True, slots=True)
class RankingQuality:
    """Means over the queries that have a relevant passage; None where no query has one."""

    ndcg_10: float | None  # sum of grade / log2(rank + 1) over ranks 1..10, by that of the best possible order
    recall_5: float | None  # share of the relevant passages within the first 5
    recall_10: float | None
    recall_50: float | None
    mrr: float | None  # 1 / rank of the first relevant passage, 0 when none was returned
    queries: int  # the n of the means
    undefined: int  # queries without a relevant passage, in none of the means


def ranking_quality(relevance: Relevance, rankings: Rankings) -> RankingQuality:
    """Quality of the rankings of all queries that were run; one that returned nothing counts 0."""
    import ir_measures
    from ir_measures import RR, R, nDCG

    judged = {
        query: dict(relevance[query])
        for query in rankings
        if any(grade > 0 for grade in relevance.get(query, {}).values())
    }
    if not judged:
        return RankingQuality(None, None, None, None, None, 0, len(rankings))
    # trec_eval sorts by score and breaks ties by id, so scores are made of ranks.
    run = {query: {passage: -float(rank) for rank, passage in enumerate(rankings[query], start=1)} for query in judged}
    measures = (nDCG @ 10, R @ 5, R @ 10, R @ 50, RR)
    found = ir_measures.calc_aggregate(measures, judged, run)
    means = [float(found[measure]) for measure in measures]
    return RankingQuality(*means, queries=len(judged), undefined=len(rankings) - len(judged))


def auc(scores: Sequence[float], wanted: Sequence[bool]) -> float | None:
    """Area under the ROC curve: how often a wanted one scores above an unwanted one, ties counting half.

    None when either kind is missing.
    """
    ordered = sorted(zip(scores, wanted, strict=True), key=lambda pair: pair[0])
    yes = sum(wanted)
    no = len(ordered) - yes
    if not yes or not no:
        return None
    ranks, start = 0.0, 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        middle = (start + 1 + end) / 2  # the mean rank, from 1, of those that tie
        ranks += middle * sum(is_wanted for _, is_wanted in ordered[start:end])
        start = end
    return (ranks - yes * (yes + 1) / 2) / (yes * no)  # Mann and Whitney's U, by the number of pairs


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest value that at least `share` (0 < share <= 1) of the values do not exceed; None of no values."""
    if not values:
        return None
    ordered = sorted(values)
    place = -(-len(ordered) * share // 1)  # rounded up
    return ordered[max(int(place), 1) - 1]


def holds(passage: Found, gold: GoldPlace) -> bool:
    """Whether a passage has at least REACHED of a gold quote's characters."""
    if passage.publication != gold.publication:
        return False
    shared = min(passage.end, gold.end) - max(passage.start, gold.start)
    return shared >= REACHED * (gold.end - gold.start)


def as_ranking(passages: Iterable[Found], gold: Sequence[GoldPlace]) -> list[str]:
    """Passages as a ranking of gold quotes: "g0" is the first of them, "x3" a passage that brings no new one.

    A quote counts once, at the first passage that has it. A passage that brings two takes two places, so that the
    figures are rather too low than too high.
    """
    ranking: list[str] = []
    for rank, passage in enumerate(passages, start=1):
        new = [f"g{n}" for n, place in enumerate(gold) if f"g{n}" not in ranking and holds(passage, place)]
        ranking += new or [f"x{rank}"]
    return ranking


def case_quality(
    gold: Mapping[str, Sequence[GoldPlace]], found: Mapping[str, Sequence[Found]]
) -> dict[str, dict[str, float]]:
    """Measure -> case -> value, of the cases that have gold; a case without passages counts 0.

    Over distinct gold quotes, each of grade 1: recall_k is the share of them within the first k places, mrr
    1 / place of the first, ndcg_10 the sum of 1 / log2(place + 1) over places up to 10, by that of the best order.
    """
    import ir_measures
    from ir_measures import RR, R, nDCG

    judged = {case: {f"g{n}": 1 for n in range(len(places))} for case, places in gold.items() if places}
    if not judged:
        return {name: {} for name in MEASURES}
    rankings = {case: as_ranking(found.get(case, ()), gold[case]) for case in judged}
    run = {case: {id: -float(rank) for rank, id in enumerate(ids, start=1)} for case, ids in rankings.items()}
    measures = dict(zip((R @ 5, R @ 10, R @ 50, RR, nDCG @ 10), MEASURES, strict=True))
    values: dict[str, dict[str, float]] = {name: dict.fromkeys(judged, 0.0) for name in MEASURES}
    for each in ir_measures.iter_calc(list(measures), judged, run):
        values[measures[each.measure]][each.query_id] = float(each.value)
    return values
