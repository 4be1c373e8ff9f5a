"""How likely an extract answers a question: a few signals, one probability, three tiers. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from assistant.types import Tier

# Weights and bias, by whether a cross-encoder reads the question and whether the index has anticipated questions. With
# them: fitted on 113 questions whose answers were located before they were asked; without: see `icat calibrate`. Both
# are for cosines of the default encoders.
FITS: Mapping[tuple[bool, bool], tuple[Mapping[str, float], float]] = {
    (True, True): ({"logit": 0.17, "contrast": 0.55, "asked": 32.9}, -25.7),
    (False, True): ({"asked": 75.4}, -48.1),
    (True, False): ({"logit": 0.35, "cosine": 14.0, "contrast": 0.3, "covered": 1.5, "missing": -2.5}, -12.4),
    (False, False): ({"cosine": 18.0, "contrast": 0.4, "covered": 2.0, "missing": -2.5}, -15.9),
}
ANSWERS_FROM = 0.65
MAY_FROM = 0.25
LOGITS = (-10.0, 8.0)  # beyond, a cross-encoder's logit says no more


@dataclass(frozen=True, slots=True)
class TierSignals:
    """What speaks for one part of a question being answered by the best extract found for it."""

    logit: float | None  # of the cross-encoder; None where it does not read the language
    cosine: float  # of the passage with the question, by the encoder
    contrast: float  # the same, in standard deviations above the mean of the corpus
    covered: float  # share of the question's rare words, by rarity, that the extract or its headings have
    missing: float  # share of the names, years and numbers asked about that nothing found has
    asked: float | None = None  # cosine with the nearest anticipated question of what was found; None without any


def probability(signals: TierSignals) -> float:
    """1 / (1 + exp(-(bias + sum of weight * signal)))."""
    weights, bias = FITS[signals.logit is not None, signals.asked is not None]
    values = asdict(signals)
    if signals.logit is not None:
        values["logit"] = min(max(signals.logit, LOGITS[0]), LOGITS[1])
    return 1.0 / (1.0 + math.exp(-(bias + sum(weight * values[name] for name, weight in weights.items()))))


def tier_of(likely: float) -> Tier:
    """The tier of a probability."""
    if likely >= ANSWERS_FROM:
        return Tier.ANSWERS
    return Tier.MAY_ANSWER if likely >= MAY_FROM else Tier.NOTHING
