"""Files with one JSON object a line, and what is wrong with one in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from corpus.catalogue import explain
from corpus.errors import IcatError

_Read = TypeVar("_Read")


def read_lines(
    file: Path, read: Callable[[str], _Read], error: type[IcatError], advice: str = "mend it there"
) -> list[tuple[str, _Read]]:
    """Where each line stands ("name:line"), and what `read` makes of it; blank lines are left out.

    `error`, in one line, where the file cannot be read, and for the first line of which `read` raises ValidationError.
    """
    return lines_of(content(file, error), str(file.name), read, error, advice)


def lines_of(
    text: str, name: str, read: Callable[[str], _Read], error: type[IcatError], advice: str
) -> list[tuple[str, _Read]]:
    """The same of a text that was read already."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        where = f"{name}:{number}"
        try:
            found += [(where, read(line))] if line.strip() else []
        except ValidationError as wrong:
            raise error(f"{where}: {explain(wrong)}; {advice}") from None
    return found


def content(file: Path, error: type[IcatError]) -> str:
    """The text of a file; `error` where there is none."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise error(f"{file}: no such file") from None
    except (OSError, UnicodeDecodeError) as wrong:
        raise error(f"{file}: cannot be read as UTF-8 text ({wrong})") from None
