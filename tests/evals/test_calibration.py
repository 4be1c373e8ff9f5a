"""Fitting the tiers: the regression and its balance, thresholds by hand, folds that were not seen, what is printed."""

from pathlib import Path

import pytest

from assistant.answer import tiers
from assistant.answer.tiers import TierSignals
from assistant.cli import main
from corpus.errors import IcatError
from corpus.lines import read_lines
from evals.calibration import (
    STARTER,
    CorpusQuestion,
    SignalSample,
    fit,
    held_out,
    of_cases,
    pasted,
    questions_of,
    thresholds,
    told,
)
from evals.figures.logistic import SignalWeights
from evals.runs.cases import Located
from tests.evals.eval_samples import case

ALL, QUESTIONS, NO_QUESTIONS = (True, True), (False, True), (True, False)  # what has its say


def sample(
    answerable: bool, logit: float | None = 0.0, covered: float = 0.0, asked: float | None = 0.5, **where: str
) -> SignalSample:
    signals = TierSignals(logit, cosine=0.5, contrast=1.0, covered=covered, missing=0.0, asked=asked)
    return SignalSample(where.get("corpus", "a"), where.get("language", "en"), answerable, signals)


def told_apart(number: int = 10) -> list[SignalSample]:
    """By the words covered and by the logit."""
    yes = [sample(True, 2 + n / 10, 0.8 + n / 100, None) for n in range(number)]
    return yes + [sample(False, -2 - n / 10, 0.2 - n / 100, None) for n in range(number)]


def test_the_fit_separates_what_can_be_separated():
    samples = told_apart()
    fitted = fit(samples, NO_QUESTIONS)
    assert fitted is not None
    assert fitted.weights["covered"] > 0.0 and fitted.weights["logit"] > 0.0
    assert fitted.weights["cosine"] == pytest.approx(0.0)  # never differs, says nothing
    assert fitted.probability(samples[0].signals) > 0.9 > 0.1 > fitted.probability(samples[-1].signals)


def test_both_kinds_weigh_the_same_however_many_there_are():
    # ten answerable to one unanswerable with the same signals: without balance this would be 10/11
    samples = [sample(True, covered=0.5, asked=None)] * 10 + [sample(False, covered=0.5, asked=None)]
    fitted = fit(samples, NO_QUESTIONS)
    assert fitted is not None
    assert fitted.probability(samples[0].signals) == pytest.approx(0.5)


def test_a_logit_is_cut():
    samples = told_apart()
    lowest = [*samples, sample(False, tiers.LOGITS[0], 0.2, None)]
    assert fit([*samples, sample(False, -500.0, 0.2, None)], NO_QUESTIONS) == fit(lowest, NO_QUESTIONS)


def test_weights_are_of_the_questions_that_have_their_signals():
    samples = told_apart()
    assert fit([*samples, sample(False, 3.0, 0.9), sample(False, None, 0.9)], NO_QUESTIONS) == fit(
        samples, NO_QUESTIONS
    )
    assert fit(samples, ALL) is None
    assert fit([sample(True), sample(True)], ALL) is None  # of one kind


def test_questions_that_no_cross_encoder_reads_are_told_by_their_like():
    # Their closeness is on another scale: by what tells the others, all of them would be unanswered.
    others = [sample(n % 2 == 0, 0.0, asked=0.8 if n % 2 == 0 else 0.7) for n in range(20)]
    mine = [sample(n % 2 == 0, None, asked=0.5 if n % 2 == 0 else 0.4) for n in range(20)]
    fitted = fit([*others, *mine], QUESTIONS)
    assert fitted == fit(mine, QUESTIONS)
    assert fitted is not None
    assert fitted.probability(mine[0].signals) > 0.8 > 0.2 > fitted.probability(mine[1].signals)


def test_a_question_is_judged_by_weights_of_the_other_folds():
    found = held_out([*told_apart(), sample(True, None, 0.15)])
    assert min(found[:10]) > 0.5 > max(found[10:20])
    assert found[20] == 0.5  # no other has what it has


