"""What is on this machine: originals and the documents read from them.

    home/store.json                       format of the folder
    home/store.lock                       held by whoever writes
    home/originals/<sha256><suffix>       the publisher's files, byte for byte
    home/documents/<id>/publication.json  the record: what it is, and which text file is in force
    home/documents/<id>/aside.json        the same of what was taken out of force and can come back
    home/documents/<id>/<digest>.npz      text, pages, blocks, source map
    home/documents/<id>/<digest>.pdf      only where text was recognised: the copy with it, which was read
    home/staging/                         files being written; emptied when the store is next opened

A publication changes when its record is replaced, in one step: all else is written before, under names that
depend on content, and removed after. A kill leaves the old publication or the new one. Readers take no lock.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from corpus import archive, disk
from corpus.errors import IcatError, UnknownPublication
from corpus.records import Record, from_json, text_sha256, to_json
from corpus.types import Document, Problem, Publication, PublicationId, one_line

RECORD, ASIDE = "publication.json", "aside.json"
FORMAT = 1  # of this folder; raised when an older program could not read it
KEPT_IN_MEMORY = 8  # documents: a conversation quotes a handful, and 500 pages with their source map are 8 MB
LOCK_SECONDS = 60.0  # a writer holds the lock for one copy and one record, not while a file is read
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_ORIGINAL = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?")


class StoreError(IcatError):
    """The data folder can't be read or written: another format, damage, no space, another writer."""


class ChangedFile(StoreError):
    """A file is not what it was when it was read."""


