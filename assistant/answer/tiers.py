"""How likely an extract answers a question: a few signals, one probability, three tiers. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from assistant.types import Tier

# Fitted by `icat calibrate` on questions whose answers were located before they were asked; see evals/README.md.
WEIGHTS: Mapping[str, float] = {"logit": 0.35, "cosine": 14.0, "contrast": 0.3, "covered": 1.5, "missing": -2.5}
BIAS = -13.0
# Where no cross-encoder reads the language.
WORD_WEIGHTS: Mapping[str, float] = {"cosine": 18.0, "contrast": 0.4, "covered": 2.0, "missing": -2.5}
WORD_BIAS = -16.5
ANSWERS_FROM = 0.5
MAY_FROM = 0.15
LOGITS = (-10.0, 8.0)  # beyond, a cross-encoder's logit says no more


@dataclass(frozen=True, slots=True)
class TierSignals:
    """What speaks for one part of a question being answered by the best extract found for it."""

    logit: float | None  # of the cross-encoder; None where it does not read the language
    cosine: float  # of the passage with the question, by the encoder
    contrast: float  # the same, in standard deviations above the mean of the corpus
    covered: float  # share of the question's rare words, by rarity, that the extract or its headings have
    missing: float  # share of the names, years and numbers asked about that nothing found has


def probability(signals: TierSignals) -> float:
    """1 / (1 + exp(-(bias + sum of weight * signal)))."""
    by_words = signals.logit is None
    weights, bias = (WORD_WEIGHTS, WORD_BIAS) if by_words else (WEIGHTS, BIAS)
    values = asdict(signals)
    if signals.logit is not None:
        values["logit"] = min(max(signals.logit, LOGITS[0]), LOGITS[1])
    return 1.0 / (1.0 + math.exp(-(bias + sum(weight * values[name] for name, weight in weights.items()))))


def tier_of(likely: float) -> Tier:
    """The tier of a probability."""
    if likely >= ANSWERS_FROM:
        return Tier.ANSWERS
    return Tier.MAY_ANSWER if likely >= MAY_FROM else Tier.NOTHING
