"""Figures of a run by hand: overall, by split, by tag; what is answered though nothing answers; what a case missed."""

from __future__ import annotations

import pytest

from evals.answers.scorecard import measure, missed, scorecard
from evals.answers.scoring import metric, title_of
from evals.runs.records import AskedCase
from evals.types import Split
from tests.evals.eval_samples import case
from tests.evals.run_samples import GOOD, NOTHING, WRONG_WORDS, answerable, record, run, unanswerable

FOUR = run(
    answerable("good", GOOD),
    answerable("quiet", NOTHING, split="test"),
    answerable("wrong", WRONG_WORDS, tags=["factual", "hard"]),
    unanswerable("made-up", GOOD),
    unanswerable("silent", NOTHING),
)


def test_accuracy_and_coverage_by_hand():
    card = scorecard(measure(FOUR))
    shares = {name: (value.value, value.n) for name, value in card.overall.items()}
    assert shares["citation_precision"] == (pytest.approx(2 / 3), 3)  # good, made-up, but not wrong
    assert shares["false_answers"] == (0.5, 2)
    assert shares["declined_when_not"] == (0.5, 2)
    assert shares["answered_when_answerable"] == (pytest.approx(2 / 3), 3)
    assert shares["gold_reached"] == (pytest.approx(2 / 3), 3)  # nothing is reached by saying nothing
    assert shares["fused.recall_10"] == (1.0, 3)
    assert (card.asked, card.cases, card.stages) == (5, 5, ("fused",))
    assert card.seconds["answer"].n == 5


def test_splits_and_tags_are_of_their_own_cases():
    card = scorecard(measure(FOUR))
    assert card.splits[Split.TUNE]["answered_when_answerable"].value == 1.0
    assert card.splits[Split.TEST]["answered_when_answerable"].value == 0.0
    assert "false_answers" not in card.splits[Split.TUNE]
    assert card.tagged == {"factual": 3, "hard": 1, "unanswerable": 2}
    assert card.tags["hard"]["citation_precision"].value == 0.0
    assert "gold_reached" not in card.tags["unanswerable"]


def test_one_figure_over_some_tags():
    measured = measure(FOUR)
    assert measured.value("citation_precision", ("unanswerable",)).n == 1
    assert measured.value("citation_precision", ("none",)).value is None
    assert measured.value("list_completeness").n == 0


def test_danger_is_counted_apart_from_greetings():
    hello = AskedCase(case("hello", expected="refused", tags=["greeting"]), record("hello", GOOD, gold=False))
    danger = AskedCase(case("danger", expected="refused", tags=["urgent"]), record("danger", GOOD, gold=False))
    refused = AskedCase(
        case("harm", expected="refused", tags=["harmful"], status=["no evidence"]),
        record("harm", NOTHING, gold=False),
    )
    values = measure(run(hello, danger, refused)).means()
    assert (values["refused_danger"].value, values["refused_danger"].n) == (0.5, 2)


def test_what_a_case_missed_is_said():
    measured = measure(FOUR)
    said = {each.case.id: missed(each, measured.scores) for each in FOUR.asked}
    assert said["good"] == said["silent"] == ()
    assert said["quiet"] == ("ended as no evidence; wanted answered", "gold quotes reached: 0.00")
    assert said["wrong"] == ("citation precision: 0.00", "citation recall: 0.00")
    assert said["made-up"] == ("ended as answered; wanted declined",)
    failed = run(AskedCase(case("bad"), record("bad", None, error="KeyError: 'x'")))
    assert missed(failed.asked[0], measure(failed).scores) == ("asking it failed: KeyError: 'x'",)


def test_a_figure_is_named_for_readers():
    assert title_of("fused.mrr") == "MRR, fused"
    assert title_of("failures").endswith("↓")
    with pytest.raises(KeyError):
        metric("beauty")
