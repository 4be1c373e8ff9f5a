"""What a judge says of every sentence of a run, kept with its answers: a review of them holds it against people.

Every judge that a run is evaluated with is kept beside the others. Items of a list are records shown as they stand, and
sentences without a quote leave nothing to read: neither is judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assistant.show.record import answer_from_record
from assistant.types import Statement
from assistant.write.judges import Judge
from evals.runs.records import read_run, rewrite
from evals.types import CaseRecord

Tick = Callable[[int, int], object]  # (answers judged, all of them)


def keep_verdicts(folder: Path, judge: Judge, tick: Tick = lambda done, total: None) -> None:
    """Asks a judge about the run in a folder, and writes its records anew where it said something that was not there.

    What a judge failed on is asked again the next time.
    """
    records = read_run(folder).records
    judged = []
    for number, record in enumerate(records, start=1):
        said = verdicts(record, judge)
        judged.append(replace(record, judges={**record.judges, judge.name: said}) if any(said) else record)
        tick(number, len(records))
    if tuple(judged) != records:
        rewrite(folder, judged)


def verdicts(record: CaseRecord, judge: Judge) -> tuple[str | None, ...]:
    """The support of each sentence, its quotes read together: those shown in their order, then those withheld."""
    answer = None if record.answer is None else answer_from_record(record.answer)
    if answer is None:
        return ()
    listed = len(answer.listing.items) if answer.listing else 0
    sentences = (*answer.statements[listed:], *answer.withheld)
    return (*[None] * min(listed, len(answer.statements)), *(_verdict(each, judge) for each in sentences))


def _verdict(statement: Statement, judge: Judge) -> str | None:
    quotes = [quote.text for quote in statement.quotes]
    found = judge.judge(statement.text, quotes) if quotes else None
    return None if found is None else found.value