class Store:
    """The publications on this machine. One writer at a time, any number of readers, in any process."""

    def __init__(self, home: Path) -> None:
        """Opens or makes the folder, and sweeps what a killed writer left. StoreError if it can't be used."""
        self.home = home
        self._originals = home / "originals"
        self._documents = home / "documents"
        self._staging = home / "staging"
        try:
            for folder in (self._originals, self._documents, self._staging):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{home}: not usable ({error.strerror}); set ICAT_HOME to another") from error
        self._lock = FileLock(home / "store.lock", timeout=LOCK_SECONDS)
        self._records: dict[PublicationId, tuple[tuple[int, ...], Record]] = {}
        self._loaded: OrderedDict[PublicationId, tuple[Record, Document]] = OrderedDict()
        self._guard = threading.Lock()  # of the two caches above
        self._check_format()
        self._sweep()

    # --- reading ---

    def publications(self) -> tuple[Publication, ...]:
        """Everything that is here, by id."""
        return tuple(record.publication for record in self.records())

    def records(self) -> tuple[Record, ...]:
        """The records of everything that is here, by id."""
        ids = sorted(entry.name for entry in os.scandir(self._documents) if _ID.fullmatch(entry.name))
        return tuple(record for record in map(self._record, ids) if record)

    def record(self, publication_id: PublicationId) -> Record:
        """What is known of one publication. UnknownPublication when it is not here."""
        if record := self._record(publication_id):
            return record
        raise self._unknown(publication_id)

    def __contains__(self, publication_id: PublicationId) -> bool:
        return self._record(publication_id) is not None

    def document(self, publication_id: PublicationId) -> Document:
        """The publication as text. UnknownPublication when it is not here, StoreError when it is damaged."""
        record = self.record(publication_id)
        with self._guard:
            loaded = self._loaded.get(publication_id)
            if loaded and loaded[0] is record:
                self._loaded.move_to_end(publication_id)
                return loaded[1]
        document = self._load(record)
        with self._guard:
            self._loaded[publication_id] = (record, document)
            self._loaded.move_to_end(publication_id)
            while len(self._loaded) > KEPT_IN_MEMORY:
                self._loaded.popitem(last=False)
        return document

    def document_sha256(self, publication_id: PublicationId) -> str:
        """Digest of the text that quotes point into. UnknownPublication when it is not here."""
        return self.record(publication_id).text_sha256

    def original(self, publication_id: PublicationId) -> Path | None:
        """The publisher's file. None when the publication, or its file, is not here."""
        record = self._record(publication_id)
        path = self._originals / record.original if record else None
        return path if path and path.is_file() else None

    def layer(self, publication_id: PublicationId) -> Path | None:
        """The copy with recognised text, whose characters the source map counts. None: those of the original."""
        record = self._record(publication_id)
        return self._documents / publication_id / record.layer if record and record.layer else None

    # --- writing ---

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the writers' lock, so that what was just read stays true; may be nested.

        StoreError when the lock can't be had, or when the disk refuses what is done under it.
        """
        try:
            with self._lock:
                yield
        except Timeout as error:
            raise StoreError(f"{self.home}: another icat is writing; try again when it is done") from error
        except OSError as error:
            where = error.filename or self.home
            raise StoreError(f"{where}: {error.strerror}; free some space or set ICAT_HOME") from error

    def put(
        self, document: Document, original: Path, problems: Sequence[Problem] = (), layer: Path | None = None
    ) -> Publication:
        """Keeps a document and a copy of its original, in place of what had that id; gives what was recorded.

        `layer`: the copy with recognised text that was read in its place.

        `document.publication.sha256` must be the original's, else ChangedFile: it changed since it was read.
        """
        publication = document.publication
        with self.writing(), self._staged() as folder:
            copied = folder / "original"
            if disk.copy(original, copied) != publication.sha256:
                raise ChangedFile(f"{original.name}: the file changed while it was read; add it again")
            suffix = original.suffix.lower()
            name = publication.sha256 + (suffix if _SUFFIX.fullmatch(suffix) else "")
            text_file = archive.write(document, folder)
            layers = [_named_copy(layer, folder)] if layer else []
            record = Record(
                publication,
                name,
                text_file.name,
                text_sha256(document),
                len(document.pages),
                tuple(problems),
                one_line(original.name),
                layers[0].name if layers else "",
                sum(page.recognised for page in document.pages),
            )
            written = folder / RECORD
            disk.write(written, to_json(record))
            target = self._documents / publication.id
            target.mkdir(exist_ok=True)
            before = self._record(publication.id)
            os.replace(copied, self._originals / name)
            for path in (text_file, *layers):
                os.replace(path, target / path.name)
            disk.settle(self._originals, target)
            os.replace(written, target / RECORD)  # from here on the new one is in force
            disk.settle(target, self._documents)
            aside = target / ASIDE  # its place is taken
            if aside.exists():
                aside.unlink()
                self._drop_unused()
            elif before and _files(before) != _files(record):
                self._drop_unused()
        return publication

    def remove(self, publication_id: PublicationId) -> None:
        """Takes a publication and its original away. UnknownPublication when it is not here."""
        self._drop(publication_id, RECORD)

    def set_aside(self, publication_id: PublicationId) -> None:
        """Takes a publication out of force in one step, its files kept for `restore`. UnknownPublication."""
        self._rename(publication_id, RECORD, ASIDE)

    def restore(self, publication_id: PublicationId) -> None:
        """Puts back what was set aside, whole. UnknownPublication when it was not, or another has its place."""
        self._rename(publication_id, ASIDE, RECORD)

    def forget(self, publication_id: PublicationId) -> None:
        """Takes what was set aside away for good. UnknownPublication when it was not."""
        self._drop(publication_id, ASIDE)

    def aside(self) -> tuple[Record, ...]:
        """The records of what was set aside, by id; one that is damaged is left out: it can't come back."""
        found = []
        for path in sorted(self._documents.glob(f"*/{ASIDE}")):
            try:
                found.append(from_json(path.read_bytes()))
            except (ValueError, FileNotFoundError):
                continue
        return tuple(found)

    # --- inside ---

    def _rename(self, publication_id: PublicationId, name: str, then: str) -> None:
        with self.writing():
            path = self._named(publication_id, name)
            if path.with_name(then).exists() and then == RECORD:
                raise UnknownPublication(f"{publication_id}: another file has taken its place; add this one again")
            os.replace(path, path.with_name(then))
            disk.settle(path.parent)

    def _drop(self, publication_id: PublicationId, name: str) -> None:
        with self.writing():
            path = self._named(publication_id, name)
            path.unlink()
            disk.settle(path.parent)
            self._drop_unused()

    def _named(self, publication_id: PublicationId, name: str) -> Path:
        """A publication's record, in force or aside. UnknownPublication when there is none."""
        path = self._documents / publication_id / name
        if _ID.fullmatch(publication_id) and path.exists():
            return path
        raise self._unknown(publication_id)

    def _unknown(self, publication_id: PublicationId) -> UnknownPublication:
        return UnknownPublication(f"{publication_id}: not in {self.home}; `icat list` shows what is")

    def _record(self, publication_id: PublicationId) -> Record | None:
        """From memory while the file is the same one, else from disk. None when there is none."""
        if not _ID.fullmatch(publication_id):
            return None
        path = self._documents / publication_id / RECORD
        try:
            with path.open("rb") as file:
                status = os.fstat(file.fileno())
                version = (status.st_ino, status.st_mtime_ns, status.st_size)
                known = self._records.get(publication_id)
                if known and known[0] == version:
                    return known[1]
                record = from_json(file.read())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except ValueError as error:
            raise StoreError(f"{path}: damaged; run `icat remove {publication_id}` and add the file again") from error
        with self._guard:
            self._records[publication_id] = (version, record)
        return record

    def _load(self, record: Record) -> Document:
        publication_id = record.publication.id
        for _ in range(3):  # a writer may replace the text file between reading the record and opening it
            try:
                return archive.read(self._documents / publication_id / record.document, record.publication)
            except FileNotFoundError:
                record = self.record(publication_id)
            except archive.Damaged:
                break
        raise StoreError(
            f"{publication_id}: its text in {self.home} is damaged; "
            f"run `icat remove {publication_id}` and add the file again"
        )

    def _check_format(self) -> None:
        path = self.home / "store.json"
        if not path.exists():
            with self.writing(), self._staged() as folder:
                disk.write(folder / "store.json", json.dumps({"format": FORMAT}).encode())
                os.replace(folder / "store.json", path)
        try:
            found = json.loads(path.read_bytes())["format"]
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path}: damaged; set ICAT_HOME to a new folder and add the files") from error
        if found != FORMAT:
            raise StoreError(
                f"{self.home} has format {found}, this version reads {FORMAT}; "
                "use the version that wrote it, or set ICAT_HOME to a new folder and add the files again"
            )

    def _sweep(self) -> None:
        """Removes what a killed writer left; not while another writes, whose files these would be."""
        try:
            with self._lock.acquire(timeout=0):
                for leftover in self._staging.iterdir():
                    shutil.rmtree(leftover, ignore_errors=True)
                self._drop_unused()
        except (Timeout, OSError):
            return  # someone else's turn, or a folder that may only be read

    def _drop_unused(self) -> None:
        """Removes originals and texts that no record names. The caller holds the lock."""
        try:
            records = [*self.records(), *self.aside()]
        except StoreError:
            return  # nobody knows what the damaged record names
        texts = {(record.publication.id, name) for record in records for name in (record.document, record.layer)}
        for folder in self._documents.iterdir():
            if not (_ID.fullmatch(folder.name) and folder.is_dir()):
                continue
            for path in (*folder.glob("*.npz"), *folder.glob("*.pdf")):
                if (folder.name, path.name) not in texts:
                    path.unlink(missing_ok=True)
            if not any(folder.iterdir()):
                folder.rmdir()
        named = {record.original for record in records}
        for path in self._originals.iterdir():
            if _ORIGINAL.fullmatch(path.name) and path.name not in named:
                path.unlink(missing_ok=True)

    @contextmanager
    def _staged(self) -> Iterator[Path]:
        folder = self._staging / uuid4().hex
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _files(record: Record) -> tuple[str, ...]:
    """The names of all that it keeps."""
    return record.original, record.document, record.layer


def _named_copy(layer: Path, folder: Path) -> Path:
    """The layer in `folder`, its name the digest of what is in it."""
    copied = folder / "layer"
    digest = disk.copy(layer, copied)
    return copied.rename(folder / f"{digest[: archive.NAME_DIGITS]}.pdf")
