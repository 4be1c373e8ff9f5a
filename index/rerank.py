"""A cross-encoder mixed into the fused order: what it reads, and how much it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from corpus.sentences import sentences
from index.fusion import standardised
from index.types import Reranker

CROSS, FUSED = 0.5, 0.5
WINDOW, STEP = 90, 60  # words; 90 words are about 128 tokens with question and heading
_ASKS = re.compile(r"[?？؟][\"'”’»)\]]*$")


def question_of(text: str) -> str:
    """The question without its story: the last sentences in a row that end in a question mark, else all."""
    found = [text[start:end] for start, end in sentences(text)]
    asking = [place for place, sentence in enumerate(found) if _ASKS.search(sentence)]
    if not asking:
        return text.strip()
    first = asking[-1]
    while first - 1 in asking:
        first -= 1
    return " ".join(found[first : asking[-1] + 1])


def rerank(
    question: str,
    titles: Sequence[str],
    texts: Sequence[str],
    fused: np.ndarray,
    dense: np.ndarray,
    reranker: Reranker,
) -> tuple[np.ndarray, np.ndarray]:
    """Final scores and cross-encoder logits of n candidates in the order given, each (n,) float32.

    A score is CROSS * z(logit) + FUSED * z(fused), z over the candidates, higher is better. A candidate that
    the cross-encoder did not read has the logit NaN. `dense` and `fused` are of the candidates alone.
    """
    windows = [(place, window) for place, text in enumerate(texts) for window in _windows(text)]
    logits = np.full(len(texts), -np.inf)
    read = reranker.score(question, [f"{titles[place]}\n{window}".strip() for place, window in windows])
    np.maximum.at(logits, [place for place, _ in windows], read)
    mixed = CROSS * standardised(logits) + FUSED * standardised(fused)
    return mixed.astype(np.float32), logits.astype(np.float32)


def _windows(text: str) -> list[str]:
    """Overlapping runs of WINDOW words, at least one."""
    found = text.split()
    if len(found) <= WINDOW + STEP // 4:
        return [text]
    return [" ".join(found[start : start + WINDOW]) for start in range(0, len(found) - STEP // 2, STEP)]
