"""What the check of the wording can find."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ConcernKind(StrEnum):
    """What a concern is about."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    ACTOR = "actor"
    DUTY = "duty"
    DENIAL = "denial"
    AMOUNT = "amount"
    COMPARISON = "comparison"
    CAUSE = "cause"


@dataclass(frozen=True, slots=True)
class Concern:
    """Where a sentence and its source do not agree, in words for a reader."""

    kind: ConcernKind
    words: str  # "says 12, the source says 10"
    nowhere: bool = False  # a figure, date or name that stands nowhere in what is cited: the sentence is withheld
