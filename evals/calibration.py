"""`icat calibrate`: the weights in `answer.answerability`, and how well they do on corpora they were not fitted on.

Questions whose answer is in the corpus come from cases written for it and from BEIR sets; questions without one
are written too, or are made by taking the passages away that answer (the whole document, where passages of one
document answer each other's questions). Each corpus counts the same, and so do both kinds of question; corpora that
are like those in use count double. evals/README.md has the figures.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from pydantic import BaseModel, ConfigDict

from assistant import wiring
from assistant.answer.answerability import ANSWERS_FROM, Signals, judge
from assistant.answer.evidence import Shelf, gather
from assistant.answer.lookup import look_up, question_read
from assistant.answer.reading import Reader
from assistant.settings import Settings
from assistant.types import Query
from corpus.catalogue import load
from corpus.errors import IcatError
from corpus.library import Library
from corpus.sentences import sentences
from corpus.types import ChunkId
from evals.answers.metrics import share
from evals.bench.beir import Benchmark, read_benchmark
from evals.figures import logistic
from evals.figures.logistic import SignalWeights
from evals.figures.statistics import auc
from evals.figures.tables import Table, numbers
from evals.lines import read_lines
from index.build import build
from index.encoders import open_embedder, open_reranker
from index.retriever import Retriever

STARTER = Path(__file__).parent / "cases" / "answerability.jsonl"
SEED = 3  # of the sample of a BEIR set
SAMPLE = 100  # answerable questions of a BEIR set
FOLDS = 5
PASSAGES = 8  # as an answer takes
NAMES = ("best", "covered", "cosine", "foreign", "years")
LEXICAL = ("covered", "foreign", "years", "lacking")  # what is left where the cross-encoder cannot read


class CorpusQuestion(BaseModel):
    """A question, and whether the corpus answers it once `without` has been taken away."""

    model_config = ConfigDict(frozen=True)

    question: str
    answerable: bool
    without: frozenset[ChunkId] = frozenset()


@dataclass(frozen=True, slots=True)
class SignalSample:
    """What the signals said of a question to a corpus."""

    corpus: str
    asked: CorpusQuestion
    signals: Signals


@dataclass(frozen=True, slots=True)
class CorpusErrors:
    """How questions to one corpus are decided. None where one kind of question is missing."""

    corpus: str
    answerable: int
    unanswerable: int
    auc: float | None
    declined: float | None  # share of answerable questions declined at the threshold
    answered: float | None  # share of unanswerable questions answered at the threshold


def run(
    folders: Sequence[Path],
    cases: Path | None,
    settings: Settings,
    line: Callable[[str], None],
    as_json: Callable[[Any], None] | None,
) -> int:
    """The command: the starter corpus, BEIR sets, and folders of files asked `cases`; errors and fitted weights."""
    sets = [folder for folder in folders if (folder / "corpus.jsonl").is_file()]
    files = [folder for folder in folders if folder not in sets]
    if files and not cases:
        raise IcatError(f"{files[0]}: not a BEIR set; for a folder of files name its questions with --cases FILE")
    samples = files_samples(settings, None, STARTER)
    for folder in files:
        samples += files_samples(settings, folder, cases or STARTER)
    for folder in sets:
        samples += beir_samples(settings, read_benchmark(folder))
    favoured = {"starter", *(folder.name for folder in files)}
    fitted = {"fitted": fit(samples, NAMES, favoured), "by_words": fit(samples, LEXICAL, favoured)}
    judged: dict[str, list[CorpusErrors]] = {"new_corpus": [], "new_question": apart(samples, _fold, NAMES, favoured)}
    if len({sample.corpus for sample in samples}) > 1:
        judged["new_corpus"] = apart(samples, lambda sample: sample.corpus, NAMES, favoured)
    if as_json:
        rows = {name: [asdict(row) for row in found] for name, found in judged.items()}
        as_json({name: asdict(found) for name, found in fitted.items()} | rows)
        return 0
    head = ("corpus", "yes", "no", "AUC", "declined", "answered")
    for title, name in (("weights fitted on the other corpora", "new_corpus"), ("five folds over all", "new_question")):
        cells = [
            (row.corpus, str(row.answerable), str(row.unanswerable), *numbers((row.auc, row.declined, row.answered)))
            for row in judged[name]
        ]
        for text in (title, *Table(head, cells).lines(), "") if cells else ():
            line(text)
    line(f"fitted on all: {fitted['fitted']}")
    line(f"without the cross-encoder: {fitted['by_words']}")
    return 0


# --- the signals of questions to real corpora ---


def files_samples(settings: Settings, folder: Path | None, cases: Path) -> list[SignalSample]:
    """Of cases over a folder of files, alone in a temporary home; without one, over the starter corpus."""
    with _home(settings) as elsewhere:
        library = Library(elsewhere.home, load(), starters=() if folder else None)
        for _ in library.add([folder] if folder else []):
            pass
        wiring.build_index(elsewhere, library)
        asked = [each for _, each in read_lines(cases, CorpusQuestion.model_validate_json, IcatError)]
        return _samples(folder.name if folder else "starter", asked, elsewhere, library)


def beir_samples(settings: Settings, benchmark: Benchmark) -> list[SignalSample]:
    """Of a sample of a BEIR set's answerable questions, of their twins, and of its unanswerable ones."""
    with _home(settings) as elsewhere:
        embedder = open_embedder(settings.index.embedder)
        build(benchmark.chunks, dict(benchmark.shelf.publications), elsewhere.home, elsewhere.index, embedder)
        return _samples(benchmark.name, beir_questions(benchmark, SAMPLE), elsewhere, benchmark.shelf)


