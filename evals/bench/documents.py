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
from assistant.wiring import build_index, open_retriever
from corpus.catalogue import Catalogue
from corpus.errors import IcatError
from corpus.library import Library
from corpus.types import BlockKind, Document, PublicationId
from evals.bench import baseline
from evals.figures.statistics import percentile
from evals.figures.tables import Table, numbers
from evals.figures.timing import peak_memory_mb, timed

QUESTIONS = 100  # at most, spread over the documents
LONGEST_QUESTION = 20  # words
DEEPEST = 10  # passages looked at for a page
HEADS = ("", "pages", "a second", "characters", "a second", "first", "within 5", "MRR", "p50 ms", "p95 ms", "peak MB")

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
        rows = [
            (
                each.name,
                str(each.pages),
                f"{each.pages / each.reading_seconds:.0f}",
                f"{each.characters:,}",
                f"{each.characters / each.indexing_seconds:,.0f}",
                *numbers((each.right_first, each.right_5, each.mrr)),
                *numbers((each.p50_ms, each.p95_ms), 1),
                f"{each.peak_memory_mb:,.0f}",
            )
            for each in self.sides
        ]
        return "\n".join((head, *Table(HEADS, rows).lines()))


@dataclass(frozen=True, slots=True)
class HeadingQuestion:
    """A heading as a question, and where it stands."""

    text: str
    where: Where


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
        started = time.perf_counter()
        build_index(elsewhere, library)
        indexing = time.perf_counter() - started
        retriever = open_retriever(elsewhere)

        def search(text: str) -> list[list[Where]]:
            chunks = [hit.chunk for hit in retriever.search(text, limit=DEEPEST)]
            return [[(files[c.publication], page) for page in range(c.first_page, c.last_page + 1)] for c in chunks]

        characters = sum(len(document.text) for document in documents)
        sides = [_side("product", pages, characters, (reading, indexing), questions, search)]
    if with_baseline:
        sides.append(_baseline(folder, questions))
    return DocumentsReport(folder.name, len(added), len(added) - len(files), len(questions), tuple(sides))


def _baseline(folder: Path, questions: Sequence[HeadingQuestion]) -> Side:
    started = time.perf_counter()
    pages = baseline.pages_of(folder)
    reading = time.perf_counter() - started
    with baseline.indexed(pages) as (search, indexing):
        return _side(
            baseline.NAME,
            len(pages),
            sum(len(page.text) for page in pages),
            (reading, indexing),
            questions,
            lambda text: [[(hit[baseline.FILE], hit[baseline.PAGE])] for hit in search(text)],
        )


def headings_asked(documents: Sequence[Document], files: dict[PublicationId, str]) -> list[HeadingQuestion]:
    """Headings that occur once and say something, spread over the documents."""
    found = [
        (" ".join(document.text[block.start : block.end].split()), document, block.start)
        for document in documents
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    ]
    times = Counter(text.casefold() for text, _, _ in found)
    asked = [
        HeadingQuestion(text, (files[document.publication.id], document.page_at(start).number))
        for text, document, start in found
        if times[text.casefold()] == 1 and 3 <= len(text.split()) <= LONGEST_QUESTION
    ]
    step = max(len(asked) / QUESTIONS, 1.0)
    return [asked[int(place * step)] for place in range(int(len(asked) / step))]


def rank_of(shown: Sequence[Sequence[Where]], wanted: Where) -> int | None:
    """Rank, from 1, of the first passage that stands on the wanted page; a passage may stand on several."""
    return next((rank for rank, pages in enumerate(shown[:DEEPEST], start=1) if wanted in pages), None)


def _side(
    name: str,
    pages: int,
    characters: int,
    seconds: tuple[float, float],
    questions: Sequence[HeadingQuestion],
    search: Callable[[str], list[list[Where]]],
) -> Side:
    """Asks all questions. `seconds`: of reading, of indexing."""
    shown, times = timed(search, [each.text for each in questions])
    ranks = [rank_of(passages, each.where) for passages, each in zip(shown, questions, strict=True)]
    return Side(
        name,
        pages,
        characters,
        *seconds,
        percentile(times, 0.5),
        percentile(times, 0.95),
        _mean([float(rank == 1) for rank in ranks]),
        _mean([float(rank is not None and rank <= 5) for rank in ranks]),
        _mean([1 / rank if rank else 0.0 for rank in ranks]),
        peak_memory_mb(),
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
