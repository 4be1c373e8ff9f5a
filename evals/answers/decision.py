"""The decision to answer, against its threshold: is a probability of .8 right in 8 of 10 cases, and what would another
threshold do. Over cases that were searched for: lists and refusals are decided otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.show.record import answer_from_record
from evals.answers.scoring import Pair
from evals.figures.ranking import auc
from evals.types import Expected

BINS = 10  # of equal width: the usual number for a reliability curve
ANSWERABLE = (Expected.ANSWERED, Expected.PARTLY)


@dataclass(frozen=True, slots=True)
class Judged:
    """One case: the probability that the corpus answers it, and whether it does."""

    case: str
    probability: float  # 0..1
    answerable: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases whose probability lies in [low, high), the last one up to and with 1."""

    low: float
    high: float
    n: int
    probability: float | None  # their mean; None of none
    answerable: float | None  # how many are, of n; None of none


@dataclass(frozen=True, slots=True)
class Rates:
    """What a threshold does: cases at or above it are answered."""

    threshold: float
    declined: float | None  # answerable cases that it declines / answerable cases
    answered: float | None  # unanswerable cases that it answers / unanswerable cases


def judged(pairs: Iterable[Pair]) -> tuple[Judged, ...]:
    """The cases with a probability, refusals left out."""
    found = []
    for case, record in pairs:
        answer = None if record.answer is None else answer_from_record(record.answer)
        if answer is not None and answer.confidence is not None and case.expected is not Expected.REFUSED:
            found.append(Judged(case.id, answer.confidence, case.expected in ANSWERABLE))
    return tuple(found)


def bins(cases: Sequence[Judged]) -> tuple[Bin, ...]:
    """BINS of equal width over 0..1, also those that hold nothing."""
    found = []
    for place in range(BINS):
        low, high = place / BINS, (place + 1) / BINS
        mine = [each for each in cases if min(int(each.probability * BINS), BINS - 1) == place]
        n = len(mine)
        mean = sum(each.probability for each in mine) / n if n else None
        found.append(Bin(low, high, n, mean, sum(each.answerable for each in mine) / n if n else None))
    return tuple(found)


def calibration_error(cases: Sequence[Judged]) -> float | None:
    """Expected calibration error (Naeini et al. 2015): n / N * |share answerable - mean probability|, over bins."""
    if not cases:
        return None
    gaps = [b.n * abs(b.answerable - b.probability) for b in bins(cases) if b.n]  # type: ignore[operator]
    return sum(gaps) / len(cases)


def area(cases: Sequence[Judged]) -> float | None:
    """Area under the ROC curve of the probability; None where either kind is missing."""
    return auc([each.probability for each in cases], [each.answerable for each in cases])


def rates(cases: Sequence[Judged], threshold: float) -> Rates:
    """The two ways to go wrong, apart."""
    yes = [each.probability for each in cases if each.answerable]
    no = [each.probability for each in cases if not each.answerable]
    declined = sum(each < threshold for each in yes) / len(yes) if yes else None
    answered = sum(each >= threshold for each in no) / len(no) if no else None
    return Rates(threshold, declined, answered)