def beir_questions(benchmark: Benchmark, sample: int) -> list[CorpusQuestion]:
    """Each answerable question of the sample as it is, and without the documents that answer it; unanswerable ones."""
    queries = list(benchmark.queries)
    random.Random(SEED).shuffle(queries)
    asked: list[CorpusQuestion] = []
    native: list[CorpusQuestion] = []
    for query in queries:
        documents = {chunk.publication for chunk in benchmark.relevant(query)}
        if query.answerable is False:
            native.append(CorpusQuestion(question=query.text, answerable=False))
        elif documents and len(asked) < 2 * sample:
            gold = frozenset(chunk.id for chunk in benchmark.chunks if chunk.publication in documents)
            asked += [
                CorpusQuestion(question=query.text, answerable=not out, without=out) for out in (frozenset(), gold)
            ]
    return [*asked, *native]


@contextmanager
def _home(settings: Settings) -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="icat-calibrate-") as folder:
        yield settings.model_copy(update={"home": Path(folder)})


def _samples(corpus: str, questions: Iterable[CorpusQuestion], settings: Settings, shelf: Shelf) -> list[SignalSample]:
    """One a question: the signals of the part that is answered best."""
    embedder, reranker = open_embedder(settings.index.embedder), open_reranker(settings.index.reranker)
    retriever = Retriever.open(settings.home, settings.index, embedder, reranker)
    reader = Reader(shelf, sentences, reranker)
    samples = []
    for asked in questions:
        query = Query(asked.question, asked.question, question_read(asked.question))
        lookup = look_up(retriever, query, PASSAGES + len(asked.without)).without(asked.without)
        evidence = gather(lookup.hits, shelf, PASSAGES)
        judgement = judge(reader.read(query, evidence, lookup), evidence, lookup)
        if judgement.signals:
            best = max(range(len(judgement.parts)), key=lambda part: judgement.parts[part])
            samples.append(SignalSample(corpus, asked, judgement.signals[best]))
    return samples


# --- weights ---


def fit(
    samples: Sequence[SignalSample], names: Sequence[str], favoured: AbstractSet[str] = frozenset()
) -> SignalWeights:
    """A corpus weighs 100, a favoured one 200, half of it for each kind of question."""
    kinds = [(sample.corpus, sample.asked.answerable) for sample in samples]
    weight = [(100.0 if kind[0] in favoured else 50.0) / kinds.count(kind) for kind in kinds]
    wanted = [sample.asked.answerable for sample in samples]
    return logistic.fitted([sample.signals for sample in samples], wanted, names, weight)


def apart(
    samples: Sequence[SignalSample],
    group: Callable[[SignalSample], object],
    names: Sequence[str] = NAMES,
    favoured: AbstractSet[str] = frozenset(),
) -> list[CorpusErrors]:
    """Each group judged by weights fitted on all the others; the errors by corpus."""
    judged: dict[str, list[tuple[float, bool]]] = {sample.corpus: [] for sample in samples}
    for each in dict.fromkeys(map(group, samples)):
        weights = fit([sample for sample in samples if group(sample) != each], names, favoured)
        for sample in (sample for sample in samples if group(sample) == each):
            judged[sample.corpus].append((weights.probability(sample.signals), sample.asked.answerable))
    return [errors(corpus, found) for corpus, found in judged.items()]


def errors(corpus: str, judged: Sequence[tuple[float, bool]]) -> CorpusErrors:
    """Of pairs (probability, whether the corpus answers), both errors at the threshold in use."""
    yes = [probability < ANSWERS_FROM for probability, answerable in judged if answerable]
    no = [probability >= ANSWERS_FROM for probability, answerable in judged if not answerable]
    area = auc([probability for probability, _ in judged], [answerable for _, answerable in judged])
    return CorpusErrors(corpus, len(yes), len(no), area, share(yes), share(no))


def _fold(sample: SignalSample) -> int:
    """By question, so that a question and its twin are never apart."""
    return crc32(sample.asked.question.encode()) % FOLDS
