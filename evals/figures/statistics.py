"""Figures over cases: means with a bootstrapped interval, and whether two runs differ by more than chance.

Every figure is a mean of one value a case: cases are what is drawn from a larger number, sentences of one answer are
not independent. Random draws are seeded, so a figure is the same whenever it is computed from the same records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.review.agreement import Estimate, wilson

RESAMPLES = 2000  # the ends of a 95 % interval move by less than a tenth of its width
SEED = 20120425
EXACT = 14  # differences up to which all 2^n signs are tried
SAME = 1e-12  # rounding: differences that are closer are equal


@dataclass(frozen=True, slots=True)
class MeanChange:
    """What changed from one run to another, over the n cases that have a value in both; None without one."""

    n: int
    first: float | None = None  # mean
    second: float | None = None  # mean
    mean: float | None = None  # of second - first
    low: float | None = None  # 95 % interval of the mean, bootstrapped by case
    high: float | None = None
    p: float | None = None  # two-sided, of the paired permutation test
    adjusted: float | None = None  # p after Holm, over the figures that were compared together


def mean(values: Sequence[float | None]) -> Estimate:
    """The mean of the values that are there, with its interval; None where there is none, undefined those without.

    Where every value is 0, or every one is 1, samples say nothing of what was not met: then it is Wilson's (1927) for
    a share. Of a single value, None.
    """
    known = np.array([value for value in values if value is not None], dtype=float)
    undefined = len(values) - len(known)
    if not len(known):
        return Estimate(None, 0, undefined)
    if len(known) > 1 and known[0] in (0.0, 1.0) and (known == known[0]).all():
        return wilson(int(known.sum()), len(known), undefined)
    return Estimate(float(known.mean()), len(known), undefined, *interval(known))


def interval(values: np.ndarray) -> tuple[float | None, float | None]:
    """2.5th and 97.5th percentile of the means of RESAMPLES samples; (None, None) of fewer than two values."""
    from scipy.stats import bootstrap

    if len(values) < 2:
        return None, None
    chance = np.random.default_rng(SEED)
    found = bootstrap((values,), np.mean, n_resamples=RESAMPLES, method="percentile", rng=chance).confidence_interval
    return float(found.low), float(found.high)


def difference(first: Mapping[str, float | None], second: Mapping[str, float | None]) -> MeanChange:
    """second - first, case by case; a case without a value in either is left out."""
    shared = sorted(case for case in first if first[case] is not None and second.get(case) is not None)
    if not shared:
        return MeanChange(0)
    before, after = (np.array([values[case] for case in shared], dtype=float) for values in (first, second))
    changes = after - before
    means = (float(each.mean()) for each in (before, after, changes))
    return MeanChange(len(shared), *means, *interval(changes), permuted(changes))


def permuted(changes: np.ndarray) -> float:
    """p of the paired permutation test: how often random signs give a mean as far from 0 as the one found.

    Of n differences other than 0, all 2^n signs are tried up to EXACT, else RESAMPLES are drawn, and then
    p = (1 + as far) / (1 + drawn). 1 where nothing changed. scipy's takes some 0.5 s a figure for the same.
    """
    moved = changes[np.abs(changes) > SAME]
    if not len(moved):
        return 1.0
    found = abs(moved.sum()) - SAME
    if len(moved) <= EXACT:
        bits = (np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved))) & 1
        return float((np.abs((2 * bits - 1) @ moved) >= found).mean())
    signs = np.random.default_rng(SEED).choice((-1.0, 1.0), (RESAMPLES, len(moved)))
    return float((1 + (np.abs(signs @ moved) >= found).sum()) / (1 + RESAMPLES))


def holm(found: Mapping[str, float | None]) -> dict[str, float | None]:
    """p-values adjusted for being looked at together (Holm 1979): the i-th smallest of m, from 0, times m - i.

    Never above 1, never below that of a smaller one. None stays None and counts for nothing.
    """
    known = sorted((p, name) for name, p in found.items() if p is not None)
    adjusted: dict[str, float | None] = dict.fromkeys(found)
    before = 0.0
    for place, (p, name) in enumerate(known):
        before = max(before, min(1.0, p * (len(known) - place)))
        adjusted[name] = before
    return adjusted


def compare(
    first: Mapping[str, Mapping[str, float | None]], second: Mapping[str, Mapping[str, float | None]]
) -> dict[str, MeanChange]:
    """Of each figure that both runs have (figure -> case -> value), what changed, with p after Holm."""
    raw = {name: difference(first[name], second[name]) for name in first if name in second}
    adjusted = holm({name: found.p for name, found in raw.items()})
    return {name: replace(found, adjusted=adjusted[name]) for name, found in raw.items()}


def auc(scores: Sequence[float], wanted: Sequence[bool]) -> float | None:
    """Area under the ROC curve: how often a wanted one scores above an unwanted one, ties counting half.

    None when either kind is missing.
    """
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(wanted, scores)) if len(set(wanted)) == 2 else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest value that at least `share` (0 < share <= 1) of the values do not exceed; None of no values."""
    return float(np.quantile(values, share, method="inverted_cdf")) if len(values) else None
