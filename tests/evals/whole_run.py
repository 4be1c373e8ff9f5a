"""Every second case over the starter and the synthetic corpus asked once, with the packaged models, no language model.

All of them are asked by `icat evaluate`, and held against the same floors by `icat report --check`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import Settings
from evals.evaluate import ask_all
from evals.runs.cases import Located, by_corpus, default_files, read_cases
from evals.runs.corpora import Corpus, open_corpus
from evals.runs.records import RUNS, Run, create, read_run
from evals.types import CorpusName


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
    cases = tuple(each for each in read_cases(default_files()) if each.case.corpus is not CorpusName.POLICY)[::2]
    corpora = {name: open_corpus(name, settings, home / RUNS) for name in by_corpus(cases)}
    return WholeRun(again(cases, list(corpora.values()), home / RUNS / "all"), cases, corpora, settings)


def again(cases: Sequence[Located], corpora: Sequence[Corpus], folder: Path) -> Run:
    """The same cases asked of other corpora, as a run."""
    create(folder, {}, [each.case for each in cases])
    ask_all(folder, cases, corpora)
    return read_run(folder)
