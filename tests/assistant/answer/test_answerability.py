"""Whether the corpus answers: each signal by hand, and how they are put together."""

import math
from dataclasses import asdict, replace

import pytest
from passages import Shelf, document, hit, lookup, whole

from assistant.answer import answerability
from assistant.answer.answerability import LOGITS, WEIGHTS, WORD_WEIGHTS, Judgement, Signals, judge, probability
from assistant.answer.evidence import gather
from assistant.answer.reading import Reader
from assistant.types import Evidence, Query
from corpus.sentences import sentences

NOTHING = Signals(**dict.fromkeys(Signals.__dataclass_fields__, 0.0))


class Constant:
    name = "constant"
    max_tokens = 512

    def __init__(self, logit: float) -> None:
        self.logit = logit

    def score(self, question, passages):
        return [self.logit] * len(passages)


def judged(
    question: str, text: str, rerank: float = 5.0, window: float = 4.0, dense: float = 0.8, **about
) -> Judgement:
    source = document("paper", text, **about)
    shelf = Shelf(source)
    found = lookup([hit(whole(source), 1, rerank, dense)], [source.text, "rain", "fog"])
    evidence = gather(found.hits, shelf, 8)
    query = Query(question, question, question)
    return judge(Reader(shelf, sentences, Constant(window)).read(query, evidence, found), evidence, found)


MEMBERS = "ICAT had 17 members in July 2016. The members meet once a year in Vienna."


def test_signals_are_what_retrieval_and_reading_say():
    (signals,) = judged("How many members did ICAT have in 2016?", MEMBERS).signals
    assert signals.best == 5.0  # of the passage; the best sentence has 4
    assert signals.cosine == pytest.approx(0.8)
    assert signals.covered == pytest.approx(1.0)  # members, icat, 2016
    assert (signals.foreign, signals.years, signals.lacking) == (0.0, 0.0, 0.0)


def test_a_year_that_is_nowhere_counts_against_and_the_date_of_the_source_counts_for():
    (signals,) = judged("How many members did ICAT have in 2009?", MEMBERS).signals
    assert signals.years == 1.0
    dated = {"published": [{"year": 2009, "source": "the document"}]}
    (signals,) = judged("How many members did ICAT have in 2009?", MEMBERS, **dated).signals
    assert signals.years == 0.0


def test_a_sentence_that_is_read_better_than_any_passage_counts():
    assert judged("Who meets?", MEMBERS, rerank=1.0, window=4.0).signals[0].best == 4.0


def test_names_that_no_passage_has_are_foreign():
    (signals,) = judged("Does ICAT work with Interpol?", MEMBERS).signals
    assert signals.foreign == 0.5  # Interpol of ICAT and Interpol


def test_a_number_that_is_asked_for_and_not_there_is_lacking():
    (signals,) = judged("How many members meet in Vienna?", "The members meet in Vienna in spring.").signals
    assert signals.lacking == 1.0


def test_logits_are_clipped():
    assert judged("Who meets?", MEMBERS, rerank=40.0, window=-40.0).signals[0].best == LOGITS[1]
    assert judged("Who meets?", MEMBERS, rerank=-40.0, window=-40.0).signals[0].best == LOGITS[0]


def test_no_evidence_is_no_probability():
    source = document("paper", MEMBERS)
    found = lookup([], [source.text])
    reading = Reader(Shelf(source), sentences, None).read(Query("a", "Who?", "Who?"), Evidence(), found)
    assert judge(reading, Evidence(), found).probability == 0.0


def test_the_formula():
    # 1 / (1 + exp(-(bias + weight * signal))) with one signal at 2
    name, weight = next(iter(WEIGHTS.items()))
    expected = 1.0 / (1.0 + math.exp(-(answerability.BIAS + 2.0 * weight)))
    assert probability(replace(NOTHING, **{name: 2.0})) == pytest.approx(expected)


def test_weights_name_signals_and_point_the_right_way():
    for weights in (WEIGHTS, WORD_WEIGHTS):
        assert set(weights) <= set(asdict(NOTHING))
        for against in ("foreign", "years", "lacking"):
            assert weights.get(against, 0.0) <= 0.0
        assert weights["covered"] > 0.0


def test_the_best_part_decides():
    assert Judgement((0.2, 0.9), (NOTHING, NOTHING)).probability == 0.9
    assert Judgement((), ()).probability == 0.0


def test_an_answer_is_told_from_a_look_alike():
    answer = judged("How many members did ICAT have in 2016?", MEMBERS, rerank=8.0, window=8.0, dense=0.8)
    other = judged("What did Interpol pay for coffee in 1999?", MEMBERS, rerank=-6.0, window=-7.0, dense=0.55)
    assert answer.probability > 0.8 > 0.2 > other.probability
