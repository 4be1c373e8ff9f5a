"""How well the check tells what a quote supports: labelled pairs of passage and sentence, figures for each kind.

`python -m evals.support` prints them; `--fit` prints weights fitted on the tuning half. Pairs are split by passage,
so that no passage is in both halves. *Not supported* is what is not shown plain: withheld, or shown with a warning.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.commands.output import line
from assistant.types import Evidence, Passage, Statement, Support
from assistant.write.grounding import Checker, check
from assistant.write.support import NO_MODELS, Scorer, Signals
from corpus.sentences import sentences
from corpus.types import Block, BlockKind, Chunk, Document, Page, Publication
from index.encoders import open_embedder, open_reranker
from index.types import IndexSettings

CASES = Path(__file__).resolve().parents[1] / "cases" / "support.jsonl"
FAITHFUL = "faithful"  # kinds that begin with it are supported
PENALTY = 1.0  # L2, on weights of signals scaled to a deviation of 1
STEPS = 60  # of Newton's method


class Pair(BaseModel):
    """One sentence about a passage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    label: Support  # FULL, PARTIAL or NONE
    sentence: str
    also: str = ""  # id of a second passage that is cited too


class Case(BaseModel):
    """One passage, written for this project, and sentences about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    domain: str
    split: str  # "tune" or "test"
    language: str
    passage: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the check made of a pair."""

    pair: Pair
    case: Case
    statement: Statement


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of pair. A share of nothing is None."""

    kind: str
    n: int
    caught: float | None  # share not shown plain: recall of "not supported"
    withheld: float | None  # share not shown at all
    precision: float | None  # of "not supported", among this kind and the faithful ones


@dataclass(frozen=True)
class Shelf:
    """The passages as documents."""

    documents: Mapping[str, Document] = field(default_factory=dict)

    def document(self, publication: str) -> Document:
        return self.documents[publication]

    def document_sha256(self, publication: str) -> str:
        return sha256(self.documents[publication].text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence as a draft would hold it."""

    text: str
    labels: tuple[int, ...]


