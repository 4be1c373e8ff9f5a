"""The decision to answer, against its threshold: how well its probability orders cases, and what another would do.

Over cases that were searched for: lists and refusals are decided otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.figures import statistics
from evals.runs.records import AskedCase
from evals.types import Expected


@dataclass(frozen=True, slots=True)
class Decision:
    """The probability that the corpus answers a case, and whether it does."""

    probability: float  # 0..1
    answerable: bool


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """What a threshold does wrong; what is at or above it is answered."""

    declined: float | None  # answerable ones that it declines / answerable ones
    answered: float | None  # unanswerable ones that it answers / unanswerable ones


def decisions(asked: Iterable[AskedCase]) -> list[Decision]:
    """Of the cases with a probability, refusals left out."""
    return [
        Decision(each.answer.confidence, each.case.answerable)
        for each in asked
        if each.answer and each.answer.confidence is not None and each.case.expected is not Expected.REFUSED
    ]


def auc(found: Sequence[Decision]) -> float | None:
    """Area under the ROC curve of the probability; None where either kind is missing."""
    return statistics.auc([each.probability for each in found], [each.answerable for each in found])


def error_rates(found: Iterable[Decision], threshold: float) -> ErrorRates:
    """The two ways to go wrong, apart."""
    at: dict[bool, list[bool]] = {True: [], False: []}
    for each in found:
        at[each.answerable].append((each.probability >= threshold) is not each.answerable)
    declined, answered = (sum(at[kind]) / len(at[kind]) if at[kind] else None for kind in (True, False))
    return ErrorRates(declined, answered)
