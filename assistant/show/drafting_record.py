"""A language model's part in an answer, and what publications differ on, as records; part of `assistant.show.record`.

Compact: what is as by default is left out.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.types import Difference, Drafting, Outcome, Saying, Usage


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DraftingRecord(_Record):
    model: str
    outcome: Outcome
    reason: str = ""
    prompt: str = ""
    claims: int = Field(0, ge=0)
    supported: int = Field(0, ge=0)
    unknown_labels: tuple[int, ...] = ()
    repeated: int = Field(0, ge=0)
    dropped: int = Field(0, ge=0)


class UsageRecord(_Record):
    tokens_in: int = Field(ge=0)
    tokens_out: int = Field(ge=0)
    estimated: bool = False


class _Saying(_Record):
    words: str
    label: int = Field(ge=0)
    dated: str


class DifferenceRecord(_Record):
    subject: str
    readings: tuple[_Saying, ...]


def drafting_to_record(drafting: Drafting) -> dict[str, Any]:
    return _changed(drafting)


def drafting_of(record: DraftingRecord) -> Drafting:
    return Drafting(**dict(record))


def usage_to_record(usage: Usage) -> dict[str, Any]:
    return _changed(usage)


def usage_of(record: UsageRecord) -> Usage:
    return Usage(**dict(record))


def difference_to_record(difference: Difference) -> dict[str, Any]:
    return {"subject": difference.subject, "readings": [_changed(saying) for saying in difference.readings]}


def difference_of(record: DifferenceRecord) -> Difference:
    return Difference(record.subject, tuple(Saying(**dict(saying)) for saying in record.readings))


def _changed(value: Drafting | Usage | Saying) -> dict[str, Any]:
    """The fields that are not as by default, with tuples as lists."""
    found = {}
    for field in fields(value):
        content = getattr(value, field.name)
        if field.default is MISSING or content != field.default:
            found[field.name] = _plain(content)
    return found


def _plain(content: Any) -> Any:
    if isinstance(content, StrEnum):
        return content.value
    return list(content) if isinstance(content, tuple) else content
