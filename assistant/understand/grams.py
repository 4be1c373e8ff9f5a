"""A message as the pieces that its words are made of, in whatever language, dialect or spelling it is typed.

Beside the meaning that an encoder sees: it knows few dialects, and takes misspelt words apart in ways it never met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

BUCKETS = 1 << 16  # which a piece falls into by its digest; more of them told no better (evals/README.md)
SIZES = (2, 3, 4)  # characters of a piece, which never runs over the end of a word
LOOSE = 0.2  # inverse strength of the regularisation
NEVER = -9.0  # logit


def pieces(text: str) -> tuple[np.ndarray, np.ndarray]:
    """(n,) buckets, and for each 1 + ln of how often it occurs, the whole of length 1; both empty of no text."""
    found = Counter(
        crc32(word[at : at + size].encode("utf-8", "replace")) % BUCKETS
        for word in map(" {} ".format, text.casefold().split())
        for size in SIZES
        for at in range(len(word) - size + 1)
    )
    counts = 1 + np.log(np.fromiter(found.values(), dtype=np.float32, count=len(found)))
    return np.fromiter(found, dtype=np.int64, count=len(found)), counts / max(float(np.linalg.norm(counts)), 1e-9)


def logits(text: str, weights: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """(classes,) of a text; `weights`: (BUCKETS, classes)."""
    buckets, counts = pieces(text)
    return counts @ weights[buckets] + bias


def rows_of(fitted: LogisticRegression) -> tuple[np.ndarray, np.ndarray]:
    """(classes, features) and (classes,) of the logits; of two classes, which one row of log odds tells, half each."""
    if len(fitted.classes_) > 2:
        return fitted.coef_, fitted.intercept_
    return np.concatenate([-fitted.coef_, fitted.coef_]) / 2, np.concatenate(
        [-fitted.intercept_, fitted.intercept_]
    ) / 2


def learn(texts: Sequence[str], labels: np.ndarray, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """(BUCKETS, classes) in half precision and (classes,) of a multinomial logistic regression, every class alike.

    A bucket counts by its inverse document frequency, ln((1 + n) / (1 + texts that have it)) + 1. A class without a
    text is NEVER told.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows = [pieces(text) for text in texts]
    ends = np.cumsum([0, *(len(buckets) for buckets, _ in rows)])
    buckets, counts = (np.concatenate(side) for side in zip(*rows, strict=True))
    rarity = np.log((1 + len(texts)) / (1 + np.bincount(buckets, minlength=BUCKETS))) + 1
    seen = csr_matrix((counts * rarity[buckets], buckets, ends), shape=(len(texts), BUCKETS))
    fitted = LogisticRegression(C=LOOSE, max_iter=200, class_weight="balanced").fit(seen, labels)
    told, bias = rows_of(fitted)
    weights, biases = np.zeros((BUCKETS, classes), dtype=np.float16), np.full(classes, NEVER)
    weights[:, fitted.classes_] = told.T * rarity[:, None]
    biases[fitted.classes_] = bias
    return weights, biases
