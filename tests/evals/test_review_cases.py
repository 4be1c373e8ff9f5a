"""What a review makes of a fault is a case that can be evaluated, and its verdicts are what judges are held against."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
from review_samples import FULL, NONE, two_sources, workbench, written

from assistant.review.make import read_run as sources_of
from assistant.review.types import AnswerPart, Source
from assistant.settings import Settings, load_settings
from assistant.types import Answer
from evals.answers.judge import read_verdicts
from evals.evaluate import run
from evals.runs.records import find_run, read_run
from evals.types import EvalCase


@pytest.mark.parametrize("answer", [two_sources(), written(2), written(1, withheld=1)])
def test_a_fault_is_a_valid_case(tmp_path: Path, answer: Answer):
    bench = workbench(tmp_path)
    bench.create([Source(answer)], "a test", raters=["Ana", "Bo"])
    for claim in bench.claims("r1"):
        judgement = FULL if claim.part == "withheld" else NONE
        for rater in ("Ana", "Bo"):
            bench.judge(claim.id, rater, judgement)
        path, new = bench.save_case(claim.id)
        assert new
    cases = [EvalCase.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [case.id for case in cases] == [f"regression-r1-{n}" for n in range(1, len(bench.claims("r1")) + 1)]
    assert all(case.tags == ("regression",) for case in cases)


def test_settled_verdicts_are_read_by_what_compares_judges(tmp_path: Path):
    bench = workbench(tmp_path)
    bench.create([Source(written(2))], "a test", raters=["Ana"])
    bench.judge("r1.1", "Ana", NONE)
    file = tmp_path / "verdicts.json"
    file.write_bytes(bench.export("r1", "verdicts"))
    (verdict,) = read_verdicts(file)
    text = "Sentence number 1 of the paper."
    assert (verdict.statement, verdict.quotes, verdict.verdict) == (text, (text,), "none")


def evaluated(settings: Settings, *files: Path) -> dict[str, Any]:
    """`icat evaluate --cases FILE --json`."""
    shown: list[Any] = []
    fields = {"cases": list(files), "tags": [], "split": None, "limit": None, "model": None, "policy": None}
    arguments = Namespace(**fields, out=None, judge="deterministic", verdicts=None, json=True)
    assert run(arguments, settings, line=print, as_json=shown.append, say=lambda _: None) == 0
    return shown[0]


def test_a_fault_found_in_a_run_is_asked_again_as_a_regression_case(indexed_home: Path, tmp_path: Path):
    cases = [
        {"id": "displacement", "question": "What does displacement mean, and how can a programme watch for it?",
         "expected": "answered", "tags": ["two-part"], "split": "test"},
        {"id": "shelters", "question": "And for shelters?", "history": ["What does displacement mean?"],
         "expected": "answered", "tags": ["multi-turn"], "split": "tune"},
    ]  # fmt: skip
    file = tmp_path / "first.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in cases))
    settings = load_settings()
    first = find_run(settings.home / "runs", evaluated(settings, file)["run"])
    bench = workbench(settings.home)
    bench.create(sources_of(first), "a run", raters=["Ana", "Bo"])
    fault, *rest = [
        each for each in bench.claims("r1") if each.case == "displacement" and each.part is AnswerPart.SHOWN
    ]
    for rater, said in (("Ana", NONE), ("Bo", FULL)):
        bench.judge(fault.id, rater, said)
        for other in rest:
            bench.judge(other.id, rater, FULL)
    bench.adjudicate(fault.id, "Chris", NONE)
    path, _ = bench.save_case(fault.id)
    again = read_run(find_run(settings.home / "runs", evaluated(settings, path)["run"]))
    (asked,) = again.asked
    case, record = asked.case, asked.record
    assert (case.question, case.never) == (cases[0]["question"], (fault.text,))
    assert [span.quote for span in case.gold] == [" ".join(each.quotes[0].quote.text.split()) for each in rest]
    assert rest and len(record.gold) == len(rest) and record.error == ""
    assert again.folder != first