def test_thresholds_by_hand():
    # .95 of 20 answerable are 19: all but the one at .1. From .4 on 19/20 to 2/8: .95 / (.95 + .25) = .79. From .6
    # on 10/20 to 2/8: .5 / .75 = .67. From .8 on no other is left.
    probabilities = [0.1, *[0.4] * 9, *[0.8] * 10, *[0.0] * 6, 0.6, 0.6]
    wanted = [True] * 20 + [False] * 8
    assert thresholds(probabilities, wanted) == (0.4, 0.8)
    # With one of them gone: .95 / (.95 + 1/7) = .87 from .4 on.
    assert thresholds(probabilities[:-1], wanted[:-1]) == (0.4, 0.4)
    # Nothing tells them apart: what is said to be answered never is.
    assert thresholds([0.5] * 4, [True, True, False, False]) == (0.5, 1.0)


def test_a_row_for_all_for_each_corpus_and_each_language():
    samples = [
        sample(True, corpus="few, 3 passages"),
        sample(True, corpus="few, 3 passages", language="fr"),
        sample(False, corpus="few, 3 passages"),
        sample(False, corpus="many, 900 passages"),
    ]
    rows = told(samples, [0.9, 0.3, 0.6, 0.1], (0.2, 0.5))
    assert rows == [
        # .9 and .3 against .6 and .1: three pairs of four; of yes .9 is answered; of no .6 is
        ("all", "2", "2", "0.750", "0.500", "1.000", "0.500", "0.500"),
        ("few, 3 passages", "2", "1", "0.500", "0.500", "1.000", "1.000", "1.000"),
        ("many, 900 passages", "0", "1", "-", "-", "-", "0.000", "0.000"),
        ("en", "1", "2", "1.000", "1.000", "1.000", "0.500", "0.500"),
        ("fr", "1", "0", "-", "0.000", "1.000", "-", "-"),
    ]


def test_what_is_pasted_is_python():
    scope: dict[str, object] = {}
    fits = {ALL: SignalWeights({"logit": 12.3456, "asked": -0.5}, -7.25), QUESTIONS: None}
    exec(pasted("FITS", fits, {"MAY_FROM": 0.251, "ANSWERS_FROM": 0.649}), scope)
    assert scope["FITS"] == {(True, True): ({"logit": 12.35, "asked": -0.5}, -7.25)}
    assert (scope["MAY_FROM"], scope["ANSWERS_FROM"]) == (0.25, 0.65)


def test_cases_that_are_looked_up_by_themselves_are_asked():
    lists = [{"kind": "indicator", "activity": "livelihoods"}]
    cases = [
        case("one"),
        case("two", expected="declined", question="Nobody knows?"),
        case("three", lists=lists),
        case("four", history=["And before?"]),
        case("five", expected="refused"),
        case("six", expected="partly"),
    ]
    asked = of_cases(Located(each, "f:1") for each in cases)
    assert [(each.question, each.answerable) for each in asked] == [
        ("Who visits farms?", True),
        ("Nobody knows?", False),
        ("Who visits farms?", True),
    ]


def test_a_question_that_is_not_sound_is_one_line(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "mine.jsonl"
    file.write_text('{"question": "Who?", "answerable": true, "note": "x"}\n')
    assert questions_of(file) == [CorpusQuestion(question="Who?", answerable=True)]
    file.write_text('{"question": "Who?"}\n')
    assert main(["calibrate", str(file)]) == 1
    assert "mine.jsonl:1: answerable: Field required" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["answerability.jsonl", "answerability-policy.jsonl"])
def test_the_shipped_questions_are_of_both_kinds_and_each_stands_once(name: str):
    asked = [each for _, each in read_lines(STARTER.with_name(name), CorpusQuestion.model_validate_json, IcatError)]
    assert len({each.question for each in asked}) == len(asked) >= 80
    assert {each.answerable for each in asked} == {True, False}
