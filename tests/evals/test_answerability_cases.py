"""The cases that a BEIR set gives, and what `icat calibrate` says when questions are missing."""

import json
from pathlib import Path

import pytest

from assistant.cli import main
from evals.answerability import _beir_cases
from evals.bench.beir import read_benchmark


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
    cases = {(case.question, case.answerable): case for case in _beir_cases(benchmark, sample=10)}
    names = {passage: chunk for chunk, passage in benchmark.passages.items()}
    # q1 is answered by a1; a2 is of the same document, so both are out of reach for its twin.
    assert cases["What falls?", False].without == {names["a1"], names["a2"]}
    assert cases["What flies?", False].without == {names["b1"]}
    assert cases["What falls?", True].without == frozenset()
    assert cases["What swims?", False].without == frozenset()
    assert len(cases) == 5


def test_the_sample_is_of_answerable_questions_only(tmp_path: Path):
    benchmark = read_benchmark(small_set(tmp_path / "set"))
    cases = _beir_cases(benchmark, sample=1)
    assert sum(case.answerable for case in cases) == 1
    assert "What swims?" in {case.question for case in cases}


def test_a_folder_of_files_without_questions_is_one_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = tmp_path / "files"
    folder.mkdir()
    assert main(["calibrate", str(folder)]) == 1
    assert capsys.readouterr().err.strip().endswith("name its questions with --cases FILE")
