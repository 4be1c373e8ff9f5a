"""How far raters agree: percent, Cohen's kappa, Krippendorff's alpha, each with a 95 % interval.

Intervals are by bootstrap over claims, but for the percent of two raters, which is a share of claims (Wilson). There
is none below MIN_CLAIMS claims, nor where all draws give one value, as with perfect agreement: the bootstrap would
then claim to be certain.

A figure that is not defined is None, never 0: without two verdicts on a claim, or where everybody gave one and the same
verdict all through, so that agreement by chance is complete (kappa and alpha are then 0 / 0).

"can't tell" is a category of its own for percent, kappa and nominal alpha. Ordinal alpha (none < partial < full) counts
it as missing: it has no place in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

RESAMPLES = 1000
MIN_CLAIMS = 10  # for a bootstrap; fewer claims give intervals that are far too narrow
MIN_DEFINED = 0.5  # of the resamples: below, the interval would be that of a lucky half

Unit = Mapping[str, str]  # one claim: rater -> category


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with what stands behind it. `value` None: undefined."""

    value: float | None
    n: int  # claims, cases or sentences it is over
    undefined: int = 0  # of those asked for, how many had no value
    low: float | None = None  # 95 % interval
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of all raters of a review on one question."""

    raters: int
    percent: Estimate  # 0..1: share of pairs of verdicts on one claim that are equal
    kappa: Estimate | None  # None unless there are two raters
    alpha: Estimate
    ordinal: Estimate | None = None  # None for a question whose answers have no order


def agreement(units: Sequence[Unit], categories: Sequence[str], order: Sequence[str] = (), seed: int = 0) -> Agreement:
    """Agreement on claims. `order`: the categories that have one, lowest first; () where there is none."""
    raters = sorted({rater for unit in units for rater in unit})
    paired = [unit for unit in units if len(unit) > 1]
    kappa = ordinal = None
    if len(raters) == 2:
        equal = sum(len(set(unit.values())) == 1 for unit in paired)
        share = wilson(equal, len(paired), len(units) - len(paired))
        low, high = _kappa_interval(paired, categories, seed)
        kappa = Estimate(cohen_kappa(paired, categories), len(paired), len(units) - len(paired), low, high)
    else:
        share = _figure(paired, percent, seed, len(units))
    if order:
        ordered = [{r: c for r, c in unit.items() if c in order} for unit in units]
        kept = [unit for unit in ordered if len(unit) > 1]
        ordinal = _alpha_figure(kept, order, "ordinal", seed, len(units))
    return Agreement(
        len(raters),
        share,
        kappa,
        _alpha_figure(paired, categories, "nominal", seed, len(units)),
        ordinal,
    )


def percent(units: Sequence[Unit]) -> float | None:
    """Equal pairs / pairs, over all pairs of verdicts on one claim."""
    pairs = [pair for unit in units for pair in combinations(unit.values(), 2)]
    return sum(first == second for first, second in pairs) / len(pairs) if pairs else None


def cohen_kappa(units: Sequence[Unit], categories: Sequence[str]) -> float | None:
    """(p_o - p_e) / (1 - p_e) of two raters (Cohen 1960). None without a claim, or when both used one category only."""
    from sklearn.metrics import cohen_kappa_score

    raters = sorted({rater for unit in units for rater in unit})
    both = [unit for unit in units if len(unit) == 2]
    if len(raters) != 2 or len({category for unit in both for category in unit.values()}) < 2:
        return None
    first, second = ([unit[rater] for unit in both] for rater in raters)
    return _number(cohen_kappa_score(first, second, labels=list(categories)))


def wilson(part: int, whole: int, undefined: int = 0) -> Estimate:
    """part / whole with Wilson's score interval (Wilson 1927). None of nothing."""
    from scipy.stats import binomtest

    if not whole:
        return Estimate(None, 0, undefined)
    low, high = binomtest(part, whole).proportion_ci(method="wilson")
    return Estimate(part / whole, whole, undefined, float(low), float(high))


