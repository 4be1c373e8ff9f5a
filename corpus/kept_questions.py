"""Questions that a language model wrote for passages of added documents: kept, searched, and never quoted.

In: `questions/PUBLICATION.json` of the data folder, of each passage what was written for it, and what that was made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus import disk
from corpus.anticipated import Anticipated
from corpus.catalogue import explain
from corpus.store import StoreError
from corpus.types import Document, PublicationId, StrictModel

FOLDER = "questions"


class WrittenFor(StrictModel):
    """What was written for one passage."""

    heading: str  # of its section
    start: int  # in the document's text, half-open
    end: int
    passage: str  # sha256 of the text between
    model: str  # that wrote
    prompt: str  # digest of the prompt file
    questions: tuple[str, ...]  # those that lead back to the passage
    dropped: int = 0  # those that did not


_FILE = TypeAdapter(tuple[WrittenFor, ...])


def file_of(home: Path, publication: PublicationId) -> Path:
    """Where a publication's are kept, if there are some."""
    return home / FOLDER / f"{publication}.json"


def read(home: Path, publication: PublicationId) -> tuple[WrittenFor, ...]:
    """What was written for a publication's passages; () where nothing was. StoreError for a damaged file."""
    file = file_of(home, publication)
    if not file.exists():
        return ()
    try:
        return _FILE.validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        reason = explain(error) if isinstance(error, ValidationError) else str(error.strerror)
        raise StoreError(f"{file}: {reason}; delete it, and run `icat index --questions` again") from None


def keep(home: Path, publication: PublicationId, written: Sequence[WrittenFor]) -> None:
    """Puts these in the place of what was kept; a kill leaves the old ones or the new ones."""
    file = file_of(home, publication)
    file.parent.mkdir(parents=True, exist_ok=True)
    disk.exchange(file, _FILE.dump_json(tuple(written), indent=1))


def remove(home: Path, publication: PublicationId) -> None:
    """Forgets what was written for a publication."""
    file_of(home, publication).unlink(missing_ok=True)


def questions_of(home: Path, document: Document) -> tuple[Anticipated, ...]:
    """The kept questions of a document, without those of passages that read otherwise now. StoreError as in `read`."""
    about = document.publication
    return tuple(
        Anticipated(about.id, written.heading, about.language, question, (written.start, written.end))
        for written in read(home, about.id)
        if digest_of(document.text[written.start : written.end]) == written.passage
        for question in written.questions
    )


def digest_of(text: str) -> str:
    """sha256 of a passage, as it is kept."""
    return sha256(text.encode()).hexdigest()
