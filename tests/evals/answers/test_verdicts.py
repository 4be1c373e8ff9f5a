"""What judges say of the sentences of a run, and how a review holds each of them against people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from list_samples import ask
from review_samples import FULL, NONE, workbench, written

from assistant.review.make import read_run as sources_of
from assistant.review.types import Supported
from assistant.show.record import answer_to_record
from assistant.types import Answer, Support, Wanted
from corpus.toolkit.types import ItemKind
from corpus.types import Activity
from evals.answers.judge import DeterministicJudge, keep_verdicts, verdicts
from evals.runs.records import create, read_run, rewrite
from evals.types import CaseRecord
from tests.evals.eval_samples import answer, case, statement


class Lenient:
    """A judge that supports whatever has a 1 in it, and fails on what has a 3."""

    name = "lenient"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def judge(self, claim: str, quotes: Sequence[str]) -> Support | None:
        self.asked.append(claim)
        return None if "3" in claim else Support.FULL if "1" in claim else Support.NONE


def record(given: Answer | None, **fields: object) -> CaseRecord:
    return CaseRecord("visits", answer_to_record(given) if given else None, {}, {}, **fields)  # type: ignore[arg-type]


def run_of(folder: Path, *records: CaseRecord) -> Path:
    create(folder, {}, [case()])
    rewrite(folder, records)
    return folder


def test_each_sentence_is_judged_in_its_order_those_withheld_last():
    judge = Lenient()
    assert verdicts(written(2, withheld=2), judge) == ("full", "none", None, "none")
    assert judge.asked == [f"Sentence number {n} of the paper." for n in (1, 2, 3, 4)]


def test_no_quote_no_answer_and_no_list_item_leave_anything_to_judge():
    judge = Lenient()
    assert verdicts(answer(statement("Farms 1.")), judge) == (None,)
    assert verdicts(None, judge) == ()
    listed = ask(Wanted((ItemKind.INDICATOR,), (Activity.LIVELIHOODS,)))
    assert listed and listed.listing and len(verdicts(listed, judge)) == len(listed.statements) > 0
    assert judge.asked == []


def test_verdicts_are_kept_beside_those_of_other_judges_and_records_stay_as_they_are(tmp_path: Path):
    folder = run_of(tmp_path / "run", record(written(2), judges={"other": ("none", "none")}))
    before = read_run(folder).records[0]
    keep_verdicts(folder, Lenient())
    (after,) = read_run(folder).records
    assert after.judges == {"other": ("none", "none"), "lenient": ("full", "none")}
    assert (after.answer, after.quotes, after.gold) == (before.answer, before.quotes, before.gold)
    content = (folder / "records.jsonl").read_bytes()
    keep_verdicts(folder, Lenient())
    assert (folder / "records.jsonl").read_bytes() == content


def test_a_review_of_a_run_has_a_confusion_matrix_for_each_judge_of_it(tmp_path: Path):
    # Sentences 1 to 4, of which 4 was withheld. The product: full, full, partial, none; people: full, none, full, none.
    folder = run_of(tmp_path / "run", record(written(3, withheld=1)))
    keep_verdicts(folder, Lenient())  # full, none, -, none
    keep_verdicts(folder, DeterministicJudge())  # each stands word for word in its quote: full
    bench = workbench(tmp_path / "home")
    bench.create(sources_of(folder), "a run", raters=["Ana", "Bo"])
    for number, said in enumerate((FULL, NONE, FULL, NONE), start=1):
        for rater in ("Ana", "Bo"):
            bench.judge(f"r1.{number}", rater, said)
    found = {each.judge: each for each in bench.results("r1").judges}
    assert set(found) == {"product", "lenient", "deterministic"}
    none, full = Supported.NONE, Supported.FULL
    lenient = found["lenient"].matrix
    assert [lenient[Support.FULL][full], lenient[Support.NONE][none], lenient[Support.NONE][full]] == [1, 2, 0]
    assert (found["lenient"].agreement.value, found["lenient"].agreement.n) == (1.0, 3)
    assert [found["deterministic"].matrix[Support.FULL][each] for each in (full, none)] == [2, 2]
    assert found["deterministic"].agreement.value == 0.5
    assert found["product"].agreement.value == 0.5  # 1 and 4
