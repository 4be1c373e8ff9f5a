"""What a text speaks of, as keys: the stems of its words, and a few words of this field that mean the same.

The words are in `kin.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.quick_yaml import read_yaml
from corpus.types import Activity
from index.keywords import stems
from index.words import words

SOURCE = "kin.yaml"
NOTION = "~"  # what a key that is a notion begins with
_PIECE = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class KinWord:
    """One word of a text that is no stop word."""

    start: int  # characters of the text, half-open
    end: int
    keys: frozenset[str]  # its stem, and "~notion" for each notion it is of


def speaks(text: str) -> frozenset[str]:
    """The keys of all words of a text."""
    return frozenset(key for word in read(text) for key in word.keys)


def read(text: str) -> tuple[KinWord, ...]:
    """The words that carry something, in order; two words that make one notion are one."""
    pieces = [(match.start(), match.end(), match.group()) for match in _PIECE.finditer(text)]
    plain = [(words(piece) or [""])[0] for _, _, piece in pieces]
    stemmed = stems(plain)
    notions = _notions()
    found: list[KinWord] = []
    place = 0
    while place < len(pieces):
        size = next((n for n in (3, 2) if _notion(plain, place, n) in notions), 1)
        keys = {stem for stem in stemmed[place : place + size] if len(stem) > 1}
        for one in {_notion(plain, place, size), *(stemmed[place : place + size] if size == 1 else ())}:
            keys |= {f"{NOTION}{notion}" for notion in notions.get(one, ())}
        if keys:
            found.append(KinWord(pieces[place][0], pieces[place + size - 1][1], frozenset(keys)))
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


def _stems(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(key for key in speaks(" ".join(texts)) if key[0] != NOTION)


@cache
def says_nothing() -> frozenset[str]:
    """The stems that any request has, whatever the programme: these explain no choice."""
    return _stems(_table()["says nothing"])


@cache
def companions() -> frozenset[str]:
    """Of those, the ones worth showing beside a word that counts: seasonal "workers"."""
    return _stems(_table()["companions"])


@cache
def names_of(activity: Activity | None) -> frozenset[str]:
    """The stems that only name an activity type, or part one (None): within its list they explain nothing."""
    return _stems(_table()["names"][activity.value if activity else "part one"])
