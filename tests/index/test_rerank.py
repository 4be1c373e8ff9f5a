"""What a cross-encoder reads, and what its logits do to an order."""

from collections.abc import Sequence

import numpy as np
import pytest

from index.rerank import CROSS, LEAST, MARGIN, QUESTION_WORDS, WINDOW, WINDOWS, rerank

STORY = (
    "I run a small shelter in a port town with two colleagues and we have taken in three women who left a packing "
    "house last month after their papers had been kept from them. "
)


class Listed:
    """A reranker that gives listed logits by a word in the passage, and keeps what it was given to read."""

    name, max_tokens = "listed", 512
    languages: frozenset[str] = frozenset()

    def __init__(self, **logits: float) -> None:
        self.logits = logits
        self.question = ""
        self.passages: list[str] = []

    def score(self, question: str, passages: Sequence[str]) -> np.ndarray:
        self.question, self.passages = question, list(passages)
        found = [[logit for word, logit in self.logits.items() if word in passage] for passage in passages]
        return np.array([max(logits, default=-10.0) for logits in found], dtype=np.float32)


def fused(*scores: float) -> np.ndarray:
    return np.array(scores, dtype=np.float32)


def test_the_cross_encoder_reads_question_heading_path_and_text():
    reranker = Listed()
    rerank("Who pays?", ["Remedies > Costs", ""], ["The fund pays.", "Nobody."], fused(1, 0), reranker)
    assert reranker.question == "Who pays?"
    assert reranker.passages == ["Remedies. Costs. The fund pays.", "Nobody."]


def test_scores_mix_logits_and_fused_scores_each_standardised():
    # Two candidates: z is 1 and -1 for both signals, the other way round.
    scores, logits = rerank("q", ["", ""], ["bad", "good"], fused(2, 1), Listed(bad=-9, good=5))
    assert logits.tolist() == [-9, 5]
    assert scores == pytest.approx([-CROSS + (1 - CROSS), CROSS - (1 - CROSS)], abs=1e-6)


def test_a_clear_logit_turns_a_narrow_fused_order_around():
    texts = ["first", "second", "third", "fourth"]
    scores, _ = rerank("q", [""] * 4, texts, fused(1.02, 1.01, 1.0, 0.4), Listed(third=6.0))
    assert scores.argmax() == 2


def test_candidates_far_below_the_best_are_not_read_and_stay_behind():
    near, far = [3.0 - 0.1 * place for place in range(LEAST)], [3.0 - MARGIN - 1, 3.0 - MARGIN - 2]
    reranker = Listed(far=9.0)
    texts = ["near"] * LEAST + ["far", "far"]
    scores, logits = rerank("q", [""] * len(texts), texts, fused(*near, *far), reranker)
    assert reranker.passages == ["near"] * LEAST
    assert np.isnan(logits[LEAST:]).all() and not np.isnan(logits[:LEAST]).any()
    assert scores[:LEAST].min() > scores[LEAST] > scores[LEAST + 1]


def test_a_few_are_read_however_clear_the_fused_order_is():
    reranker = Listed()
    rerank("q", [""] * 10, ["text"] * 10, fused(9, *range(0, -9, -1)), reranker)
    assert len(reranker.passages) == LEAST


def test_the_order_of_the_candidates_does_not_matter():
    texts, base = ["good", "bad", "plain"], fused(0.5, 1.0, 0.7)
    scores, _ = rerank("q", [""] * 3, texts, base, Listed(good=4.0, bad=-4.0))
    turned, _ = rerank("q", [""] * 3, texts[::-1], base[::-1], Listed(good=4.0, bad=-4.0))
    assert turned[::-1] == pytest.approx(scores)


def test_a_long_passage_counts_by_its_best_window():
    long = " ".join(["filler"] * (2 * WINDOW) + ["answer"])
    reranker = Listed(answer=5.0)
    _, logits = rerank("q", ["Heading", ""], [long, "short"], fused(1, 0.9), reranker)
    assert logits[0] == 5.0
    assert len(reranker.passages) == 3 + 1  # 201 words: three windows
    assert all(passage.startswith("Heading. ") for passage in reranker.passages[:3])
    words = " ".join(reranker.passages[:3]).replace("Heading. ", "").split()
    assert len(words) >= 201


def test_what_is_read_is_bounded_in_number_and_length():
    long = " ".join(["word"] * (20 * WINDOW))
    reranker = Listed()
    scores, _ = rerank("why " * 500, [""] * 20, [long] * 20, fused(*[1.0] * 20), reranker)
    assert len(reranker.passages) <= WINDOWS
    assert len(reranker.question.split()) == QUESTION_WORDS
    assert np.isfinite(scores).all()


def test_equal_logits_leave_the_fused_order_as_it_is():
    scores, _ = rerank("q", [""] * 3, ["a", "b", "c"], fused(0.1, 0.3, 0.2), Listed())
    assert np.argsort(-scores).tolist() == [1, 2, 0]
