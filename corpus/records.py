"""What the store writes down of one publication: publication.json, in and out."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256

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


def text_sha256(document: Document) -> str:
    """Hex digest of the text that quotes point into."""
    return sha256(document.text.encode()).hexdigest()


def to_json(record: Record) -> bytes:
    """The record as UTF-8 JSON, what is at its default left out."""
    plain = {
        "publication": record.publication.model_dump(mode="json", exclude_defaults=True),
        "original": record.original,
        "document": record.document,
        "text_sha256": record.text_sha256,
        "pages": record.pages,
        "problems": [asdict(problem) for problem in record.problems],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()


def from_json(content: bytes) -> Record:
    """What `to_json` was given. ValueError when it is damaged."""
    try:
        plain = json.loads(content)
        return Record(
            Publication.model_validate(plain["publication"]),
            plain["original"],
            plain["document"],
            plain["text_sha256"],
            plain["pages"],
            tuple(Problem(**problem) for problem in plain["problems"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a record: {error!r}") from error
