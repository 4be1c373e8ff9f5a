"""What stands in the cells of the file: claims, judgements and answers as JSON, and ids as people read them."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any

from pydantic import TypeAdapter

from assistant.errors import ReviewError
from assistant.review.types import Claim, ClaimDraft, ClaimId, Event, Judgement, Review, ReviewId, Source
from assistant.show.record import answer_from_record, answer_to_record

_DRAFT = TypeAdapter(ClaimDraft)
_JUDGEMENT = TypeAdapter(Judgement)
_SOURCE = TypeAdapter(Source)
_ID = re.compile(r"[rR]?(\d{1,9})(?:\.(\d{1,9}))?")


def review_number(id: ReviewId) -> int:
    """3 for 'r3' or '3'. ReviewError for anything else."""
    match = _ID.fullmatch(id.strip())
    if match is None or match[2]:
        raise ReviewError(f"{id[:40]!r} is no id of a review, such as r1; `icat review list` shows them")
    return int(match[1])


def claim_numbers(id: ClaimId) -> tuple[int, int]:
    """(3, 12) for 'r3.12'. ReviewError for anything else."""
    match = _ID.fullmatch(id.strip())
    if match is None or not match[2]:
        raise ReviewError(f"{id[:40]!r} is no id of a claim, such as r1.12; `icat review show r1` shows them")
    return int(match[1]), int(match[2])


def review_of(row: sqlite3.Row | tuple[Any, ...]) -> Review:
    """Of (id, title, made, source, tags, seed)."""
    id, title, made, source, tags, seed = row
    return Review(f"r{id}", title, made, source, tuple(json.loads(tags)), seed)


def draft_to_json(draft: ClaimDraft) -> str:
    return _DRAFT.dump_json(draft).decode()


def claim_of(review: int, number: int, content: str) -> Claim:
    draft = _DRAFT.validate_json(content)
    fields = {name: getattr(draft, name) for name in ClaimDraft.__dataclass_fields__}
    return Claim(id=f"r{review}.{number}", review=f"r{review}", number=number, **fields)


def judgement_to_json(judgement: Judgement) -> str:
    return _JUDGEMENT.dump_json(judgement).decode()


def judgement_of(content: str) -> Judgement:
    return _JUDGEMENT.validate_json(content)


def event_of(review: int, row: tuple[Any, ...]) -> Event:
    """Of (id, at, who, what, number of the claim, before, after)."""
    id, at, who, what, number, *said = row
    before, after = (judgement_of(content) if content else None for content in said)
    return Event(id, at, who, what, f"r{review}.{number}", before, after)


def source_to_json(source: Source) -> str:
    kept = _SOURCE.dump_python(source, mode="json", exclude={"answer"})
    record = {"record": answer_to_record(source.answer), **kept, "missing": sorted(source.missing)}
    return json.dumps(record, ensure_ascii=False)


def source_of(content: str) -> Source:
    kept = json.loads(content)
    return _SOURCE.validate_python({"answer": answer_from_record(kept.pop("record")), **kept})
