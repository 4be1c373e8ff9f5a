"""Retrieval and answers measured on a BEIR set: indexed in a temporary home, searched and asked by the product."""

from __future__ import annotations

import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from assistant.settings import Settings
from assistant.types import Answer, Query, Turn
from assistant.understand.rewrite import stand_alone
from evals.bench.answers import AnswersReport, assistant_over, bench_answers, measured
from evals.bench.beir import Benchmark, BenchmarkError, BenchQuery, read_benchmark
from evals.figures.ranking import RankingQuality, percentile, ranking_quality
from evals.figures.tables import aligned
from evals.figures.timing import peak_memory_mb, timed
from index.build import build
from index.retriever import Retriever
from index.search import Stage
from index.snapshot import Facts, indexed_text
from index.types import Embedder, IndexSettings, Reranker

STAGES: tuple[Stage, ...] = get_args(Stage)
DEEPEST = 50  # passages asked for: recall@50
SAMPLE = 256  # passages that the encoder is timed on by itself

Answers = Callable[[Retriever], AnswersReport]  # asks every question, over an index of the set


@dataclass(frozen=True, slots=True)
class StageReport:
    """One stage of retrieval over all queries."""

    stage: str
    quality: RankingQuality
    p50_ms: float | None  # of one search, warm, one after another
    p95_ms: float | None


@dataclass(frozen=True, slots=True)
class BenchReport:
    """What `icat bench` prints."""

    name: str
    embedder: str
    reranker: str  # "" for none
    passages: int
    characters: int
    queries: int
    index_seconds: float  # encoding and storing
    passages_per_second: float
    characters_per_second: float
    encoder_characters_per_second: float  # of the encoder alone, on a sample of the same texts
    stages: tuple[StageReport, ...]
    answers: AnswersReport | None  # None where the set says nothing of answers
    peak_memory_mb: float  # of this process, since it started

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)

    def as_text(self) -> str:
        """A table for people."""
        return "\n".join((*self._head(), "", _table(self.stages), "", *self._foot()))

    def _head(self) -> tuple[str, ...]:
        share = self.characters_per_second / max(self.encoder_characters_per_second, 1e-9)
        return (
            f"{self.name}: {self.passages:,} passages, {self.characters:,} characters, {self.queries:,} queries",
            f"encoder {self.embedder}, cross-encoder {self.reranker or 'none'}",
            f"indexed in {self.index_seconds:.1f} s: {self.passages_per_second:.0f} passages/s, "
            f"{self.characters_per_second:,.0f} characters/s, {share:.2f} of the encoder alone",
        )

    def _foot(self) -> tuple[str, ...]:
        memory = f"peak memory {self.peak_memory_mb:,.0f} MB"
        return (self.answers.as_text(), "", memory) if self.answers else (memory,)


def bench(
    benchmark: Benchmark,
    settings: IndexSettings,
    embedder: Embedder,
    reranker: Reranker | None,
    stages: Sequence[Stage] = STAGES,
    answers: Answers | None = None,
) -> BenchReport:
    """All figures of one set. The index is built in a temporary home and removed."""
    with tempfile.TemporaryDirectory(prefix="icat-bench-") as folder:
        home = Path(folder)
        alone = _encoder_speed(benchmark, embedder)
        started = time.perf_counter()
        build(benchmark.chunks, dict(benchmark.publications), home, settings, embedder)
        seconds = time.perf_counter() - started
        retriever = Retriever.open(home, settings, embedder, reranker)
        reports = tuple(_stage(benchmark, retriever, stage) for stage in stages)
        answered = answers(retriever) if answers else None
    characters = sum(len(text) for text in _indexed_texts(benchmark))
    return BenchReport(
        name=benchmark.name,
        embedder=embedder.name,
        reranker=reranker.name if reranker else "",
        passages=len(benchmark.chunks),
        characters=characters,
        queries=len(benchmark.queries),
        index_seconds=seconds,
        passages_per_second=len(benchmark.chunks) / seconds,
        characters_per_second=characters / seconds,
        encoder_characters_per_second=alone,
        stages=reports,
        answers=answered,
        peak_memory_mb=peak_memory_mb(),
    )


def product_answers(benchmark: Benchmark, reranker: Reranker | None, passages: int) -> Answers | None:
    """The product's own answers to the questions of a set; None where the set says nothing of answers."""
    if not measured(benchmark):
        return None
    return lambda retriever: bench_answers(benchmark, assistant_over(benchmark, retriever, reranker, passages))


