"""How closeness, judges and the wording make one verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from assistant.types import Support
from assistant.write.judges import InferenceJudge, reply
from assistant.write.model.tasks import ReplyJudge
from assistant.write.support import FOREIGN, NOT_FOUND, NOT_TODAY, ONLY_ASKED, SupportModels, judged
from tests.fakes import GivenTexts, HashedWords

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


class Drawn(HashedWords):
    """Finds all texts alike, as a real one nearly does with what is said of one organisation."""

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        return np.tile(super().embed_passages(["LAMPS"]), (len(texts), 1))


def test_without_a_quote_there_is_no_support():
    verdict = judged("Keepers log failures.", [])
    assert verdict.support is Support.NONE and verdict.closeness == 0.0


def test_the_same_words_are_full_and_other_words_are_marked():
    assert judged(QUOTE, [QUOTE]).support is Support.FULL
    found = judged("Pilots are paid by the harbour office.", [QUOTE])
    assert (found.support, found.warnings) == (Support.PARTIAL, (NOT_FOUND,))


def test_the_embedder_is_asked_about_languages_that_it_reads_and_words_are_compared_in_others():
    models = SupportModels(embedder=Drawn())
    assert judged("Pilots whistle.", [QUOTE], models).closeness == pytest.approx(1.0)
    french = judged("Les pilotes sifflent.", ["Les gardiens notent chaque panne."], models, language="fr")
    assert (french.closeness, french.support) == (0.0, Support.PARTIAL)


def test_across_languages_only_figures_and_names_are_compared_where_no_embedder_reads_both():
    def across(models: SupportModels):
        return judged("Pilots whistle.", ["Les pilotes sifflent."], models, language="en", source_language="fr")

    assert across(SupportModels(embedder=Drawn())).warnings == (FOREIGN,)
    both = across(SupportModels(beyond=Drawn()))
    # a cosine of 1, and .72 + 4 x (1 - .835) on the scale of the English embedder
    assert (both.support, both.warnings, both.closeness) == (Support.FULL, (), pytest.approx(1.38))


@pytest.mark.parametrize(
    ("sentence", "says", "support"),
    [
        (QUOTE, Support.FULL, Support.FULL),
        (QUOTE, Support.PARTIAL, Support.PARTIAL),
        (QUOTE, Support.NONE, Support.PARTIAL),  # nothing is withheld for a judge's doubt
        (QUOTE, None, Support.FULL),  # no usable reply: the words decide
        ("Pilots are paid by the harbour office.", Support.FULL, Support.FULL),  # other words, which the judge read
        ("Pilots are paid by the harbour office.", Support.PARTIAL, Support.PARTIAL),
        ("Keepers should log each lamp failure within two days.", Support.FULL, Support.NONE),  # the figure stands
        ("Keepers must log each lamp failure within one day.", Support.FULL, Support.PARTIAL),
    ],
)
def test_a_judge_adds_a_doubt_or_takes_back_that_words_differ_but_never_what_the_wording_shows(sentence, says, support):
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
    assert ReplyJudge("model", GivenTexts(text)).judge("claim", ["passage"]) is support


def test_a_reply_judge_is_asked_about_all_quotes_together():
    writer = GivenTexts("yes")
    ReplyJudge("model", writer).judge("claim", ["one", "two"])
    assert len(writer.asked) == 1 and "one two" in writer.asked[0][-1].text


@pytest.mark.parametrize(
    ("probability", "support"),
    [(0.9, Support.FULL), (0.7, Support.FULL), (0.5, Support.PARTIAL), (0.3, Support.PARTIAL), (0.29, Support.NONE)],
)
def test_a_probability_is_graded_at_its_thresholds(probability: float, support: Support):
    assert InferenceJudge(Entails(probability)).judge("claim", ["quote"]) is support


def test_without_a_quote_a_judge_finds_no_support():
    assert InferenceJudge(Entails(1.0)).judge("claim", []) is Support.NONE


# --- what no closeness makes up for ---


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
    models = SupportModels(embedder=Drawn())
    assert (ONLY_ASKED in judged(sentence, [source], models).warnings) is asked
    assert ONLY_ASKED not in judged(sentence, [source, "Harbours pay for lamps."], models).warnings


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
    found = judged(sentence, [source], SupportModels(embedder=Drawn())).warnings
    assert (NOT_TODAY.format(word) in found) is bool(word)
    assert not word or len(found) == 1
