"""Whether the files of the publications that are here are, by their digests, those that were kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import archive
from corpus.disk import file_sha256
from corpus.records import Record, text_sha256
from corpus.store import RECORD, Store, StoreError
from corpus.types import PublicationId


@dataclass(frozen=True, slots=True)
class Unsound:
    """A file of a publication that is damaged or gone."""

    publication: PublicationId
    reason: str
    advice: str  # what mends it


def unsound(store: Store) -> Iterator[Unsound]:
    """Every publication by id, what of it is not as it was kept; reads all of their bytes."""
    for path in sorted((store.home / "documents").glob(f"*/{RECORD}")):
        name = path.parent.name
        try:
            record = store.record(name)
        except StoreError:
            yield Unsound(name, f"{path} is damaged", f"`icat remove {name}` and add its file again")
            continue
        yield from _of(store, record)


def _of(store: Store, record: Record) -> Iterator[Unsound]:
    name, folder = record.publication.id, store.home / "documents" / record.publication.id
    original = store.home / "originals" / record.original
    whole = _digest(original) == record.publication.sha256
    if not whole:
        yield Unsound(
            name, f"its file {original} is damaged or gone", f"`icat add --as {name} FILE` with {record.file}"
        )
    again = f"`icat add --as {name}{' --recognise en' * bool(record.layer)} {original if whole else 'FILE'}`"
    if record.layer and not _digest(folder / record.layer).startswith(Path(record.layer).stem):
        yield Unsound(name, f"the copy with its recognised text, {folder / record.layer}, is damaged or gone", again)
    if not text_is_whole(store, record):
        yield Unsound(name, f"its text, {folder / record.document}, is damaged or gone", again)


def _digest(path: Path) -> str:
    """sha256 of a file; a word that is none where it can't be read."""
    try:
        return file_sha256(path)
    except OSError:
        return "none"


def text_is_whole(store: Store, record: Record) -> bool:
    """Whether the text of a publication is the one that was kept."""
    path = store.home / "documents" / record.publication.id / record.document
    if not _digest(path).startswith(path.stem):
        return False
    try:
        return text_sha256(archive.read(path, record.publication)) == record.text_sha256
    except (FileNotFoundError, archive.Damaged):
        return False
