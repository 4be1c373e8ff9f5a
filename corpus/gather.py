"""Which files a list of paths stands for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.types import Problem

_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}


def files(paths: Iterable[Path], outside: Path) -> Iterator[tuple[Path, Problem | None]]:
    """Every regular file once, folders recursively and by name; with a Problem what is not there.

    Inside folders, hidden files and folders, the system's own files, Word's lock files and the folder
    `outside` are passed over; a file that is named itself is always given. No link to a folder is followed.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found: Iterable[Path] = _inside(path, outside.resolve())
        elif path.is_file():
            found = (path,)
        else:
            reason = "neither a file nor a folder" if path.exists() else "no such file or folder"
            yield path, Problem(path.name or str(path), None, reason, "check the path")
            continue
        for file in found:
            if (place := file.resolve()) not in seen:
                seen.add(place)
                yield file, None


def _inside(folder: Path, outside: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (Path(where) / name).resolve() != outside
        )
        for name in sorted(names):
            if not (name.startswith((".", "~$")) or name.lower() in _SYSTEM_FILES):
                path = Path(where) / name
                if path.is_file():
                    yield path
