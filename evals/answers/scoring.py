"""All figures of a run from its records alone: a value for each case, then means with intervals.

A figure is asked of a case or it is not: completeness of a list only where a list is wanted. Where it is asked and has
no value (no citation to be precise about) the case is undefined, and counted as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.show.record import answer_from_record
from assistant.types import Answer, Outcome, Statement, Support
from assistant.write.wording.guard import concerns
from corpus.language import detect
from evals.answers import metrics
from evals.answers.metrics import Supported
from evals.figures.ranking import MEASURES, case_quality, percentile
from evals.figures.statistics import mean
from evals.types import CaseRecord, EvalCase, Expected, Value

Pair = tuple[EvalCase, CaseRecord]
Scores = dict[str, float | None]  # figure -> value; a figure that is not asked of a case is not there
STEPS = ("retrieve", "first words", "write", "answer")  # in the order a reader waits for them; the last is all of it


@dataclass(frozen=True, slots=True)
class Figure:
    """How a figure is named and read."""

    title: str
    higher_is_better: bool = True


FIGURES: Mapping[str, Figure] = {
    "citation_precision": Figure("citation precision"),
    "citation_recall": Figure("citation recall"),
    "quote_exactness": Figure("quotes that are word for word in their document"),
    "box_exactness": Figure("quotes whose boxes hold exactly their letters"),
    "page_correctness": Figure("PDF page right"),
    "label_correctness": Figure("printed page right"),
    "statement_relevance": Figure("statements that overlap a gold quote"),
    "coverage_accuracy": Figure("parts told as answered, or not, rightly"),
    "list_exactness": Figure("list items that belong to the list"),
    "list_counts": Figure("lists counted right"),
    "never_shown": Figure("answers without words that must not be shown"),
    "guard_hits": Figure("written sentences that the wording guard objects to", False),
    "warned": Figure("statements shown with a warning", False),
    "withheld": Figure("drafted sentences that no source supports", False),
    "draft_unknown": Figure("sources a model named that do not exist, a draft", False),
    "draft_shown": Figure("model's drafts that held and were shown"),
    "draft_failed": Figure("no draft to check: the model down, slow, cut off", False),
    "gold_reached": Figure("gold quotes reached"),
    "list_completeness": Figure("items of wanted lists that are shown"),
    "answered_when_answerable": Figure("answered, of the answerable"),
    "answer_precision": Figure("answerable, of the answered"),
    "declined_when_not": Figure("declined, of the unanswerable"),
    "decline_precision": Figure("not answerable, of the declined"),
    "refused_when_wanted": Figure("refused, of what is to be refused"),
    "status_accuracy": Figure("ended as it should"),
    "failures": Figure("questions that failed with an error", False),
    "failed_judgements": Figure("judgements that failed, an answer", False),
    "tokens_in": Figure("tokens read, an answer", False),
    "tokens_out": Figure("tokens written, an answer", False),
}


class Counting:
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


def score(case: EvalCase, record: CaseRecord, judge: Supported = words_only) -> Scores:
    """Every figure that is asked of a case. RecordError when the stored answer cannot be read."""
    answer = None if record.answer is None else answer_from_record(record.answer)
    scores: Scores = {"failures": float(answer is None), "status_accuracy": float(metrics.status_right(case, answer))}
    scores |= _decision(case, answer)
    if answer is None:
        return scores
    if answer.statements:
        scores |= _shown(answer, record, judge)
    return scores | _against_gold(case, answer, record) | _draft(answer) | _cost(answer)


def _decision(case: EvalCase, answer: Answer | None) -> Scores:
    answerable = case.expected in (Expected.ANSWERED, Expected.PARTLY)
    given, declined = metrics.given(answer), metrics.declined(answer)
    scores: Scores = {}
    if answerable:
        scores["answered_when_answerable"] = float(given)
    if case.expected is Expected.DECLINED:
        scores["declined_when_not"] = float(declined)
    if case.expected is Expected.REFUSED:
        scores["refused_when_wanted"] = float(metrics.status_right(case, answer))
    if given:
        scores["answer_precision"] = float(answerable)
    if declined:
        scores["decline_precision"] = float(not answerable)
    return scores


def _shown(answer: Answer, record: CaseRecord, judge: Supported) -> Scores:
    counted = Counting(judge)
    statements = metrics.cited(answer, record.quotes)
    written = [each for each in answer.statements if each.support is not Support.VERBATIM]
    scores: Scores = {
        "citation_recall": metrics.citation_recall(statements, counted),
        "citation_precision": metrics.citation_precision(statements, len(answer.unknown_labels), counted),
        "quote_exactness": metrics.quote_exactness(answer, record.quotes),
        "warned": metrics.warned(answer.statements),
    }
    if any(check.boxed is not None for check in record.quotes):
        scores["box_exactness"] = metrics.box_exactness(record.quotes)
    if written:
        scores["guard_hits"] = metrics.share([guarded(each) for each in written])
        scores["failed_judgements"] = float(counted.failed)
    return scores


def _draft(answer: Answer) -> Scores:
    """Of what a model wrote, shown or not: an answer that fell back to verbatim must not hide a draft that failed."""
    drafted = answer.drafting
    if drafted is None:
        return {}
    failed = drafted.outcome is Outcome.FAILED
    scores: Scores = {"draft_shown": float(drafted.outcome is Outcome.SHOWN), "draft_failed": float(failed)}
    if not failed:
        scores["withheld"] = 1 - drafted.supported / drafted.claims if drafted.claims else None
        scores["draft_unknown"] = float(len(drafted.unknown_labels))
    return scores


def guarded(statement: Statement) -> bool:
    """Whether the wording guard objects to a sentence as it is shown: a figure, a duty, a denial that is not so."""
    quotes = [quote.text for quote in statement.quotes]
    source = detect("\n".join(quotes)) or "en"
    language = detect(statement.text) or source
    return any(concern.hard for concern in concerns(statement.text, quotes, language, source_language=source))


def _against_gold(case: EvalCase, answer: Answer, record: CaseRecord) -> Scores:
    scores: Scores = {}
    if record.gold:
        scores["gold_reached"] = metrics.gold_reached(answer, record.gold)
        if answer.statements:
            scores["statement_relevance"] = metrics.statement_relevance(answer, record.gold)
        if answer.statements and any(place.paged for place in record.gold):
            scores["page_correctness"] = metrics.page_correctness(answer, record.gold)
        if answer.statements and any(place.label is not None for place in record.gold):
            scores["label_correctness"] = metrics.label_correctness(answer, record.gold)
    if case.parts:
        scores["coverage_accuracy"] = metrics.coverage_accuracy(answer, case.parts)
    if record.lists:
        scores["list_completeness"] = metrics.list_completeness(answer, record.lists)
        scores["list_exactness"] = metrics.list_exactness(answer, record.lists)
        scores["list_counts"] = metrics.list_counts(answer, record.lists)
    if case.never:
        scores["never_shown"] = metrics.never_shown(answer, case.never)
    return scores


def _cost(answer: Answer) -> Scores:
    if answer.usage is None:
        return {}
    return {"tokens_in": float(answer.usage.tokens_in), "tokens_out": float(answer.usage.tokens_out)}


def by_case(pairs: Iterable[Pair], judge: Supported = words_only) -> dict[str, dict[str, float | None]]:
    """Figure -> case -> value, in the order of FIGURES; a figure that is asked of no case is not there."""
    found: dict[str, dict[str, float | None]] = {name: {} for name in FIGURES}
    for case, record in pairs:
        for name, value in score(case, record, judge).items():
            found[name][case.id] = value
    return {name: values for name, values in found.items() if values}


def retrieval_by_case(pairs: Iterable[Pair]) -> dict[str, dict[str, dict[str, float]]]:
    """Stage -> measure -> case -> value, over the cases with gold whose stages were run."""
    kept = [(case, record) for case, record in pairs if record.gold and record.stages]
    gold = {case.id: record.gold for case, record in kept}
    stages = dict.fromkeys(stage for _, record in kept for stage in record.stages)
    return {
        stage: case_quality(gold, {case.id: record.stages.get(stage, ()) for case, record in kept}) for stage in stages
    }


def values(scores: Mapping[str, Mapping[str, float | None]], cases: Iterable[str] | None = None) -> dict[str, Value]:
    """Each figure as a mean with its interval; over some cases only, where they are named."""
    wanted = None if cases is None else set(cases)
    kept = {
        name: [value for case, value in each.items() if wanted is None or case in wanted]
        for name, each in scores.items()
    }
    return {name: mean(each) for name, each in kept.items() if each}


def by_tag(pairs: Iterable[Pair]) -> dict[str, tuple[str, ...]]:
    """Tag -> ids of its cases, by name of the tag."""
    found: dict[str, list[str]] = {}
    for case, _ in pairs:
        for tag in case.tags:
            found.setdefault(tag, []).append(case.id)
    return {tag: tuple(found[tag]) for tag in sorted(found)}


@dataclass(frozen=True, slots=True)
class Latency:
    """Of one step, seconds."""

    n: int
    p50: float | None
    p95: float | None


def latency(records: Iterable[CaseRecord]) -> dict[str, Latency]:
    """Of each step that was timed, over the questions that did not fail."""
    steps: dict[str, list[float]] = {}
    for record in records:
        for step, seconds in record.seconds.items() if not record.error else ():
            steps.setdefault(step, []).append(seconds)
    known = [step for step in (*STEPS, *sorted(set(steps) - set(STEPS))) if step in steps]
    return {
        step: Latency(len(steps[step]), percentile(steps[step], 0.5), percentile(steps[step], 0.95)) for step in known
    }


__all__ = [
    "FIGURES", "MEASURES", "Counting", "Figure", "Latency", "Scores", "by_case", "by_tag", "latency",
    "retrieval_by_case", "score", "values", "words_only",
]  # fmt: skip
