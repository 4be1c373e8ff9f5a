"""From which closeness of sentence and quotes on a sentence is shown plain: what each threshold does.

Faithful sentences against their own passage are to be plain; true but not in the passage, mixes of two passages of
which one is cited, and faithful sentences against the next passage are not. Changed numbers, duties and denials are
found in the wording: they are left out here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.types import Evidence
from assistant.write.check import Checker, check
from assistant.write.draft import DraftSentence
from assistant.write.support import SupportModels, closeness_of
from corpus.sentences import sentences
from evals.retrieval_metrics import auc
from evals.support import FAITHFUL, Case, passage_of, share, shelf_of

NEGATIVE = ("true but not in the passage", "mix of two passages", "not in passage", "wrong label")
STEP = 0.02  # between two thresholds


@dataclass(frozen=True, slots=True)
class Sample:
    """How close one sentence and its quotes of a passage are."""

    closeness: float
    there: bool  # whether the passage says it


def samples(cases: Sequence[Case], split: str, models: SupportModels, language: str = "en") -> list[Sample]:
    """Of the passages of a split in one language."""
    inside = [case for case in cases if case.split == split and case.language == language]
    checker = Checker(shelf_of(cases), sentences, models)
    found = []
    for case, other in zip(inside, [*inside[1:], *inside[:1]], strict=True):
        for pair in case.pairs:
            if pair.kind.startswith(FAITHFUL) and not pair.also:
                found += [_sample(pair.sentence, case, True, checker), _sample(pair.sentence, other, False, checker)]
            elif pair.kind in NEGATIVE and not pair.also:
                found.append(_sample(pair.sentence, case, False, checker))
    return found


def _sample(sentence: str, against: Case, there: bool, checker: Checker) -> Sample:
    document = checker.shelf.document(against.id)
    passage = passage_of(document, against.language, checker.shelf)  # type: ignore[arg-type]
    statement = check(DraftSentence(sentence, (1,)), Evidence((passage,)), checker, against.language)
    quotes = [quote.text for quote in statement.quotes] or [document.text]
    return Sample(closeness_of(sentence, quotes, checker.models, against.language)[0], there)


def fitted(cases: Sequence[Case], models: SupportModels) -> Iterator[str]:
    """Lines: how well closeness tells, and for each threshold how many of both are marked."""
    found = samples(cases, "tune", models)
    area = auc([each.closeness for each in found], [each.there for each in found])
    yield f"{len(found)} pairs, AUC {'-' if area is None else format(area, '.3f')}"
    for number in range(int(0.4 / STEP), int(1 / STEP)):
        least = number * STEP
        there = share(sum(e.closeness < least for e in found if e.there), sum(e.there for e in found))
        other = share(sum(e.closeness < least for e in found if not e.there), sum(not e.there for e in found))
        if there is not None and other is not None:
            yield f"from {least:.2f}: {there:.2f} of what is there marked, {other:.2f} of what is not"
