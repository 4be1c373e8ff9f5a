"""Typing errors in questions: mended where the word does not exist and one of the corpus is near."""

import pytest

from assistant.understand.lexicon import lexicon
from assistant.understand.spelling import Speller
from index.words import Vocabulary as CorpusWords

CORPUS = CorpusWords(
    [
        "An issue brief on the non-punishment of victims of trafficking, and a shelter for people.",
        "The shelter staff and its donors. Success stories and borders, borders again. A durable solution.",
        "Refoulement is forbidden. Tafficking tells how the word is spelt by somebody who erred once.",
    ]
)
MENDED = [
    ("wich isue breif is on non punishmnt of victms?", "which issue brief is on non punishment of victims?"),
    ("shoud peple in the sheltr see doners", "should people in the shelter see donors"),
    ("trafiking", "trafficking"),  # two errors in a long word
    ("Waht is a durable soluton?", "What is a durable solution?"),  # the capital stays
    ("indcators for livelyhoods", "indicators for livelihood"),  # words of the lexicon, however the corpus puts it
    ("les indicatuers de la campagne", "les indicateurs de la campagne"),  # French
]
KEPT = [
    "Does a returnee or a donee pay the donor of the shelter?",  # rare words of their own, one error from others
    "What is a durable solution?",
    "refoulement of people",  # rare, and written by the corpus
    "What does Trafiking Ltd say?",  # a name within a sentence
    "SHELTR is an abbreviation of ours",
    "shelf borders of people",  # a word of its own, however near
    "sheltr@victms.example is the mail of the people",
    "the victim is qwxzjk",  # nothing near
]


@pytest.mark.parametrize(("typed", "meant"), MENDED)
def test_a_word_that_does_not_exist_becomes_its_near_neighbour(typed, meant):
    assert Speller(lexicon(), lambda: CORPUS).mended(typed) == meant


@pytest.mark.parametrize("typed", KEPT)
def test_what_exists_or_has_no_near_neighbour_stays(typed):
    assert Speller(lexicon(), lambda: CORPUS).mended(typed) == typed


def test_a_typing_error_of_the_corpus_is_not_what_a_question_means():
    # "tafficking" stands once and is no common word; "trafficking" is one error away as well
    assert Speller(lexicon(), lambda: CORPUS).mended("what is traficking") == "what is trafficking"


def test_the_corpus_is_not_asked_for_a_question_without_errors():
    def never() -> CorpusWords:
        raise AssertionError("not needed")

    assert Speller(lexicon(), never).mended("What is a baseline?") == "What is a baseline?"