def _counts(units: Sequence[Unit], categories: Sequence[str]) -> np.ndarray:
    """(claims, categories) int: how many raters gave a claim each category. Claims with one verdict are left out."""
    rows = [[list(unit.values()).count(category) for category in categories] for unit in units]
    table = np.array(rows, dtype=int).reshape(len(units), len(categories))
    return table[table.sum(axis=1) > 1]


def _alpha(counts: np.ndarray, level: str) -> float | None:
    """1 - D_o / D_e of Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), over value counts.

    `level`: "nominal", or "ordinal" with the categories lowest first. None where all that is paired is one category.
    """
    given = counts.sum(axis=0)
    if np.count_nonzero(given) < 2:
        return None
    shares = counts / (counts.sum(axis=1, keepdims=True) - 1)
    coincident = shares.T @ counts - np.diag(shares.sum(axis=0))
    if level == "nominal":
        apart = 1.0 - np.eye(len(given))
    else:  # as many as lie between two categories, and half of both
        middle = np.cumsum(given) - given / 2
        apart = (middle[:, None] - middle) ** 2
    expected = np.outer(given, given) / (given.sum() - 1)
    return _number(1 - (coincident * apart).sum() / (expected * apart).sum())


def _alpha_figure(units: Sequence[Unit], categories: Sequence[str], level: str, seed: int, asked: int) -> Estimate:
    counts = _counts(units, categories)
    low, high = _interval(len(counts), lambda drawn: _alpha(counts[drawn], level), seed)
    return Estimate(_alpha(counts, level), len(counts), asked - len(counts), low, high)


def _figure(units: Sequence[Unit], of: Callable[[Sequence[Unit]], float | None], seed: int, asked: int) -> Estimate:
    low, high = _interval(len(units), lambda drawn: of([units[place] for place in drawn]), seed)
    return Estimate(of(units), len(units), asked - len(units), low, high)


def _kappa_interval(units: Sequence[Unit], categories: Sequence[str], seed: int) -> tuple[float | None, float | None]:
    """The bootstrap for kappa: drawing claims with replacement is drawing the cells of the table of both raters."""
    if len(units) < MIN_CLAIMS:
        return None, None
    raters = sorted({rater for unit in units for rater in unit})
    table = np.zeros((len(categories), len(categories)))
    for unit in units:
        table[categories.index(unit[raters[0]]), categories.index(unit[raters[1]])] += 1
    drawn = np.random.default_rng(seed).multinomial(len(units), table.ravel() / table.sum(), RESAMPLES)
    values = kappas(drawn.reshape(-1, *table.shape))
    return _middle(values[~np.isnan(values)])


def kappas(tables: np.ndarray) -> np.ndarray:
    """Cohen's kappa of (m, c, c) tables, (m,); NaN where it is not defined.

    What scikit-learn gives, all at once: at some 5 ms a table its own would take seconds for one interval.
    """
    shares = tables / tables.sum(axis=(1, 2), keepdims=True)
    observed = np.trace(shares, axis1=1, axis2=2)
    chance = (shares.sum(axis=2) * shares.sum(axis=1)).sum(axis=1)
    undefined = np.isclose(chance, 1.0)
    return np.where(undefined, np.nan, (observed - chance) / np.where(undefined, 1.0, 1.0 - chance))


def _interval(n: int, of: Callable[[np.ndarray], float | None], seed: int) -> tuple[float | None, float | None]:
    """2.5th and 97.5th percentile over RESAMPLES draws of n claims with replacement."""
    if n < MIN_CLAIMS:
        return None, None
    drawn = np.random.default_rng(seed).integers(0, n, (RESAMPLES, n))
    values = [value for places in drawn if (value := of(places)) is not None]
    return _middle(np.array(values))


def _middle(values: np.ndarray) -> tuple[float | None, float | None]:
    """What 95 % of the draws lie within, of those in which the figure is defined."""
    if len(values) < MIN_DEFINED * RESAMPLES:
        return None, None
    low, high = np.percentile(values, [2.5, 97.5])
    return (float(low), float(high)) if low < high else (None, None)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
