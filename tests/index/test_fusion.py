"""Mixtures of scores, worked by hand."""

import numpy as np
import pytest

from index.fusion import (
    BEST,
    FEW,
    KEYWORD,
    LANGUAGE,
    PUBLICATION,
    QUESTION,
    SECTION,
    SUBJECT,
    Places,
    Subjects,
    fuse,
    query_vector,
    reordered,
    standardised,
)

ONE_LANGUAGE = np.zeros(6, dtype=np.int32)


def test_standardised_scores_have_mean_zero_and_deviation_one():
    # mean 4, deviations -2 0 2, standard deviation sqrt(8 / 3)
    assert standardised(np.array([2.0, 4.0, 6.0])) == pytest.approx([-(1.5**0.5), 0.0, 1.5**0.5])


@pytest.mark.parametrize("scores", [[], [0.7], [3.0, 3.0, 3.0]])
def test_scores_that_say_nothing_are_zeros(scores: list[float]):
    assert standardised(np.array(scores, dtype=np.float32)).tolist() == [0.0] * len(scores)


def test_without_places_the_mixture_is_of_the_two_alone():
    dense, keyword = np.array([0.9, 0.7], dtype=np.float32), np.array([0.0, 8.0], dtype=np.float32)
    # z of two values is 1 and -1
    expected = [(1 - KEYWORD) - KEYWORD, -(1 - KEYWORD) + KEYWORD]
    assert fuse(dense, keyword) == pytest.approx(expected, abs=1e-5)
    assert fuse(dense, keyword).dtype == np.float32


def test_a_query_without_words_in_the_corpus_is_ranked_by_meaning_alone():
    fused = fuse(np.array([0.1, 0.3, 0.2]), np.zeros(3))
    assert np.argsort(-fused).tolist() == [1, 2, 0]


def test_no_chunks_give_no_scores():
    nothing = np.array([], dtype=np.float32)
    none = np.array([], dtype=np.int32)
    places = Places(none, none, none)
    assert fuse(nothing, nothing).shape == (0,)
    assert fuse(nothing, nothing, places).shape == (0,)


def test_places_add_the_best_of_the_publication_and_the_mean_of_the_section():
    # z(dense) of 1 1 0 0 -1 -1 with deviation d = sqrt(4 / 6): z = 1/d for the first two, and so on
    dense = np.array([1.0, 1.0, 0.0, 0.0, -1.0, -1.0])
    unit = (6 / 4) ** 0.5
    places = Places(np.array([0, 0, 0, 0, 1, 1]), np.array([0, 1, 0, 1, 2, 2]), ONE_LANGUAGE)
    best = np.array([2, 2, 2, 2, -2, -2]) * unit / BEST  # of 1 1 0 0: (1 + 1 + 0) / 3; of -1 -1: (-1 -1 + 0) / 3
    section = np.array([0.5, 0.5, 0.5, 0.5, -1, -1]) * unit
    expected = (1 - KEYWORD) * dense * unit + PUBLICATION * best + SECTION * section
    assert fuse(dense, np.zeros(6), places) == pytest.approx(expected, abs=1e-5)


def test_a_publication_of_one_chunk_does_not_gain_by_being_short():
    # Both best chunks are equally close; the longer publication has two more that are close as well.
    dense = np.array([0.9, 0.9, 0.8, 0.8, 0.1, 0.1])
    places = Places(np.array([0, 1, 1, 1, 2, 2]), np.array([0, 1, 2, 3, 4, 4]), ONE_LANGUAGE)
    fused = fuse(dense, np.zeros(6), places)
    assert fused[1] > fused[0]


