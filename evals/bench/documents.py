"""A folder of real files through the whole product, and beside it through what one would write instead.

Read, cut, indexed, searched. The questions are headings of the documents, and a search is right when it shows the page
a heading stands on: no labels are needed, and both sides are asked the same.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from assistant.wiring import build_index
from corpus.catalogue import Catalogue
from corpus.errors import IcatError
from corpus.library import Library
from corpus.types import BlockKind, Document, PublicationId
from evals.figures.ranking import percentile
from evals.figures.timing import peak_memory_mb, timed
from index.encoders import open_embedder, open_reranker
from index.retriever import Retriever
from index.types import Hit

QUESTIONS = 100  # at most, spread over the documents
LONGEST_QUESTION = 20  # words
DEEPEST = 10  # passages looked at for a page

Where = tuple[str, int]  # file name, PDF page


@dataclass(frozen=True, slots=True)
class Side:
    """The figures of one side. A mean is None where there was no question."""

    name: str
    pages: int
    characters: int  # of the text that is indexed
    reading_seconds: float
    indexing_seconds: float  # cutting, encoding, storing
    p50_ms: float | None
    p95_ms: float | None
    right_first: float | None  # share of the questions whose first passage is on the heading's page
    right_5: float | None  # the same for one of the first five
    mrr: float | None  # 1 / rank of the first passage on that page, 0 when it is not among the first ten
    peak_memory_mb: float  # of the process so far: the second side's contains the first's

    def as_text(self) -> str:
        quality = "  ".join(
            f"{name} {'-' if value is None else f'{value:.3f}'}"
            for name, value in (("first", self.right_first), ("within 5", self.right_5), ("MRR", self.mrr))
        )
        p50, p95 = ("-" if value is None else f"{value:.1f}" for value in (self.p50_ms, self.p95_ms))
        return (
            f"{self.name}: {self.pages} pages read in {self.reading_seconds:.1f} s "
            f"({self.pages / self.reading_seconds:.0f} pages/s), {self.characters:,} characters indexed in "
            f"{self.indexing_seconds:.1f} s ({self.characters / self.indexing_seconds:,.0f} characters/s)\n"
            f"  right page {quality}  p50 {p50} ms  p95 {p95} ms  peak memory {self.peak_memory_mb:,.0f} MB"
        )


@dataclass(frozen=True, slots=True)
class DocumentsReport:
    """What `icat bench` prints of a folder that is no benchmark."""

    folder: str
    files: int
    unreadable: int
    questions: int
    sides: tuple[Side, ...]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def as_text(self) -> str:
        head = f"{self.folder}: {self.files} files, {self.unreadable} of them unreadable, {self.questions} questions"
        return "\n".join((head, *(side.as_text() for side in self.sides)))


def bench_documents(folder: Path, settings: Settings, catalogue: Catalogue, with_baseline: bool) -> DocumentsReport:
    """All figures of a folder of files. Everything is kept in a temporary home and removed."""
    with tempfile.TemporaryDirectory(prefix="icat-bench-") as home:
        elsewhere = settings.model_copy(update={"home": Path(home)})
        library = Library(elsewhere.home, catalogue, starters=())
        started = time.perf_counter()
        added = list(library.add([folder]))
        reading = time.perf_counter() - started
        files = {one.publication.id: one.file.name for one in added if one.publication}
        if not files:
            raise IcatError(f"{folder}: no file there could be read; give a folder of documents or a BEIR set")
        documents = [library.document(publication) for publication in sorted(files)]
        questions = headings_asked(documents, files)
        pages = sum(one.pages for one in added if one.publication)
        sides = [_product(elsewhere, library, files, questions, pages, reading)]
    if with_baseline:
        sides.append(_baseline(folder, questions))
    return DocumentsReport(folder.name, len(added), len(added) - len(files), len(questions), tuple(sides))


def headings_asked(documents: Sequence[Document], files: dict[PublicationId, str]) -> list[tuple[str, Where]]:
    """(heading, where it stands) of headings that occur once and say something, spread over the documents."""
    found = [
        (" ".join(document.text[block.start : block.end].split()), document, block.start)
        for document in documents
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    ]
    times = Counter(text.casefold() for text, _, _ in found)
    asked = [
        (text, (files[document.publication.id], document.page_at(start).number))
        for text, document, start in found
        if times[text.casefold()] == 1 and 3 <= len(text.split()) <= LONGEST_QUESTION
    ]
    step = max(len(asked) / QUESTIONS, 1.0)
    return [asked[int(place * step)] for place in range(int(len(asked) / step))]


def rank_of(shown: Sequence[Sequence[Where]], wanted: Where) -> int | None:
    """Rank, from 1, of the first passage that stands on the wanted page; a passage may stand on several."""
    return next((rank for rank, pages in enumerate(shown[:DEEPEST], start=1) if wanted in pages), None)


def _product(
    settings: Settings,
    library: Library,
    files: dict[PublicationId, str],
    questions: Sequence[tuple[str, Where]],
    pages: int,
    reading: float,
) -> Side:
    started = time.perf_counter()
    build_index(settings, library)
    indexing = time.perf_counter() - started
    index = settings.index
    embedder, reranker = open_embedder(index.embedder), open_reranker(index.reranker)
    retriever = Retriever.open(settings.home, index, embedder, reranker)
    characters = sum(len(library.document(publication).text) for publication in files)

    def pages_of(hit: Hit) -> list[Where]:
        chunk = hit.chunk
        return [(files[chunk.publication], page) for page in range(chunk.first_page, chunk.last_page + 1)]

    def search(text: str) -> Callable[[], list[Hit]]:
        return lambda: retriever.search(text, limit=DEEPEST)

    found, times = timed([search(text) for text, _ in questions])
    shown = [[pages_of(hit) for hit in hits] for hits in found]
    return _side("product", pages, characters, reading, indexing, questions, shown, times)


def _baseline(folder: Path, questions: Sequence[tuple[str, Where]]) -> Side:
    from evals.bench.baseline import baseline_reading

    other = baseline_reading(folder, [text for text, _ in questions])
    shown = [[[where] for where in hits] for hits in other.found]
    return _side(
        "llama-index, Chroma, all-MiniLM-L6-v2",
        other.pages,
        other.characters,
        other.reading_seconds,
        other.indexing_seconds,
        questions,
        shown,
        other.times_ms,
    )


def _side(
    name: str,
    pages: int,
    characters: int,
    reading: float,
    indexing: float,
    questions: Sequence[tuple[str, Where]],
    shown: Sequence[Sequence[Sequence[Where]]],
    times: Sequence[float],
) -> Side:
    ranks = [rank_of(passages, wanted) for passages, (_, wanted) in zip(shown, questions, strict=True)]
    return Side(
        name=name,
        pages=pages,
        characters=characters,
        reading_seconds=reading,
        indexing_seconds=indexing,
        p50_ms=percentile(times, 0.5),
        p95_ms=percentile(times, 0.95),
        right_first=_mean([float(rank == 1) for rank in ranks]),
        right_5=_mean([float(rank is not None and rank <= 5) for rank in ranks]),
        mrr=_mean([1 / rank if rank else 0.0 for rank in ranks]),
        peak_memory_mb=peak_memory_mb(),
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
