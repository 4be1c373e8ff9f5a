"""Means, intervals and differences, on values that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.review.agreement import Estimate
from evals.figures.statistics import EXACT, MeanChange, compare, difference, holm, interval, mean, permuted


def test_a_mean_counts_what_has_no_value():
    found = mean([1.0, None, 0.0, 0.5, None])
    assert (found.value, found.n, found.undefined) == (0.5, 3, 2)
    assert mean([None, None]) == Estimate(None, 0, 2)
    assert mean([]) == Estimate(None, 0, 0)


def test_an_interval_holds_the_mean_and_is_the_same_every_time():
    values = np.array([0.0, 1.0] * 50)
    low, high = interval(values)
    # The deviation of a mean of 100 is .5 / 10 = .05, so 95 % lie within about .098 of .5.
    assert low == pytest.approx(0.402, abs=0.02) and high == pytest.approx(0.598, abs=0.02)
    assert interval(values) == (low, high)
    assert interval(np.array([1.0, 1.0, 1.0])) == (1.0, 1.0)
    assert interval(np.array([1.0])) == (None, None)


def test_without_a_single_miss_the_interval_still_is_not_empty():
    # 20 of 20: 20 / (20 + 1.96^2) = 20 / 23.84
    found = mean([1.0] * 20)
    assert (found.value, found.high) == (1.0, 1.0) and found.low == pytest.approx(20 / 23.8415, abs=1e-4)
    found = mean([0.0] * 20)
    assert (found.value, found.low) == (0.0, 0.0) and found.high == pytest.approx(3.8415 / 23.8415, abs=1e-4)
    assert mean([1.0]) == Estimate(1.0, 1, 0, None, None)
    assert (mean([0.5, 0.5]).low, mean([0.5, 0.5]).high) == (0.5, 0.5)


def test_all_signs_are_tried_of_a_few_differences():
    # Of the 8 signs of (1, 1, 1), only +++ and --- are as far from 0 as 3.
    assert permuted(np.array([1.0, 1.0, 1.0])) == 2 / 8
    # |±3 ±1| >= 2: all 4.
    assert permuted(np.array([3.0, -1.0])) == 1.0
    # A 0 does not move whatever its sign.
    assert permuted(np.array([1.0, 0.0, 1.0, 0.0, 1.0])) == 2 / 8
    assert permuted(np.array([0.0, 0.0])) == 1.0


def test_of_many_differences_signs_are_drawn():
    many = EXACT + 26
    assert permuted(np.ones(many)) == pytest.approx(1 / 2001)
    assert permuted(np.array([1.0, -1.0] * (many // 2))) == 1.0


def test_a_difference_is_over_the_cases_that_both_have():
    first = {"a": 0.0, "b": 0.5, "c": None, "d": 1.0}
    second = {"a": 1.0, "b": 1.0, "c": 1.0, "e": 0.0}
    found = difference(first, second)
    assert (found.first, found.second, found.mean, found.n) == (0.25, 1.0, 0.75, 2)
    assert found.p == 0.5  # ++ and -- of the 4 signs of (1, .5)
    assert difference({"a": None}, {"a": 1.0}) == MeanChange(0)


def test_holm_by_hand():
    # .01 * 3, then .03 * 2 = .06, then max(.06, .04 * 1).
    assert holm({"x": 0.04, "y": 0.01, "z": 0.03, "none": None}) == {"x": 0.06, "y": 0.03, "z": 0.06, "none": None}
    assert holm({"x": 0.9, "y": 0.8}) == {"x": 1.0, "y": 1.0}


def test_figures_are_compared_together():
    ten = {str(n): 0.0 for n in range(10)}
    better = {str(n): 1.0 for n in range(10)}
    found = compare({"better": ten, "same": ten, "gone": ten}, {"better": better, "same": ten})
    assert set(found) == {"better", "same"}
    assert found["better"].p == 2 / 1024 and found["better"].adjusted == 4 / 1024
    assert (found["same"].mean, found["same"].p, found["same"].adjusted) == (0.0, 1.0, 1.0)
