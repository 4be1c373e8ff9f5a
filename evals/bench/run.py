"""`icat bench`: retrieval and answers measured on a BEIR set, indexed in a temporary home, by the product."""

from __future__ import annotations

import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, get_args

from assistant import wiring
from assistant.assistant import Reads
from assistant.settings import Settings
from assistant.types import Act, Answer, Corrected, Request, Turn
from evals.bench import baseline
from evals.bench.answers import AnswersReport, bench_answers, product_over, says_something
from evals.bench.beir import Benchmark, BenchmarkError, BenchQuery, read_benchmark
from evals.figures.ranking import MEASURES, RankingQuality, ranking_quality
from evals.figures.statistics import percentile
from evals.figures.tables import Table, numbers
from evals.figures.timing import peak_memory_mb, timed
from evals.runs.asking import searched, turns_of
from index.build import build
from index.retriever import Retriever
from index.search import Stage
from index.snapshot import PublicationFacts, indexed_text
from index.types import Embedder, IndexSettings, Reranker

STAGES: tuple[Stage, ...] = get_args(Stage)
SAMPLE = 256  # passages that the encoder is timed on by itself
_Asked = TypeVar("_Asked")


@dataclass(frozen=True, slots=True)
class StageReport:
    """One way to search, over all queries."""

    stage: str
    quality: RankingQuality
    p50_ms: float | None  # of one search, warm, one after another
    p95_ms: float | None


@dataclass(frozen=True, slots=True)
class BaselineReport:
    """The same of what one would write instead."""

    characters_per_second: float
    search: StageReport
    peak_memory_mb: float  # of the process so far, the product before it included


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
    encoder_characters_per_second: float  # of the encoder alone, on a sample of the same texts
    stages: tuple[StageReport, ...]
    answers: AnswersReport | None  # None where the set says nothing of answers
    peak_memory_mb: float  # of this process, since it started
    baseline: BaselineReport | None = None

    @property
    def per_second(self) -> dict[str, float]:
        """Passages and characters indexed in a second."""
        counted = {"passages": self.passages, "characters": self.characters}
        return {f"{name}_per_second": count / self.index_seconds for name, count in counted.items()}

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self) | self.per_second

    def as_text(self) -> str:
        """Lines for people."""
        passages, characters = self.per_second.values()
        share = characters / max(self.encoder_characters_per_second, 1e-9)
        lines = [
            f"{self.name}: {self.passages:,} passages, {self.characters:,} characters, {self.queries:,} queries",
            f"encoder {self.embedder}, cross-encoder {self.reranker or 'none'}",
            f"indexed in {self.index_seconds:.1f} s: {passages:.0f} passages/s, "
            f"{characters:,.0f} characters/s, {share:.2f} of the encoder alone",
        ]
        stages = list(self.stages)
        if self.baseline:
            lines.append(f"{baseline.NAME}: indexed {self.baseline.characters_per_second:,.0f} characters/s")
            stages.append(self.baseline.search)
        answers = ["", self.answers.as_text()] if self.answers else []
        memory = f"peak memory {self.peak_memory_mb:,.0f} MB"
        return "\n".join([*lines, "", *_table(stages).lines(), *answers, "", memory])


def run(arguments: Namespace, settings: Settings, line: Callable[[str], None], as_json: Callable[[Any], None]) -> int:
    """The command: folder, stages, queries (or None), baseline, json. Another folder than a BEIR set is of files."""
    stages = _stages(arguments.stages)
    if arguments.folder.is_dir() and not (arguments.folder / "corpus.jsonl").exists():
        from corpus.catalogue import load
        from evals.bench.documents import bench_documents

        report: Any = bench_documents(arguments.folder, settings, load(), arguments.baseline)
    else:
        from index.encoders import open_embedder, open_reranker

        benchmark = read_benchmark(arguments.folder, arguments.queries)
        embedder, reranker = open_embedder(settings.index.embedder), open_reranker(settings.index.reranker)
        report = bench(benchmark, settings.index, embedder, reranker, stages)
        if arguments.baseline:
            report = replace(report, baseline=bench_baseline(benchmark))
    as_json(report.as_dict()) if arguments.json else line(report.as_text())
    return 0


