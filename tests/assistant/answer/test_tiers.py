"""What is said to answer: something in the corpus surely does, and so does the section shown first. By hand."""

import math

import pytest

from assistant.answer.tiers import TierSignals, probability, right, tier_of
from assistant.types import Tier

LEARNED = TierSignals(logit=0.0, cosine=0.8, contrast=3.0, covered=0.5, missing=0.0, asked=0.9, learned=-1.0)
ORIGINAL = TierSignals(logit=5.0, cosine=0.8, contrast=3.0, covered=0.9, missing=0.0)


def logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def of(signals: TierSignals, **changed: float) -> TierSignals:
    return TierSignals(**{name: getattr(signals, name) for name in TierSignals.__slots__} | changed)


def test_where_sections_were_learned_the_one_shown_first_must_be_likely_too():
    assert probability(LEARNED) == pytest.approx(logistic(-30.45 + 23.6 * 0.9 + 15.9 * 0.8))  # 0.97
    assert right(LEARNED) == pytest.approx(logistic(-18.6 + 0.641 * -1 + 11.5 * 0.9 + 14.5 * 0.8))  # 0.94
    assert tier_of(LEARNED) is Tier.ANSWERS
    doubtful = of(LEARNED, learned=-8.0)  # right: logistic(-1.78), 0.14
    assert (probability(doubtful), tier_of(doubtful)) == (probability(LEARNED), Tier.MAY_ANSWER)


def test_of_an_original_more_is_wanted_of_what_answers():
    assert probability(ORIGINAL) == pytest.approx(0.864, abs=0.001)
    assert tier_of(ORIGINAL) is Tier.ANSWERS
    assert probability(of(ORIGINAL, covered=0.5)) == pytest.approx(0.769, abs=0.001)
    assert tier_of(of(ORIGINAL, covered=0.5)) is Tier.MAY_ANSWER


def test_names_that_nothing_has_leave_nothing_close():
    assert tier_of(of(ORIGINAL, cosine=0.7, missing=1.0)) is Tier.NOTHING
