"""A run on disk: `configuration.json`, `cases.jsonl` (as they were asked) and `records.jsonl`, one line a case.

Lines are appended, and flushed to the disk every few cases. A process that is killed loses at most those; a line
that was cut off is dropped when the run goes on.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from corpus.disk import exchange
from corpus.errors import IcatError
from evals.types import CaseRecord, EvalCase

CONFIGURATION, CASES, RECORDS = "configuration.json", "cases.jsonl", "records.jsonl"
RUNS = "runs"  # in the data folder
FLUSHED = 5  # records between two flushes to the disk: about two seconds of work
_RECORD = TypeAdapter(CaseRecord)


class RunError(IcatError):
    """A run that is not there or cannot be read."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run, as far as it went."""

    id: str  # name of its folder
    folder: Path
    configuration: Mapping[str, Any]
    cases: tuple[EvalCase, ...]  # in the order asked
    records: tuple[CaseRecord, ...]  # each case once, in that order

    @property
    def complete(self) -> bool:
        return len(self.records) == len(self.cases)

    @property
    def pairs(self) -> tuple[tuple[EvalCase, CaseRecord], ...]:
        """Each case that was asked, with what became of it."""
        known = {record.case: record for record in self.records}
        return tuple((case, known[case.id]) for case in self.cases if case.id in known)

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
    cases = tuple(
        _line(EvalCase.model_validate_json, folder / CASES, number, text) for number, text in _lines(folder, CASES)
    )
    places = {case.id: place for place, case in enumerate(cases)}
    records = read_records(folder)
    known = {record.case: record for record in records if record.case in places}  # the last of a case wins
    return Run(folder.name, folder, configuration, cases, tuple(sorted(known.values(), key=lambda r: places[r.case])))


def read_configuration(folder: Path) -> dict[str, Any]:
    """What was measured. RunError when there is no run in the folder."""
    try:
        return json.loads((folder / CONFIGURATION).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise RunError(f"{folder}: no run of `icat evaluate` there") from None
    except ValueError as error:
        raise RunError(f"{folder / CONFIGURATION}: damaged ({error}); run `icat evaluate` again") from None


def read_records(folder: Path) -> tuple[CaseRecord, ...]:
    """All lines that are whole. RunError for one that is damaged otherwise than by being cut off at the end."""
    return tuple(
        _line(_RECORD.validate_json, folder / RECORDS, number, text) for number, text in _lines(folder, RECORDS)
    )


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


class Records:
    """The records of a run, open for more."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / RECORDS).open("ab")
        self._waiting = 0

    def append(self, record: CaseRecord) -> None:
        self._file.write(_bytes(record))
        self._file.flush()
        self._waiting += 1
        if self._waiting >= FLUSHED:
            self.flush()

    def flush(self) -> None:
        """To the disk."""
        os.fsync(self._file.fileno())
        self._waiting = 0

    def close(self) -> None:
        self.flush()
        self._file.close()


@contextmanager
def appending(folder: Path) -> Iterator[Records]:
    """Opens the records of a run, without a line that was cut off; closes them however the block ends."""
    _drop_cut_off(folder / RECORDS)
    records = Records(folder)
    try:
        yield records
    finally:
        records.close()


def _drop_cut_off(file: Path) -> None:
    content = file.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        with file.open("r+b") as stream:
            stream.truncate(len(whole))


def _lines(folder: Path, name: str) -> list[tuple[int, str]]:
    """(line number, text) of whole lines."""
    try:
        content = (folder / name).read_bytes()
    except FileNotFoundError:
        raise RunError(f"{folder / name}: missing; run `icat evaluate` again") from None
    whole = content[: content.rfind(b"\n") + 1].decode("utf-8", errors="replace")
    return [(number, text) for number, text in enumerate(whole.split("\n"), start=1) if text.strip()]


def _line(read: Any, file: Path, number: int, text: str) -> Any:
    try:
        return read(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RunError(f"{file}:{number}: {place}: {first['msg']}; run `icat evaluate` again") from None