def bench(
    benchmark: Benchmark,
    settings: IndexSettings,
    embedder: Embedder,
    reranker: Reranker | None,
    stages: Sequence[Stage] = STAGES,
) -> BenchReport:
    """All figures of one set. The index is built in a temporary home and removed."""
    facts = {name: PublicationFacts.of(publication) for name, publication in benchmark.shelf.publications.items()}
    texts = [indexed_text(chunk, facts[chunk.publication]) for chunk in benchmark.chunks]
    with tempfile.TemporaryDirectory(prefix="icat-bench-") as folder:
        home = Path(folder)
        alone = _encoder_speed(texts, embedder)
        started = time.perf_counter()
        build(benchmark.chunks, dict(benchmark.shelf.publications), home, settings, embedder)
        seconds = time.perf_counter() - started
        retriever = Retriever(home, settings, embedder)
        understanding = wiring.open_understanding(retriever)
        requests = [understood(query, understanding) for query in benchmark.queries]
        reports = tuple(_stage(benchmark, retriever, stage, requests) for stage in stages)
        ask = product_over(benchmark, understanding, retriever, reranker, settings.top_k)
        answers = bench_answers(benchmark, ask) if says_something(benchmark) else None
    return BenchReport(
        name=benchmark.name,
        embedder=embedder.name,
        reranker=reranker.name if reranker else "",
        passages=len(benchmark.chunks),
        characters=sum(map(len, texts)),
        queries=len(benchmark.queries),
        index_seconds=seconds,
        encoder_characters_per_second=alone,
        stages=reports,
        answers=answers,
        peak_memory_mb=peak_memory_mb(),
    )


def bench_baseline(benchmark: Benchmark) -> BaselineReport:
    """The same set through llama-index. IcatError when its parts are not installed."""
    passages = baseline.passages_of(benchmark)
    with baseline.indexed(passages) as (search, seconds):

        def found(text: str) -> list[str]:
            return list(dict.fromkeys(hit[baseline.PASSAGE] for hit in search(text)))

        report = _searched("llama-index", benchmark, found, [query.text for query in benchmark.queries])
    return BaselineReport(sum(len(each.text) for each in passages) / seconds, report, peak_memory_mb())


def _stages(names: Sequence[str]) -> tuple[Stage, ...]:
    unknown = [name for name in names if name not in STAGES]
    if unknown:
        raise BenchmarkError(f"no stage {unknown[0]!r}; there are {', '.join(STAGES)}")
    return tuple(stage for stage in STAGES if stage in names) or STAGES


def _stage(benchmark: Benchmark, retriever: Retriever, stage: Stage, requests: Sequence[Request]) -> StageReport:
    def search(request: Request) -> list[str]:
        return [benchmark.passages[hit.chunk.id] for hit in searched(request, retriever, stage)]

    return _searched(stage, benchmark, search, requests)


def _searched(
    name: str, benchmark: Benchmark, search: Callable[[_Asked], list[str]], asked: Sequence[_Asked]
) -> StageReport:
    """The quality of what `search` finds for each query, in their order: ids of passages, best first."""
    found, times = timed(search, asked)
    rankings = {query.id: ranking for query, ranking in zip(benchmark.queries, found, strict=True)}
    quality = ranking_quality(benchmark.relevance, rankings)
    return StageReport(name, quality, percentile(times, 0.5), percentile(times, 0.95))


def understood(query: BenchQuery, reads: Reads) -> Request:
    """A query as the product reads it after the questions before, as an open question."""

    def ask(question: str, turns: Sequence[Turn]) -> Answer:
        return Answer(reads.read(question, turns, corrected=Corrected(Act.ASK)))

    return ask(query.text, turns_of(query.history, ask)).request


def _encoder_speed(texts: Sequence[str], embedder: Embedder) -> float:
    """Characters a second of the encoder by itself, on passages spread over the set."""
    sample = texts[:: max(len(texts) // SAMPLE, 1)][:SAMPLE]
    embedder.embed_passages(sample[:2])  # warm
    started = time.perf_counter()
    embedder.embed_passages(sample)
    return sum(map(len, sample)) / (time.perf_counter() - started)


def _table(stages: Sequence[StageReport]) -> Table:
    """One row a stage; n and what is undefined beside the means."""
    rows = [
        (
            each.stage,
            *numbers(getattr(each.quality, name) for name in MEASURES),
            str(each.quality.queries),
            str(each.quality.undefined),
            *numbers((each.p50_ms, each.p95_ms), 1),
        )
        for each in stages
    ]
    return Table(("stage", *MEASURES.values(), "n", "undefined", "p50 ms", "p95 ms"), rows)
