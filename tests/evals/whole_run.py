"""All cases over the starter and the synthetic corpus asked once, with the packaged models and no language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import Settings
from evals.evaluate import ask_all
from evals.runs.cases import Located, by_corpus, default_files, read_cases
from evals.runs.corpora import Corpus, open_corpus
from evals.runs.records import Run, create, read_run
from evals.types import CorpusName


@dataclass(frozen=True)
class WholeRun:
    """The run, and the corpora to ask again."""

    run: Run
    cases: tuple[Located, ...]
    corpora: dict[CorpusName, Corpus]
    settings: Settings


def asked(folder: Path) -> WholeRun:
    """Reads, indexes and asks; two minutes on two quiet cores."""
    settings = Settings(home=folder)
    cases = tuple(each for each in read_cases(default_files()) if each.case.corpus is not CorpusName.POLICY)
    corpora = [open_corpus(name, settings, folder / "runs") for name in by_corpus(cases)]
    place = folder / "runs" / "all"
    create(place, {}, [each.case for each in cases])
    ask_all(place, cases, corpora)
    return WholeRun(read_run(place), cases, {corpus.name: corpus for corpus in corpora}, settings)


def again(cases: Sequence[Located], corpora: Sequence[Corpus], folder: Path) -> Run:
    """The same cases asked of other corpora, as a run."""
    create(folder, {}, [each.case for each in cases])
    ask_all(folder, cases, corpora)
    return read_run(folder)
