"""Weights for `assistant.write.support`, fitted on the tuning half, and how they do on topics they were not fitted on.

What is fitted is whether a passage speaks of a sentence at all. Faithful sentences against their own passage are
positive; true but not in the passage, mixes of two passages of which one is cited, and faithful sentences against the
next passage are negative. Changed numbers, duties and denials are the wording guard's: they are left out here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.types import Evidence
from assistant.write.grounding import Checker, check
from assistant.write.support import Scorer, Signals, signals_of
from corpus.sentences import sentences
from evals.figures.ranking import auc
from evals.support.pairs import FAITHFUL, Case, Cited, fit, passage_of, shelf_of

NEGATIVE = ("true but not in the passage", "mix of two passages")


@dataclass(frozen=True, slots=True)
class Sample:
    """The signals of one sentence against a passage."""

    domain: str
    signals: Signals
    there: bool  # whether the passage says it


def samples(cases: Sequence[Case], split: str, scorer: Scorer) -> list[Sample]:
    """Of the English passages of a split."""
    inside = [case for case in cases if case.split == split and case.language == "en"]
    checker = Checker(shelf_of(cases), sentences, scorer)
    found = []
    for case, other in zip(inside, [*inside[1:], inside[0]], strict=True):
        for pair in case.pairs:
            if pair.also:
                continue
            if pair.kind.startswith(FAITHFUL):
                found += [_sample(pair.sentence, case, case, True, checker)]
                found += [_sample(pair.sentence, case, other, False, checker)]
            elif pair.kind in NEGATIVE:
                found.append(_sample(pair.sentence, case, case, False, checker))
    return found


def _sample(sentence: str, of: Case, against: Case, there: bool, checker: Checker) -> Sample:
    document = checker.shelf.document(against.id)
    passage = passage_of(document, against.language, checker.shelf)  # type: ignore[arg-type]
    statement = check(Cited(sentence, (1,)), Evidence((passage,)), checker)
    quotes = [quote.text for quote in statement.quotes]
    whole = quotes or [document.text]
    return Sample(of.domain, signals_of(sentence, whole, checker.scorer, "en", "en"), there)


def fitted(cases: Sequence[Case], scorer: Scorer) -> Iterator[str]:
    """Lines: for what the scorer can be asked, the weights and the AUC over topics left out."""
    found = samples(cases, "tune", scorer)
    signal = "cosine" if scorer.embedder else "logit" if scorer.reranker else ""
    names = ("share", "missing", *([signal] if signal else []))
    weights, bias = fit([s.signals for s in found], [s.there for s in found], names)
    yield f"{signal or 'words'}: " + ", ".join(f"{name} {weight:.2f}" for name, weight in weights.items())
    yield f"bias {bias:.2f}; AUC over topics left out {by_topic(found, names):.3f}, {len(found)} pairs"


def by_topic(found: Sequence[Sample], names: Sequence[str]) -> float | None:
    """AUC where each domain is scored by weights fitted on all the others. None without both classes."""
    scores, labels = [], []
    for domain in dict.fromkeys(sample.domain for sample in found):
        rest = [sample for sample in found if sample.domain != domain]
        weights, bias = fit([s.signals for s in rest], [s.there for s in rest], names)
        for sample in (s for s in found if s.domain == domain):
            total = bias + sum(weight * getattr(sample.signals, name) for name, weight in weights.items())
            scores.append(1.0 / (1.0 + math.exp(-total)))
            labels.append(sample.there)
    return auc(scores, labels)
