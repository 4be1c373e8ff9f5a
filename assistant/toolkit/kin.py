"""What a text speaks of, as keys: the stems of its words, and a few words of this field that mean the same.

The words are in `kin.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.quick_yaml import read_yaml
from index.keywords import stems
from index.words import words

SOURCE = "kin.yaml"
NOTION = "~"  # what a key that is a notion begins with
_PIECE = re.compile(r"[^\W_]+")


def speaks(text: str) -> frozenset[str]:
    """The keys of all words of a text."""
    return frozenset(key for keys in read(text) for key in keys)


def read(text: str) -> tuple[frozenset[str], ...]:
    """Of each word its stem, and "~notion" for each notion it is of; two or three words of one notion are one."""
    plain = [(words(piece) or [""])[0] for piece in _PIECE.findall(text)]
    stemmed = stems(plain)
    notions = _notions()
    found: list[frozenset[str]] = []
    place = 0
    while place < len(plain):
        size = next((n for n in (3, 2) if _notion(plain, place, n) in notions), 1)
        keys = {stem for stem in stemmed[place : place + size] if len(stem) > 1}
        for one in {_notion(plain, place, size), *(stemmed[place : place + size] if size == 1 else ())}:
            keys |= {f"{NOTION}{notion}" for notion in notions.get(one, ())}
        found += [frozenset(keys)] if keys else []
        place += size
    return tuple(found)


def _notion(plain: list[str], place: int, size: int) -> str:
    """Some words in a row as the table writes them; '' where fewer are left."""
    return "_".join(plain[place : place + size]) if place + size <= len(plain) else ""


@cache
def _table() -> Mapping[str, Any]:
    return read_yaml((files(__package__) / SOURCE).read_text(encoding="utf-8"))


@cache
def _notions() -> Mapping[str, frozenset[str]]:
    """Word, or words joined by '_', -> the notions it is of."""
    found: dict[str, set[str]] = {}
    for notion, members in _table()["kin"].items():
        for member in members:
            found.setdefault("_".join(member.split()), set()).add(notion)
    return {member: frozenset(notions) for member, notions in found.items()}


@cache
def says_nothing() -> frozenset[str]:
    """The stems of any request: of a subject of several words, these need not be spoken of."""
    return frozenset(key for key in speaks(" ".join(_table()["says nothing"])) if key[0] != NOTION)
