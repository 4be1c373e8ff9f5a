"""What a message means for the guard, where its words alone do not say: a small classifier over its embedding.

The rules of `danger` and `harm` are exact on what they know and blind to other ways of saying it. Here the vector of
the packaged embedder and a few signs of those rules go into a multinomial logistic regression with three classes.
Its weights are in `sense_weights`, made by `tests/assistant/make_scope_weights.py` from the messages beside it.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Sequence

import numpy as np

from assistant.types import Refusal
from assistant.understand import sense_weights
from assistant.understand.danger_signs import ENGLISH
from assistant.understand.harm import MINE, PROTECTS
from assistant.understand.harm_goals import OTHERS
from index.types import Embedder

CLASSES = ("urgent", "harmful", "answer")
SIGN_WEIGHT = 0.15  # of a sign against a unit vector; the best of 0, 0.15, 0.3, 0.5 in ten-fold cross-validation
COST = 10.0  # of an error against the size of the weights; the best of 3, 10, 30
URGENT_FROM, HARMFUL_FROM = (
    0.5,
    0.6,
)  # probabilities; being refused wrongly is worse than being shown where to find help
STEPS = 4000  # of gradient descent; the loss no longer moves in its fifth digit
LONGEST = 1500  # characters looked at together: about what the embedder reads
LOOKED_AT = 4 * LONGEST  # from the end, where the question stands; the rules read everything
SHORTEST = 3  # words; less says too little
LATIN = 0.9  # share of ASCII characters from which the English embedder can be trusted
_MINE = re.compile(rf"\b{MINE}")
# What is asked for is to meet the harm, whoever does it; "stop my maid from" is not.
_MEETS = re.compile(
    r"\bhow (?:to|(?:do|can|could|should|might) (?:i|we|you|one)) (?:best )?(?:prevent|protect|stop|help"
    r"|identify|support|detect"
    r"|combat|fight|rescue|recogni[sz]e|counter|warn)\b(?! (?:my|her|him|them|our (?:workers|maid|girls)))"
)
_I = re.compile(r"\b(?:i|me|my)\b")
_WE = re.compile(r"\b(?:we|us|our)\b")


def signs(text: str) -> list[float]:
    """Ten signs of the rules in a folded message, each 0..2."""
    return [
        float(bool(ENGLISH.own.search(text))),
        float(min(2, sum(1 for kind in ENGLISH.hard if kind.search(text)))),
        float(min(2, sum(1 for kind in ENGLISH.soft if kind.search(text)))),
        float(bool(ENGLISH.work.search(text))),
        float(bool(_MINE.search(text))),
        float(bool(OTHERS.search(text))),
        float(bool(PROTECTS.search(text))),
        float("?" in text),
        float(bool(_I.search(text))),
        float(bool(_WE.search(text))),
    ]


def features(texts: Sequence[str], embedder: Embedder) -> np.ndarray:
    """n folded messages -> (n, dimensions + 10 + 1) float64: vector, signs, and a one for the bias."""
    vectors = embedder.embed_passages(texts).astype(np.float64)
    noted = np.array([signs(text) for text in texts]) * SIGN_WEIGHT
    return np.hstack([vectors, noted, np.ones((len(texts), 1))])


def probabilities(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(n, features) and (features, classes) -> (n, classes), each row summing to 1."""
    scores = rows @ weights
    scores -= scores.max(axis=1, keepdims=True)
    exponentials = np.exp(scores)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def fit(rows: np.ndarray, labels: Sequence[str]) -> np.ndarray:
    """The weights (features, classes) that minimise COST * sum of cross-entropies + |weights|^2 / 2, bias free.

    Accelerated gradient descent from zero with a fixed step: the same rows give the same weights.
    """
    wanted = np.array([[label == name for name in CLASSES] for label in labels], dtype=np.float64)
    size = np.ones((rows.shape[1], 1))
    size[-1] = 0.0  # the bias is not held small
    step = 1.0 / (COST * 0.5 * np.linalg.norm(rows, 2) ** 2 + 1.0)  # 1 / (bound of the curvature)
    weights = ahead = np.zeros((rows.shape[1], len(CLASSES)))
    for number in range(STEPS):
        slope = COST * rows.T @ (probabilities(rows, ahead) - wanted) + size * ahead
        moved = ahead - step * slope
        ahead = moved + number / (number + 3) * (moved - weights)
        weights = moved
    return weights


class Sense:
    """Judges messages in English, given the embedder that its weights were made with."""

    def __init__(self, embedder: Embedder) -> None:
        if embedder.name != sense_weights.EMBEDDER:
            raise ValueError(f"the weights are for {sense_weights.EMBEDDER!r}, not {embedder.name!r}")
        self._embedder = embedder
        values = np.frombuffer(b64decode(sense_weights.VALUES), dtype="<f2").astype(np.float64)
        self._weights = values.reshape(-1, len(CLASSES))

    def refusal(self, text: str) -> Refusal | None:
        """URGENT or HARMFUL where probable enough; `text`: folded by `scope.fold`."""
        if len(text.split()) < SHORTEST or sum(map(str.isascii, text)) < LATIN * len(text):
            return None
        text = text[-LOOKED_AT:]
        pieces = [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)]
        urgent, harmful, _ = probabilities(features(pieces, self._embedder), self._weights).max(axis=0)
        if urgent >= URGENT_FROM and urgent >= harmful:
            return Refusal.URGENT
        return Refusal.HARMFUL if harmful >= HARMFUL_FROM and not _MEETS.search(text) else None


def open_sense(embedder: Embedder) -> Sense:
    """With the embedder at hand where it is the right one, else with the packaged one. ModelMissing without it."""
    if embedder.name == sense_weights.EMBEDDER:
        return Sense(embedder)
    from index.encoders import open_embedder

    return Sense(open_embedder(sense_weights.EMBEDDER.partition("@")[0]))
