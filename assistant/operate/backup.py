"""A copy of the data folder in one file, and the folder out of such a file again.

A zip file: the files by their path in the folder, and `backup.json`, which says the format, when and by which version
it was made, and the sha256 of each. Nothing of a copy is believed before it was held against that.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from assistant import VERSION
from assistant.errors import BackupError
from corpus.store import Store
from corpus.types import StrictModel
from index import generations, manifest
from index.errors import IndexUnavailable, StaleIndex

FORMAT = 1  # raised when an older program could not restore it
CONTENTS = "backup.json"
LARGEST_CONTENTS = 64 << 20  # bytes of it: some 500 000 files
BLOCK = 1 << 20
# What comes again by itself, or is being made; and models, which are as large as all else and are fetched again.
LEFT_OUT = frozenset({"staging", "downloads", "uploads", "models"})
PASSING = (".lock", ".new", ".part", "-wal", "-shm", "-journal")  # ends of names of files that are in use
DATABASE = ".sqlite"  # how the ends of their names begin


class Contents(StrictModel):
    """What a copy says of itself."""

    format: int
    version: str  # of the program that made it
    made_at: str  # ISO 8601, UTC
    files: Mapping[str, str]  # sha256 by path


def back_up(home: Path, target: Path) -> Contents:
    """Writes a copy of a data folder to a new file; servers may run meanwhile, but nothing is added or indexed.

    Models of `icat model get` are left out. BackupError: no folder, or a file that can't be written.
    """
    if not home.is_dir():
        raise BackupError(f"{home}: there is no data folder to copy; set ICAT_HOME")
    if target.exists():
        raise BackupError(f"{target}: is there already; name another file")
    if target.absolute().is_relative_to(home):
        raise BackupError(f"{target}: lies in the data folder itself; name a file elsewhere")
    part = target.with_name(f"{target.name}.part")
    try:
        with Store(home).writing(), generations.alone(home), open(part, "wb", opener=_private) as stream:
            contents = _write(home, stream)
        os.replace(part, target)
    except OSError as error:
        raise BackupError(f"{target}: can't be written ({error.strerror}); name a file elsewhere") from None
    finally:
        part.unlink(missing_ok=True)
    return contents


def restore(source: Path, home: Path, replace: bool = False) -> Path | None:
    """Makes a data folder of a copy; gives where the one that was there lies now, None where there was none.

    All is unpacked beside it and checked before anything changes. No server may run on the folder. BackupError: not a
    copy of ours, of another format, damaged, no room; or the folder is not empty and `replace` is not set.
    """
    if home.is_dir() and any(home.iterdir()) and not replace:
        raise BackupError(f"{home} is not empty; --replace keeps it beside the restored one, or set ICAT_HOME")
    folder = _beside(home, "restoring")
    try:
        with zipfile.ZipFile(source) as packed:
            _unpack(packed, source, folder)
        return _put_in_place(folder, home)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise BackupError(f"{source}: not a copy that `icat backup` made, or damaged ({error})") from None
    except OSError as error:
        raise BackupError(f"{error.filename or home}: {error.strerror}; name another, or mend its rights") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(home: Path, stream: BinaryIO) -> Contents:
    digests: dict[str, str] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for path in _files(home):
            name = path.relative_to(home).as_posix()
            with (
                _settled(path) as settled,
                settled.open("rb") as reading,
                packed.open(name, "w", force_zip64=True) as to,
            ):
                digests[name] = _copy(reading, to)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        contents = Contents(format=FORMAT, version=VERSION, made_at=now, files=digests)
        packed.writestr(CONTENTS, contents.model_dump_json(indent=1))
    return contents


def _files(home: Path) -> Iterator[Path]:
    """What a copy holds, in order."""
    kept = _index_files(home)
    for path in sorted(home.rglob("*")):
        left_out = path.relative_to(home).parts[0] in LEFT_OUT or path.name.endswith(PASSING)
        of_index = path.is_relative_to(manifest.folder(home))
        if not left_out and (path in kept or not of_index) and path.is_file() and not path.is_symlink():
            yield path


def _index_files(home: Path) -> frozenset[Path]:
    """Of the generation in force. None of one whose vectors are on a server: two folders would claim them."""
    try:
        current = manifest.read(home)
    except (IndexUnavailable, StaleIndex):
        return frozenset()
    if current.chroma:
        return frozenset()
    return frozenset((manifest.path(home), *generations.folder(home, current.generation).rglob("*")))


@contextmanager
def _settled(path: Path) -> Iterator[Path]:
    """A file that nobody changes while it is read: of a database, a copy as of one moment."""
    if not path.suffix.startswith(DATABASE):
        yield path
        return
    with TemporaryDirectory(prefix="icat-") as folder:
        copy = Path(folder) / path.name
        with closing(sqlite3.connect(path)) as found, closing(sqlite3.connect(copy)) as made:
            found.backup(made)
        yield copy


def _unpack(packed: zipfile.ZipFile, source: Path, folder: Path) -> None:
    """Every file of a copy, each checked; nothing else, and nothing outside the folder."""
    contents = _contents(packed, source)
    entries = {info.filename: info for info in packed.infolist()}
    names = set(contents.files)
    if set(entries) - {CONTENTS} != names or len(entries) != len(packed.infolist()) or not all(map(_inside, names)):
        raise BackupError(f"{source}: holds other files than it says; nothing was restored")
    size = sum(info.file_size for info in entries.values())
    folder.mkdir(parents=True)
    if size > shutil.disk_usage(folder).free:
        raise BackupError(f"{source}: {size / 1e9:.1f} GB are not free beside {folder.parent}; make room")
    for name, digest in contents.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(entries[name]) as reading, target.open("xb") as writing:
            if _copy(reading, writing) != digest:
                raise BackupError(f"{source}: {name} is damaged; nothing was restored, take another copy")


def _contents(packed: zipfile.ZipFile, source: Path) -> Contents:
    there = CONTENTS in packed.namelist() and packed.getinfo(CONTENTS).file_size <= LARGEST_CONTENTS
    try:
        values = json.loads(packed.read(CONTENTS)) if there else {}
        if (found := values.get("format", FORMAT)) != FORMAT:
            made = f"made by version {str(values.get('version'))[:20]} in format {str(found)[:20]}"
            raise BackupError(f"{source}: {made}, this version reads {FORMAT}; restore it with that version")
        return Contents.model_validate(values)
    except (ValueError, AttributeError):
        raise BackupError(f"{source}: not a copy that `icat backup` made, or its {CONTENTS} is damaged") from None


def _inside(name: str) -> bool:
    """Whether it is a path below a folder, on any system."""
    path = PurePosixPath(name)
    odd = "\\" in name or ":" in name or "\0" in name
    return bool(path.parts) and not odd and not path.is_absolute() and ".." not in path.parts and str(path) == name


def _put_in_place(folder: Path, home: Path) -> Path | None:
    if not home.exists() or not any(home.iterdir()):
        if home.exists():
            home.rmdir()
        folder.rename(home)
        return None
    before = home.rename(_beside(home, "before"))
    try:
        folder.rename(home)
    except OSError:
        before.rename(home)
        raise
    return before


def _beside(home: Path, word: str) -> Path:
    """A new name next to a folder, on the same disk."""
    return home.with_name(f"{home.name}.{word}-{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}")


def _copy(reading: BinaryIO, writing: BinaryIO) -> str:
    """Copies all of a stream; sha256 of what was copied."""
    digest = sha256()
    while block := reading.read(BLOCK):
        digest.update(block)
        writing.write(block)
    return digest.hexdigest()


def _private(path: str, flags: int) -> int:
    """Opens a new file for this user alone: it holds reviews and comments."""
    return os.open(path, flags, 0o600)
