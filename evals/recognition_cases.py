"""Questions and follow-ups with the lists of the Toolkit they ask for.

They are held apart: who writes the rules of recognition does not read them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.types import Detail, Wanted
from corpus.errors import CatalogueError
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity

FOLDER = Path(__file__).parent / "cases"
QUESTIONS = FOLDER / "recognition.jsonl"
FRESH = FOLDER / "recognition-fresh.jsonl"  # no rule was made after a look at what fails here
FOLLOW_UPS = FOLDER / "recognition-followups.jsonl"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class QuestionCase(_Record):
    """A first question, and the lists that a sensible adviser would hand over for it."""

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    kinds: tuple[ItemKind, ...] = Field(description="empty: no list is asked for")
    activities: tuple[Activity, ...] = Field((), description="empty: none is named, so all of them")
    part_one: bool = False
    levels: tuple[Level, ...] = ()
    details: tuple[Detail, ...] = ()
    tags: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _no_list_no_filter(self) -> QuestionCase:
        if not self.kinds and (self.activities or self.part_one or self.levels or self.details):
            raise ValueError(f"{self.id}: without a kind nothing else can be wanted")
        return self


class Previous(_Record):
    """The list that is on the screen when the follow-up is typed."""

    kinds: tuple[ItemKind, ...] = Field(min_length=1)
    activities: tuple[Activity, ...] = ()
    levels: tuple[Level, ...] = ()
    description: str = ""
    about: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    part_one: bool = False

    def wanted(self) -> Wanted:
        return Wanted(**{name: getattr(self, name) for name in type(self).model_fields})


class Change(_Record):
    """What a follow-up changes; only the fields that are given."""

    kinds: tuple[ItemKind, ...] = ()
    activities: tuple[Activity, ...] = ()
    levels: tuple[Level, ...] = ()
    about: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    part_one: bool = False
    rest: bool = False

    def of(self, previous: Wanted) -> Wanted:
        return replace(previous, **{name: getattr(self, name) for name in self.model_fields_set})


class FollowUpCase(_Record):
    id: str = Field(min_length=1)
    previous: Previous
    follow_up: str = Field(min_length=1)
    expected: Change | None = Field(description="None: the follow-up is not about the list")
    tags: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _changes_something(self) -> FollowUpCase:
        if self.expected is not None and self.expected.of(self.previous.wanted()) == self.previous.wanted():
            raise ValueError(f"{self.id}: the expected list is the previous one")
        return self


_Case = TypeVar("_Case", QuestionCase, FollowUpCase)


def read_questions(path: Path = QUESTIONS) -> tuple[QuestionCase, ...]:
    """CatalogueError of one line when a case does not validate or an id is used twice."""
    return _cases(path, QuestionCase)


def read_follow_ups(path: Path = FOLLOW_UPS) -> tuple[FollowUpCase, ...]:
    """CatalogueError of one line when a case does not validate or an id is used twice."""
    return _cases(path, FollowUpCase)


def _cases(path: Path, model: type[_Case]) -> tuple[_Case, ...]:
    found: dict[str, _Case] = {}
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            case = model.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "case"
            raise CatalogueError(f"{path.name} line {number}: {where}: {first['msg']}; fix it there") from error
        if case.id in found:
            raise CatalogueError(f"{path.name} line {number}: id: {case.id!r} is taken; give it another")
        found[case.id] = case
    return tuple(found.values())
