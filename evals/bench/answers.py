"""Answers to the questions of a BEIR set, by the product's own assistant over the set's own documents.

Nothing is tuned to a set: its questions are asked as they stand, after those that its metadata says came before, and
what the metadata says of the answer is read only afterwards. Each is taken for an open question, since a set has its
own subject.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer.act import Asks
from assistant.answer.tiers import ANSWERS_FROM, MAY_FROM
from assistant.assistant import Assistant, Reads
from assistant.review.agreement import Estimate
from assistant.types import Act, Answer, Corrected, Turn
from corpus.quick_yaml import read_yaml
from evals.answers.metrics import closest, given, gold_reached, share, statement_relevance
from evals.bench.beir import Benchmark, BenchQuery
from evals.figures.statistics import auc, mean, percentile
from evals.figures.tables import ESTIMATE, Table, estimate_cells, number
from evals.runs.asking import turns_of
from evals.types import GoldPlace
from index.retriever import Retriever
from index.types import Reranker

Ask = Callable[[str, Sequence[Turn]], Answer]
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_NO_WORD = re.compile(r"[^\w\s]")
SAY_LITTLE = frozenset({"yes", "no"})  # answers that stand in no sentence of the sources, and in many by chance

FIGURES: Mapping[str, str] = read_yaml(Path(__file__).with_name("figures.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """What `icat bench` prints of answers."""

    figures: Mapping[str, Estimate]  # by name, in the order of FIGURES; one that no question asks for is not there
    auc: float | None  # of the confidence, against what the set says; None without both kinds
    thresholds: tuple[float, float]  # of the confidence, from which something is shown, and said to answer
    answerable: int
    unanswerable: int
    unplaced: int  # supporting sentences that stand in no passage as they are written
    p50_ms: float | None  # of one answer
    p95_ms: float | None

    def as_text(self) -> str:
        """Lines for people."""
        known = "not measured: questions of both kinds are needed" if self.auc is None else f"AUC {self.auc:.3f}"
        rows = [(FIGURES[name], *estimate_cells(value)) for name, value in self.figures.items()]
        foot = f"answerability {known} ({self.answerable} answerable, {self.unanswerable} not)"
        foot += f", may answer from {self.thresholds[0]:.2f}, answers from {self.thresholds[1]:.2f}"
        foot += f"; p50 {number(self.p50_ms, 0)} ms, p95 {number(self.p95_ms, 0)} ms"
        foot += f"; {self.unplaced} supporting sentences stand in no passage" if self.unplaced else ""
        return "\n".join([*Table(("answers", *ESTIMATE), rows).lines(), foot])


@dataclass(frozen=True, slots=True)
class AnsweredQuery:
    """One question with what became of it."""

    query: BenchQuery
    answer: Answer
    passages: tuple[GoldPlace, ...]  # the relevant ones, whole
    supporting: tuple[GoldPlace, ...]


def says_something(benchmark: Benchmark) -> bool:
    """Whether the set says anything of answers."""
    return any(q.answers or q.answerable is not None or q.supporting for q in benchmark.queries)


def product_over(
    benchmark: Benchmark, reads: Reads, retriever: Retriever, reranker: Reranker | None, passages: int
) -> Ask:
    """The product's own assistant, with the set's documents; verbatim, each message an open question."""
    asks = Asks(benchmark.shelf, retriever, reranker, passages)
    assistant = Assistant(reads, {Act.ASK: asks})
    return lambda question, turns: assistant.answer(question, turns, corrected=Corrected(Act.ASK))


def bench_answers(benchmark: Benchmark, ask: Ask) -> AnswersReport:
    """Asks every question of the set and measures the answers."""
    asked, times, unplaced = [], [], 0
    for query in benchmark.queries:
        turns = turns_of(query.history, ask)
        started = time.perf_counter()
        answer = ask(query.text, turns)
        times.append((time.perf_counter() - started) * 1000)
        whole = [GoldPlace(chunk.publication, chunk.start, chunk.end, 1) for chunk in benchmark.relevant(query)]
        support = [_place(text, whole, benchmark) for text in query.supporting]
        unplaced += support.count(None)
        asked.append(AnsweredQuery(query, answer, tuple(whole), tuple(place for place in support if place)))
    return report(asked, times, unplaced)


def _place(sentence: str, passages: Sequence[GoldPlace], benchmark: Benchmark) -> GoldPlace | None:
    """Where a sentence stands in one of the passages, white space folded."""
    pattern = re.compile(r"\s+".join(map(re.escape, sentence.split())))
    for passage in passages:
        text = benchmark.shelf.document(passage.publication).text
        if found := pattern.search(text, passage.start, passage.end):
            return GoldPlace(passage.publication, *found.span(), 1)
    return None


def report(asked: Sequence[AnsweredQuery], times_ms: Sequence[float], unplaced: int = 0) -> AnswersReport:
    """The figures of answers that were given. Pure."""
    values: dict[str, list[float | None]] = {name: [] for name in FIGURES}
    for each in asked:
        for name, value in score(each).items():
            values[name].append(value)
    judged = [each for each in asked if each.query.answerable is not None and each.answer.confidence is not None]
    wanted = [bool(each.query.answerable) for each in judged]
    return AnswersReport(
        figures={name: mean(found) for name, found in values.items() if found},
        auc=auc([each.answer.confidence or 0.0 for each in judged], wanted),
        thresholds=(MAY_FROM, ANSWERS_FROM),
        answerable=sum(each.query.answerable is True for each in asked),
        unanswerable=sum(each.query.answerable is False for each in asked),
        unplaced=unplaced,
        p50_ms=percentile(times_ms, 0.5),
        p95_ms=percentile(times_ms, 0.95),
    )


def score(asked: AnsweredQuery) -> dict[str, float | None]:
    """The figures of one answer, those that its question asks for. See FIGURES for what they are shares of."""
    query, answer, shown = asked.query, asked.answer, bool(asked.answer.statements)
    found: dict[str, float | None] = {}
    if query.answerable:
        found |= {"answered": float(given(answer)), "closest": float(closest(answer))}
    elif query.answerable is False:
        found |= {"not_answered": float(not given(answer)), "declined": float(not shown)}
    for name, gold in (("passage", asked.passages), ("supporting", asked.supporting)):
        if gold:
            found[f"{name}_recall"] = gold_reached(answer, gold) if shown else 0.0
            if shown:
                found[f"{name}_precision"] = statement_relevance(answer, gold)
    told = [text for text in query.answers if bare(text) not in SAY_LITTLE]
    if told:
        held = contained(told, answer) if shown else 0.0
        found["contained_all"] = held
        if shown:
            found["contained"] = held
    if shown:
        found["extracts"] = float(len(answer.statements))
    return found


def contained(answers: Sequence[str], answer: Answer) -> float | None:
    """Answers of the set that stand in an extract shown, or in the line above it, words for words / answers."""
    extracts = [f" {bare(f'{each.lead} {each.text}')} " for each in answer.statements]
    return share([any(f" {bare(text)} " in extract for extract in extracts) for text in answers])


def bare(text: str) -> str:
    """As answers are compared on SQuAD: lower case, without punctuation and articles, white space folded."""
    return " ".join(_ARTICLES.sub(" ", _NO_WORD.sub(" ", text.casefold())).split())
