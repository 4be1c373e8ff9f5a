"""The figures of a run in one object: for a program, and as a table for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.judges import Judge
from evals import scoring
from evals.judge import Agreement, HumanVerdict, agreement
from evals.records import Run
from evals.scoring import FIGURES, Group, Latency
from evals.types import Value

SHOWN = {"recall_5": "R@5", "recall_10": "R@10", "recall_50": "R@50", "mrr": "MRR", "ndcg_10": "nDCG@10"}


@dataclass(frozen=True, slots=True)
class RunFigures:
    """Everything that is computed from the records of a run."""

    run: str
    cases: int
    asked: int
    judge: str
    figures: Mapping[str, Value]  # by name, in the order of FIGURES
    retrieval: Mapping[str, Mapping[str, Value]]  # stage -> measure
    seconds: Mapping[str, Latency]  # by step
    agreement: Agreement | None = None  # of the judge with people, where their verdicts were given

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)

    def as_text(self) -> str:
        """A table a group, for people."""
        head = f"run {self.run}: {self.asked} of {self.cases} cases asked, judge {self.judge}"
        people = [self.agreement.as_text()] if self.agreement else []
        return "\n".join([head, *people, *self._groups(), *self._retrieval(), *self._latency()])

    def _groups(self) -> Iterator[str]:
        for group in Group:
            rows = [
                (FIGURES[name].title, *shown(value))
                for name, value in self.figures.items()
                if FIGURES[name].group is group
            ]
            if rows:
                yield ""
                yield from aligned([(group.value, "value", "95 %", "n", "undefined"), *rows])

    def _retrieval(self) -> Iterator[str]:
        if self.retrieval:
            rows = [
                (stage, *(shown(measures[name])[0] for name in SHOWN), str(measures["mrr"].n))
                for stage, measures in self.retrieval.items()
                if measures
            ]
            yield ""
            yield from aligned([("retrieval", *SHOWN.values(), "n"), *rows])

    def _latency(self) -> Iterator[str]:
        rows = [(step, f"{each.p50:.3f}", f"{each.p95:.3f}", str(each.n)) for step, each in self.seconds.items()]
        if rows:
            yield ""
            yield from aligned([("seconds", "p50", "p95", "n"), *rows])


def figures(found: Run, judge: Judge, people: Sequence[HumanVerdict] = ()) -> RunFigures:
    """All figures of a run, with support as this judge sees it, and how often `people` see it so too."""
    scores = scoring.by_case(found.pairs, judge.judge)
    stages = scoring.retrieval_by_case(found.pairs)
    return RunFigures(
        run=found.id,
        cases=len(found.cases),
        asked=len(found.records),
        judge=judge.name,
        figures=scoring.values(scores),
        retrieval={stage: scoring.values(measures) for stage, measures in stages.items()},
        seconds=scoring.latency(found.records),
        agreement=agreement(judge, people) if people else None,
    )


def shown(value: Value) -> tuple[str, str, str, str]:
    """Value, interval, n and undefined as they are printed; "-" for what is undefined."""
    middle = "-" if value.value is None else f"{value.value:.3f}"
    between = "-" if value.low is None or value.high is None else f"{value.low:.3f}–{value.high:.3f}"
    return middle, between, str(value.n), str(value.undefined)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of one table as lines: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
