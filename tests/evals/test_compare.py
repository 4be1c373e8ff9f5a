"""Two runs beside each other, by hand: figures, cases, and runs that cannot be compared."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.answers.scorecard import measure
from evals.compare import Direction, alike, as_dict, as_html, as_text, compared, run
from evals.runs.records import Run, RunError, appending, create
from tests.evals.eval_samples import answer, quote, statement
from tests.evals.run_samples import GOOD, NOTHING, WRONG_WORDS, answerable, unanswerable
from tests.evals.run_samples import run as made

OTHER_WORDS = answer(
    statement("Inspectors visit farms twice a year.", quote(0, 36)), notice="<b>new</b>", confidence=0.9
)
BEFORE = made(
    answerable("rises", NOTHING), answerable("falls", GOOD), answerable("stays", GOOD), unanswerable("lies", NOTHING),
    id="a",
)  # fmt: skip
AFTER = made(
    answerable("rises", GOOD), answerable("falls", WRONG_WORDS), answerable("stays", OTHER_WORDS),
    unanswerable("lies", GOOD), id="b",
)  # fmt: skip


def test_figures_by_hand():
    found = {each.name: each for each in compared(measure(BEFORE), measure(AFTER)).figures}
    reached = found["gold_reached"]
    assert (reached.change.first, reached.change.second) == (pytest.approx(2 / 3), 1.0)
    assert (reached.change.mean, reached.change.n) == (pytest.approx(1 / 3), 3)
    precision = found["citation_precision"]  # of `falls` and `stays`: the others have one in one run only
    assert (precision.change.first, precision.change.second, precision.change.n) == (1.0, 0.5, 2)
    assert found["false_answers"].change.mean == 1.0
    assert all(each.verdict is Direction.SAME for each in found.values())  # so few cases prove nothing


def test_a_change_in_many_cases_is_more_than_chance_whichever_way_is_better():
    names = [f"c{n}" for n in range(30)]
    first = made(*(unanswerable(name, NOTHING) for name in names))
    second = made(*(unanswerable(name, GOOD) for name in names))
    verdicts = {each.name: each.verdict for each in compared(measure(first), measure(second)).figures}
    assert verdicts["false_answers"] is Direction.WORSE  # it rose
    assert verdicts["declined_when_not"] is Direction.WORSE  # it fell
    back = {each.name: each.verdict for each in compared(measure(second), measure(first)).figures}
    assert back["false_answers"] is back["declined_when_not"] is Direction.BETTER


def test_cases_by_hand():
    found = compared(measure(BEFORE), measure(AFTER))
    assert {each.case.id: each.direction for each in found.cases} == {
        "rises": Direction.BETTER, "falls": Direction.WORSE, "lies": Direction.WORSE, "stays": Direction.SAME,
    }  # fmt: skip
    (rises,) = found.of(Direction.BETTER)
    assert rises.moved == (("status_accuracy", 0.0, 1.0), ("gold_reached", 0.0, 1.0))
    stays = found.of(Direction.SAME)[0]
    assert stays.reworded and not stays.moved
    assert [each.size for each in found.cases] == sorted((each.size for each in found.cases), reverse=True)


def test_better_in_one_and_worse_in_another_is_mixed():
    elsewhere = answer(statement("A hotline takes calls at night.", quote(68, 99, page=2)), confidence=0.9)
    first, second = made(answerable("x", WRONG_WORDS)), made(answerable("x", elsewhere))
    (changed,) = compared(measure(first), measure(second)).cases
    assert changed.direction is Direction.MIXED
    assert changed.moved == (
        ("citation_precision", 0.0, 1.0), ("citation_recall", 0.0, 1.0), ("gold_reached", 1.0, 0.0),
    )  # fmt: skip


def test_other_cases_are_refused_unless_only_the_common_ones_are_wanted():
    reasked = made(answerable("rises", GOOD), unanswerable("stays", GOOD), id="b")  # `stays` wants something else now
    with pytest.raises(RunError, match="1 are in both, 3 are not; --common"):
        alike(BEFORE, reasked, common=False)
    first, second = alike(BEFORE, reasked, common=True)
    assert [case.id for case in first.cases] == ["rises"] == [record.case for record in second.records]
    with pytest.raises(RunError, match="no case in common"):
        alike(BEFORE, made(answerable("new", GOOD), id="c"), common=True)
    half = made(*BEFORE.asked[:2], id="half")
    unfinished = Run("half", half.folder, half.configuration, BEFORE.cases, half.records)
    with pytest.raises(RunError, match="2 are in both, 2 are not"):
        alike(BEFORE, unfinished, common=False)


def test_text_json_and_page():
    found = compared(measure(BEFORE), measure(AFTER), left_out=3)
    text = as_text(found)
    assert text.splitlines()[0] == "a -> b: 4 cases, 3 left out"
    assert "1 better, 2 worse, 0 mixed, 1 same" in text
    assert "  falls: citation precision 1.00 -> 0.00; citation recall 1.00 -> 0.00" in text
    record = json.loads(json.dumps(as_dict(found)))
    assert [each["case"] for each in record["changed"]] == [each.case.id for each in found.cases if each.moved]
    assert record["figures"]["false_answers"]["mean"] == 1.0
    html = as_html(found, BEFORE, AFTER)
    assert html.count('<details class="case"') == 4  # `stays` is there: its words changed
    assert "Inspectors never visit farms." in html
    assert "&lt;b&gt;new&lt;/b&gt;" in html and "<b>new" not in html
    assert "Worse: 2" in html and "Better: 1" in html and "3 cases are left out" in html


def test_runs_on_disk(tmp_path: Path):
    for each in (BEFORE, AFTER):
        folder = tmp_path / "runs" / f"{each.id}-run"
        create(folder, each.configuration, each.cases)
        with appending(folder) as append:
            for record in each.records:
                append(record)
    lines: list[str] = []
    arguments = Namespace(
        first="a", second="b", runs=None, judge="deterministic", common=False, html=tmp_path / "c.html", json=False
    )
    assert run(arguments, Settings(home=tmp_path), lines.append, lambda _: None) == 0
    assert lines[0].startswith("a-run -> b-run: 4 cases, 0 left out")
    assert (tmp_path / "c.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    shown: list[object] = []
    arguments.json, arguments.html = True, None
    assert run(arguments, Settings(home=tmp_path), lines.append, shown.append) == 0
    assert shown and len(lines) == 1
