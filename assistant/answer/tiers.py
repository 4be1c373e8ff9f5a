"""How likely an extract answers a question: a few signals, one probability, three tiers. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from assistant.types import Tier

# Weights and bias, by whether a cross-encoder reads the question and whether the best extract stands in a section with
# anticipated questions, and two thresholds: `icat calibrate` on the project's cases and 341 questions located before
# they were asked (145 for the second); the third on other corpora, its scale on 163 questions over real PDFs;
# see evals/README.md. For cosines of the default encoders.
FITS: Mapping[tuple[bool, bool], tuple[Mapping[str, float], float]] = {
    (True, True): ({"asked": 23.6, "cosine": 15.9, "missing": -1.19}, -30.45),
    (False, True): ({"asked": 127.3, "cosine": 151.5}, -166.5),
    (True, False): ({"logit": 0.0598, "cosine": 24.3, "contrast": -0.382, "covered": 1.62, "missing": -1.25}, -18.2),
    (False, False): ({"cosine": 3.95, "contrast": 0.0672, "covered": 0.9, "missing": -1.88}, -3.25),
}
ANSWERS_FROM = 0.65
MAY_FROM = 0.25
# Where it was learned which sections answer: whether the one shown first does, by whether a cross-encoder reads the
# question; `icat calibrate` on 908 fresh questions. On originals nobody learned that: there more is wanted of what
# answers, by 104 graded questions over real PDFs (evals/README.md).
RIGHT: Mapping[bool, tuple[Mapping[str, float], float]] = {
    True: ({"learned": 0.641, "asked": 11.5, "cosine": 14.5, "missing": -0.9}, -18.6),
    False: ({"learned": 0.86, "asked": 4.46, "cosine": 12.7, "missing": -1.12}, -8.88),
}
RIGHT_FROM = 0.65
ORIGINALS_FROM = 0.8
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
    learned: float | None = None  # log of the probability that the section shown first answers; None where none was


def probability(signals: TierSignals) -> float:
    """That something of the corpus answers: 1 / (1 + exp(-(bias + sum of weight * signal)))."""
    return _logistic(signals, *FITS[signals.logit is not None, signals.asked is not None])


def right(signals: TierSignals) -> float:
    """The same for the section shown first; only where `learned` is told."""
    return _logistic(signals, *RIGHT[signals.logit is not None])


def _logistic(signals: TierSignals, weights: Mapping[str, float], bias: float) -> float:
    values = asdict(signals)
    if signals.logit is not None:
        values["logit"] = min(max(signals.logit, LOGITS[0]), LOGITS[1])
    return 1.0 / (1.0 + math.exp(-(bias + sum(weight * values[name] for name, weight in weights.items()))))


def tier_of(signals: TierSignals) -> Tier:
    """Of the best extract of a part."""
    likely = probability(signals)
    if signals.learned is None or signals.asked is None:
        sure = likely >= ORIGINALS_FROM
    else:
        sure = likely >= ANSWERS_FROM and right(signals) >= RIGHT_FROM
    return Tier.ANSWERS if sure else Tier.MAY_ANSWER if likely >= MAY_FROM else Tier.NOTHING
