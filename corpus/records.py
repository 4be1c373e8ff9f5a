"""What the store writes down of one publication: publication.json, in and out."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from pydantic import TypeAdapter

from corpus.types import Document, Problem, Publication


@dataclass(frozen=True, slots=True)
class Record:
    """What the store knows of one publication without opening its document."""

    publication: Publication
    original: str  # file name in originals/
    document: str  # file name beside the record
    text_sha256: str  # of Document.text, UTF-8: what quotes point into
    pages: int
    problems: tuple[Problem, ...]
    file: str = ""  # name of the file it was read from; empty in records of earlier versions
    layer: str = ""  # file name beside the record, of the copy with recognised text; empty where the original was read
    recognised: int = 0  # pages whose text was recognised from a picture


_RECORD = TypeAdapter(Record)


def text_sha256(document: Document) -> str:
    """Hex digest of the text that quotes point into."""
    return sha256(document.text.encode()).hexdigest()


def to_json(record: Record) -> bytes:
    """The record as UTF-8 JSON, what is at its default left out."""
    return _RECORD.dump_json(record, indent=1, exclude_defaults=True)


def from_json(content: bytes) -> Record:
    """What `to_json` was given. ValueError when it is damaged."""
    return _RECORD.validate_json(content)
