"""From which closeness of sentence and quotes on a sentence is shown plain: what each threshold does.

Faithful sentences against their own passage are to be plain; true but not in the passage, mixes of two passages of
which one is cited, and faithful sentences against the next passage are not. Changed numbers, duties and denials are
found in the wording: they are left out here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.write.check import Checker
from assistant.write.support import SupportModels, closeness_of
from evals.figures.statistics import auc
from evals.figures.tables import number
from evals.support.pairs import SupportCase, checked, shelf_of

NEGATIVE = ("true but not in the passage", "mix of two passages", "not in passage", "wrong label")
STEP = 0.02  # between two thresholds
FROM = 0.4  # the lowest


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close one sentence and its quotes of a passage are."""

    value: float
    there: bool  # whether the passage says it


def samples(cases: Sequence[SupportCase], split: str, models: SupportModels, language: str = "en") -> list[Closeness]:
    """Of the passages of a split in one language."""
    inside = [case for case in cases if case.split == split and case.language == language]
    checker = Checker(shelf_of(cases), models)
    found = []
    for case, other in zip(inside, [*inside[1:], *inside[:1]], strict=True):
        for pair in (pair for pair in case.pairs if not pair.also):
            against = [(case, True), (other, False)] if pair.faithful else [(case, False)] * (pair.kind in NEGATIVE)
            for passage, there in against:
                statement = checked(pair.sentence, [passage.id], language, checker)
                quotes = [quote.text for quote in statement.quotes] or [passage.passage]
                found.append(Closeness(closeness_of(pair.sentence, quotes, models, language)[0], there))
    return found


def report(cases: Sequence[SupportCase], models: SupportModels) -> Iterator[str]:
    """How well closeness tells, and for each threshold how many of both are marked."""
    found = samples(cases, "tune", models)
    yield f"{len(found)} pairs, AUC {number(auc([each.value for each in found], [each.there for each in found]))}"
    there, others = [e.value for e in found if e.there], [e.value for e in found if not e.there]
    for step in range(int(FROM / STEP), int(1 / STEP)) if there and others else ():
        least = step * STEP
        marked = [sum(value < least for value in values) / len(values) for values in (there, others)]
        yield f"from {least:.2f}: {marked[0]:.2f} of what is there marked, {marked[1]:.2f} of what is not"
