"""How well the assistant tells what its corpus answers: the cases run on real corpora, for `icat calibrate`.

The starter corpus has cases of its own; a folder of files has those given with it; a BEIR set makes them: each
answerable question once as it is, and once with the document that answers it out of reach.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant import wiring
from assistant.answer.reading import Reader
from assistant.settings import Settings
from corpus.catalogue import load
from corpus.errors import IcatError
from corpus.library import Library
from corpus.sentences import sentences
from evals.bench.beir import Benchmark, read_benchmark
from evals.calibration import (
    LEXICAL,
    NAMES,
    Case,
    Fitted,
    Row,
    Sample,
    collect,
    fit,
    folds,
    leave_one_out,
    read_cases,
    twins,
)
from index.build import build
from index.encoders import open_embedder, open_reranker
from index.retriever import Retriever

CASES = Path(__file__).parent / "cases"
STARTER = CASES / "answerability.jsonl"
SEED = 3  # of the sample of a BEIR set
SAMPLE = 100  # answerable questions of a BEIR set


def starter_samples(settings: Settings) -> list[Sample]:
    """The signals of the project's own cases over the starter corpus."""
    return files_samples(settings, None, STARTER, "starter")


def files_samples(settings: Settings, folder: Path | None, cases: Path, name: str) -> list[Sample]:
    """The signals of cases over a folder of files, alone in a temporary home; without one, over the starter corpus."""
    with _home(settings) as elsewhere:
        library = Library(elsewhere.home, load(), starters=() if folder else None)
        for _ in library.add([folder] if folder else []):
            pass
        wiring.build_index(elsewhere, library)
        retriever, reader = _opened(elsewhere, library)
        return collect(name, read_cases(cases), retriever, library, reader)


def beir_samples(settings: Settings, folder: Path, sample: int = SAMPLE) -> list[Sample]:
    """The signals of a sample of a BEIR set's answerable questions, of their twins, and of its unanswerable ones."""
    benchmark = read_benchmark(folder)
    with _home(settings) as elsewhere:
        embedder = open_embedder(settings.index.embedder)
        build(benchmark.chunks, dict(benchmark.publications), elsewhere.home, elsewhere.index, embedder)
        retriever, reader = _opened(elsewhere, benchmark)
        return collect(benchmark.name, _beir_cases(benchmark, sample), retriever, benchmark, reader)


def _beir_cases(benchmark: Benchmark, sample: int) -> list[Case]:
    queries = list(benchmark.queries)
    random.Random(SEED).shuffle(queries)
    chunks = {passage: chunk for chunk, passage in benchmark.passages.items()}
    of = {chunk.id: chunk.publication for chunk in benchmark.chunks}
    gold: dict[str, frozenset[str]] = {}
    asked, native = [], []
    for query in queries:
        answers = {of[chunks[passage]] for passage, grade in benchmark.relevance.get(query.id, {}).items() if grade > 0}
        if query.answerable is False:
            native.append(Case(query.text, False))
        elif answers and len(asked) < sample:
            asked.append(Case(query.text, True))
            gold[query.text] = frozenset(chunk for chunk, publication in of.items() if publication in answers)
    return [*twins(asked, gold), *native]


@contextmanager
def _home(settings: Settings) -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="icat-calibrate-") as folder:
        yield settings.model_copy(update={"home": Path(folder)})


def _opened(settings: Settings, shelf: Any) -> tuple[Retriever, Reader]:
    reranker = open_reranker(settings.index.reranker)
    embedder = open_embedder(settings.index.embedder)
    return Retriever.open(settings.home, settings.index, embedder, reranker), Reader(shelf, sentences, reranker)


def run(
    folders: Sequence[Path],
    cases: Path | None,
    settings: Settings,
    line: Callable[[str], None],
    as_json: Callable[[Any], None] | None,
) -> int:
    """`icat calibrate`: the starter corpus, BEIR sets, and folders of files asked `cases`; rows and fitted weights."""
    sets = [folder for folder in folders if (folder / "corpus.jsonl").is_file()]
    files = [folder for folder in folders if folder not in sets]
    if files and not cases:
        raise IcatError(f"{files[0]}: not a BEIR set; for a folder of files name its questions with --cases FILE")
    samples = starter_samples(settings)
    for folder in files:
        samples += files_samples(settings, folder, cases, folder.name)
    for folder in sets:
        samples += beir_samples(settings, folder)
    favoured = {"starter", *(folder.name for folder in files)}
    fitted, by_words = fit(samples, NAMES, favoured), fit(samples, LEXICAL, favoured)
    new_question = folds(samples, favoured=favoured)
    new_corpus = leave_one_out(samples, favoured=favoured) if len({sample.corpus for sample in samples}) > 1 else []
    if as_json:
        rows = {
            "new_corpus": [asdict(row) for row in new_corpus],
            "new_question": [asdict(row) for row in new_question],
        }
        as_json({"fitted": asdict(fitted), "by_words": asdict(by_words), **rows})
        return 0
    for title, found in (("weights fitted on the other corpora", new_corpus), ("five folds over all", new_question)):
        if found:
            line(title)
            for text in _table(found):
                line(text)
            line("")
    line(_weights("fitted on all", fitted))
    line(_weights("without the cross-encoder", by_words))
    return 0


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield f"{'corpus':<24}{'yes':>5}{'no':>5}{'AUC':>8}{'declined':>10}{'answered':>10}"
    for row in rows:
        figures = ["-" if value is None else f"{value:.3f}" for value in (row.auc, row.declined, row.answered)]
        yield f"{row.corpus:<24}{row.answerable:>5}{row.unanswerable:>5}{figures[0]:>8}{figures[1]:>10}{figures[2]:>10}"


def _weights(name: str, fitted: Fitted) -> str:
    weights = ", ".join(f"{signal} {weight:.2f}" for signal, weight in fitted.weights.items())
    return f"{name}: {weights}, bias {fitted.bias:.2f}"
