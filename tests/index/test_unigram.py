"""Cutting words into pieces, on vocabularies small enough to add up by hand."""

import math
from collections.abc import Mapping

import pytest

from index.unigram import MARK, Unigram

UNKNOWN = 0


def unigram(scores: Mapping[str, float], characters: Mapping[int, str] | None = None) -> Unigram:
    """Of these pieces, numbered from 1 in their order."""
    pieces = {piece: number for number, piece in enumerate(scores, start=1)}
    return Unigram(pieces, [0.0, *scores.values()], UNKNOWN, characters or {})


def test_of_two_ways_the_likelier_is_taken_though_its_first_piece_is_not():
    # _ab + c: -1 - 6 = -7;  _a + bc: -3 - 2 = -5
    cut = unigram({f"{MARK}ab": -1.0, "c": -6.0, f"{MARK}a": -3.0, "bc": -2.0})
    assert cut.ids("abc") == [3, 4]


def test_a_whole_word_in_the_vocabulary_is_cut_all_the_same_where_its_parts_are_likelier():
    # _ab: -9;  _a + b: -2 - 2 = -4
    assert unigram({f"{MARK}ab": -9.0, f"{MARK}a": -2.0, "b": -2.0}).ids("ab") == [2, 3]


def test_every_word_begins_with_the_mark_and_spaces_around_and_between_say_nothing_more():
    cut = unigram({f"{MARK}a": -1.0, f"{MARK}b": -1.0})
    assert cut.ids("a b") == cut.ids("  a \n\t b ") == [1, 2]
    assert cut.ids("") == cut.ids("  ") == []


def test_characters_that_no_piece_has_are_one_unknown_in_a_row():
    cut = unigram({f"{MARK}a": -1.0, "b": -1.0, MARK: -1.0})
    assert cut.ids("axyzb") == [1, UNKNOWN, 2]
    assert cut.ids("xx a") == [3, UNKNOWN, 1]


def test_an_unknown_character_costs_ten_more_than_the_rarest_piece():
    # ab + c would be -1 + -30; a, unknown, c: -1 + (-30 - 10) + -30 is worse, so the piece of -30 is taken
    assert unigram({f"{MARK}a": -1.0, "b": -30.0}).ids("ab") == [1, 2]


def test_code_points_are_replaced_first_and_one_may_become_a_space_or_nothing():
    cut = unigram({f"{MARK}a": -1.0, f"{MARK}fi": -1.0}, {ord("\u00a0"): " ", ord("\u00ad"): "", ord("ﬁ"): "fi"})
    assert cut.ids("a\u00a0\u00adﬁ") == [1, 2]


def test_letters_and_accents_apart_are_the_same_as_composed():
    cut = unigram({f"{MARK}é": -1.0})
    assert cut.ids("e\u0301") == cut.ids("\u00e9") == [1]


@pytest.mark.parametrize("length", [23, 24, 25, 300])
def test_long_words_are_cut_like_short_ones(length: int):
    cut = unigram({MARK: -1.0, "a": -1.0, "aa": math.log(0.5)})
    ids = cut.ids("a" * length)
    assert ids == cut.ids("a" * length)  # now kept, where short enough
    assert sorted(ids) == [1] + [2] * (length % 2) + [3] * (length // 2)
