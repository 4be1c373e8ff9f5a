"""Overviews of the corpus: what there is of each publication. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.records import Record
from corpus.types import Problem, Publication, PublicationId


class State(StrEnum):
    """What there is of a publication."""

    ORIGINAL = "original"
    DIGEST = "digest only"
    ABSENT = "not here"
    STARTER = "starter text"  # the project's own, of no publication in particular


@dataclass(frozen=True, slots=True)
class ListedPublication:
    """One publication in an overview."""

    publication: Publication
    state: State
    pages: int = 0  # of the original; 0 where it is not here
    problems: int = 0  # pages of it that gave no text


@dataclass(frozen=True, slots=True)
class Details:
    """All there is to say of one publication."""

    listed: ListedPublication
    problems: tuple[Problem, ...]
    original: Path | None
    digest: PublicationId  # the starter text in force for it; empty where there is none
    text_sha256: str  # of the original's text; empty where it is not here


def listing(
    catalogued: Iterable[Publication], stored: Iterable[Record], starters: Sequence[Publication]
) -> tuple[ListedPublication, ...]:
    """The catalogue in its order, what else is here by id, then the project's texts of no publication."""
    records = {record.publication.id: record for record in stored}
    digests = {text.digest_of for text in starters}
    listed = []
    for known in catalogued:
        state = State.DIGEST if known.id in digests else State.ABSENT
        listed.append(_stored(records.pop(known.id)) if known.id in records else ListedPublication(known, state))
    listed += [_stored(record) for _, record in sorted(records.items())]
    listed += [ListedPublication(text, State.STARTER) for text in starters if not text.digest_of]
    return tuple(listed)


def _stored(record: Record) -> ListedPublication:
    return ListedPublication(record.publication, State.ORIGINAL, record.pages, len(record.problems))
