"""`icat compare A B`: which figures rose and fell by more than chance, and case by case what got better and worse."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from assistant.settings import Settings
from assistant.show.record import answer_from_record
from evals.answers.judge import open_judge
from evals.answers.scorecard import MISSED, Measured, figure, measure, title_of
from evals.answers.scoring import Pair
from evals.figures import statistics
from evals.figures.statistics import SAME, Difference
from evals.figures.tables import aligned
from evals.runs.records import RUNS, Run, RunError, find_run, read_run
from evals.types import CaseRecord, EvalCase

ALPHA = 0.05  # from which p, after Holm, a change is called one
JUDGED = ("status_accuracy", *MISSED, "failures")  # what makes one case better or worse
LISTED = 20  # cases of each kind named in a terminal


class Change(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    MIXED = "mixed"  # better in one figure, worse in another
    SAME = "same"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure in both runs, over the cases that have a value in both."""

    name: str
    first: float | None
    second: float | None
    difference: Difference  # of second - first

    @property
    def moved(self) -> bool:
        """Whether it is another at all."""
        return self.difference.mean is not None and abs(self.difference.mean) > SAME

    @property
    def verdict(self) -> Change:
        """BETTER or WORSE where it changed by more than chance; else SAME."""
        found = self.difference
        if not self.moved or found.mean is None or found.adjusted is None or found.adjusted >= ALPHA:
            return Change.SAME
        return Change.BETTER if (found.mean > 0) is figure(self.name).higher_is_better else Change.WORSE


@dataclass(frozen=True, slots=True)
class CaseChange:
    """One case in both runs."""

    case: EvalCase
    first: CaseRecord
    second: CaseRecord
    moved: tuple[tuple[str, float, float], ...]  # figure, value before, value after: where they differ

    @property
    def change(self) -> Change:
        signs = {(after > before) is figure(name).higher_is_better for name, before, after in self.moved}
        if len(signs) == 2:
            return Change.MIXED
        return {(): Change.SAME, (True,): Change.BETTER, (False,): Change.WORSE}[tuple(signs)]

    @property
    def size(self) -> float:
        """How much, summed over figures."""
        return sum(abs(after - before) for _, before, after in self.moved)

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

    def of(self, change: Change) -> tuple[CaseChange, ...]:
        """The cases that changed so."""
        return tuple(each for each in self.cases if each.change is change)


def run(arguments: Namespace, settings: Settings, line: Callable[[str], object], as_json: Callable[[Any], None]) -> int:
    """The command."""
    runs = arguments.runs or settings.home / RUNS
    first, second = (read_run(find_run(runs, name)) for name in (arguments.first, arguments.second))
    judge = open_judge(arguments.judge, settings)
    kept = alike(first, second, arguments.common)
    found = compared(*(measure(each, judge) for each in kept), left_out=_all(first, second) - len(kept[0].records))
    if arguments.html:
        from evals.compare_html import as_html
        from evals.report import write

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
    mine = {case.id: case for case, _ in first.pairs}
    shared = {case.id for case, _ in second.pairs if mine.get(case.id) == case}
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
    changes = statistics.compare(first.scores, second.scores)
    figures = tuple(
        FigureChange(name, *_means(first.scores[name], second.scores[name]), each) for name, each in changes.items()
    )
    others = {case.id: record for case, record in second.pairs}
    cases = [_case(pair, others[pair[0].id], first, second) for pair in first.pairs]
    return Comparison(first.run, second.run, left_out, figures, tuple(sorted(cases, key=lambda each: -each.size)))


def _means(first: Mapping[str, float | None], second: Mapping[str, float | None]) -> tuple[float | None, float | None]:
    shared = [case for case in first if first[case] is not None and second.get(case) is not None]
    if not shared:
        return None, None
    one, other = (sum(values[case] for case in shared) / len(shared) for values in (first, second))  # type: ignore[misc]
    return one, other


def _case(pair: Pair, other: CaseRecord, first: Measured, second: Measured) -> CaseChange:
    case, record = pair
    moved = []
    for name in JUDGED:
        before, after = (scores.get(name, {}).get(case.id) for scores in (first.scores, second.scores))
        if before is not None and after is not None and abs(after - before) > SAME:
            moved.append((name, before, after))
    return CaseChange(case, record, other, tuple(moved))


def _shown(record: CaseRecord) -> object:
    """What a reader sees of an answer."""
    if record.answer is None:
        return record.error
    answer = answer_from_record(record.answer)
    return answer.status, answer.notice, [(each.lead, each.text) for each in answer.statements]


def as_text(found: Comparison) -> str:
    """For a terminal: the figures that changed, then the cases."""
    n = {change: len(found.of(change)) for change in Change}
    lines = [f"{found.first} -> {found.second}: {len(found.cases)} cases, {found.left_out} left out"]
    rows = [figure_row(each) for each in found.figures if each.moved]
    lines += ["", *aligned([FIGURE_HEAD, *rows])] if rows else ["", "no figure changed"]
    lines += ["", ", ".join(f"{n[change]} {change.value}" for change in Change)]
    for change in (Change.WORSE, Change.MIXED, Change.BETTER):
        lines += _listed(change, found.of(change))
    return "\n".join(lines)


FIGURE_HEAD = ("figure", "before", "after", "change", "95 %", "n", "p", "")


def figure_row(each: FigureChange) -> tuple[str, ...]:
    """Cells of FIGURE_HEAD. p is after Holm; the last cell says better or worse where it is more than chance."""
    found = each.difference
    between = "-" if found.low is None or found.high is None else f"{found.low:+.3f} to {found.high:+.3f}"
    numbers = ("-" if value is None else f"{value:.3f}" for value in (each.first, each.second))
    change = "-" if found.mean is None else f"{found.mean:+.3f}"
    p = "-" if found.adjusted is None else f"{found.adjusted:.3f}"
    verdict = "" if each.verdict is Change.SAME else each.verdict.value
    return title_of(each.name), *numbers, change, between, str(found.n), p, verdict


def _listed(change: Change, cases: Sequence[CaseChange]) -> Iterator[str]:
    if not cases:
        return
    yield ""
    yield f"{change.value}:"
    for each in cases[:LISTED]:
        yield f"  {each.case.id}: {'; '.join(moves(each))}"
    if len(cases) > LISTED:
        yield f"  and {len(cases) - LISTED} more; --html FILE has them all"


def moves(each: CaseChange) -> list[str]:
    """ "gold quotes reached 0.50 -> 1.00", one for each figure that moved."""
    return [f"{figure(name).title} {before:.2f} -> {after:.2f}" for name, before, after in each.moved]


def as_dict(found: Comparison) -> dict[str, Any]:
    """For --json: figures, and each case that changed, without its answers."""
    return {
        "first": found.first,
        "second": found.second,
        "cases": len(found.cases),
        "left_out": found.left_out,
        "figures": {
            each.name: {"first": each.first, "second": each.second, "verdict": each.verdict.value}
            | asdict(each.difference)
            for each in found.figures
        },
        "changed": [
            {
                "case": each.case.id,
                "change": each.change.value,
                "figures": {name: [before, after] for name, before, after in each.moved},
            }
            for each in found.cases
            if each.moved
        ],
    }
