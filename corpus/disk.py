"""Files written so that a power cut can't leave half of one behind a finished rename; and their digests."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import file_digest, sha256
from pathlib import Path

_BLOCK_BYTES = 1 << 20
LARGEST_FILE = 100 << 20  # bytes of a file that comes from elsewhere, by a download or an upload


def file_sha256(path: Path) -> str:
    """Hex digest of a file's bytes. OSError when it can't be read."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def copy(source: Path, target: Path, progress: Callable[[int], None] = lambda done: None) -> str:
    """Copies a file, flushed to disk; gives the sha256 of what was copied. `progress` is told the bytes so far."""
    digest = sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(_BLOCK_BYTES):
            digest.update(block)
            writing.write(block)
            progress(writing.tell())
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()


def write(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Writes a file and flushes it to disk. `mode`: of a file that is new, less what the umask takes."""
    with open(path, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def exchange(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Puts a file with this content in the place of the one there, if any; a kill leaves the old one or the new one."""
    written = path.with_name(f"{path.name}.new")
    written.unlink(missing_ok=True)  # what a kill left could have another mode
    write(written, content, mode)
    os.replace(written, path)
    settle(path.parent)


def settle(*folders: Path) -> None:
    """Flushes the names in folders to disk, where the system can (Windows can't, and needs not)."""
    for folder in folders:
        try:
            handle = os.open(folder, os.O_RDONLY)
        except OSError:
            continue
        try:
            os.fsync(handle)
        except OSError:
            continue  # some network file systems have no such call
        finally:
            os.close(handle)
