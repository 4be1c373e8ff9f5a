"""Messages as pieces of their words: counted by hand, and told apart."""

import numpy as np
import pytest

from assistant.understand.grams import BUCKETS, NEVER, learn, logits, pieces


def test_a_word_falls_into_pieces_of_two_to_four_that_do_not_run_over_its_end():
    # " ab ": two of each edge, " a", "ab", "b "; " ab", "ab "; " ab "
    buckets, counts = pieces("AB")
    assert len(buckets) == 6 and buckets.max() < BUCKETS
    assert counts == pytest.approx([1 / 6**0.5] * 6)
    both, _ = pieces("ab cd")
    assert len(both) == 12 and set(buckets) < set(both)


def test_what_occurs_twice_counts_as_one_and_ln_2_and_the_whole_is_of_length_1():
    _, counts = pieces("ab ab")
    assert counts == pytest.approx([1 / 6**0.5] * 6)
    _, counts = pieces("ab ab cd")
    # six at 1 + ln 2 = 1.693 and six at 1: their length is (6 * 2.867 + 6) ** .5 = 4.817
    assert sorted(counts)[0] == pytest.approx(1 / 4.817, abs=1e-3)
    assert sorted(counts)[-1] == pytest.approx(1.693 / 4.817, abs=1e-3)


def test_no_text_has_no_pieces_and_tells_the_biases():
    assert len(pieces(" ")[0]) == 0
    assert logits("", np.ones((BUCKETS, 2), dtype=np.float16), np.array([0.5, -0.5])).tolist() == [0.5, -0.5]


@pytest.mark.parametrize(("classes", "labels"), [(3, [0, 0, 1, 1]), (4, [0, 0, 1, 3])])
def test_a_misspelt_word_is_told_by_its_pieces_and_a_class_without_a_text_never(classes: int, labels: list[int]):
    texts = ["shelter for women", "shelters for boys", "weather today", "rain tomorrow"]
    weights, bias = learn(texts, np.array(labels), classes)
    assert weights.shape == (BUCKETS, classes) and weights.dtype == np.float16
    told = logits("sheltr", weights, bias)
    assert int(np.argmax(told)) == 0
    assert told[2] == NEVER
