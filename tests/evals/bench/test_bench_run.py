"""A benchmark from files to figures, through the real store and the product's own retriever."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.bench.beir import BenchmarkError, read_benchmark
from evals.bench.run import STAGES, bench, run
from index.types import IndexSettings
from tests.fakes import HashedWords, SharedWords

SETTINGS = IndexSettings(pool=10, top_k=3)


def test_every_stage_is_measured_and_finds_what_words_alone_can_find(beir: Path):
    report = bench(read_benchmark(beir), SETTINGS, HashedWords(256), SharedWords())
    assert [stage.stage for stage in report.stages] == ["bm25", "dense", "fused"] == list(STAGES)
    for stage in report.stages:
        # Each query shares its words with its own passage only; q3 has no relevant passage.
        assert stage.quality.ndcg_10 == stage.quality.mrr == stage.quality.recall_5 == 1.0
        assert (stage.quality.queries, stage.quality.undefined) == (2, 1)
        assert stage.p50_ms is not None and stage.p95_ms is not None and 0 < stage.p50_ms <= stage.p95_ms
    assert (report.passages, report.queries) == (4, 3)
    assert min(report.per_second.values()) > 0 and report.encoder_characters_per_second > 0
    assert report.peak_memory_mb > 1


def test_characters_are_those_that_are_indexed(beir: Path):
    report = bench(read_benchmark(beir), SETTINGS, HashedWords(64), None, stages=("bm25",))
    # Per passage: heading path, line break, text. A repeated title stands once; one without a title takes its id.
    lengths = [
        len("Fees > Who pays") + 1 + len("Recruitment agencies may charge no fees to workers."),
        len("Fees > Refunds")
        + 1
        + len("A fee that was paid is refunded by the employer:\n- within thirty days\n- in full"),
        len("Inspection") + 1 + len("Labour inspectors visit farms during the harvest."),
        len("p4") + 1 + len("Consumers ask where apples were grown."),
    ]
    assert report.characters == sum(lengths)
    assert report.reranker == ""


def test_the_assistant_answers_what_the_set_answers_and_nothing_else(beir: Path):
    found = read_benchmark(beir)
    report = bench(found, SETTINGS, HashedWords(256), SharedWords(), ("fused",))
    assert report.answers is not None
    assert (report.answers.auc, report.answers.answerable, report.answers.unanswerable) == (1.0, 2, 1)
    assert report.answers.figures["declined"].value == 1.0
    assert "answerability AUC 1.000 (2 answerable, 1 not)" in report.as_text()


def test_a_set_that_says_nothing_of_answers_is_not_asked(beir: Path):
    queries = [{"_id": "q1", "text": "agencies charge fees to workers"}]
    (beir / "queries.jsonl").write_text("".join(json.dumps(each) + "\n" for each in queries))
    (beir / "qrels" / "test.tsv").write_text("q1\tp1\t1\n")
    found = read_benchmark(beir)
    assert bench(found, SETTINGS, HashedWords(64), None, ("bm25",)).answers is None


def test_a_report_is_json_and_a_table(beir: Path):
    report = bench(read_benchmark(beir), SETTINGS, HashedWords(64), SharedWords(), ("dense", "fused"))
    again = json.loads(json.dumps(report.as_dict()))
    assert [stage["stage"] for stage in again["stages"]] == ["dense", "fused"]
    assert again["stages"][0]["quality"]["queries"] == 2
    table = [line.split() for line in report.as_text().splitlines()]
    assert [
        "stage",
        "recall@5",
        "recall@10",
        "recall@50",
        "MRR",
        "nDCG@10",
        "n",
        "undefined",
        "p50",
        "ms",
        "p95",
        "ms",
    ] in table
    assert [row[:2] for row in table if row[:1] in (["dense"], ["fused"])] == [
        ["dense", "1.000"],
        ["fused", "1.000"],
    ]


def test_an_unknown_stage_is_said_before_anything_is_indexed(beir: Path):
    arguments = Namespace(folder=beir, stages=["bm25", "colbert"], queries=None, baseline=False, json=False)
    with pytest.raises(BenchmarkError, match="no stage 'colbert'; there are bm25, dense, fused"):
        run(arguments, Settings(home=beir / "home"), line=print, as_json=print)
