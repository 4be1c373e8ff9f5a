"""Agreement: published examples with their values, worked by hand where that is short, and what is not defined."""

from math import isclose

import numpy as np
import pytest

from assistant.review.agreement import agreement, cohen_kappa, kappas, percent, wilson

YES_NO = ("yes", "no")


def table(counts: dict[tuple[str, str], int]) -> list[dict[str, str]]:
    """One claim for each count of (first rater's verdict, second rater's)."""
    return [{"A": first, "B": second} for (first, second), count in counts.items() for _ in range(count)]


def rows(*raters: str) -> list[dict[str, str]]:
    """Claims from one string for each rater, a character a claim; '.' is a verdict that is missing."""
    return [{f"R{n}": said for n, said in enumerate(column) if said != "."} for column in zip(*raters, strict=True)]


# --- Cohen's kappa ---


def test_kappa_of_two_readers_of_fifty_proposals():
    # The usual worked example: both yes 20, both no 15, only A yes 5, only B yes 10.
    # p_o = 35/50 = 0.7; A says yes 25/50, B 30/50: p_e = 0.5*0.6 + 0.5*0.4 = 0.5; kappa = 0.2 / 0.5 = 0.4
    units = table({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})
    assert cohen_kappa(units, YES_NO) == pytest.approx(0.4)
    found = agreement(units, YES_NO)
    assert found.percent.value == pytest.approx(0.7) and found.percent.n == 50
    assert found.kappa is not None and found.kappa.value == pytest.approx(0.4)
    assert found.kappa.low is not None and found.kappa.high is not None
    # The large-sample standard error is sqrt(p_o (1 - p_o) / n) / (1 - p_e) = 0.0648 / 0.5 = 0.13: 0.4 +- 0.25.
    assert found.kappa.low == pytest.approx(0.15, abs=0.05) and found.kappa.high == pytest.approx(0.65, abs=0.05)


@pytest.mark.parametrize(
    ("counts", "kappa"),
    [
        ((45, 15, 25, 15), 0.1304),  # the same share agreed on, 60 of 100, with other margins: p_e = 0.54
        ((25, 35, 5, 35), 0.2593),  # p_e = 0.46
    ],
)
def test_kappa_tells_apart_what_percent_does_not(counts: tuple[int, int, int, int], kappa: float):
    pairs = (("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no"))
    units = table(dict(zip(pairs, counts, strict=True)))
    assert percent(units) == pytest.approx(0.6)
    assert cohen_kappa(units, YES_NO) == pytest.approx(kappa, abs=5e-5)


def test_kappa_is_zero_for_chance_and_below_for_less():
    chance = table({("yes", "yes"): 1, ("yes", "no"): 1, ("no", "yes"): 1, ("no", "no"): 1})
    assert cohen_kappa(chance, YES_NO) == pytest.approx(0.0)
    assert cohen_kappa(table({("yes", "no"): 2, ("no", "yes"): 2}), YES_NO) == pytest.approx(-1.0)


def test_kappa_is_not_defined_where_both_used_one_category_or_nothing_is_paired():
    assert cohen_kappa(table({("yes", "yes"): 9}), YES_NO) is None
    assert cohen_kappa([], YES_NO) is None
    assert cohen_kappa([{"A": "yes"}, {"B": "no"}], YES_NO) is None
    found = agreement(table({("yes", "yes"): 9}), YES_NO)
    assert found.percent.value == 1.0 and found.percent.n == 9
    assert found.kappa is not None and (found.kappa.value, found.kappa.n, found.kappa.low) == (None, 9, None)
    assert (found.alpha.value, found.alpha.n) == (None, 9)


def test_kappas_of_many_tables_are_what_the_library_gives_for_each():
    random = np.random.default_rng(5)
    tables = random.integers(0, 6, (30, 3, 3))
    for table_of_one, value in zip(tables, kappas(tables), strict=True):
        cells = {(a, b): int(table_of_one[i, j]) for i, a in enumerate("fpn") for j, b in enumerate("fpn")}
        assert value == pytest.approx(cohen_kappa(table(cells), "fpn"))
    assert np.isnan(kappas(np.array([[[9, 0], [0, 0]]]))).tolist() == [True]