def read_cases(file: Path = CASES) -> tuple[Case, ...]:
    """The cases of a file, one JSON object a line."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(Case.model_validate_json(text) for text in lines if text.strip())


def document_of(id: str, text: str) -> Document:
    """A passage as a document of one page: a line that begins with "- " is a list item, any other a paragraph."""
    whole, blocks = "", []
    for raw in text.splitlines():
        item = raw.startswith("- ")
        shown = raw[2:] if item else raw
        kind = BlockKind.ITEM if item else BlockKind.PARAGRAPH
        blocks.append(Block(kind, len(whole), len(whole) + len(shown), 1 if item else 0))
        whole += shown + "\n"
    about = Publication(id=id, title=id.replace("-", " ").capitalize())
    return Document(about, whole, (Page(1, None, 0, len(whole)),), tuple(blocks), np.arange(len(whole), dtype=np.int32))


def shelf_of(cases: Sequence[Case]) -> Shelf:
    """The passages of all cases."""
    return Shelf({case.id: document_of(case.id, case.passage) for case in cases})


def passage_of(document: Document, language: str, shelf: Shelf) -> Passage:
    """The whole of a document as one passage."""
    about, text = document.publication, document.text.rstrip("\n")
    chunk = Chunk(f"{about.id}#1", about.id, text, 0, len(text), 1, 1, (), language)
    return Passage(chunk, about, None, None, 1.0, shelf.document_sha256(about.id))


def run(cases: Sequence[Case], split: str = "", scorer: Scorer = NO_MODELS) -> list[Judged]:
    """Every pair of a split ("" for all), through the whole check: quote, signals, wording guard."""
    shelf = shelf_of(cases)
    language = {case.id: case.language for case in cases}
    checker = Checker(shelf, sentences, scorer)
    found = []
    for case in cases:
        if split and case.split != split:
            continue
        for pair in case.pairs:
            ids = [case.id, *([pair.also] if pair.also else [])]
            evidence = Evidence(tuple(passage_of(shelf.document(id), language[id], shelf) for id in ids))
            cited = Cited(pair.sentence, tuple(range(1, len(ids) + 1)))
            found.append(Judged(pair, case, check(cited, evidence, checker, case.language)))
    return found


def rows(judged: Sequence[Judged]) -> list[Row]:
    """One row a kind, in order of first appearance."""
    plain = [j for j in judged if j.pair.kind.startswith(FAITHFUL)]
    false = sum(j.statement.support is not Support.FULL for j in plain)
    found = []
    for kind in dict.fromkeys(j.pair.kind for j in judged):
        of = [j for j in judged if j.pair.kind == kind]
        caught = sum(j.statement.support is not Support.FULL for j in of)
        withheld = sum(j.statement.support is Support.NONE for j in of)
        precision = None if kind.startswith(FAITHFUL) else share(caught, caught + false)
        found.append(Row(kind, len(of), share(caught, len(of)), share(withheld, len(of)), precision))
    return found


def share(part: int, whole: int) -> float | None:
    """part / whole; None of nothing."""
    return part / whole if whole else None


def overall(judged: Sequence[Judged]) -> tuple[Row, Row]:
    """All faithful pairs as one row, all others as one."""
    found = []
    for name, wanted in (("all faithful", True), ("all others", False)):
        of = [j for j in judged if j.pair.kind.startswith(FAITHFUL) is wanted]
        caught = sum(j.statement.support is not Support.FULL for j in of)
        everywhere = sum(j.statement.support is not Support.FULL for j in judged)
        precision = None if wanted else share(caught, everywhere)
        withheld = sum(j.statement.support is Support.NONE for j in of)
        found.append(Row(name, len(of), share(caught, len(of)), share(withheld, len(of)), precision))
    return found[0], found[1]


def fit(signals: Sequence[Signals], wanted: Sequence[bool], names: Sequence[str]) -> tuple[dict[str, float], float]:
    """Logistic regression with an L2 penalty; both classes weigh the same. Weights by name, and the bias."""
    raw = np.array([[getattr(each, name) for name in names] for each in signals], dtype=float)
    shift, scale = raw.mean(axis=0), raw.std(axis=0)
    scale[scale == 0.0] = 1.0
    values = np.column_stack([(raw - shift) / scale, np.ones(len(raw))])
    labels = np.array(wanted, dtype=float)
    weight = np.where(labels == 1.0, 0.5 / labels.mean(), 0.5 / (1.0 - labels.mean()))
    penalty = np.diag([PENALTY] * len(names) + [0.0])
    beta = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-values @ beta))
        slope = values.T @ (weight * (p - labels)) + penalty @ beta
        curve = (values * (weight * p * (1.0 - p))[:, None]).T @ values + penalty
        beta -= np.linalg.solve(curve, slope)
    weights = beta[:-1] / scale
    return dict(zip(names, weights.tolist(), strict=True)), float(beta[-1] - weights @ shift)


def _figure(value: float | None) -> str:
    return "  - " if value is None else f"{value:.2f}"


def report(judged: Sequence[Judged]) -> Iterator[str]:
    """The rows as lines of a table."""
    yield f"{'kind':30} {'n':>4}  caught  withheld  precision"
    for row in [*rows(judged), *overall(judged)]:
        cells = f"{_figure(row.caught):>6} {_figure(row.withheld):>9} {_figure(row.precision):>10}"
        yield f"{row.kind:30} {row.n:>4}  {cells}"


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the figures of a split; `--fit` the weights instead."""
    parser = argparse.ArgumentParser(prog="python -m evals.support", description=__doc__)
    parser.add_argument("split", nargs="?", default="test", choices=("tune", "test", "all"))
    parser.add_argument("--models", default="both", choices=("both", "reranker", "none"), help="what the check may ask")
    parser.add_argument("--cases", type=Path, default=CASES, help="another file of labelled pairs")
    parser.add_argument("--fit", action="store_true", help="fit the weights on the tuning half and print them")
    options = parser.parse_args(argv)
    settings = IndexSettings()
    reranker = None if options.models == "none" else open_reranker(settings.reranker)
    embedder = open_embedder(settings.embedder) if options.models == "both" else None
    scorer = Scorer(reranker, embedder)
    if options.fit:
        from evals.support.fit import fitted

        for text in fitted(read_cases(options.cases), scorer):
            line(text)
        return 0
    for text in report(run(read_cases(options.cases), "" if options.split == "all" else options.split, scorer)):
        line(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
