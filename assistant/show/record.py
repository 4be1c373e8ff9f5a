"""Answers and conversations as JSON-safe records, for the browser's storage and for `--json`.

A record keeps all a reader needs to see the answer again and to check its quotes; it leaves out the facts of
a publication's catalogue entry. It is compact: a publication stands once, a quote that lies in its passage is
kept as offsets. Records come back from outside, so they are validated; a wrong one is a `RecordError`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import RecordError
from assistant.show.drafting_record import (
    DifferenceRecord,
    DraftingRecord,
    UsageRecord,
    difference_of,
    difference_to_record,
    drafting_of,
    drafting_to_record,
    usage_of,
    usage_to_record,
)
from assistant.show.listing_record import ListingRecord, listing_of, listing_to_record
from assistant.show.statement_record import StatementRecord, statement_of, statement_to_record
from assistant.types import (
    Answer,
    Coverage,
    Difference,
    Evidence,
    Passage,
    Query,
    Refusal,
    Turn,
)
from corpus.types import Chunk, Origin, Publication
from index.types import Filters

VERSION = 1
__all__ = ["RecordError", "answer_from_record", "answer_to_record", "turns_from_record", "turns_to_record"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class _Query(_Record):
    asked: str
    stand_alone: str | None = None  # None: as asked
    question: str | None = None  # None: as stand_alone
    filters: Filters = Filters()


class _Passage(_Record):
    id: str
    publication: int = Field(ge=0, description="position in `publications`")
    text: str
    start: int
    pages: tuple[int, int]
    labels: tuple[str | None, str | None] = (None, None)
    headings: tuple[str, ...] = ()
    language: str = "en"
    origin: Origin = Origin.PUBLICATION
    score: float
    sha256: str


class _Answer(_Record):
    version: int
    query: _Query
    publications: tuple[Publication, ...] = ()
    evidence: tuple[_Passage, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    unknown_labels: tuple[int, ...] = ()
    refusal: Refusal | None = None
    nearest: tuple[_Passage, ...] = ()
    confidence: float | None = None
    written_by: str = "verbatim"
    notice: str = ""
    listing: ListingRecord | None = None
    withheld: tuple[StatementRecord, ...] = ()
    usage: UsageRecord | None = None
    drafting: DraftingRecord | None = None
    differences: tuple[DifferenceRecord, ...] = ()
    status: str = ""  # for programs that read the record; on reading it is derived again


def answer_to_record(answer: Answer) -> dict[str, Any]:
    """The answer as dicts, lists, strings, numbers, booleans and None; what is empty is left out."""
    cited, nearest = answer.evidence.passages, answer.nearest
    publications = {passage.publication.id: passage.publication for passage in (*cited, *nearest)}
    places = {id: place for place, id in enumerate(publications)}
    return {
        "version": VERSION,
        "status": answer.status.value,
        "query": _query_record(answer.query),
        **_filled(
            publications=[
                publication.model_dump(mode="json", exclude_defaults=True, exclude={"facts"})
                for publication in publications.values()
            ],
            evidence=[_passage_record(passage, places[passage.publication.id]) for passage in cited],
            statements=[statement_to_record(statement, answer.evidence) for statement in answer.statements],
            coverage=[{"part": part.part, "covered": part.covered.value} for part in answer.coverage],
            unknown_labels=list(answer.unknown_labels),
            refusal=answer.refusal.value if answer.refusal else None,
            nearest=[_passage_record(passage, places[passage.publication.id]) for passage in nearest],
            notice=answer.notice,
            listing=listing_to_record(answer.listing, answer.statements, answer.evidence) if answer.listing else None,
            withheld=[statement_to_record(statement, answer.evidence) for statement in answer.withheld],
            usage=usage_to_record(answer.usage) if answer.usage else None,
            drafting=drafting_to_record(answer.drafting) if answer.drafting else None,
            differences=[difference_to_record(difference) for difference in answer.differences],
        ),
        "confidence": None if answer.confidence is None else float(answer.confidence),
        "written_by": answer.written_by,
    }


def answer_from_record(record: object) -> Answer:
    """The answer of a record. RecordError when it is of another version or does not validate."""
    version = record.get("version") if isinstance(record, Mapping) else None
    if version != VERSION:
        raise RecordError(f"stored answer: version {version!r}, wanted {VERSION}; ask the question again")
    try:
        return _answer(_Answer.model_validate(record))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RecordError(f"stored answer: {place}: {first['msg']}; ask the question again") from None
    except (ValueError, LookupError) as error:
        raise RecordError(f"stored answer: {error}; ask the question again") from None


def turns_to_record(turns: Sequence[Turn]) -> dict[str, Any]:
    """A conversation, oldest turn first."""
    return {
        "version": VERSION,
        "turns": [{"question": turn.question, "answer": answer_to_record(turn.answer)} for turn in turns],
    }


def turns_from_record(record: object) -> tuple[Turn, ...]:
    """The conversation of a record. RecordError when it, or any answer in it, cannot be read."""
    if not isinstance(record, Mapping) or record.get("version") != VERSION:
        raise RecordError(f"stored conversation: not of version {VERSION}; start a new one")
    turns = record.get("turns")
    if not isinstance(turns, list):
        raise RecordError("stored conversation: turns is not a list; start a new one")
    read = []
    for number, turn in enumerate(turns, start=1):
        if not isinstance(turn, Mapping) or not isinstance(turn.get("question"), str):
            raise RecordError(f"stored conversation: turn {number} has no question; start a new one")
        read.append(Turn(turn["question"], answer_from_record(turn.get("answer"))))
    return tuple(read)


def _filled(**values: object) -> dict[str, Any]:
    """Those that are not empty."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _query_record(query: Query) -> dict[str, Any]:
    filters = {field.name: getattr(query.filters, field.name) for field in fields(Filters)}
    lists = {name: list(value) if isinstance(value, tuple) else value for name, value in filters.items()}
    return {
        "asked": query.asked,
        "stand_alone": None if query.stand_alone == query.asked else query.stand_alone,
        "question": None if query.question == query.stand_alone else query.question,
        **_filled(filters=_filled(**lists)),
    }