# --- Krippendorff's alpha ---

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve units, values
# missing. Published: nominal 0.743, ordinal 0.815.
OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def test_alpha_of_four_observers_with_missing_values_is_as_published():
    units = rows(*OBSERVERS)
    found = agreement(units, "12345", "12345")
    assert found.alpha.value == pytest.approx(0.743, abs=5e-4)
    # The last unit has one value only: it is paired with nothing.
    assert (found.raters, found.alpha.n, found.alpha.undefined) == (4, 11, 1)
    assert found.kappa is None
    assert found.ordinal is not None and found.ordinal.value == pytest.approx(0.815, abs=5e-4)
    assert found.alpha.low is not None and found.alpha.low < 0.743 < (found.alpha.high or 0)


def test_alpha_of_two_observers_of_ten_units_is_as_published():
    # Krippendorff (2011), section A: 0 1 0 0 0 0 0 0 1 0 and 1 1 1 0 0 1 0 0 0 0.
    # o_01 = 4 of 20 values, n_0 = 14, n_1 = 6: alpha = 1 - 19 * 4 / (14 * 6) = 0.095
    units = rows("0100000010", "1110010000")
    assert agreement(units, "01").alpha.value == pytest.approx(1 - 19 * 4 / (14 * 6))
    assert percent(units) == pytest.approx(0.6)


def test_cannot_tell_is_a_category_for_nominal_and_missing_for_ordinal():
    units = rows("fnpf?f", "fnpf?n")
    found = agreement(units, "fpn?", "npf")
    assert (found.percent.n, found.alpha.n) == (6, 6)
    assert found.percent.value == pytest.approx(5 / 6)
    assert found.ordinal is not None and (found.ordinal.n, found.ordinal.undefined) == (5, 1)


def test_ordinal_alpha_forgives_a_near_miss_more_than_a_far_one():
    near, far = rows("fffpppnnn", "fffpppnnp"), rows("fffpppnnn", "fffpppnnf")
    of_near, of_far = (agreement(units, "npf", "npf").ordinal for units in (near, far))
    assert of_near is not None and of_far is not None and of_near.value > of_far.value


# --- percent, intervals ---


def test_percent_counts_pairs_of_verdicts_on_one_claim():
    # first claim: 3 raters, pairs yy yn yn: 1 of 3; second: 1 of 1; third: one verdict, no pair
    units = [{"A": "yes", "B": "yes", "C": "no"}, {"A": "no", "C": "no"}, {"B": "yes"}]
    assert percent(units) == pytest.approx(2 / 4)
    found = agreement(units, YES_NO)
    assert (found.percent.n, found.percent.undefined) == (2, 1)
    assert percent([]) is None


def test_intervals_are_the_same_for_the_same_seed_and_absent_for_few_claims():
    units = table({("yes", "yes"): 6, ("yes", "no"): 2, ("no", "no"): 4})
    assert agreement(units, YES_NO, seed=3) == agreement(units, YES_NO, seed=3)
    few = agreement(units[:9], YES_NO)
    assert few.kappa is not None and few.kappa.value is not None
    assert few.kappa.low is None and few.alpha.low is None


def test_perfect_agreement_claims_no_certainty():
    found = agreement(table({("yes", "yes"): 10, ("no", "no"): 10}), YES_NO)
    assert found.kappa is not None and (found.kappa.value, found.kappa.low, found.kappa.high) == (1.0, None, None)
    assert found.percent.value == 1.0 and found.percent.low == pytest.approx(0.839, abs=5e-4)  # 1 / (1 + z^2 / 20)


def test_wilson_interval_as_published():
    # Newcombe (1998), table I: 81 of 263 is 0.308, by the score method 0.2553 to 0.3662; 15 of 148: 0.0624 to 0.1605
    for part, whole, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)):
        found = wilson(part, whole)
        assert isclose(found.low or 0, low, abs_tol=5e-5) and isclose(found.high or 0, high, abs_tol=5e-5)
    assert (wilson(0, 0, 3).value, wilson(0, 0, 3).n, wilson(0, 0, 3).undefined) == (None, 0, 3)
