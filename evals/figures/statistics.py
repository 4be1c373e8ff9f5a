"""Figures over cases: means with a bootstrapped interval, and whether two runs differ by more than chance.

Every figure is a mean of one value a case: cases are what is drawn from a larger number, sentences of one answer are
not independent. Random draws are seeded, so a figure is the same whenever it is computed from the same records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.types import Value

RESAMPLES = 2000  # the ends of a 95 % interval move by less than a tenth of its width
SEED = 20120425
LEVEL = 0.95
Z = 1.959964  # of the normal distribution, two-sided at LEVEL
EXACT = 14  # differences up to which all 2^n signs are tried
SAME = 1e-12  # rounding: differences that are closer are equal


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one run to another, over the cases that have a value in both."""

    mean: float | None  # of second - first; None without a case
    n: int
    low: float | None = None  # 95 % interval of the mean, bootstrapped by case
    high: float | None = None
    p: float | None = None  # two-sided, of the paired permutation test
    adjusted: float | None = None  # p after Holm, over the figures that were compared together


def mean(values: Sequence[float | None]) -> Value:
    """The mean of the values that are there, with its interval. None where there is none, undefined those without.

    The interval runs from the 2.5th to the 97.5th percentile of the means of RESAMPLES samples drawn with
    replacement; of a single value, None. Where every value is 0, or every one is 1, samples say nothing of what was
    not met: then it is Wilson's (1927) for a share.
    """
    known = np.array([value for value in values if value is not None], dtype=float)
    undefined = len(values) - len(known)
    if not len(known):
        return Value(None, 0, undefined)
    alike = len(known) > 1 and known[0] in (0.0, 1.0) and bool((known == known[0]).all())
    low, high = wilson(len(known), known[0] == 1.0) if alike else interval(known)
    return Value(float(known.mean()), len(known), undefined, low, high)


def wilson(n: int, all_true: bool) -> tuple[float, float]:
    """Wilson's interval of a share of n that are all true, or all not: from n / (n + z^2) to 1, or its mirror."""
    bound = n / (n + Z**2)
    return (bound, 1.0) if all_true else (0.0, 1.0 - bound)


def interval(values: np.ndarray) -> tuple[float | None, float | None]:
    """The ends of the bootstrapped interval of a mean; (None, None) of fewer than two values."""
    if len(values) < 2:
        return None, None
    chance = np.random.default_rng(SEED)
    drawn = values[chance.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def difference(first: Mapping[str, float | None], second: Mapping[str, float | None]) -> Difference:
    """second - first, case by case; a case without a value in either is left out."""
    shared = sorted(case for case in first if first[case] is not None and second.get(case) is not None)
    changes = np.array([second[case] - first[case] for case in shared], dtype=float)  # type: ignore[operator]
    if not len(changes):
        return Difference(None, 0)
    low, high = interval(changes)
    return Difference(float(changes.mean()), len(changes), low, high, permuted(changes))


def permuted(changes: np.ndarray) -> float:
    """p of the paired permutation test: how often random signs give a mean as far from 0 as the one found.

    Of n differences other than 0, all 2^n signs are tried up to EXACT, else RESAMPLES are drawn, and then
    p = (1 + as far) / (1 + drawn). 1 where nothing changed.
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
) -> dict[str, Difference]:
    """Of each figure that both runs have (figure -> case -> value), what changed, with p after Holm."""
    raw = {name: difference(first[name], second[name]) for name in first if name in second}
    adjusted = holm({name: found.p for name, found in raw.items()})
    return {
        name: Difference(found.mean, found.n, found.low, found.high, found.p, adjusted[name])
        for name, found in raw.items()
    }
