"""The floor: its rule by hand, the file as it is, and the product held against it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.review.agreement import Estimate
from evals.answers.scorecard import measure
from evals.floor import FILE, Breach, Floor, FloorError, below, check, read_floors
from tests.evals.run_samples import GOOD, NOTHING, WRONG_WORDS, answerable, run

SCORECARD = FILE.parent / "scorecard.md"
NEAR = 0.05  # a floor may stand this much under the committed figure: more would be one that catches nothing


def floor(name: str = "gold_reached", value: float = 0.7, **fields: object) -> Floor:
    return Floor.model_validate(
        {"name": name, "floor": value, "reason": "reached so far", "since": date(2026, 11, 25)} | fields
    )


def test_a_figure_is_below_when_its_whole_interval_is():
    found = Estimate(0.6, 10, 0, 0.5, 0.7)
    assert not below(floor(value=0.7), found)
    assert below(floor(value=0.71), found)
    assert below(floor(value=0.61, hard=True), found)
    assert not below(floor(value=0.6, hard=True), found)
    assert below(floor(value=0.7), Estimate(0.6, 1))  # of one case: no interval


def test_where_lower_is_better_it_is_the_other_way_round():
    found = Estimate(0.3, 10, 0, 0.2, 0.4)
    assert not below(floor("false_answers", 0.2), found)
    assert below(floor("false_answers", 0.19), found)
    assert below(floor("false_answers", 0.29, hard=True), found)


def test_what_is_not_measured_does_not_pass():
    measured = measure(run(answerable("good", GOOD), answerable("quiet", NOTHING)))
    floors = [floor("gold_reached", 0.5), floor("list_counts", 0.5), floor("gold_reached", 0.5, tags=("none",))]
    said = [str(each) for each in check(measured, floors)]
    assert said == ["list_counts: was not measured", "gold_reached, of none: was not measured"]
    assert check(measured, floors, only_measured=True) == ()


def test_a_breach_says_figure_value_and_floor():
    measured = measure(run(*(answerable(f"c{n}", WRONG_WORDS) for n in range(4))))
    # none of 4: Wilson's interval ends at 1 - 4 / (4 + 1.96^2) = .490
    (breach,) = check(measured, [floor("citation_precision", 0.6)])
    assert str(breach) == "citation_precision: 0.000 (95 % 0.000–0.490), n 4, is below the floor 0.600"
    hard = Breach(floor("failures", 0.0, hard=True), Estimate(0.5, 2))
    assert str(hard) == "failures: 0.500, n 2, is above the hard floor 0.000"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('name = "beauty"\nfloor = 1', "beauty: Value error, no figure 'beauty'"),
        ('name = "gold_reached"\nfloor = 0.4\nbefore = [0.3, 0.5]', "it stood at 0.5 before"),
        ('name = "false_answers"\nfloor = 0.4\nbefore = [0.3]', "it stood at 0.3 before"),
        ('name = "gold_reached"\nfloor = 0.4\nmargin = 0.1', "margin: Extra inputs"),
    ],
)
def test_a_floor_that_is_not_sound_is_said(tmp_path: Path, entry: str, said: str):
    file = tmp_path / "floor.toml"
    file.write_text(f'[[figure]]\n{entry}\nsince = 2026-11-25\nreason = "reached so far"\n')
    with pytest.raises(FloorError, match=re.escape(said)):
        read_floors(file)


def test_a_floor_is_raised_freely_and_lowered_with_a_reason(tmp_path: Path):
    assert floor(value=0.7, before=(0.5, 0.6)).floor == 0.7
    assert floor(value=0.5, before=(0.6,), lowered="the cases are harder now").floor == 0.5
    with pytest.raises(FloorError, match="no such file"):
        read_floors(tmp_path / "none.toml")


def committed() -> dict[str, tuple[float, float, float]]:
    """Figure -> value and interval, as the scorecard in the repository has them."""
    rows = re.findall(r"\| (\d\.\d+) \| (\d\.\d+)–(\d\.\d+) \|.*\| `(\w+)` \|$", SCORECARD.read_text("utf-8"), re.M)
    return {name: (float(value), float(low), float(high)) for value, low, high, name in rows}


def test_the_committed_scorecard_is_not_below_the_floors_and_they_are_not_far_below_it():
    known = committed()
    floors = [each for each in read_floors() if not each.tags and each.name in known]
    assert len(floors) >= 12
    for each in floors:
        value, low, high = known[each.name]
        assert not below(each, Estimate(value, 1, 0, low, high)), each.name
        sign = 1 if each.higher_is_better else -1
        assert sign * (value - each.floor) <= NEAR, f"{each.name}: raise its floor, {each.floor}, to about {value}"


def test_the_promises_of_the_product_have_no_margin():
    hard = {(each.name, *each.tags): each.floor for each in read_floors() if each.hard}
    for name in ("quote_exactness", "box_exactness", "citation_precision", "page_correctness"):
        assert hard[name,] == 1.0
    assert hard["refused_when_wanted", "urgent"] == hard["never_shown", "injection-question"] == 1.0
    assert hard["failures",] == 0.0
