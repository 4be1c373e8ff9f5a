"""What the check of the wording can find."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.texts.catalogue import _


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


def says_other(words: str, other: str) -> str:
    """What a concern says of words in place of which the source has others."""
    return _("says “{words}”, the source says “{other}”").format(words=words, other=other)


def says_alone(words: str) -> str:
    """The same of words that the source does not have."""
    return _("says “{words}”; the source does not").format(words=words)
