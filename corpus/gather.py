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
    `outside` are passed over; a file that is named itself is always given. No link to a folder is followed. A folder
    that can't be listed is given with a Problem.
    """
    seen: set[Path] = set()
    for path in paths:
        try:
            found = _inside(path, outside.resolve()) if path.is_dir() else iter([_named(path)])
        except OSError as error:  # its name is too long
            found = iter([_unopened(path, error)])
        for file, problem in found:
            if problem or (place := file.resolve()) not in seen:
                seen.update([] if problem else [place])
                yield file, problem


def _named(path: Path) -> tuple[Path, Problem | None]:
    if path.is_file():
        return path, None
    reason = "neither a file nor a folder" if path.exists() else "no such file or folder"
    return path, Problem(path.name or str(path), None, reason, "check the path")


def _unopened(path: Path, error: OSError) -> tuple[Path, Problem]:
    return path, Problem(path.name, None, f"can't be opened ({error.strerror})", "check its name and its permissions")


def _inside(folder: Path, outside: Path) -> Iterator[tuple[Path, Problem | None]]:
    refused: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (Path(where) / name).resolve() != outside
        )
        for name in sorted(names):
            if not (name.startswith((".", "~$")) or name.lower() in _SYSTEM_FILES):
                path = Path(where) / name
                if path.is_file():
                    yield path, None
    yield from (_unopened(Path(error.filename), error) for error in refused)
