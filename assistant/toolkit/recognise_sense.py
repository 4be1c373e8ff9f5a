"""Which activity type a described programme belongs to, where no known word says it: a linear classifier.

"We give sewing machines to women who came back" names no activity type. The vector of the packaged embedder goes into
a ridge regression with one column for each type. Its weights are in `recognise_weights`, made by
`tests/assistant/make_recognition_weights.py` from the starter library and the phrasings beside that script.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence

import numpy as np

from assistant.toolkit import recognise_weights
from corpus.types import Activity
from index.types import Embedder

RIDGE = 1.0  # the best of 0.3, 1, 2, 4 in cross-validation over the phrasings
EXAMPLE_WEIGHT = 3.0  # of a phrasing against a sentence of the starter library
MARGIN = 0.2  # of the first over the second; nineteen in twenty such choices are right in cross-validation
LEAST = -0.35  # scores run from about -1 (not this type) to 1 (this type); below it a text is of no type
SHORTEST = 3  # words; less says too little
LATIN = 0.9  # share of ASCII characters from which the English embedder can be trusted
LONGEST = 600  # characters; about what the embedder reads


def fit(rows: np.ndarray, wanted: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(n, d) vectors, (n, 7) targets of 1 and -1, (n,) weights -> (d + 1, 7), the last row the bias.

    Minimises sum of weights * |x W - y|^2 + RIDGE * |W|^2, in closed form; the bias is not held small.
    """
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    size = RIDGE * np.eye(rows.shape[1])
    size[-1, -1] = 1e-6
    return np.linalg.solve(rows.T @ (rows * weights[:, None]) + size, rows.T @ (wanted * weights[:, None]))


def targets(activities: Sequence[Activity | None]) -> np.ndarray:
    """(n, 7): 1 in the column of the activity, -1 elsewhere; None is of no type."""
    return np.array([[1.0 if activity is column else -1.0 for column in Activity] for activity in activities])


class ActivitySense:
    """Judges descriptions in English, given the embedder that its weights were made with."""

    def __init__(self, embedder: Embedder) -> None:
        if not fits(embedder):
            raise ValueError(f"the weights are for {recognise_weights.EMBEDDER!r}, not {embedder.name!r}")
        self._embedder = embedder
        values = np.frombuffer(b64decode(recognise_weights.VALUES), dtype="<f2").astype(np.float64)
        self._weights = values.reshape(-1, len(Activity))

    def activity(self, description: str) -> Activity | None:
        """The type a programme belongs to; None where the text is short, of no type, or could be of two."""
        text = description[:LONGEST]
        if len(text.split()) < SHORTEST or sum(map(str.isascii, text)) < LATIN * len(text):
            return None
        vector = self._embedder.embed_passages([text])[0].astype(np.float64)
        scores = np.append(vector, 1.0) @ self._weights
        second, first = np.sort(scores)[-2:]
        if first < LEAST or first - second < MARGIN:
            return None
        return list(Activity)[int(scores.argmax())]


def fits(embedder: Embedder) -> bool:
    """Whether the weights were made with this embedder."""
    return embedder.name == recognise_weights.EMBEDDER
