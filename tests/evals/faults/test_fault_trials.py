"""The long experiments in small: what is altered, what counts as a fault, what is tried again."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from corpus.errors import IcatError
from corpus.readers import FileReading
from corpus.types import Problem
from evals.faults.__main__ import main
from evals.faults.log import FAULT, Attempt, AttemptLog
from evals.faults.mutations import BY_PAGES, MUTATIONS, REFUSED, judged, originals, renumbered, swapped

CONTENT = b"%PDF-1.4 /Length 120 /Kids [5 0 R] " * 40


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_a_mutation_is_another_file_and_the_same_for_the_same_seed(mutation):
    altered = [mutation(CONTENT, Random(seed)) for seed in (3, 3, 4)]
    assert altered[0] == altered[1]
    assert CONTENT != altered[0] != altered[2]


def test_swapped_pieces_hold_the_same_bytes_and_renumbered_ones_other_numbers():
    assert sorted(swapped(CONTENT, Random(1))) == sorted(CONTENT)
    letters = bytes.maketrans(b"0123456789-", b" " * 11)
    assert renumbered(CONTENT, Random(1)).translate(letters).split() == CONTENT.translate(letters).split()


def problem(page: int | None = None, file: str = "7-a.pdf", reason: str = "is damaged") -> Problem:
    return Problem(file, page, reason, "get it again")


@pytest.mark.parametrize(
    ("problems", "seconds", "outcome"),
    [
        ([problem()], 1.0, REFUSED),
        ([problem(1), problem(3)], 1.0, BY_PAGES),
        ([], 1.0, FAULT),
        ([problem(), problem()], 1.0, FAULT),
        ([problem(file="8-a.pdf")], 1.0, FAULT),
        ([problem(reason="two\nlines")], 1.0, FAULT),
        ([problem(reason="the reader crashed (SIGSEGV)")], 1.0, FAULT),
        ([problem(reason="took longer than 60 s to read")], 61.0, FAULT),
        ([problem()], 76.0, FAULT),  # the limit is 60 s, and 15 for a busy machine
    ],
)
def test_what_is_a_fault_and_what_is_as_it_should_be(problems: list[Problem], seconds: float, outcome: str):
    reading = FileReading(None, tuple(problems))
    assert judged(7, "flipped", "7-a.pdf", reading, seconds).outcome == outcome


def test_what_was_tried_is_kept_a_fault_and_a_torn_line_are_tried_again(tmp_path: Path):
    file = tmp_path / "faults" / "log.jsonl"
    log = AttemptLog(file)
    for attempt in (Attempt(0, "add", "fine"), Attempt(2, "add", FAULT, "lost"), Attempt(3, "index", "fine")):
        log.append(attempt)
    file.write_bytes(file.read_bytes()[:-5])
    again = AttemptLog(file)
    assert again.missing(5) == [1, 2, 3, 4]
    again.append(Attempt(2, "add", "fine"))
    assert list(AttemptLog(file).report(5)) == ["2 attempts: 2 fine", "  add: 2 fine"]


def test_too_few_files_are_said_in_one_line(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(IcatError):
        originals(tmp_path)
    assert main(["mutations", str(tmp_path), "--n", "1"]) == 1
    assert capsys.readouterr().err == f"{tmp_path}: 0 PDFs there, wanted 10\n"
