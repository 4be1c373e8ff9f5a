"""Fitting the answerability weights: the regression, the balance, the errors; and the questions a BEIR set gives."""

import json
from pathlib import Path

import pytest

from assistant.answer.answerability import Signals
from assistant.cli import main
from corpus.errors import IcatError
from evals.bench.beir import read_benchmark
from evals.calibration import STARTER, CorpusQuestion, SignalSample, apart, beir_questions, errors, fit
from evals.lines import read_lines

NOTHING = dict.fromkeys(Signals.__dataclass_fields__, 0.0)


def sample(corpus: str, answerable: bool, **signals: float) -> SignalSample:
    return SignalSample(corpus, CorpusQuestion(question="?", answerable=answerable), Signals(**{**NOTHING, **signals}))


def test_both_errors_are_counted_at_the_threshold_in_use():
    # the threshold is .45
    row = errors("a", [(0.9, True), (0.4, True), (0.5, False), (0.1, False), (0.2, False)])
    assert (row.answerable, row.unanswerable) == (2, 3)
    assert row.declined == pytest.approx(1 / 2)  # 0.4
    assert row.answered == pytest.approx(1 / 3)  # 0.5
    assert row.auc == pytest.approx(5 / 6)  # of 6 pairs only (.4, .5) is wrong


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
    first, second = apart([*inside, *outside], lambda sample: sample.corpus, ["covered"])
    assert (first.corpus, first.auc, first.declined, first.answered) == ("a", 0.0, 1.0, 1.0)
    assert second.corpus == "b"


def small_set(folder: Path) -> Path:
    """Two documents of two passages and one; one question each, and one that nothing answers."""
    passages = [("a1", "Apples", "Apples fall."), ("a2", "Apples", "Apples keep."), ("b1", "Bees", "Bees fly.")]
    corpus = [{"_id": i, "title": t, "text": x, "metadata": {"doc": t}} for i, t, x in passages]
    queries = [
        {"_id": "q1", "text": "What falls?", "metadata": {"answerable": True}},
        {"_id": "q2", "text": "What flies?", "metadata": {"answerable": True}},
        {"_id": "q3", "text": "What swims?", "metadata": {"answerable": False}},
    ]
    (folder / "qrels").mkdir(parents=True)
    for name, records in (("corpus.jsonl", corpus), ("queries.jsonl", queries)):
        (folder / name).write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ta1\t1\nq2\tb1\t1\n", encoding="utf-8")
    return folder


def test_a_twin_loses_the_whole_document_that_answers(tmp_path: Path):
    benchmark = read_benchmark(small_set(tmp_path / "set"))
    cases = {(case.question, case.answerable): case for case in beir_questions(benchmark, sample=10)}
    names = {passage: chunk for chunk, passage in benchmark.passages.items()}
    # q1 is answered by a1; a2 is of the same document, so both are out of reach for its twin.
    assert cases["What falls?", False].without == {names["a1"], names["a2"]}
    assert cases["What flies?", False].without == {names["b1"]}
    assert cases["What falls?", True].without == frozenset()
    assert cases["What swims?", False].without == frozenset()
    assert len(cases) == 5


def test_the_sample_is_of_answerable_questions_only(tmp_path: Path):
    benchmark = read_benchmark(small_set(tmp_path / "set"))
    cases = beir_questions(benchmark, sample=1)
    assert sum(case.answerable for case in cases) == 1
    assert "What swims?" in {case.question for case in cases}


def test_a_folder_of_files_without_questions_is_one_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = tmp_path / "files"
    folder.mkdir()
    assert main(["calibrate", str(folder)]) == 1
    assert capsys.readouterr().err.strip().endswith("name its questions with --cases FILE")


@pytest.mark.parametrize("name", ["answerability.jsonl", "answerability-policy.jsonl"])
def test_the_shipped_questions_are_of_both_kinds_and_each_stands_once(name: str):
    asked = [each for _, each in read_lines(STARTER.with_name(name), CorpusQuestion.model_validate_json, IcatError)]
    assert len({each.question for each in asked}) == len(asked) >= 80
    assert {each.answerable for each in asked} == {True, False}
