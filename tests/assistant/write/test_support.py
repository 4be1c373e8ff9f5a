"""How signals, judges and the wording guard make one verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from assistant.types import Support
from assistant.write.judges import InferenceJudge, ProbabilityJudge, ReplyJudge, reply
from assistant.write.support import FROM, Scorer, Signals, judged, probability_of
from assistant.write.support_limits import only_asked, only_names_shared, points_back, said_of_today
from tests.fakes import HashedWords, SharedWords

QUOTE = "Keepers should log each lamp failure within one day."


@dataclass
class Fixed:
    """A judge that always says the same."""

    says: Support | None
    name: str = "fixed"

    def judge(self, claim: str, quotes: Sequence[str]) -> Support | None:
        return self.says


@dataclass
class Entails:
    probability: float
    name: str = "entails"

    def probabilities(self, premise: str, claims: Sequence[str]) -> list[float]:
        return [self.probability] * len(claims)


def test_without_a_quote_there_is_no_support():
    verdict = judged("Keepers log failures.", [])
    assert verdict.support is Support.NONE and verdict.probability == 0.0


def test_the_probability_rises_with_each_signal_and_falls_with_a_missing_word():
    base = probability_of(Signals(0.5, 0.8))
    assert probability_of(Signals(0.9, 0.8)) > base > probability_of(Signals(0.1, 0.8))
    assert probability_of(Signals(0.5, 0.1)) > base
    assert probability_of(Signals(0.5, 0.8, cosine=0.9)) > probability_of(Signals(0.5, 0.8, cosine=0.5))
    assert probability_of(Signals(0.5, 0.8, logit=8.0)) > probability_of(Signals(0.5, 0.8, logit=-8.0))
    assert all(0 < partial < full < 1 for full, partial in FROM.values())


def test_the_same_words_are_full_and_other_words_are_none():
    assert judged(QUOTE, [QUOTE]).support is Support.FULL
    assert judged("Pilots are paid by the harbour office.", [QUOTE]).support is Support.NONE


def test_only_models_that_read_the_language_are_asked():
    class Counting(SharedWords):
        languages = frozenset({"en"})

    reranker = Counting()
    judged("Les gardiens notent chaque panne.", ["Les gardiens notent chaque panne."], Scorer(reranker), language="fr")
    assert reranker.read == []
    judged(QUOTE, [QUOTE], Scorer(reranker))
    assert [sentence for sentence, _ in reranker.read] == [QUOTE]


def test_an_embedder_is_asked_instead_of_the_cross_encoder():
    reranker, embedder = SharedWords(), HashedWords()
    verdict = judged(QUOTE, [QUOTE], Scorer(reranker, embedder))
    assert verdict.signals.cosine == pytest.approx(1.0) and verdict.signals.logit is None and reranker.read == []


@pytest.mark.parametrize(
    ("sentence", "says", "support"),
    [
        (QUOTE, Support.FULL, Support.FULL),
        (QUOTE, Support.PARTIAL, Support.PARTIAL),
        (QUOTE, Support.NONE, Support.NONE),
        (QUOTE, None, Support.FULL),  # no usable reply: the words decide
        ("Pilots are paid by the harbour office.", Support.FULL, Support.PARTIAL),  # raised by one step only
        ("Pilots are paid by the harbour office.", Support.PARTIAL, Support.NONE),
        ("Keepers should log each lamp failure within two days.", Support.FULL, Support.NONE),  # the guard stands
        ("Keepers must log each lamp failure within one day.", Support.FULL, Support.PARTIAL),
    ],
)
def test_a_judge_lowers_freely_and_raises_by_one_step_but_never_against_the_guard(sentence, says, support):
    assert judged(sentence, [QUOTE], judge=Fixed(says)).support is support


@pytest.mark.parametrize(
    ("text", "support"),
    [
        ("yes", Support.FULL),
        (" No.\n", Support.NONE),
        ("PARTLY", Support.PARTIAL),
        ("Yes, because the passage says so", None),
        ("yes/no", None),
        ("", None),
    ],
)
def test_a_reply_is_one_word_or_none(text: str, support: Support | None):
    assert reply(text) is support
    assert ReplyJudge("model", lambda claim, passage: text).judge("claim", ["passage"]) is support


def test_a_reply_judge_is_asked_about_all_quotes_together():
    asked = []
    ReplyJudge("model", lambda claim, passage: asked.append((claim, passage)) or "yes").judge("c", ["one", "two"])
    assert asked == [("c", "one\ntwo")]


@pytest.mark.parametrize(
    ("probability", "support"),
    [(0.9, Support.FULL), (0.7, Support.FULL), (0.5, Support.PARTIAL), (0.3, Support.PARTIAL), (0.29, Support.NONE)],
)
def test_a_probability_is_graded_at_its_thresholds(probability: float, support: Support):
    assert InferenceJudge(Entails(probability)).judge("claim", ["quote"]) is support
    assert ProbabilityJudge("model", lambda claim, passage: probability).judge("claim", ["quote"]) is support


def test_a_judge_that_was_told_nothing_says_nothing():
    assert ProbabilityJudge("model", lambda claim, passage: None).judge("claim", ["quote"]) is None
    assert InferenceJudge(Entails(1.0)).judge("claim", []) is Support.NONE


# --- what is never more than partly supported ---


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Yes, that is still the office's site.", "Yes"),
        ("That is still the office's site.", "That"),
        ("They must log each failure.", "They"),
        ("It has 13 points.", "It"),
        ("It is the duty of keepers to log each failure.", ""),
        ("This rule holds for keepers.", ""),
        ("That keepers log failures is a rule.", ""),
        ("Keepers log failures.", ""),
        ("No keeper may leave.", ""),
    ],
)
def test_a_sentence_that_opens_with_what_it_does_not_say_points_back(sentence: str, word: str):
    assert points_back(sentence) == word


@pytest.mark.parametrize(
    ("sentence", "only"),
    [
        ("The web page of LAMPS is still in use.", True),
        ("In 2020 LAMPS sold boats.", True),  # a name and a year
        ("LAMPS describes its mandate.", False),
        ("LAMPS 2020.", False),  # says no more than those
        ("Nothing of it is there.", False),
    ],
)
def test_a_name_alone_is_told_from_something_said_of_it(sentence: str, only: bool):
    assert only_names_shared(sentence, ["The LAMPS Factsheet 2020 describes the mandate of LAMPS."]) is only


class Drawn(HashedWords):
    """Finds all texts alike, as a real one nearly does with what is said of one organisation."""

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        return np.tile(super().embed_passages(["LAMPS"]), (len(texts), 1))


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("LAMPS describes its mandate.", Support.FULL),
        ("The web page of LAMPS is still in use.", Support.PARTIAL),
        ("It describes the mandate of LAMPS.", Support.PARTIAL),
    ],
)
def test_how_close_it_is_does_not_make_up_for_what_a_sentence_does_not_say(sentence: str, support: Support):
    source = "The LAMPS Factsheet 2020 describes the mandate of LAMPS."
    verdict = judged(sentence, [source], Scorer(embedder=Drawn()))
    assert (verdict.probability > 0.7, verdict.support) == (True, support)
    assert bool(verdict.warnings) is (support is Support.PARTIAL)


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Harbours must pay for lamps.", True),
        ("A design question is who pays for lamps.", False),
        ("Ask who pays for lamps.", False),
        ("Who pays for lamps?", False),
    ],
)
def test_what_the_source_only_asks_is_not_said_by_it(sentence: str, asked: bool):
    source = "Who pays for the lamps, and must harbours pay for them?"
    assert only_asked(sentence, [source]) is asked
    assert not only_asked(sentence, [source, "Harbours pay for lamps."])
    if asked:
        assert judged(sentence, [source], Scorer(embedder=Drawn())).support is Support.PARTIAL


@pytest.mark.parametrize(
    ("sentence", "source", "word"),
    [
        ("LAMPS has 31 members today.", "LAMPS had 31 members in 2023.", "today"),
        ("LAMPS has 31 members today.", "Today LAMPS has 31 members; in 2016 it had 17.", ""),
        ("LAMPS has 31 members.", "LAMPS had 31 members in 2023.", ""),
        ("LAMPS had 31 members in 2023, and now has more.", "LAMPS had 31 members in 2023.", ""),  # it gives the date
        ("LAMPS is now paid by harbours.", "LAMPS is paid by harbours.", ""),
    ],
)
def test_what_held_at_a_date_is_not_said_of_today(sentence: str, source: str, word: str):
    assert said_of_today(sentence, [source]) == word
