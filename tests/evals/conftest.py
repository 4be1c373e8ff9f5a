"""A set in BEIR layout, small enough to know the right order by heart, and the project's own cases asked once."""

import json
import shutil
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.runs.corpora import FOLDER as CORPORA
from evals.runs.corpora import open_corpus
from evals.runs.records import RUNS
from evals.types import CorpusName
from tests.evals.whole_run import WholeRun, asked

PASSAGES = [
    ("p1", "Fees > Who pays", "Recruitment agencies may charge no fees to workers.", "fees"),
    (
        "p2",
        "Fees > Refunds",
        "A fee that was paid is refunded by the employer:\n- within thirty days\n- in full",
        "fees",
    ),
    ("p3", "Inspection", "Labour inspectors visit farms during the harvest.", "inspection"),
    ("p4", "", "Consumers ask where apples were grown.", None),
]
QUERIES = [
    ("q1", "agencies charge fees to workers", True),
    ("q2", "inspectors visit farms", True),
    ("q3", "volcanic eruptions on distant moons", False),
]
RELEVANCE = [("q1", "p1", 1), ("q2", "p3", 1)]


@pytest.fixture()
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    passages = [
        {"_id": name, "title": title, "text": text} | ({"metadata": {"doc": document}} if document else {})
        for name, title, text, document in PASSAGES
    ]
    queries = [{"_id": name, "text": text, "metadata": {"answerable": known}} for name, text, known in QUERIES]
    rows = ["query-id\tcorpus-id\tscore", *(f"{query}\t{passage}\t{grade}" for query, passage, grade in RELEVANCE)]
    (folder / "corpus.jsonl").write_text("".join(json.dumps(record) + "\n" for record in passages))
    (folder / "queries.jsonl").write_text("".join(json.dumps(record) + "\n" for record in queries))
    (folder / "qrels" / "test.tsv").write_text("\n".join(rows) + "\n")
    return folder


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose runs have the starter corpus, read and indexed."""
    folder = tmp_path_factory.mktemp("indexed")
    open_corpus(CorpusName.STARTER, Settings(home=folder), folder / RUNS)
    return folder


@pytest.fixture()
def indexed_home(home: Path, indexed: Path) -> Path:
    """A fresh home in which nothing needs to be indexed before starter cases are asked."""
    shutil.copytree(indexed / RUNS / CORPORA, home / RUNS / CORPORA)
    return home


@pytest.fixture(scope="session")
def whole_run(indexed: Path) -> WholeRun:
    """Every case asked of the product as it is."""
    return asked(indexed)
