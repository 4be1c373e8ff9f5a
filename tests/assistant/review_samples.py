"""Reviews of small answers with known places, for the tests of the workbench."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

from answer_samples import PAPER, passage, request, stated, two_sources

from assistant.review.types import Cited, Judgement, Source, Supported
from assistant.review.workbench import Workbench
from assistant.types import Answer, Evidence, Statement, Support
from corpus.catalogue import load
from corpus.library import Library

FULL = Judgement(Supported.FULL, Cited.RIGHT)
PARTIAL = Judgement(Supported.PARTIAL, Cited.RIGHT, comment="The date is not there.")
NONE = Judgement(Supported.NONE, Cited.WRONG)
CANNOT = Judgement(Supported.CANNOT_TELL, Cited.RIGHT)


class Clock:
    """A minute later each time it is read."""

    def __init__(self) -> None:
        self._minutes = count()

    def __call__(self) -> str:
        return f"2026-01-01T00:{next(self._minutes):02d}:00+00:00"


def written(sentences: int, asked: str = "What drives demand?", withheld: int = 0) -> Answer:
    """An answer of a model: sentences that quote one paper, the last of them judged partly supported."""
    words = [f"Sentence number {number} of the paper." for number in range(1, sentences + withheld + 1)]
    paper = passage(PAPER, " ".join(words), 100, 14, "12")
    statements = [stated(1, paper, text, support=Support.FULL) for text in words]
    statements[sentences - 1] = replace(statements[sentences - 1], support=Support.PARTIAL, warnings=("number",))
    kept = tuple(replace(statement, support=Support.NONE) for statement in statements[sentences:])
    return Answer(
        request(asked), Evidence((paper,)), tuple(statements[:sentences]), written_by="a-model", withheld=kept
    )


def uncited() -> Answer:
    """One sentence that cites nothing."""
    return Answer(request(), Evidence(), (Statement("Nobody said so.", (), Support.NONE),), written_by="a-model")


def workbench(home: Path) -> Workbench:
    return Workbench(home, Library(home, load()), clock=Clock())


def made(home: Path, sentences: int = 3, raters: tuple[str, ...] = ("Ana", "Bo"), **options: object) -> Workbench:
    """A workbench with one review, r1, of an answer with that many sentences."""
    bench = workbench(home)
    bench.create([Source(written(sentences))], "a test", raters=raters, **options)
    return bench


__all__ = ["two_sources"]
