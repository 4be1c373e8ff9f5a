"""Runs on disk: what was appended comes back, a line that was cut off does not, and runs are found by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.show.record import answer_to_record
from corpus.toolkit.types import ItemKind
from evals.runs.records import AskedCase, RunError, appending, create, find_run, read_run
from evals.types import CaseRecord, ListInForce, PassageSpan, QuoteCheck
from tests.evals.eval_samples import answer, case, place, quote, statement


def record(id: str) -> CaseRecord:
    given = answer(statement("Inspectors visit farms twice a year.", quote(0, 36)))
    return CaseRecord(
        case=id,
        answer=answer_to_record(given),
        stages={"bm25": (PassageSpan("farms", 0, 36, (1, 1)),)},
        seconds={"answer": 0.25, "retrieve": 0.125},
        gold=(place(0, 36, 1, "1"),),
        lists=(ListInForce(ItemKind.LESSON, None, ("a", "b"), 2),),
        quotes=(QuoteCheck(0, 0, True, None),),
    )


@pytest.fixture()
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "20260102-0304-abcdef12"
    create(folder, {"digest": "x"}, [case("a"), case("b", never=["pine"])])
    return folder


def test_what_was_appended_comes_back_in_the_order_of_the_cases(run: Path):
    failed = CaseRecord("a", None, {}, {}, error="ModelFault: down")
    with appending(run) as append:
        append(record("b"))
    assert len(read_run(run).records) < len(read_run(run).cases)
    with appending(run) as append:
        append(failed)
    found = read_run(run)
    assert len(found.records) == len(found.cases) and found.configuration == {"digest": "x"}
    assert found.records == (failed, record("b"))
    assert found.asked == (AskedCase(case("a"), failed), AskedCase(case("b", never=["pine"]), record("b")))


def test_a_line_that_was_cut_off_is_dropped_and_the_run_goes_on(run: Path):
    with appending(run) as append:
        append(record("a"))
    file = run / "records.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:40])
    assert [each.case for each in read_run(run).records] == ["a"]
    with appending(run) as append:
        append(record("b"))
    assert [each.case for each in read_run(run).records] == ["a", "b"]


def test_a_damaged_line_is_said(run: Path):
    (run / "records.jsonl").write_text('{"case": "a"}\n')
    with pytest.raises(RunError, match=r"records.jsonl:1: .*; run `icat evaluate` again"):
        read_run(run)


def test_a_run_is_found_by_path_name_beginning_or_as_the_latest(run: Path):
    runs = run.parent
    later = runs / "20260203-0405-00000000"
    create(later, {}, [case("a")])
    assert find_run(runs, str(run)) == run
    assert find_run(runs, run.name) == find_run(runs, "20260102") == run
    assert find_run(runs, "latest") == later
    with pytest.raises(RunError, match="several runs begin with '2026'"):
        find_run(runs, "2026")
    with pytest.raises(RunError, match="no run begins with '1999'; there are 20260102"):
        find_run(runs, "1999")


def test_without_a_run(tmp_path: Path):
    with pytest.raises(RunError, match="no run there yet"):
        find_run(tmp_path / "runs", "latest")
    with pytest.raises(RunError, match="no run of `icat evaluate` there"):
        read_run(tmp_path)
