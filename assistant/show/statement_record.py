"""Statements and their quotes as JSON-safe records; part of `assistant.show.record`.

Compact, for the browser's storage: a quote that lies in the passage of its label is kept as offsets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.types import Evidence, Passage, Quote, Statement, Support
from corpus.types import Chunk


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Quote(_Record):
    label: int
    start: int
    end: int
    page: int
    page_label: str | None = None
    text: str | None = None  # None: lies in the passage of its label, in the same document text
    publication: str | None = None  # None: that of the passage
    sha256: str | None = None  # None: that of the passage


class StatementRecord(_Record):
    text: str
    quotes: tuple[_Quote, ...] = ()
    support: Support
    warnings: tuple[str, ...] = ()
    lead: str = ""
    dated: str = ""


def statement_to_record(statement: Statement, evidence: Evidence) -> dict[str, Any]:
    """What is empty is left out."""
    return {
        "text": statement.text,
        "quotes": [_quote_record(quote, evidence) for quote in statement.quotes],
        "support": statement.support.value,
        **dict(_filled(warnings=list(statement.warnings), lead=statement.lead, dated=statement.dated)),
    }


def statement_of(record: StatementRecord, evidence: Evidence) -> Statement:
    """ValueError for a quote that is not in the passage of its label."""
    quotes = tuple(_quote(quote, evidence) for quote in record.quotes)
    return Statement(record.text, quotes, record.support, record.warnings, record.lead, record.dated)


def _filled(**values: object) -> Iterator[tuple[str, object]]:
    yield from ((name, value) for name, value in values.items() if value)


def _quote_record(quote: Quote, evidence: Evidence) -> dict[str, Any]:
    record: dict[str, Any] = {"label": quote.label, "start": quote.start, "end": quote.end}
    record |= {"page": quote.page, "page_label": quote.page_label}
    passage = _labelled(quote.label, evidence)
    if passage is None or passage.chunk.publication != quote.publication:
        record["publication"] = quote.publication
    if passage is None or passage.document_sha256 != quote.document_sha256:
        record["sha256"] = quote.document_sha256
    if passage is None or _slice(passage.chunk, quote.start, quote.end) != quote.text:
        record["text"] = quote.text
    return record


def _labelled(label: int, evidence: Evidence) -> Passage | None:
    """The passage of a label; None for one that does not resolve."""
    return evidence.passages[label - 1] if 1 <= label <= len(evidence.passages) else None


def _slice(chunk: Chunk, start: int, end: int) -> str | None:
    """document.text[start:end] as far as the chunk holds it; None when it is not all there."""
    inside = chunk.start <= start <= end <= chunk.end
    return chunk.text[start - chunk.start : end - chunk.start] if inside else None


def _quote(record: _Quote, evidence: Evidence) -> Quote:
    passage = _labelled(record.label, evidence)
    text, publication, sha256 = record.text, record.publication, record.sha256
    if passage is not None:
        text = _slice(passage.chunk, record.start, record.end) if text is None else text
        publication = passage.chunk.publication if publication is None else publication
        sha256 = passage.document_sha256 if sha256 is None else sha256
    if text is None or publication is None or sha256 is None:
        raise ValueError(f"quote {record.start}:{record.end} is not in the passage of label {record.label}")
    return Quote(record.label, publication, record.start, record.end, text, record.page, record.page_label, sha256)
