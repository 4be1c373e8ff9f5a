"""Weights for `assistant.write.support`, fitted on the tuning half, and how they do on topics they were not fitted on.

What is fitted is whether a passage speaks of a sentence at all. Faithful sentences against their own passage are
positive; true but not in the passage, mixes of two passages of which one is cited, and faithful sentences against the
next passage are negative. Changed numbers, duties and denials are the wording guard's: they are left out here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.write.grounding import Checker
from assistant.write.support import Scorer, Signals, signals_of
from corpus.sentences import sentences
from evals.figures import logistic
from evals.figures.logistic import SignalWeights
from evals.figures.statistics import auc
from evals.figures.tables import number
from evals.support.pairs import SupportCase, checked, shelf_of

NEGATIVE = ("true but not in the passage", "mix of two passages")


@dataclass(frozen=True, slots=True)
class PassageSignals:
    """The signals of one sentence against a passage."""

    domain: str
    signals: Signals
    there: bool  # whether the passage says it


def samples(cases: Sequence[SupportCase], split: str, scorer: Scorer) -> list[PassageSignals]:
    """Of the English passages of a split."""
    inside = [case for case in cases if case.split == split and case.language == "en"]
    checker = Checker(shelf_of(cases), sentences, scorer)
    found = []
    for case, other in zip(inside, [*inside[1:], inside[0]], strict=True):
        for pair in (pair for pair in case.pairs if not pair.also):
            against = [(case, True), (other, False)] if pair.faithful else [(case, False)] * (pair.kind in NEGATIVE)
            for passage, there in against:
                statement = checked(pair.sentence, [passage.id], "en", checker)
                quotes = [quote.text for quote in statement.quotes] or [passage.passage]
                signals = signals_of(pair.sentence, quotes, scorer, "en", "en")
                found.append(PassageSignals(case.domain, signals, there))
    return found


def fit(found: Sequence[PassageSignals], names: Sequence[str]) -> SignalWeights:
    """Both kinds weigh the same."""
    return logistic.fitted([each.signals for each in found], [each.there for each in found], names)


def report(cases: Sequence[SupportCase], scorer: Scorer) -> Iterator[str]:
    """For what the scorer can be asked, the weights and the AUC over topics left out."""
    found = samples(cases, "tune", scorer)
    signal = "cosine" if scorer.embedder else "logit" if scorer.reranker else ""
    names = ("share", "missing", *([signal] if signal else []))
    yield f"{signal or 'words'}: {fit(found, names)}"
    yield f"AUC over topics left out {number(by_topic(found, names))}, {len(found)} pairs"


def by_topic(found: Sequence[PassageSignals], names: Sequence[str]) -> float | None:
    """AUC where each domain is scored by weights fitted on all the others. None without both classes."""
    scores, labels = [], []
    for domain in dict.fromkeys(sample.domain for sample in found):
        weights = fit([sample for sample in found if sample.domain != domain], names)
        mine = [sample for sample in found if sample.domain == domain]
        scores += [weights.probability(sample.signals) for sample in mine]
        labels += [sample.there for sample in mine]
    return auc(scores, labels)
