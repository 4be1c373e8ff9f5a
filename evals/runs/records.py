"""A run on disk: `configuration.json`, `cases.jsonl` (as they were asked) and `records.jsonl`, one line a case.

Lines are appended, each flushed to the disk; one that was cut off is dropped when the run goes on.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from assistant.show.record import answer_from_record
from assistant.types import Answer
from corpus.disk import exchange
from corpus.errors import IcatError
from corpus.lines import lines_of
from evals.types import CaseRecord, EvalCase

CONFIGURATION, CASES, RECORDS = "configuration.json", "cases.jsonl", "records.jsonl"
RUNS = "runs"  # in the data folder
_RECORD = TypeAdapter(CaseRecord)
_Line = TypeVar("_Line")


class RunError(IcatError):
    """A run that is not there or cannot be read."""


@dataclass(frozen=True)
class AskedCase:
    """A case that was asked, with what became of it."""

    case: EvalCase
    record: CaseRecord

    @cached_property
    def answer(self) -> Answer | None:
        """None where asking failed. RecordError when the stored answer cannot be read."""
        return None if self.record.answer is None else answer_from_record(self.record.answer)


@dataclass(frozen=True)
class Run:
    """One run, as far as it went."""

    id: str  # name of its folder
    folder: Path
    configuration: Mapping[str, Any]
    cases: tuple[EvalCase, ...]  # in the order asked
    records: tuple[CaseRecord, ...]  # each case once, in that order

    @cached_property
    def asked(self) -> tuple[AskedCase, ...]:
        """Those cases that were asked."""
        known = {record.case: record for record in self.records}
        return tuple(AskedCase(case, known[case.id]) for case in self.cases if case.id in known)

    def only(self, cases: Collection[str]) -> Run:
        """The same with these cases alone, by id."""
        return replace(
            self,
            cases=tuple(case for case in self.cases if case.id in cases),
            records=tuple(record for record in self.records if record.case in cases),
        )


def create(folder: Path, configuration: Mapping[str, Any], cases: Sequence[EvalCase]) -> None:
    """Begins a run: everything but records. The configuration is written last; without it there is no run."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (case.model_dump_json(exclude_defaults=True) + "\n" for case in cases)
    (folder / CASES).write_text("".join(lines), encoding="utf-8")
    (folder / RECORDS).touch()
    written = folder / f"{CONFIGURATION}.part"
    written.write_text(json.dumps(configuration, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    written.replace(folder / CONFIGURATION)


def read_run(folder: Path) -> Run:
    """A run from its folder. RunError when there is none, or a line is damaged."""
    configuration = read_configuration(folder)
    cases = _lines(folder / CASES, EvalCase.model_validate_json)
    places = {case.id: place for place, case in enumerate(cases)}
    known = {record.case: record for record in _lines(folder / RECORDS, _RECORD.validate_json)}  # a case's last wins
    records = sorted((each for each in known.values() if each.case in places), key=lambda each: places[each.case])
    return Run(folder.name, folder, configuration, cases, tuple(records))


def read_configuration(folder: Path) -> dict[str, Any]:
    """What was measured. RunError when there is no run in the folder."""
    try:
        return json.loads((folder / CONFIGURATION).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise RunError(f"{folder}: no run of `icat evaluate` there") from None
    except ValueError as error:
        raise RunError(f"{folder / CONFIGURATION}: damaged ({error}); run `icat evaluate` again") from None


def find_run(runs: Path, name: str) -> Path:
    """The folder of a run: a path to it, its name, the beginning of its name, or "latest". RunError otherwise."""
    if (Path(name) / CONFIGURATION).is_file():
        return Path(name)
    there = sorted(file.parent for file in runs.glob(f"*/{CONFIGURATION}"))
    if not there:
        raise RunError(f"{runs}: no run there yet; `icat evaluate` makes one")
    fitting = there[-1:] if name == "latest" else [folder for folder in there if folder.name.startswith(name)]
    if len(fitting) != 1:
        said = "several runs begin" if fitting else "no run begins"
        raise RunError(f"{said} with {name!r}; there are {', '.join(folder.name for folder in there[-5:])}")
    return fitting[0]


def rewrite(folder: Path, records: Sequence[CaseRecord]) -> None:
    """Puts these records in place of those there; a kill leaves the old ones or the new ones."""
    exchange(folder / RECORDS, b"".join(map(_bytes, records)))


def _bytes(record: CaseRecord) -> bytes:
    return json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


@contextmanager
def appending(folder: Path) -> Iterator[Callable[[CaseRecord], None]]:
    """What adds a record to a run and returns when it is on the disk; a line that was cut off is gone before."""
    file = folder / RECORDS
    os.truncate(file, len(_whole(file)))
    with file.open("ab") as stream:

        def append(record: CaseRecord) -> None:
            stream.write(_bytes(record))
            stream.flush()
            os.fsync(stream.fileno())

        yield append


def _whole(file: Path) -> bytes:
    """The lines that end: the last one may have been cut off."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise RunError(f"{file}: missing; run `icat evaluate` again") from None
    return content[: content.rfind(b"\n") + 1]


def _lines(file: Path, read: Callable[[str], _Line]) -> tuple[_Line, ...]:
    """What each whole line is. RunError for one that is damaged otherwise than by being cut off at the end."""
    text = _whole(file).decode("utf-8", errors="replace")
    return tuple(line for _, line in lines_of(text, str(file), read, RunError, "run `icat evaluate` again"))
