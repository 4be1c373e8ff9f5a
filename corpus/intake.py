"""From a file that was read to the publication it is: one of the catalogue, a translation of one, or its own.

A file is recognised by its bytes, then by what stands on its first pages; never by its name.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import identify
from corpus.catalogue import Catalogue
from corpus.records import Record, text_sha256
from corpus.soundness import text_is_whole
from corpus.store import ChangedFile, Store
from corpus.types import Document, Problem, Publication, PublicationId

if TYPE_CHECKING:
    from corpus.readers import FileMetadata, FileReading

COVER_PAGES = 3  # a title may stand on the second page or the third, after a cover
COVER_WORDS = 60  # a page with more is no cover: what follows it is text that may mention other publications


class IntakeOutcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    ALREADY = "same file already here"
    REPLACED = "replaces an earlier file"
    UNREADABLE = "unreadable"


class Match(StrEnum):
    """How it was told which publication a file is."""

    FILE = "its bytes"
    SYMBOL = "its UN document symbol"
    TITLE = "its first page"
    GIVEN = "as given"
    HERE = "the same file is here"  # and is read again
    OWN = "not in the catalogue"  # described from the file itself


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file."""

    file: Path
    outcome: IntakeOutcome
    publication: Publication | None = None  # None: unreadable
    pages: int = 0
    problems: tuple[Problem, ...] = ()  # pages that gave no text; of the whole file where it is unreadable
    match: Match | None = None  # None: unreadable
    recognised: int = 0  # pages whose text was recognised from a picture


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """A file that was read and recognised, and is not kept yet; at its birth it can be read."""

    file: Path
    reading: FileReading  # with a document
    publication: Publication  # what it is taken for
    match: Match  # how that was told
    own: Publication  # what it is by itself, its id provisional; the same where the catalogue does not know it

    def __post_init__(self) -> None:
        if self.reading.document is None:
            raise ValueError(f"{self.file.name}: read without a document")


def already(file: Path, record: Record) -> Added:
    """A file whose bytes are here."""
    return Added(
        file, IntakeOutcome.ALREADY, record.publication, record.pages, record.problems, Match.FILE, record.recognised
    )


def unreadable(file: Path, problems: tuple[Problem, ...]) -> Added:
    """A file that gives no text, with at least one line that says why, in its own name: equal files are read once."""
    none = Problem(file.name, None, "no text could be read", "check that the file opens in a viewer")
    own = tuple(replace(problem, file=file.name) for problem in problems or (none,))
    return Added(file, IntakeOutcome.UNREADABLE, problems=own)


def keep(
    store: Store,
    reserved: Container[PublicationId],
    file: Path,
    reading: FileReading,
    known: tuple[Publication, Match],
) -> Added:
    """Stores what was read of a file. `reserved`: ids that a file of its own can't have.

    A file is in the store once. Where it is given what the file is, it stops being what it was held for.
    """
    publication, match = known
    problems = tuple(reading.problems)
    with store.writing():  # so that no other process takes the same id, or the same file, in between
        records = store.records()
        same = [record for record in records if record.publication.sha256 == publication.sha256]
        again = bool(same) and same[0].publication.id == publication.id
        again = again and (reading.layer is not None or not text_is_whole(store, same[0]))
        if same and not again and (match is not Match.GIVEN or same[0].publication.id == publication.id):
            return already(file, same[0])
        if match is Match.OWN:
            name = _own_id(publication, text_sha256(reading.document), records, reserved)
            publication = publication.model_copy(update={"id": name})
        outcome = IntakeOutcome.REPLACED if publication.id in store else IntakeOutcome.ADDED
        try:
            store.put(replace(reading.document, publication=publication), file, problems, reading.layer)
        except ChangedFile:
            changed = Problem(file.name, None, "it changed while it was read", "add it again")
            return unreadable(file, (changed,))
        for record in same:
            if record.publication.id != publication.id:
                store.remove(record.publication.id)
    pages = reading.document.pages
    return Added(file, outcome, publication, len(pages), problems, match, sum(page.recognised for page in pages))


def _own_id(
    publication: Publication, digest: str, records: tuple[Record, ...], reserved: Container[PublicationId]
) -> PublicationId:
    """The id of what has exactly this text, where there is such: a copy saved anew; else a new one."""
    for record in records:
        if record.text_sha256 == digest and record.publication.id not in reserved:
            return record.publication.id
    here = {record.publication.id for record in records}
    return identify.id_for(publication, lambda name: name in here or name in reserved)


def examine(catalogue: Catalogue, file: Path, digest: str, reading: FileReading) -> Examined:
    """What a file that was read is taken for, how that was told, and what it is by itself."""
    own = identify.describe(reading.document, reading.metadata, file, digest)
    known, match = _recognised(catalogue, reading.document, reading.metadata, own)
    return Examined(file, reading, known, match, own)


def version_of(known: Publication, own: Publication) -> Publication:
    """The catalogue's publication as this file has it.

    A date that the document states and the catalogue lacks is kept beside the others. A translation is a
    publication beside the first, with the language in its id and its own title: neither replaces the other.
    """
    stated = [date for date in own.published if not date.uncertain]
    new = [
        date
        for date in stated
        if not any(date.year == other.year and date.month in (other.month, None) for other in known.published)
    ]
    fields = {"sha256": own.sha256, "mime": own.mime, "published": (*known.published, *new)}
    if own.symbol and not known.symbol:
        fields["symbol"] = own.symbol
    if own.language and own.language != known.language:
        fields |= {
            "id": f"{known.id}-{own.language}",
            "title": own.title,
            "subtitle": own.subtitle,
            "languages": (own.language,),
            "file_url": "",
            "facts": (),
        }
    return known.model_copy(update=fields)


def _recognised(
    catalogue: Catalogue, document: Document, metadata: FileMetadata, own: Publication
) -> tuple[Publication, Match]:
    """Match.OWN: described from the file, its id still provisional."""
    if known := catalogue.match(sha256=own.sha256):
        return version_of(known, own), Match.FILE
    if own.symbol and (known := catalogue.match(symbol=own.symbol)):
        return version_of(known, own), Match.SYMBOL
    for text in _first_pages(document, metadata):
        if known := catalogue.match(title=metadata.title, first_page=text):
            return version_of(known, own), Match.TITLE
    return own, Match.OWN


def _first_pages(document: Document, metadata: FileMetadata) -> Iterator[str]:
    """The text of the first page, and of the next ones while there are only covers before them."""
    yield metadata.first_page_text
    words = len(metadata.first_page_text.split())
    for page in document.pages[1:COVER_PAGES] if document.paged else ():
        if words > COVER_WORDS:
            return
        text = document.text[page.start : page.end]
        yield text
        words = len(text.split())