def run(arguments: Namespace, settings: Settings, line: Callable[[str], None], as_json: Callable[[Any], None]) -> int:
    """`icat bench`: folder, stages, queries (or None), baseline, json. Another folder than a BEIR set is of files."""
    stages = _stages(arguments.stages)
    if arguments.folder.is_dir() and not (arguments.folder / "corpus.jsonl").exists():
        return _run_documents(arguments, settings, line, as_json)
    benchmark = read_benchmark(arguments.folder, arguments.queries)
    from index.encoders import open_embedder, open_reranker

    reranker = open_reranker(settings.index.reranker)
    answers = product_answers(benchmark, reranker, settings.index.top_k)
    report = bench(benchmark, settings.index, open_embedder(settings.index.embedder), reranker, stages, answers)
    found: dict[str, Any] = report.as_dict()
    if not arguments.json:
        line(report.as_text())
    if arguments.baseline:
        from evals.bench.baseline import baseline

        other = baseline(benchmark)
        found["baseline"] = other.as_dict()
        if not arguments.json:
            line(f"\n{other.as_text()}")
    if arguments.json:
        as_json(found)
    return 0


def _run_documents(
    arguments: Namespace, settings: Settings, line: Callable[[str], None], as_json: Callable[[Any], None]
) -> int:
    from corpus.catalogue import load
    from evals.bench.documents import bench_documents

    report = bench_documents(arguments.folder, settings, load(), arguments.baseline)
    as_json(report.as_dict()) if arguments.json else line(report.as_text())
    return 0


def _stages(names: Sequence[str]) -> tuple[Stage, ...]:
    unknown = [name for name in names if name not in STAGES]
    if unknown:
        raise BenchmarkError(f"no stage {unknown[0]!r}; there are {', '.join(STAGES)}")
    return tuple(stage for stage in STAGES if stage in names) or STAGES


def _stage(benchmark: Benchmark, retriever: Retriever, stage: Stage) -> StageReport:
    def search(text: str) -> Callable[[], list[str]]:
        return lambda: [benchmark.passages[hit.chunk.id] for hit in retriever.search(text, limit=DEEPEST, stage=stage)]

    found, times = timed([search(understood(query)) for query in benchmark.queries])
    rankings = {query.id: ranking for query, ranking in zip(benchmark.queries, found, strict=True)}
    quality = ranking_quality(benchmark.relevance, rankings)
    return StageReport(stage, quality, percentile(times, 0.5), percentile(times, 0.95))


def understood(query: BenchQuery) -> str:
    """What is searched for: a follow-up with what it leaves out, as the product reads it after the questions before."""
    turns: list[Turn] = []
    for question in query.history:
        turns.append(Turn(question, Answer(Query(question, stand_alone(question, turns), question))))
    return stand_alone(query.text, turns)


def _indexed_texts(benchmark: Benchmark) -> list[str]:
    facts = {name: Facts.of(publication) for name, publication in benchmark.publications.items()}
    return [indexed_text(chunk, facts[chunk.publication]) for chunk in benchmark.chunks]


def _encoder_speed(benchmark: Benchmark, embedder: Embedder) -> float:
    """Characters a second of the encoder by itself, on passages spread over the set."""
    texts = _indexed_texts(benchmark)
    sample = texts[:: max(len(texts) // SAMPLE, 1)][:SAMPLE]
    embedder.embed_passages(sample[:2])  # warm
    started = time.perf_counter()
    embedder.embed_passages(sample)
    return sum(map(len, sample)) / (time.perf_counter() - started)


def _table(stages: Sequence[StageReport]) -> str:
    """One line a stage; n and what is undefined beside the means."""
    heads = ("stage", "nDCG@10", "R@5", "R@10", "R@50", "MRR", "n", "undefined", "p50 ms", "p95 ms")
    rows = [heads]
    for report in stages:
        quality = report.quality
        means = (quality.ndcg_10, quality.recall_5, quality.recall_10, quality.recall_50, quality.mrr)
        shown = ["-" if mean is None else f"{mean:.3f}" for mean in means]
        times = ["-" if value is None else f"{value:.1f}" for value in (report.p50_ms, report.p95_ms)]
        rows.append((report.stage, *shown, str(quality.queries), str(quality.undefined), *times))
    return "\n".join(aligned(rows))
