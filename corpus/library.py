"""The corpus in force: what is on this machine, and the project's own digests of what is not.

A digest gives way to the original of the publication it describes as soon as that is here.
"""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus import gather, identify, intake, kept_questions
from corpus.catalogue import Catalogue
from corpus.disk import file_sha256
from corpus.errors import FetchError, UnknownPublication, UnreadablePublication
from corpus.intake import Added, Examined, IntakeOutcome, Match
from corpus.listing import Details, ListedPublication, State, listing
from corpus.recognition import Recognition, pictures
from corpus.records import Record, text_sha256
from corpus.starter import StarterText, starter
from corpus.store import Store
from corpus.toolkit.starter import starter_library
from corpus.toolkit.types import STARTER_ID
from corpus.types import Document, Problem, Publication, PublicationId

if TYPE_CHECKING:
    from corpus.fetch import FetchSettings
    from corpus.readers import FileReading

__all__ = [
    "Added",
    "Details",
    "Examined",
    "IntakeOutcome",
    "Library",
    "ListedPublication",
    "Match",
    "Progress",
    "Recognise",
    "Shelf",
    "State",
]

SECONDS = 60.0  # for one file
KEPT = 512  # starter texts that stay read, over all libraries
MEMORY_MIB = 2048  # for one file, beside what the reading process needs itself
Progress = Callable[[int, int, str], None]  # files done, files in all, name of the one just done
# A file, how it reads, what it is called meanwhile, a folder -> how it reads with recognised text, if that is wanted.
Recognise = Callable[[Path, "FileReading", Publication, Path], "FileReading"]


class Shelf(Protocol):
    """What is asked of a `Library` by who reads documents."""

    def document(self, id: PublicationId) -> Document:
        """UnknownPublication when there is no text of it here."""

    def document_sha256(self, id: PublicationId) -> str:
        """Of the document's text, hexadecimal."""

    def publication(self, id: PublicationId) -> Publication:
        """UnknownPublication when there is none."""

    def original(self, id: PublicationId) -> Path | None:
        """The file it was read from; None where only a text written for the project is here."""

    def layer(self, id: PublicationId) -> Path | None:
        """The copy with recognised text that was read in place of its original; None where that was read itself."""


