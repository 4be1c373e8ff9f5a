"""Runs made by hand over the one document of `eval_samples`."""

from __future__ import annotations

from pathlib import Path

from assistant.show.record import answer_to_record
from assistant.types import Answer
from evals.runs.records import AskedCase, Run
from evals.types import CaseRecord, PassageSpan, QuoteCheck
from tests.evals.eval_samples import answer, case, place, quote, statement

GOOD = answer(statement("Inspectors visit farms twice a year.", quote(0, 36)), confidence=0.9)
WRONG_WORDS = answer(statement("Inspectors never visit farms.", quote(0, 36)), confidence=0.9)
NOTHING = answer(confidence=0.2)
WHOLE = {"fused": (PassageSpan("farms", 0, 100, (1, 2)),)}


def record(id: str, given: Answer | None, gold: bool = True, error: str = "", seconds: float = 1.0) -> CaseRecord:
    checks = tuple(
        QuoteCheck(s, q, True) for s, each in enumerate(given.statements) for q in range(len(each.quotes))
    ) if given else ()  # fmt: skip
    return CaseRecord(
        id,
        answer_to_record(given) if given else None,
        WHOLE if gold else {},
        {"answer": seconds},
        error,
        (place(0, 36),) if gold else (),
        (),
        checks,
    )


def run(*asked: AskedCase, id: str = "first") -> Run:
    configuration = {
        "version": "0.1.0",
        "commit": "abcdef0123456789",
        "started": "2026-11-25T04:00:00+00:00",
        "cases": {"splits": {"tune": 1, "test": 1}},
        "corpora": {"starter": {"publications": 1, "passages": 2}},
        "index": {"embedder": "/srv/models/small", "reranker": ""},
        "model": None,
    }
    return Run(id, Path("nowhere"), configuration, tuple(a.case for a in asked), tuple(a.record for a in asked))


def answerable(id: str, given: Answer | None, split: str = "tune", **fields: object) -> AskedCase:
    """A case with gold."""
    return AskedCase(case(id, question=f"{id}?", split=split, **fields), record(id, given))


def unanswerable(id: str, given: Answer | None, split: str = "test") -> AskedCase:
    """A case that nothing answers."""
    made = case(id, question=f"{id}?", split=split, expected="declined", tags=["unanswerable"])
    return AskedCase(made, record(id, given, gold=False))
