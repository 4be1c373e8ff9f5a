"""Logistic regression on named signals, which are attributes of an object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

PENALTY = 1.0  # L2, on weights of signals scaled to a deviation of 1


@dataclass(frozen=True, slots=True)
class SignalWeights:
    """probability = 1 / (1 + exp(-(bias + sum of weight * signal)))."""

    weights: Mapping[str, float]
    bias: float

    def probability(self, signals: object) -> float:
        total = self.bias + sum(weight * getattr(signals, name) for name, weight in self.weights.items())
        return float(1.0 / (1.0 + np.exp(-total)))


def fitted(
    signals: Sequence[object], wanted: Sequence[bool], names: Sequence[str], weight: Sequence[float] | None = None
) -> SignalWeights:
    """The weights of the named signals. `weight`: of each row; without, both kinds weigh the same."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    rows = np.array([[getattr(each, name) for name in names] for each in signals], dtype=float)
    scaler = StandardScaler().fit(rows)
    kinds = "balanced" if weight is None else None
    model = LogisticRegression(C=1 / PENALTY, class_weight=kinds, solver="newton-cholesky", tol=1e-9)
    model.fit(scaler.transform(rows), wanted, sample_weight=weight)
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - weights @ scaler.mean_)
    return SignalWeights(dict(zip(names, weights.tolist(), strict=True)), bias)
