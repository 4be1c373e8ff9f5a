"""What the command line writes: lines or JSON on stdout, and its exit code for nothing found."""

from __future__ import annotations

import json
import sys
from typing import Any

from assistant.show.words import UNSHOWABLE

NOTHING = 3  # no answer, nothing found, a file that can't be read


def line(text: str = "") -> None:
    """To stdout, without what acts on a terminal: names of files and titles come from others."""
    sys.stdout.write(f"{_harmless(text)}\n")


def note(text: object) -> None:
    """The same to stderr, after the program's name."""
    sys.stderr.write(f"icat: {_harmless(str(text))}\n")


def _harmless(text: str) -> str:
    return UNSHOWABLE.sub("", text.replace("\r", " "))


def as_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
