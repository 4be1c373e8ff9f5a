"""Fitting the answerability weights: the regression, the balance, and the scores."""

import json

import pytest

from assistant.answer.answerability import Signals
from evals.calibration import Case, Sample, auc, fit, leave_one_out, read_cases, score, twins

NOTHING = dict.fromkeys(Signals.__dataclass_fields__, 0.0)


def sample(corpus: str, answerable: bool, **signals: float) -> Sample:
    return Sample(corpus, Case("?", answerable), Signals(**{**NOTHING, **signals}))


def test_auc_counts_pairs_and_halves_ties():
    # (0.9, 0.5) against (0.5, 0.1): win, win, tie, win = 3.5 of 4
    assert auc([0.9, 0.5], [0.5, 0.1]) == pytest.approx(0.875)
    assert auc([], [0.5]) is None


def test_both_errors_are_counted_at_the_threshold():
    samples = [sample("a", True, covered=x) for x in (0.9, 0.4)] + [
        sample("a", False, covered=x) for x in (0.5, 0.1, 0.2)
    ]
    row = score("a", samples, lambda signals: signals.covered)
    assert (row.answerable, row.unanswerable) == (2, 3)
    assert row.declined == pytest.approx(1 / 2)  # 0.4
    assert row.answered == pytest.approx(1 / 3)  # 0.5


def test_the_fit_separates_what_can_be_separated():
    samples = [sample("a", True, covered=0.8 + n / 100) for n in range(5)]
    samples += [sample("a", False, covered=0.2 + n / 100) for n in range(5)]
    fitted = fit(samples, ["covered", "foreign"])
    assert fitted.weights["covered"] > 0.0
    assert fitted.weights["foreign"] == pytest.approx(0.0)  # never differs, says nothing
    assert fitted.probability(samples[0].signals) > 0.9 > 0.1 > fitted.probability(samples[-1].signals)


def test_kinds_and_corpora_weigh_the_same_however_many_they_are():
    # ten answerable to one unanswerable at the same place: without balance this would be 10/11
    samples = [sample("a", True, covered=0.5)] * 10 + [sample("a", False, covered=0.5)]
    assert fit(samples, ["covered"]).probability(samples[0].signals) == pytest.approx(0.5)


def test_a_corpus_is_judged_by_weights_of_the_others():
    inside = [sample("a", True, covered=0.9), sample("a", False, covered=0.1)]
    # in b the signal means the opposite, so what a is judged by is turned round
    outside = [sample("b", True, covered=0.1), sample("b", False, covered=0.9)]
    first, second = leave_one_out([*inside, *outside], ["covered"])
    assert (first.corpus, first.auc, first.declined, first.answered) == ("a", 0.0, 1.0, 1.0)
    assert second.corpus == "b"


def test_twins_lose_what_answers_them():
    cases = [Case("Who?", True), Case("Why?", False)]
    assert twins(cases, {"Who?": {"d#0001"}, "Why?": {"d#0002"}}) == [
        Case("Who?", True),
        Case("Who?", False, without=frozenset({"d#0001"})),
        Case("Why?", False),
    ]


def test_cases_are_one_a_line(tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps({"question": "Who?", "answerable": True, "note": "x"}) + "\n\n", encoding="utf-8")
    assert read_cases(file) == [Case("Who?", True)]


@pytest.mark.parametrize("name", ["answerability.jsonl", "answerability-policy.jsonl"])
def test_the_shipped_cases_are_of_both_kinds_and_each_stands_once(name):
    from pathlib import Path

    cases = read_cases(Path(__file__).resolve().parents[2] / "evals" / "cases" / name)
    questions = [case.question for case in cases]
    assert len(set(questions)) == len(questions) >= 80
    assert {case.answerable for case in cases} == {True, False}
