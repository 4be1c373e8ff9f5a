"""What is measured of an answered case: each figure by name, how it is read, and its value for one case.

A figure is asked of a case or it is not: completeness of a list only where a list is wanted. Where it is asked and has
no value (no citation to be precise about) the case is undefined, and counted as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.types import Answer, Outcome, Statement, Support
from assistant.wording.guard import concerns
from corpus.language import detect
from corpus.quick_yaml import read_yaml
from evals.answers import metrics
from evals.answers.metrics import Supported
from evals.figures.ranking import MEASURES, by_gold
from evals.runs.records import AskedCase
from evals.types import CaseRecord, EvalCase, Expected

FILE = Path(__file__).with_name("metrics.yaml")
DANGER = frozenset({"urgent", "harmful"})  # tags of requests that must be refused, each one
Scores = Mapping[str, Mapping[str, float | None]]  # figure -> case that asks for it -> value


class Section(StrEnum):
    """Accuracy and coverage stay apart: a product that shows little can be right about all of it."""

    ACCURACY = "Accuracy: how right what is shown is"
    COVERAGE = "Coverage: how much is answered that could be"
    DECISION = "Decision: to answer, to decline, to refuse"
    COST = "Cost"
    RETRIEVAL = "Retrieval, by stage"


@dataclass(frozen=True, slots=True)
class Metric:
    """How a figure is named and read."""

    title: str
    section: Section
    higher_is_better: bool = True
    of_case: bool = False  # whether a single case can miss it; the others are rates that mean nothing for one


def _metrics() -> Iterator[tuple[str, Metric]]:
    for section, figures in read_yaml(FILE.read_text(encoding="utf-8")).items():
        for name, figure in figures.items():
            lower, missable = figure.get("lower", False), figure.get("missable", False)
            yield name, Metric(figure["title"], Section(section), not lower, missable)


METRICS: Mapping[str, Metric] = dict(_metrics())


def metric(name: str) -> Metric:
    """How a figure is named and read; "fused.mrr" is one of a stage of retrieval. KeyError for none of ours."""
    stage, _, measure = name.partition(".")
    return Metric(f"{MEASURES[measure]}, {stage}", Section.RETRIEVAL) if measure else METRICS[name]


def title_of(name: str) -> str:
    """As a reader sees it: with an arrow where lower is better."""
    found = metric(name)
    return found.title + ("" if found.higher_is_better else " ↓")


class CountingJudge:
    """A judge that is asked each question once, and counts how many it failed on."""

    def __init__(self, judge: Supported) -> None:
        self._judge = judge
        self._said: dict[tuple[str, tuple[str, ...]], Support | None] = {}

    @property
    def failed(self) -> int:
        return sum(found is None for found in self._said.values())

    def __call__(self, text: str, quotes: Sequence[str]) -> Support | None:
        key = (text, tuple(quotes))
        if key not in self._said:
            self._said[key] = self._judge(text, quotes)
        return self._said[key]


def words_only(text: str, quotes: Sequence[str]) -> Support:
    """The judge of verbatim answers: what does not stand in a quote word for word is not supported."""
    return Support.NONE


def score(asked: AskedCase, judge: Supported = words_only) -> dict[str, float | None]:
    """Every figure that is asked of a case. RecordError when the stored answer cannot be read."""
    case, record, answer = asked.case, asked.record, asked.answer
    scores: dict[str, float | None] = dict(_decision(case, answer))
    if answer is not None:
        if answer.statements:
            scores |= _shown(answer, record, judge)
        scores |= _against_gold(case, answer, record)
        scores |= _drafted(answer)
    return scores


def _decision(case: EvalCase, answer: Answer | None) -> Iterator[tuple[str, float]]:
    given, closest, declined = metrics.given(answer), metrics.closest(answer), metrics.declined(answer)
    right = float(metrics.status_right(case, answer))
    yield "failures", float(answer is None)
    yield "status_accuracy", right
    if case.answerable:
        yield "answered_when_answerable", float(given)
        yield "closest_when_answerable", float(closest)
        yield "declined_when_answerable", float(declined)
        yield "asked_back_when_answerable", float(metrics.asked_back(answer))
    if case.expected is Expected.DECLINED:
        yield "declined_when_not", float(declined)
        yield "closest_when_not", float(closest)
        yield "false_answers", float(given)
    if case.expected is Expected.REFUSED:
        yield "refused_when_wanted", right
        if DANGER & set(case.tags):
            yield "refused_danger", right
    if given:
        yield "answer_precision", float(case.answerable)
    if declined:
        yield "decline_precision", float(not case.answerable)


def _shown(answer: Answer, record: CaseRecord, judge: Supported) -> Iterator[tuple[str, float | None]]:
    counted = CountingJudge(judge)
    statements = metrics.cited(answer, record.quotes)
    yield "citation_recall", metrics.citation_recall(statements, counted)
    yield "citation_precision", metrics.citation_precision(statements, len(answer.unknown_labels), counted)
    yield "quote_exactness", metrics.quote_exactness(answer, record.quotes)
    yield "warned", metrics.warned(answer.statements)
    if any(check.boxed is not None for check in record.quotes):
        yield "box_exactness", metrics.box_exactness(record.quotes)
    written = [each for each in answer.statements if each.support is not Support.VERBATIM]
    if written:
        yield "guard_hits", metrics.share([guarded(each) for each in written])
        yield "failed_judgements", float(counted.failed)


def guarded(statement: Statement) -> bool:
    """Whether the wording guard objects to a sentence as it is shown: a figure, a duty, a denial that is not so."""
    quotes = [quote.text for quote in statement.quotes]
    source = detect("\n".join(quotes)) or "en"
    language = detect(statement.text) or source
    return bool(concerns(statement.text, quotes, language, source_language=source))


def _against_gold(case: EvalCase, answer: Answer, record: CaseRecord) -> Iterator[tuple[str, float | None]]:
    if record.gold:
        yield "gold_reached", metrics.gold_reached(answer, record.gold)
    if record.gold and answer.statements:
        yield "statement_relevance", metrics.statement_relevance(answer, record.gold)
        if any(place.paged for place in record.gold):
            yield "page_correctness", metrics.page_correctness(answer, record.gold)
        if any(place.label is not None for place in record.gold):
            yield "label_correctness", metrics.label_correctness(answer, record.gold)
    if case.parts:
        yield "coverage_accuracy", metrics.coverage_accuracy(answer, case.parts)
    if record.lists:
        yield "list_completeness", metrics.list_completeness(answer, record.lists)
        yield "list_exactness", metrics.list_exactness(answer, record.lists)
        yield "list_counts", metrics.list_counts(answer, record.lists)
    if case.never:
        yield "never_shown", metrics.never_shown(answer, case.never)


def _drafted(answer: Answer) -> Iterator[tuple[str, float | None]]:
    """Of what a model wrote, shown or not: an answer that fell back to verbatim must not hide a draft that failed."""
    if answer.usage is not None:
        yield "tokens_in", float(answer.usage.tokens_in)
        yield "tokens_out", float(answer.usage.tokens_out)
    if drafted := answer.drafting:
        failed = drafted.outcome is Outcome.FAILED
        yield "draft_shown", float(drafted.outcome is Outcome.SHOWN)
        yield "draft_failed", float(failed)
        if not failed:
            yield "withheld", 1 - drafted.supported / drafted.claims if drafted.claims else None
            yield "draft_unknown", float(len(drafted.unknown_labels))


def by_case(asked: Iterable[AskedCase], judge: Supported = words_only) -> Scores:
    """Every figure that some case asks for, in the order of METRICS, then those of retrieval ("stage.measure")."""
    kept = list(asked)
    found: dict[str, dict[str, float | None]] = {name: {} for name in METRICS}
    for each in kept:
        for name, value in score(each, judge).items():
            found[name][each.case.id] = value
    return {name: values for name, values in (found | retrieval(kept)).items() if values}


def retrieval(asked: Iterable[AskedCase]) -> dict[str, Mapping[str, float | None]]:
    """The measures of each stage, over the cases with gold whose stages were run."""
    kept = [each.record for each in asked if each.record.gold and each.record.stages]
    gold = {record.case: record.gold for record in kept}
    found = {}
    for stage in dict.fromkeys(stage for record in kept for stage in record.stages):
        passages = {record.case: record.stages.get(stage, ()) for record in kept}
        found |= {f"{stage}.{name}": values for name, values in by_gold(gold, passages).items()}
    return found
