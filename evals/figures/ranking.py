"""Figures of rankings, as ir-measures gives them (trec_eval's are the reference); undefined is None."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.types import GoldPlace, PassageSpan

REACHED = 0.5  # share of a gold quote that a passage must hold to count as having it
MEASURES: Mapping[str, str] = {  # by name, as readers see them
    "recall_5": "recall@5",  # share of the relevant passages within the first 5
    "recall_10": "recall@10",
    "recall_50": "recall@50",
    "mrr": "MRR",  # 1 / rank of the first relevant passage, 0 when none was returned
    "ndcg_10": "nDCG@10",  # sum of grade / log2(rank + 1) over ranks 1..10, by that of the best possible order
}
Relevance = Mapping[str, Mapping[str, int]]  # query id -> passage id -> grade; above 0 is relevant
Rankings = Mapping[str, Sequence[str]]  # query id -> passage ids, best first, each once


@dataclass(frozen=True, slots=True)
class RankingQuality:
    """Means over the queries that have a relevant passage; None where no query has one. See MEASURES."""

    recall_5: float | None
    recall_10: float | None
    recall_50: float | None
    mrr: float | None
    ndcg_10: float | None
    queries: int  # the n of the means
    undefined: int  # queries without a relevant passage, in none of the means


def ranking_quality(relevance: Relevance, rankings: Rankings) -> RankingQuality:
    """Quality of the rankings of all queries that were run; one that returned nothing counts 0."""
    found = by_query(relevance, rankings)
    means = {name: sum(of.values()) / len(of) if of else None for name, of in found.items()}
    judged = len(found["mrr"])
    return RankingQuality(**means, queries=judged, undefined=len(rankings) - judged)


def by_query(relevance: Relevance, rankings: Rankings) -> dict[str, dict[str, float]]:
    """Measure -> query -> value, of the queries that were run and have a relevant passage."""
    import ir_measures
    from ir_measures import RR, R, nDCG

    judged = {
        query: dict(relevance[query])
        for query in rankings
        if any(grade > 0 for grade in relevance.get(query, {}).values())
    }
    values = {name: dict.fromkeys(judged, 0.0) for name in MEASURES}
    # trec_eval sorts by score and breaks ties by id, so scores are made of ranks.
    run = {query: {passage: -float(rank) for rank, passage in enumerate(rankings[query], start=1)} for query in judged}
    names = dict(zip((R @ 5, R @ 10, R @ 50, RR, nDCG @ 10), MEASURES, strict=True))
    for each in ir_measures.iter_calc(list(names), judged, run) if judged else ():
        values[names[each.measure]][each.query_id] = float(each.value)
    return values


def holds(passage: PassageSpan, gold: GoldPlace) -> bool:
    """Whether a passage has at least REACHED of a gold quote's characters."""
    if passage.publication != gold.publication:
        return False
    shared = min(passage.end, gold.end) - max(passage.start, gold.start)
    return shared >= REACHED * (gold.end - gold.start)


def as_ranking(passages: Iterable[PassageSpan], gold: Sequence[GoldPlace]) -> list[str]:
    """Passages as a ranking of gold quotes: "g0" is the first of them, "x3" a passage that brings no new one.

    A quote counts once, at the first passage that has it. A passage that brings two takes two places, so that the
    figures are rather too low than too high.
    """
    ranking: list[str] = []
    for rank, passage in enumerate(passages, start=1):
        new = [f"g{n}" for n, place in enumerate(gold) if f"g{n}" not in ranking and holds(passage, place)]
        ranking += new or [f"x{rank}"]
    return ranking


def by_gold(
    gold: Mapping[str, Sequence[GoldPlace]], found: Mapping[str, Sequence[PassageSpan]]
) -> dict[str, dict[str, float]]:
    """Measure -> case -> value over distinct gold quotes, each of grade 1; a case without passages counts 0."""
    relevance = {case: {f"g{n}": 1 for n in range(len(places))} for case, places in gold.items()}
    return by_query(relevance, {case: as_ranking(found.get(case, ()), places) for case, places in gold.items()})