def _passage_record(passage: Passage, publication: int) -> dict[str, Any]:
    chunk = passage.chunk
    return {
        "id": chunk.id,
        "publication": publication,
        "text": chunk.text,
        "start": chunk.start,
        "pages": [chunk.first_page, chunk.last_page],
        "labels": [passage.first_label, passage.last_label],
        "headings": list(chunk.headings),
        "language": chunk.language,
        "origin": chunk.origin.value,
        "score": float(passage.score),
        "sha256": passage.document_sha256,
    }


def _answer(record: _Answer) -> Answer:
    evidence = Evidence(tuple(_passage(passage, record.publications) for passage in record.evidence))
    asked = record.query.asked
    stand_alone = asked if record.query.stand_alone is None else record.query.stand_alone
    question = stand_alone if record.query.question is None else record.query.question
    statements = tuple(statement_of(statement, evidence) for statement in record.statements)
    answer = Answer(
        query=Query(asked, stand_alone, question, record.query.filters),
        evidence=evidence,
        statements=statements,
        coverage=record.coverage,
        unknown_labels=record.unknown_labels,
        refusal=record.refusal,
        nearest=tuple(_passage(passage, record.publications) for passage in record.nearest),
        confidence=record.confidence,
        written_by=record.written_by,
        notice=record.notice,
        listing=listing_of(record.listing, statements, evidence) if record.listing else None,
        withheld=tuple(statement_of(statement, evidence) for statement in record.withheld),
        usage=usage_of(record.usage) if record.usage else None,
        drafting=drafting_of(record.drafting) if record.drafting else None,
        differences=_differences(record.differences, len(evidence.passages)),
    )
    if record.status and record.status != answer.status:
        raise ValueError(f"says status {record.status!r}, its content {answer.status.value!r}")
    return answer


def _passage(record: _Passage, publications: Sequence[Publication]) -> Passage:
    if record.publication >= len(publications):
        raise ValueError(f"{record.id!r} names publication {record.publication} of {len(publications)}")
    publication = publications[record.publication]
    chunk = Chunk(
        id=record.id,
        publication=publication.id,
        text=record.text,
        start=record.start,
        end=record.start + len(record.text),
        first_page=record.pages[0],
        last_page=record.pages[1],
        headings=record.headings,
        language=record.language,
        origin=record.origin,
    )
    return Passage(chunk, publication, *record.labels, record.score, record.sha256)


def _differences(records: Sequence[DifferenceRecord], passages: int) -> tuple[Difference, ...]:
    """ValueError for a label that stands for no passage; 0 stands for a fact of the catalogue."""
    wrong = [saying.label for record in records for saying in record.readings if saying.label > passages]
    if wrong:
        raise ValueError(f"a difference names label {wrong[0]} of {passages}")
    return tuple(difference_of(record) for record in records)
