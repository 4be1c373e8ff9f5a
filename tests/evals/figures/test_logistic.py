"""Logistic regression, on signals of which one tells."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from evals.figures.logistic import fitted


def test_a_regression_finds_the_signal_that_tells_and_not_the_other():
    signals = [SimpleNamespace(share=x, missing=y) for x in (0.1, 0.2, 0.8, 0.9) for y in (0.3, 0.6)]
    found = fitted(signals, [each.share > 0.5 for each in signals], ("share", "missing"))
    assert found.weights["share"] > 1.0 and abs(found.weights["missing"]) < 0.1
    assert found.bias == pytest.approx(-0.5 * found.weights["share"], abs=0.1)  # the middle between both is at one half
    assert found.probability(signals[0]) < 0.5 < found.probability(signals[-1])