def test_a_chunk_that_is_near_as_its_publication_is_counts_for_less_in_it():
    # One publication along (1, 0), whose second chunk leans to (0, 1), as the question does
    vectors = np.array([[1.0, 0.0], [0.8, 0.6], [0.8, -0.6]], dtype=np.float32)
    subjects = Subjects.of(vectors, np.zeros(3, dtype=np.int32))
    assert subjects.means.tolist() == [[1.0, 0.0]]
    assert subjects.typical == pytest.approx([1.0, 0.8, 0.8])
    question = np.array([0.98, 0.199], dtype=np.float32)  # cosines 0.98, 0.9034, 0.6646
    shares = subjects.shares(question)
    assert shares == pytest.approx([0.98, 0.784, 0.784])
    dense = vectors @ question
    assert np.argmax(fuse(dense, np.zeros(3))) == 0
    own = fuse(dense, np.zeros(3), subject=shares)  # 0.49, 0.5114, 0.2726
    assert np.argmax(own) == 1
    assert own == pytest.approx((1 - KEYWORD) * standardised(dense - SUBJECT * shares), abs=1e-5)


def test_publications_without_a_chunk_have_no_subject():
    nothing = Subjects.of(np.zeros((0, 2), dtype=np.float32), np.zeros(0, dtype=np.int32))
    assert nothing.shares(np.array([1.0, 0.0], dtype=np.float32)).shape == (0,)


def test_group_numbers_may_have_gaps():
    """As they have when filters leave some publications out."""
    dense, keyword = np.array([0.3, 0.2, 0.5]), np.array([1.0, 0.0, 2.0])
    dense_numbers = fuse(dense, keyword, Places(np.array([0, 0, 1]), np.array([0, 1, 2]), np.array([0, 0, 1])))
    sparse_numbers = fuse(dense, keyword, Places(np.array([3, 3, 9]), np.array([5, 17, 40]), np.array([2, 2, 7])))
    assert dense_numbers.tolist() == sparse_numbers.tolist()


def test_the_query_vector_lies_between_question_and_story():
    whole, question = np.array([1.0, 0.0], dtype=np.float32), np.array([0.0, 1.0], dtype=np.float32)
    mixed = query_vector(whole, question)
    assert mixed @ mixed == pytest.approx(1, abs=1e-6)
    assert mixed[1] / mixed[0] == pytest.approx(QUESTION / (1 - QUESTION))
    assert mixed.dtype == np.float32
    assert query_vector(whole, whole) == pytest.approx(whole)


def test_of_how_much_nearer_one_language_is_a_share_is_taken_away_less_where_it_has_few_passages():
    # mean 0.6; the first language is 0.1 above it, the second 0.1 below. Both have 2 of 2 + FEW passages
    dense = np.array([0.8, 0.6, 0.6, 0.4])
    each = np.arange(4)
    lead = 0.1 * 2 / (2 + FEW)
    expected = dense - LANGUAGE * np.array([lead, lead, -lead, -lead])
    spread = (expected - 0.6) / expected.std()
    mixed = fuse(dense, np.zeros(4), Places(each, each, np.array([0, 0, 1, 1])))
    # each its own publication and section: 1 / BEST of itself, and itself
    assert mixed == pytest.approx(spread * (1 - KEYWORD + PUBLICATION / BEST + SECTION), abs=1e-5)


def test_one_language_alone_leads_before_none():
    dense, places = np.array([0.9, 0.2, 0.4]), np.arange(3)
    ranked = [fuse(dense, np.zeros(3), Places(places, places, np.full(3, number))) for number in (0, 5)]
    assert np.array_equal(ranked[0], ranked[1])
    assert ranked[0] == pytest.approx(standardised(dense) * (1 - KEYWORD + PUBLICATION / BEST + SECTION), abs=1e-5)


def test_what_is_known_of_some_changes_their_order_and_not_their_place_among_others():
    scores, moves = np.array([3.0, 2.0, 1.0]), np.array([np.nan, -1.0, 2.0])
    # 2 - 1 = 1 and 1 + 2 = 3; the best of the two stays at 2, so both go down by 1
    assert reordered(scores, moves).tolist() == [3.0, 0.0, 2.0]
    assert reordered(scores, np.full(3, np.nan)).tolist() == [3.0, 2.0, 1.0]
