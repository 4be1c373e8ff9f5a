"""What a review makes of a fault is a case that can be evaluated, and its verdicts are what judges are held against."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "assistant"))

from review_samples import FULL, NONE, two_sources, workbench, written

from assistant.review.types import Source
from assistant.types import Answer
from evals.judge import read_verdicts
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
    file.write_bytes(bench.export_verdicts("r1"))
    (verdict,) = read_verdicts(file)
    text = "Sentence number 1 of the paper."
    assert (verdict.statement, verdict.quotes, verdict.verdict) == (text, (text,), "none")
