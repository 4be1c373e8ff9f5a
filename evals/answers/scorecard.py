"""The scorecard of a run: every figure by name with what stands behind it, for all cases, by split and by tag."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.review.agreement import Estimate
from assistant.write.judges import Judge
from evals.answers.judge import JudgeAgreement
from evals.answers.scoring import METRICS, Scores, by_case, words_only
from evals.figures.statistics import mean, percentile
from evals.runs.records import AskedCase, Run
from evals.types import EvalCase, Split

WORDS = "word for word"  # the judge that asks no model
# What is told of each tag, where it was asked of its cases.
TOLD = ("status_accuracy", "citation_precision", "gold_reached", "fused.recall_10", "list_completeness")
STEPS = ("retrieve", "first words", "write", "answer")  # in the order a reader waits for them; the last is all of it
Estimates = Mapping[str, Estimate]  # figure -> its mean over cases


@dataclass(frozen=True, slots=True)
class Measured:
    """Every figure of a run, case by case."""

    run: str  # its name
    cases: int  # that were to be asked
    judge: str
    asked: tuple[AskedCase, ...]
    scores: Scores

    def means(self, cases: Container[str] | None = None, names: Iterable[str] | None = None) -> dict[str, Estimate]:
        """The figures that were asked of some case; of some cases, and some figures only, where they are named."""
        found = {
            name: [value for case, value in self.scores[name].items() if cases is None or case in cases]
            for name in (self.scores if names is None else names)
            if name in self.scores
        }
        return {name: mean(values) for name, values in found.items() if values}

    def value(self, name: str, tags: Sequence[str] = ()) -> Estimate:
        """One figure, over the cases with one of the tags; without tags, over all. n is 0 where none was asked."""
        wanted = {each.case.id for each in self.asked if not tags or set(tags) & set(each.case.tags)}
        return self.means(wanted, [name]).get(name, mean([]))


@dataclass(frozen=True, slots=True)
class Latency:
    """Of one step, seconds."""

    n: int
    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The figures of a run. `overall` is over both splits; what was tuned on flatters, so see `splits`, too."""

    run: str
    cases: int
    asked: int
    judge: str
    overall: Estimates
    splits: Mapping[Split, Estimates]
    tags: Mapping[str, Estimates]  # by name
    tagged: Mapping[str, int]  # tag -> cases
    seconds: Mapping[str, Latency]  # by step
    agreement: JudgeAgreement | None = None  # of the judge with people, where their verdicts were given

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages of retrieval that were measured, in their order."""
        return tuple(dict.fromkeys(name.partition(".")[0] for name in self.overall if "." in name))


def measure(run: Run, judge: Judge | None = None) -> Measured:
    """All figures, case by case. Without a judge, only what stands word for word in a quote is supported."""
    scores = by_case(run.asked, judge.judge if judge else words_only)
    return Measured(run.id, len(run.cases), judge.name if judge else WORDS, run.asked, scores)


def scorecard(measured: Measured, agreement: JudgeAgreement | None = None) -> Scorecard:
    """Means with intervals, for all cases, each split and each tag."""
    cases = [each.case for each in measured.asked]
    splits = {split: {case.id for case in cases if case.split is split} for split in Split}
    tags = sorted({tag for case in cases for tag in case.tags})
    tagged = {tag: {case.id for case in cases if tag in case.tags} for tag in tags}
    return Scorecard(
        run=measured.run,
        cases=measured.cases,
        asked=len(cases),
        judge=measured.judge,
        overall=measured.means(),
        splits={split: measured.means(ids) for split, ids in splits.items() if ids},
        tags={tag: measured.means(ids, TOLD) for tag, ids in tagged.items()},
        tagged={tag: len(ids) for tag, ids in tagged.items()},
        seconds=_seconds(measured.asked),
        agreement=agreement,
    )


def _seconds(asked: Iterable[AskedCase]) -> dict[str, Latency]:
    """Of each step that was timed, over the questions that did not fail."""
    steps: dict[str, list[float]] = {step: [] for step in STEPS}
    for each in asked:
        for step, seconds in each.record.seconds.items() if not each.record.error else ():
            steps.setdefault(step, []).append(seconds)
    return {
        step: Latency(len(seconds), percentile(seconds, 0.5), percentile(seconds, 0.95))
        for step, seconds in steps.items()
        if seconds
    }


def missed(asked: AskedCase, scores: Scores) -> tuple[str, ...]:
    """What went wrong with a case, one line each; () where nothing did."""
    case = asked.case.id
    if asked.record.error:
        return (f"asking it failed: {asked.record.error}",)
    lines = []
    if scores.get("status_accuracy", {}).get(case) == 0.0:
        lines.append(f"ended as {ended(asked)}; wanted {wanted(asked.case)}")
    for name, metric in METRICS.items():
        value = scores.get(name, {}).get(case) if metric.of_case else None
        if value is not None and value < 1.0:
            lines.append(f"{metric.title}: {value:.2f}")
    return tuple(lines)


def ended(asked: AskedCase) -> str:
    """How an answer ended, in a word or two; "failed" where there is none."""
    return "failed" if asked.answer is None else asked.answer.status.value


def wanted(case: EvalCase) -> str:
    """How it should have ended."""
    return " or ".join(status.value for status in case.status) or case.expected.value
