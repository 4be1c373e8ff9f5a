"""All cases over the starter and the synthetic corpus asked once, with the packaged models and no language model."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from assistant.settings import Settings
from evals.evaluate import ask_all
from evals.runs.cases import Located, by_corpus, default_files, read_cases
from evals.runs.corpora import Corpus, open_corpus
from evals.runs.records import RUNS, Run, create, read_run, rewrite
from evals.types import CaseRecord, CorpusName

PROCESSES = 2  # each encodes on one core most of the time


@dataclass(frozen=True)
class WholeRun:
    """The run, and the corpora to ask again."""

    run: Run
    cases: tuple[Located, ...]
    corpora: dict[CorpusName, Corpus]
    settings: Settings


def asked(home: Path) -> WholeRun:
    """Reads and indexes what is not there yet, and asks."""
    settings = Settings(home=home)
    cases = tuple(each for each in read_cases(default_files()) if each.case.corpus is not CorpusName.POLICY)
    corpora = {name: open_corpus(name, settings, home / RUNS) for name in by_corpus(cases)}
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        shares = pool.map(_ask, [home] * PROCESSES, range(PROCESSES), [cases[n::PROCESSES] for n in range(PROCESSES)])
        records = [record for share in shares for record in share]
    folder = home / RUNS / "all"
    create(folder, {}, [each.case for each in cases])
    rewrite(folder, records)
    return WholeRun(read_run(folder), cases, corpora, settings)


def _ask(home: Path, number: int, cases: Sequence[Located]) -> tuple[CaseRecord, ...]:
    """A share of the cases, in a process of its own."""
    settings = Settings(home=home)
    corpora = [open_corpus(name, settings, home / RUNS) for name in by_corpus(cases)]
    return again(cases, corpora, home / RUNS / f"share-{number}").records


def again(cases: Sequence[Located], corpora: Sequence[Corpus], folder: Path) -> Run:
    """The same cases asked of other corpora, as a run."""
    create(folder, {}, [each.case for each in cases])
    ask_all(folder, cases, corpora)
    return read_run(folder)
