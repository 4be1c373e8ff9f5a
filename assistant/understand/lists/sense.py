"""What a message asks for and what a programme is like, where no known word says it: two linear classifiers.

"We give sewing machines to women who came back" names no activity type. The vector of the packaged embedder goes into
a ridge regression with one column for each type; another has one for each kind of list. The weights are in
`recognise_weights`, made by `tests/assistant/make_recognition_weights.py` from the starter library and the phrasings
beside that script.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence

import numpy as np

from assistant.understand.lists import weights as recognise_weights
from corpus.toolkit.types import ItemKind
from corpus.types import Activity
from index.types import Embedder

RIDGE = 1.0  # for activities; the best of 0.3, 1, 2, 4 in cross-validation over the phrasings
KIND_RIDGE = 0.3  # the best of 0.1, 0.2, 0.3, 0.5, 1 on phrasings that it was not made from
EXAMPLE_WEIGHT = 3.0  # of a phrasing against a sentence of the starter library
MARGIN = 0.2  # of the first over the second; nineteen in twenty such choices are right in cross-validation
LEAST = -0.35  # scores run from about -1 (not this type) to 1 (this type); below it a text is of no type
SURE, ALSO = 0.4, 0.1  # scores of a kind from which it is taken: the first, and others beside it
SHORTEST = 3  # words; less says too little
LATIN = 0.9  # share of ASCII characters from which the English embedder can be trusted
LONGEST = 600  # characters; about what the embedder reads


def fit(rows: np.ndarray, wanted: np.ndarray, weights: np.ndarray, ridge: float) -> np.ndarray:
    """(n, d) vectors, (n, k) targets of 1 and -1, (n,) weights -> (d + 1, k), the last row the bias.

    Minimises sum of weights * |x W - y|^2 + ridge * |W|^2, in closed form; the bias is not held small.
    """
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    size = ridge * np.eye(rows.shape[1])
    size[-1, -1] = 1e-6
    return np.linalg.solve(rows.T @ (rows * weights[:, None]) + size, rows.T @ (wanted * weights[:, None]))


def targets(activities: Sequence[Activity | None]) -> np.ndarray:
    """(n, 7): 1 in the column of the activity, -1 elsewhere; None is of no type."""
    return np.array([[1.0 if activity is column else -1.0 for column in Activity] for activity in activities])


def kind_targets(kinds: Sequence[Sequence[ItemKind]]) -> np.ndarray:
    """(n, 3): 1 in the columns of the kinds asked for, -1 elsewhere."""
    return np.array([[1.0 if column in asked else -1.0 for column in ItemKind] for asked in kinds])


class Sense:
    """Judges English, given the embedder that its weights were made with."""

    def __init__(self, embedder: Embedder) -> None:
        if not fits(embedder):
            raise ValueError(f"the weights are for {recognise_weights.EMBEDDER!r}, not {embedder.name!r}")
        self._embedder = embedder
        self._activities = _unpacked(recognise_weights.ACTIVITIES, len(Activity))
        self._kinds = _unpacked(recognise_weights.KINDS, len(ItemKind))

    def activity(self, description: str) -> Activity | None:
        """The type a programme belongs to; None where the text is short, of no type, or could be of two."""
        scores = self._scores(description, self._activities)
        if scores is None:
            return None
        second, first = np.sort(scores)[-2:]
        if first < LEAST or first - second < MARGIN:
            return None
        return list(Activity)[int(scores.argmax())]

    def kinds(self, question: str) -> tuple[ItemKind, ...]:
        """The kinds of list a question asks for, in the order of ItemKind; () where none is likely enough."""
        scores = self._scores(question, self._kinds)
        if scores is None or scores.max() < SURE:
            return ()
        return tuple(kind for kind, score in zip(ItemKind, scores, strict=True) if score >= ALSO)

    def _scores(self, text: str, weights: np.ndarray) -> np.ndarray | None:
        text = text[-LONGEST:]
        if len(text.split()) < SHORTEST or sum(map(str.isascii, text)) < LATIN * len(text):
            return None
        vector = self._embedder.embed_passages([text])[0].astype(np.float64)
        return np.append(vector, 1.0) @ weights


def _unpacked(values: str, columns: int) -> np.ndarray:
    return np.frombuffer(b64decode(values), dtype="<f2").astype(np.float64).reshape(-1, columns)


def fits(embedder: Embedder) -> bool:
    """Whether the weights were made with this embedder."""
    return embedder.name == recognise_weights.EMBEDDER
