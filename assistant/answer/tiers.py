"""How likely an extract answers a question: a few signals, one probability, three tiers. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from assistant.types import Tier

# Weights and bias, by whether a cross-encoder reads the question and whether the index has anticipated questions, and
# two thresholds: `icat calibrate` on the project's cases and 238 questions located before they were asked (98 for the
# last two), see evals/README.md. For cosines of the default encoders.
FITS: Mapping[tuple[bool, bool], tuple[Mapping[str, float], float]] = {
    (True, True): ({"logit": 0.102, "contrast": -0.0402, "asked": 21.8}, -16.7),
    (False, True): ({"asked": 7.07, "section": 0.417}, -4.85),
    (True, False): ({"logit": 0.0523, "cosine": 21.3, "contrast": -0.334, "covered": 1.42, "missing": -1.09}, -15.4),
    (False, False): ({"cosine": 3.95, "contrast": 0.0672, "covered": 0.9, "missing": -1.88}, -3.25),
}
ANSWERS_FROM = 0.65
MAY_FROM = 0.18
UNLIKELY = -7.0  # log of a probability: sections are 373, and this is below what chance gives one
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
    section: float = UNLIKELY  # log of the probability that a section of what was found answers, as it was learned


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
