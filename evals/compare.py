"""`icat compare A B`: which figures rose and fell by more than chance, and case by case what got better and worse."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from assistant.settings import Settings
from evals.answers.judge import open_judge
from evals.answers.scorecard import Measured, ended, measure, wanted
from evals.answers.scoring import METRICS, metric, title_of
from evals.figures import page, statistics
from evals.figures.page import items, tag, text
from evals.figures.statistics import SAME, MeanChange
from evals.figures.tables import Table, number
from evals.report import answer_block, facts, write
from evals.runs.records import RUNS, AskedCase, Run, RunError, find_run, read_run
from evals.types import EvalCase

ALPHA = 0.05  # from which p, after Holm, a change is called one
# What makes one case better or worse.
JUDGED = ("status_accuracy", *(name for name, found in METRICS.items() if found.of_case), "failures")
LISTED = 20  # cases of each kind named in a terminal
WIDTH = 64  # letters in a line of an answer, two of which stand side by side
READING = (
    "Over cases that have the figure in both runs. 95 %: interval of the change, bootstrapped by case. p: paired "
    "permutation test, after Holm over all figures here; from .05 on, a change may be chance."
)


class Direction(StrEnum):
    """What a change is for a reader."""

    BETTER = "better"
    WORSE = "worse"
    MIXED = "mixed"  # better in one figure, worse in another
    SAME = "same"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure in both runs."""

    name: str
    change: MeanChange

    @property
    def moved(self) -> bool:
        """Whether it is another at all."""
        return abs(self.change.mean or 0.0) > SAME

    @property
    def verdict(self) -> Direction:
        """BETTER or WORSE where it changed by more than chance; else SAME."""
        if not self.moved or self.change.mean is None or self.change.adjusted is None or self.change.adjusted >= ALPHA:
            return Direction.SAME
        return Direction.BETTER if (self.change.mean > 0) is metric(self.name).higher_is_better else Direction.WORSE


