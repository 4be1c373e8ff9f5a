"""A cross-encoder mixed into the fused order: what it reads of question and passage, and how much it counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.language import of_question
from index.fusion import standardised
from index.types import Reranker

CROSS = 0.5  # share of the cross-encoder's logits; alone, its order is worse than the dense one (see evals/README.md)
MARGIN = 2.0  # fused standard deviations below the best: further down is not read, and quality rather gains by it
LEAST = 6  # candidates read whatever the margin
WINDOW, OVERLAP = 100, 10  # words; with heading and question about 150 tokens
WINDOWS = 28  # read for one question; 8 to 9 ms each on two cores keeps them under 300 ms
QUESTION_WORDS = 64  # of a text in which no question was found, the end is read


def reads(reranker: Reranker, question: str, language: str) -> bool:
    """Whether a cross-encoder knows the languages of a question and of a passage, whose is '' where it is not known.

    On headings of documents in Arabic, Chinese, French, Russian and Spanish the English one, reading all the same,
    brought nDCG@10 from .33 down to .32 in three times the time that English takes.
    """
    if not reranker.languages:
        return True
    return (not language or language in reranker.languages) and of_question(question) in reranker.languages


def rerank(
    question: str, headings: Sequence[str], texts: Sequence[str], fused: np.ndarray, reranker: Reranker
) -> tuple[np.ndarray, np.ndarray]:
    """Final scores and cross-encoder logits of n candidates, in the order given, each (n,) float32.

    Of the candidates that are read, a score is CROSS z(logit) + (1 - CROSS) z(fused), z over those. The others, too
    far below the best fused one or past the WINDOWS that time allows, have the logit NaN, and keep their fused order
    behind those that were read. `headings` are paths joined by " > ".
    """
    order = np.argsort(-fused, kind="stable")
    windows: list[tuple[int, str]] = []
    read = 0
    for place in order.tolist():
        near = fused[place] >= fused[order[0]] - MARGIN
        cut = _windows(texts[place])[: WINDOWS // LEAST]
        if read >= LEAST and (not near or len(windows) + len(cut) > WINDOWS):
            break
        windows += [(place, f"{_sentence(headings[place])}{window}") for window in cut]
        read += 1
    logits = np.full(len(texts), -np.inf)
    asked = " ".join(question.split()[-QUESTION_WORDS:])
    np.maximum.at(logits, [place for place, _ in windows], reranker.score(asked, [window for _, window in windows]))
    return _mixed(fused, logits, order[:read], order[read:])


def _mixed(fused: np.ndarray, logits: np.ndarray, read: np.ndarray, rest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scores = fused.astype(np.float64)
    scores[read] = CROSS * standardised(logits[read]) + (1 - CROSS) * standardised(fused[read])
    if len(rest):
        scores[rest] += scores[read].min() - float(fused[rest[0]]) - 1e-3
    return scores.astype(np.float32), np.where(np.isinf(logits), np.nan, logits).astype(np.float32)


def _sentence(heading: str) -> str:
    """A heading path as sentences, which a cross-encoder reads better than a path."""
    return heading.replace(" > ", ". ") + ". " if heading else ""


def _windows(text: str) -> list[str]:
    """Runs of about WINDOW words, of equal length and slightly overlapping; at least one."""
    found = text.split()
    count = -(-len(found) // WINDOW)
    if count <= 1:
        return [text]
    size = -(-len(found) // count)
    return [" ".join(found[start : start + size + OVERLAP]) for start in range(0, len(found), size)]