class Library:
    """The publications of one data folder, seen through the catalogue and over the starter corpus."""

    def __init__(self, home: Path, catalogue: Catalogue, starters: Sequence[StarterText] | None = None) -> None:
        """`starters`: the shipped ones where none are given. StoreError when the folder can't be used."""
        self.catalogue = catalogue
        self.store = Store(home)
        texts = starter(catalogue=catalogue) if starters is None else starters
        self._starters = {text.publication.id: text for text in texts}
        self._parsed: dict[PublicationId, Document] = {}

    # --- reading ---

    def in_force(self) -> tuple[PublicationId, ...]:
        """The ids of all documents, sorted: originals, and starter texts whose place none has taken."""
        here = {publication.id for publication in self.store.publications()}
        own = (text.publication for text in self._starters.values())
        return tuple(sorted(here | {text.id for text in own if text.digest_of not in here}))

    def documents(self) -> Iterator[Document]:
        """Every document in force, by id."""
        return map(self.document, self.in_force())

    def document(self, publication_id: PublicationId) -> Document:
        """One document, a digest that has given way included: what quoted it can still be opened.

        The starter library of the Toolkit is one too. It is not in force: its items are listed, never searched for.

        UnknownPublication when there is no text of it on this machine.
        """
        if publication_id == STARTER_ID:
            return starter_library().document
        if publication_id in self._starters:
            return self._starter(publication_id)
        if publication_id in self.store:
            return self.store.document(publication_id)
        raise self._unknown(publication_id)

    def document_sha256(self, publication_id: PublicationId) -> str:
        """Digest of the text that quotes point into, of a starter text of its file. UnknownPublication without one."""
        if publication_id in self.store:
            return self.store.document_sha256(publication_id)
        if publication_id in self._starters:  # told without being read: every start asks for all of them
            return file_sha256(self._starters[publication_id].path)
        return text_sha256(self.document(publication_id))

    def original(self, publication_id: PublicationId) -> Path | None:
        """The publisher's file. None where it is not here, and for the project's own texts."""
        return self.store.original(publication_id)

    def layer(self, publication_id: PublicationId) -> Path | None:
        """The copy with recognised text, whose characters its source map counts; None: those of the original."""
        return self.store.layer(publication_id)

    def publication(self, publication_id: PublicationId) -> Publication:
        """What is known of it, wherever its text is. UnknownPublication, with close ids, when nothing is."""
        if publication_id == STARTER_ID:
            return starter_library().document.publication
        if publication_id in self._starters:
            return self._starters[publication_id].publication
        return self._listed_as(publication_id).publication

    def publications(self) -> tuple[ListedPublication, ...]:
        """The catalogue in its order, what else is here by id, then the project's texts of no publication."""
        starters = [text.publication for text in self._starters.values()]
        return listing(self.catalogue.publications, self.store.records(), starters)

    def show(self, publication_id: PublicationId) -> Details:
        """All there is to say of one publication; of a digest: of what it describes.

        UnknownPublication, with close ids, when there is none.
        """
        if publication_id in self._starters:
            publication_id = self._starters[publication_id].publication.digest_of or publication_id
        listed = self._listed_as(publication_id)
        if publication_id in self.store:
            record = self.store.record(publication_id)
            return Details(listed, record.problems, self.original(publication_id), "", record.text_sha256)
        own = (text.publication for text in self._starters.values())
        digest = next((text.id for text in own if publication_id in (text.id, text.digest_of)), "")
        return Details(listed, (), None, digest, "")

    # --- changing ---

    def add(
        self,
        paths: Iterable[Path],
        *,
        seconds: float = SECONDS,
        memory_mib: int = MEMORY_MIB,
        progress: Progress | None = None,
        recognise: Recognise | None = None,
    ) -> Iterator[Added]:
        """Takes files and folders in; each is kept, whole, before it is given.

        What is here already comes first, without being read again, unless text of it is still to be recognised.
        Stopping in between loses nothing given.
        """
        found = list(gather.files(paths, self.store.home))
        for done, added in enumerate(self._take(found, seconds, memory_mib, recognise), start=1):
            if progress:
                progress(done, len(found), added.file.name)
            yield added

    def add_as(
        self,
        publication_id: PublicationId,
        file: Path,
        *,
        seconds: float = SECONDS,
        memory_mib: int = MEMORY_MIB,
        recognise: Recognise | None = None,
    ) -> Added:
        """Takes a file in as a publication of the catalogue or of the store, whatever its first page says."""
        known = self._listed_as(publication_id).publication
        digest = file_sha256(file)
        with tempfile.TemporaryDirectory(prefix="icat-") as folder:
            reading = self._read(file, digest, seconds, memory_mib)
            if recognise:
                reading = recognise(file, reading, _provisional(digest), Path(folder))
            if reading.document is None:
                return intake.unreadable(file, reading.problems)
            return self._keep_as(known, file, digest, reading)

    def examine(
        self,
        file: Path,
        *,
        seconds: float = SECONDS,
        memory_mib: int = MEMORY_MIB,
        recognition: Recognition | None = None,
    ) -> Added | Examined:
        """What a file is taken for, before it is kept; Added: it gives no text, or is here already.

        `recognition`: of this file, its pages done. The copy that is read then is left beside the file.
        """
        ((_, problem),) = gather.files([file], self.store.home / "originals")
        if problem:
            return intake.unreadable(file, (problem,))
        digest = file_sha256(file)
        here = next((record for record in self.store.records() if record.publication.sha256 == digest), None)
        if here and not (recognition and pictures(here.problems)):
            return intake.already(file, here)
        if recognition:
            folder = Path(tempfile.mkdtemp(dir=file.parent))
            reading = recognition.reading(_provisional(digest), folder, seconds=seconds, memory_mib=memory_mib)
        else:
            reading = self._read(file, digest, seconds, memory_mib)
        if reading.document is None:
            return intake.unreadable(file, reading.problems)
        found = intake.examine(self.catalogue, file, digest, reading)
        return replace(found, publication=here.publication, match=Match.HERE) if here else found

    def keep(self, examined: Examined, publication: Publication | None = None) -> Added:
        """Takes in what was examined, as what it was taken for, or as `publication`: its own, with corrections."""
        known = (examined.publication, examined.match) if publication is None else (publication, Match.OWN)
        return self._keep(examined.file, examined.reading, known)

    def fetch(
        self,
        publication_id: PublicationId,
        *,
        settings: FetchSettings | None = None,
        progress: Callable[[int, int | None], None] | None = None,
        seconds: float = SECONDS,
        memory_mib: int = MEMORY_MIB,
    ) -> Added:
        """Downloads an original and takes it in. FetchError when it can't be had, or is something else.

        A file behind a direct link is taken at its word; one found on a landing page must be recognised.
        """
        from corpus.fetch import by_hand, fetch

        known = self._listed_as(publication_id).publication
        fetched = fetch(known, self.store.home / "downloads", settings=settings, progress=progress)
        try:
            reading = self._read(fetched.path, fetched.sha256, seconds, memory_mib)
            if reading.document is None:
                return intake.unreadable(fetched.path, reading.problems)
            if not fetched.direct:
                found = intake.examine(self.catalogue, fetched.path, fetched.sha256, reading).publication
                if found.id != known.id:
                    reason = f"the file that its page links to ({fetched.url}) does not carry its title"
                    raise FetchError(f"{known.id}: {reason}; {by_hand(known)}")
            return self._keep_as(known, fetched.path, fetched.sha256, reading)
        finally:
            fetched.path.unlink(missing_ok=True)

    def remove(self, publication_id: PublicationId) -> None:
        """Takes an original and its text away, so that its digest is in force again; UnknownPublication."""
        if publication_id not in self.store:
            raise self._unknown(publication_id)
        self.store.remove(publication_id)
        kept_questions.remove(self.store.home, publication_id)

    def set_aside(self, publication_id: PublicationId) -> None:
        """Takes an original out of force like `remove`, until `restore` or `forget`. UnknownPublication."""
        if publication_id not in self.store:
            raise self._unknown(publication_id)
        self.store.set_aside(publication_id)

    def restore(self, publication_id: PublicationId) -> None:
        """Puts back, whole, what was set aside. UnknownPublication: it was not, or another file has its place."""
        self.store.restore(publication_id)

    def forget(self, publication_id: PublicationId) -> None:
        """Takes away for good what was set aside. UnknownPublication when it was not."""
        self.store.forget(publication_id)
        if publication_id not in self.store:
            kept_questions.remove(self.store.home, publication_id)

    def aside(self) -> tuple[Publication, ...]:
        """What was set aside, by id."""
        return tuple(record.publication for record in self.store.aside())

    # --- inside ---

    def _take(
        self,
        found: Sequence[tuple[Path, Problem | None]],
        seconds: float,
        memory_mib: int,
        recognise: Recognise | None,
    ) -> Iterator[Added]:
        """What can't be opened or is here already, then the rest as it is read, equal files once."""
        from corpus.readers import read_many

        here = {record.publication.sha256: record for record in self.store.records()}
        waiting: dict[str, list[Path]] = {}
        for file, problem in found:
            try:
                digest = "" if problem else file_sha256(file)
            except OSError as error:
                reason = f"it can't be opened ({error.strerror})"
                problem = Problem(file.name, None, reason, "check its permissions")
            if problem:
                yield intake.unreadable(file, (problem,))
            elif digest in here and not (recognise and pictures(here[digest].problems)):
                yield intake.already(file, here[digest])
            else:
                waiting.setdefault(digest, []).append(file)
        digests = {files[0]: digest for digest, files in waiting.items()}
        jobs = [(file, _provisional(digest)) for file, digest in digests.items()]
        for file, reading in read_many(jobs, seconds=seconds, memory_mib=memory_mib):
            digest = digests[file]
            with tempfile.TemporaryDirectory(prefix="icat-") as folder:
                if recognise:
                    reading = recognise(file, reading, _provisional(digest), Path(folder))
                if reading.document is None:
                    yield from (intake.unreadable(same, reading.problems) for same in waiting[digest])
                    continue
                added = self._keep(file, reading, self._known_as(file, digest, reading, here.get(digest)))
            yield added
            outcome = IntakeOutcome.UNREADABLE if added.publication is None else IntakeOutcome.ALREADY
            yield from (replace(added, file=same, outcome=outcome) for same in waiting[digest][1:])

    def _known_as(
        self, file: Path, digest: str, reading: FileReading, record: Record | None
    ) -> tuple[Publication, Match]:
        """What a file is, and how that is told; `record`: of the same file, where it is here already."""
        if record:
            return record.publication, Match.FILE
        known = intake.examine(self.catalogue, file, digest, reading)
        return known.publication, known.match

    def _read(self, file: Path, digest: str, seconds: float, memory_mib: int) -> FileReading:
        from corpus.readers import read

        return read(file, _provisional(digest), seconds=seconds, memory_mib=memory_mib)

    def _keep(self, file: Path, reading: FileReading, known: tuple[Publication, Match]) -> Added:
        """Stores what was read. A file that was set aside is forgotten there: adding it again undoes that, too."""
        for removed in self.store.aside():
            if removed.publication.sha256 == known[0].sha256:
                self.store.forget(removed.publication.id)
        return intake.keep(self.store, self._reserved, file, reading, known)

    def _keep_as(self, known: Publication, file: Path, digest: str, reading: FileReading) -> Added:
        if known.id in self._starters:
            raise UnknownPublication(f"{known.id}: one of the project's own texts, which has no original")
        mime = identify.media_type(reading.document, file)
        given = known.model_copy(update={"sha256": digest, "mime": mime})
        return self._keep(file, reading, (given, Match.GIVEN))

    @property
    def _reserved(self) -> set[PublicationId]:
        """Ids that a file of its own can't have: of the catalogue, the project's texts, and what may come back."""
        known = (publication.id for publication in (*self.catalogue.publications, *self.aside()))
        return {STARTER_ID, *self._starters, *known}

    def _listed_as(self, publication_id: PublicationId) -> ListedPublication:
        for listed in self.publications():
            if listed.publication.id == publication_id:
                return listed
        raise self._unknown(publication_id)

    def _unknown(self, publication_id: PublicationId) -> UnknownPublication:
        ids = [listed.publication.id for listed in self.publications()]
        if publication_id in ids or publication_id in self._starters:
            return UnknownPublication(f"{publication_id}: no original of it is here; `icat list` shows what is")
        close = difflib.get_close_matches(publication_id, ids, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else "`icat list` shows all ids"
        return UnknownPublication(f"no publication {publication_id!r}; {hint}")

    def _starter(self, publication_id: PublicationId) -> Document:
        """Read once, here and not in a child process: these files are ours."""
        if publication_id not in self._parsed:
            text = self._starters[publication_id]
            read = _starter_document(text.path.read_text(encoding="utf-8"), text.publication, text.path.name)
            self._parsed[publication_id] = read
        return self._parsed[publication_id]


@lru_cache(maxsize=KEPT)
def _starter_document(text: str, publication: Publication, name: str) -> Document:
    """One for all libraries of a process: it never changes. UnreadablePublication when it is no document."""
    from corpus.readers.markdown import read_markdown

    reading = read_markdown(text, publication, name)
    if reading.document is None:
        raise UnreadablePublication("; ".join(map(str, reading.problems)))
    return reading.document


def _provisional(digest: str) -> Publication:
    """What a file is called while it is read: nothing is known yet but its bytes."""
    return Publication(id=f"file-{digest[:16]}", title="?", sha256=digest)
