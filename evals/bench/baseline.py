"""What one would write instead with llama-index and its defaults, measured the same way.

SimpleDirectoryReader, SentenceSplitter and VectorStoreIndex over Chroma, with all-MiniLM-L6-v2: the packaged copy, so
that the comparison runs without a network. It needs requirements-bench.txt.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import IcatError
from evals.bench.beir import Benchmark
from evals.figures.ranking import RankingQuality, percentile, ranking_quality
from evals.figures.timing import peak_memory_mb, timed
from index.models import PACKAGED, packaged_folder

MODEL = "all-MiniLM-L6-v2"
DEEPEST = 50  # passages asked for, as of the product
_PAGE = "pdf_page"
_WANTED = "run `pip install -r requirements-bench.txt`"


@dataclass(frozen=True, slots=True)
class BaselineReport:
    """The figures of `BenchReport` that the baseline has, too."""

    name: str
    passages: int
    characters: int
    index_seconds: float
    characters_per_second: float
    quality: RankingQuality
    p50_ms: float | None
    p95_ms: float | None
    peak_memory_mb: float  # of the process so far, whatever else it has measured before

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def as_text(self) -> str:
        quality = self.quality
        means = (quality.ndcg_10, quality.recall_5, quality.recall_10, quality.recall_50, quality.mrr)
        named = zip(("nDCG@10", "R@5", "R@10", "R@50", "MRR"), means, strict=True)
        shown = "  ".join(f"{name} {'-' if mean is None else f'{mean:.3f}'}" for name, mean in named)
        p50, p95 = (0.0 if value is None else value for value in (self.p50_ms, self.p95_ms))
        return (
            f"baseline (llama-index, Chroma, {MODEL}): indexed in {self.index_seconds:.1f} s, "
            f"{self.characters_per_second:,.0f} characters/s\n"
            f"{shown}  n {quality.queries}  p50 {p50:.1f} ms  p95 {p95:.1f} ms"
        )


@dataclass(frozen=True, slots=True)
class BaselineReading:
    """Files of a folder, read and indexed as a user would; pages are those the reader gave."""

    pages: int
    characters: int
    reading_seconds: float
    indexing_seconds: float
    found: tuple[tuple[tuple[str, int], ...], ...]  # of each query: (file name, PDF page), best first
    times_ms: tuple[float, ...]


def baseline(benchmark: Benchmark) -> BaselineReport:
    """Index the passages of a set and search them. IcatError when llama-index's parts are not installed."""
    document, _ = _library()
    texts = [
        document(
            id_=benchmark.passages[chunk.id],
            text=f"{' > '.join(chunk.headings)}\n{chunk.text}",
            metadata={"passage": benchmark.passages[chunk.id]},
            excluded_embed_metadata_keys=["passage"],
        )
        for chunk in benchmark.chunks
    ]
    characters = sum(len(text.text) for text in texts)
    with _indexed(texts) as (search, seconds):
        found, times = timed([_bound(search, query.text) for query in benchmark.queries])
    rankings = {
        query.id: list(dict.fromkeys(metadata["passage"] for metadata in hits))
        for query, hits in zip(benchmark.queries, found, strict=True)
    }
    return BaselineReport(
        name=benchmark.name,
        passages=len(texts),
        characters=characters,
        index_seconds=seconds,
        characters_per_second=characters / seconds,
        quality=ranking_quality(benchmark.relevance, rankings),
        p50_ms=percentile(times, 0.5),
        p95_ms=percentile(times, 0.95),
        peak_memory_mb=peak_memory_mb(),
    )


def baseline_reading(folder: Path, queries: Sequence[str]) -> BaselineReading:
    """Read a folder, index it and search it. IcatError when llama-index's parts are not installed."""
    _, reader = _library()
    started = time.perf_counter()
    pages = reader(str(folder), recursive=True, raise_on_error=False).load_data()
    reading = time.perf_counter() - started
    _number(pages)
    with _indexed(pages) as (search, seconds):
        found, times = timed([_bound(search, query) for query in queries])
    return BaselineReading(
        pages=len(pages),
        characters=sum(len(page.text) for page in pages),
        reading_seconds=reading,
        indexing_seconds=seconds,
        found=tuple(tuple((hit["file_name"], hit[_PAGE]) for hit in hits) for hits in found),
        times_ms=tuple(times),
    )


def _number(pages: Sequence[Any]) -> None:
    """Note of each page its place in its file, from 1, where only we look: the reader gives printed labels only."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts[page.metadata["file_path"]] += 1
        page.metadata[_PAGE] = counts[page.metadata["file_path"]]
        page.excluded_embed_metadata_keys.append(_PAGE)
        page.excluded_llm_metadata_keys.append(_PAGE)


def _library() -> tuple[Any, Any]:
    """llama-index's Document and SimpleDirectoryReader."""
    try:
        import llama_index.embeddings.huggingface
        import llama_index.readers.file
        import llama_index.vector_stores.chroma  # noqa: F401
        from llama_index.core import Document, SimpleDirectoryReader
    except ImportError as error:
        raise IcatError(f"the baseline needs {error.name}, which is not installed; {_WANTED}") from None
    return Document, SimpleDirectoryReader


@contextmanager
def _indexed(documents: Sequence[Any]) -> Iterator[tuple[Callable[[str], list[dict[str, Any]]], float]]:
    """A search over the documents, giving each hit's metadata, and the seconds that embedding and storing took."""
    import chromadb
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    model = HuggingFaceEmbedding(model_name=os.fspath(packaged_folder(PACKAGED[MODEL])), show_progress_bar=False)
    folder = Path(tempfile.mkdtemp(prefix="icat-baseline-"))
    settings = chromadb.Settings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(str(folder), settings=settings)
    try:
        store = ChromaVectorStore(chroma_collection=client.create_collection("baseline"))
        started = time.perf_counter()
        index = VectorStoreIndex.from_documents(
            documents,
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=model,
            transformations=[SentenceSplitter()],
        )
        seconds = time.perf_counter() - started
        retriever = index.as_retriever(similarity_top_k=DEEPEST)
        yield lambda text: [hit.node.metadata for hit in retriever.retrieve(text)], seconds
    finally:
        with suppress(AttributeError):  # older clients have no close; the folder goes all the same
            client.close()
        shutil.rmtree(folder, ignore_errors=True)


def _bound(search: Callable[[str], list[dict[str, Any]]], text: str) -> Callable[[], list[dict[str, Any]]]:
    return lambda: search(text)