@dataclass(frozen=True, slots=True)
class CaseChange:
    """One case in both runs."""

    first: AskedCase
    second: AskedCase
    moved: tuple[tuple[str, float, float], ...]  # figure, value before, value after: where they differ

    @property
    def case(self) -> EvalCase:
        return self.first.case

    @property
    def direction(self) -> Direction:
        signs = {(after > before) is metric(name).higher_is_better for name, before, after in self.moved}
        if len(signs) == 2:
            return Direction.MIXED
        return {(): Direction.SAME, (True,): Direction.BETTER, (False,): Direction.WORSE}[tuple(signs)]

    @property
    def size(self) -> float:
        """How much, summed over figures."""
        return sum(abs(after - before) for _, before, after in self.moved)

    @property
    def moves(self) -> list[str]:
        """ "gold quotes reached 0.50 -> 1.00", one for each figure that moved."""
        return [f"{metric(name).title} {before:.2f} -> {after:.2f}" for name, before, after in self.moved]

    @property
    def reworded(self) -> bool:
        """Whether the two answers differ at all, but for the ids and times that any two have."""
        return _shown(self.first) != _shown(self.second)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs. Cases with most change first, then as they were asked."""

    first: str
    second: str
    left_out: int  # cases that one of them did not ask, or asked otherwise
    figures: tuple[FigureChange, ...]
    cases: tuple[CaseChange, ...]

    def of(self, direction: Direction) -> tuple[CaseChange, ...]:
        """The cases that changed so."""
        return tuple(each for each in self.cases if each.direction is direction)

    def table(self) -> Table:
        """The figures that moved. p is after Holm; the last cell says better or worse where it is more than chance."""
        rows = [
            (
                title_of(each.name),
                number(each.change.first),
                number(each.change.second),
                _signed(each.change.mean),
                f"{_signed(each.change.low)} to {_signed(each.change.high)}",
                str(each.change.n),
                number(each.change.adjusted),
                "" if each.verdict is Direction.SAME else each.verdict.value,
            )
            for each in self.figures
            if each.moved
        ]
        return Table(("figure", "before", "after", "change", "95 %", "n", "p", ""), rows)


def _signed(value: float | None) -> str:
    return "-" if value is None else f"{value:+.3f}"


def run(arguments: Namespace, settings: Settings, line: Callable[[str], object], as_json: Callable[[Any], None]) -> int:
    """The command."""
    runs = arguments.runs or settings.home / RUNS
    first, second = (read_run(find_run(runs, name)) for name in (arguments.first, arguments.second))
    judge = open_judge(arguments.judge, settings)
    kept = alike(first, second, arguments.common)
    found = compared(*(measure(each, judge) for each in kept), left_out=_all(first, second) - len(kept[0].records))
    if arguments.html:
        write(arguments.html, as_html(found, *kept))
    if arguments.json:
        as_json(as_dict(found))
    else:
        line(as_text(found))
    return 0


def alike(first: Run, second: Run, common: bool) -> tuple[Run, Run]:
    """Both runs with the cases that they both asked, word for word.

    RunError where that leaves some out and `common` is not set, or leaves none: figures over different cases say
    nothing of what changed.
    """
    mine = {each.case.id: each.case for each in first.asked}
    shared = {each.case.id for each in second.asked if mine.get(each.case.id) == each.case}
    out = _all(first, second) - len(shared)
    if out and not common:
        raise RunError(
            f"{first.id} and {second.id} did not ask the same cases: {len(shared)} are in both, {out} are not; "
            "--common compares those that are"
        )
    if not shared:
        raise RunError(f"{first.id} and {second.id} have no case in common that both asked")
    return first.only(shared), second.only(shared)


def _all(first: Run, second: Run) -> int:
    return len({case.id for each in (first, second) for case in each.cases})


def compared(first: Measured, second: Measured, left_out: int = 0) -> Comparison:
    """What changed from one to the other, over the same cases."""
    figures = tuple(FigureChange(*each) for each in statistics.compare(first.scores, second.scores).items())
    others = {each.case.id: each for each in second.asked}
    cases = [CaseChange(each, others[each.case.id], _moved(each.case.id, first, second)) for each in first.asked]
    return Comparison(first.run, second.run, left_out, figures, tuple(sorted(cases, key=lambda each: -each.size)))


def _moved(case: str, first: Measured, second: Measured) -> tuple[tuple[str, float, float], ...]:
    found = []
    for name in JUDGED:
        before, after = (scores.get(name, {}).get(case) for scores in (first.scores, second.scores))
        if before is not None and after is not None and abs(after - before) > SAME:
            found.append((name, before, after))
    return tuple(found)


def _shown(asked: AskedCase) -> object:
    """What a reader sees of an answer."""
    answer = asked.answer
    if answer is None:
        return asked.record.error
    return answer.status, answer.notice, answer.told, [(each.lead, each.text) for each in answer.statements]


def as_text(found: Comparison) -> str:
    """For a terminal: the figures that changed, then the cases."""
    lines = [f"{found.first} -> {found.second}: {len(found.cases)} cases, {found.left_out} left out", ""]
    lines += found.table().lines() if found.table().rows else ["no figure changed"]
    lines += ["", ", ".join(f"{len(found.of(direction))} {direction.value}" for direction in Direction)]
    for direction in (Direction.WORSE, Direction.MIXED, Direction.BETTER):
        if cases := found.of(direction):
            lines += ["", f"{direction.value}:"]
            lines += [f"  {each.case.id}: {'; '.join(each.moves)}" for each in cases[:LISTED]]
        if len(cases) > LISTED:
            lines.append(f"  and {len(cases) - LISTED} more; --html FILE has them all")
    return "\n".join(lines)


def as_dict(found: Comparison) -> dict[str, Any]:
    """For --json: figures, and each case that changed, without its answers."""
    return {
        "first": found.first,
        "second": found.second,
        "cases": len(found.cases),
        "left_out": found.left_out,
        "figures": {each.name: asdict(each.change) | {"verdict": each.verdict.value} for each in found.figures},
        "changed": [
            {
                "case": each.case.id,
                "change": each.direction.value,
                "figures": {name: [before, after] for name, before, after in each.moved},
            }
            for each in found.cases
            if each.moved
        ],
    }


def as_html(found: Comparison, first: Run, second: Run) -> str:
    """One file: what was measured in both, figures, then each case that changed with both answers side by side.

    Cases that only look different without a figure having moved are there, too.
    """
    left = f" {found.left_out} cases are left out: they were not asked alike in both." if found.left_out else ""
    one, other = ({"run": each.id} | facts(each) for each in (first, second))
    about = [(name, one.get(name, "-"), other.get(name, "-")) for name in dict.fromkeys([*one, *other])]
    same = [title_of(each.name) for each in found.figures if not each.moved and each.change.n]
    parts = [
        tag("h1", "What changed") + tag("p", f"{len(found.cases)} cases.{left}"),
        page.table(Table(("", "before", "after"), about, words=True)),
        tag("h2", "Figures") + tag("p", text(READING), "soft") + page.table(found.table()),
        tag("p", text(f"The same in both: {'; '.join(same) or 'none'}."), "soft"),
        *_cases(found),
    ]
    return page.page(f"{found.first} and {found.second}", "\n".join(parts))


def _cases(found: Comparison) -> Iterator[str]:
    yield tag("h2", "Cases")
    tags = (each for change in found.cases for each in change.case.tags)
    yield page.filter_form(tags, "only those where a figure moved")
    reworded = [each for each in found.of(Direction.SAME) if each.reworded]
    for words, cases in (
        ("Worse", found.of(Direction.WORSE)),
        ("Better in one figure, worse in another", found.of(Direction.MIXED)),
        ("Better", found.of(Direction.BETTER)),
        ("Other words, same figures", reworded),
    ):
        yield tag("h3", f"{words}: {len(cases)}")
        yield from map(_case, cases)
    yield tag("p", f"The answer is the same: {len(found.of(Direction.SAME)) - len(reworded)}.", "soft")


def _case(each: CaseChange) -> str:
    case, direction = each.case, each.direction
    css = {Direction.BETTER: "good", Direction.SAME: "soft"}.get(direction, "bad")
    question = f"{tag('span', direction.value, css)} {text(' '.join(case.question.split())[:200])}"
    words = tag("span", text(f"{', '.join(case.tags)} · {case.id}"), "tags")
    sides = "".join(
        tag("div", tag("p", text(f"{name}: {ended(asked)}"), "soft") + answer_block(asked, WIDTH))
        for name, asked in (("before", each.first), ("after", each.second))
    )
    html = "".join(tag("p", text(f"Asked before: {question}"), "soft") for question in case.history)
    html += items(each.moves) + tag("p", text(f"Expected: {wanted(case)}. {case.reference}"))
    return page.case(question + words, case.tags, len(each.moved), html + tag("div", sides, "sides"))
