"""Which items of the Toolkit a reader looks at: by list, level and origin, and by words as they are typed. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from corpus.toolkit.reader import Toolkit
from corpus.toolkit.types import SIGNS, ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Origin

REMEMBERED = 8192  # items whose folded words are kept: several times what a machine holds
# Scripts written without spaces: every character begins a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b", re.I)  # its "s" would begin half of all words
_TATWEEL = "\u0640"  # stretches an Arabic word, and is no letter


def pick(
    toolkit: Toolkit,
    *,
    activity: Activity | None = None,
    part_one: bool = False,
    kind: ItemKind | None = None,
    level: Level | None = None,
    words: str = "",
    origin: Origin | None = None,
) -> tuple[ToolkitItem, ...]:
    """All items that fit, in the order of their lists; those in force, or with an origin all that it has.

    `part_one` with an activity gives both lists. Signs of trafficking measure no programme: they are never here.
    """
    everything = (*toolkit.starter, *toolkit.extracted)
    pool = toolkit.in_force if origin is None else [item for item in everything if item.origin is origin]
    placed = activity is not None or part_one
    asked = _asked(words)
    return tuple(
        item
        for item in pool
        if item.topic != SIGNS
        and (
            not placed
            or (activity is not None and item.activity is activity)
            or (part_one and item.part is ToolkitPart.ONE)
        )
        and (kind is None or item.kind is kind)
        and (level is None or item.level is level)
        and (not asked or _holds(item, asked))
    )


def matches(item: ToolkitItem, words: str) -> tuple[tuple[int, int], ...]:
    """Where the words typed stand in `item.text`, to be marked: spans in order that do not overlap, half-open."""
    asked = _asked(words)
    found: list[tuple[int, int]] = []
    for start, end, word in _words(item.text):
        lengths = [len(typed) for typed in asked if word.startswith(typed)]
        if lengths:
            found.append((start, start + _reach(item.text[start:end], max(lengths))))
    return tuple(found)


def _asked(words: str) -> tuple[str, ...]:
    """The folded words typed, each once."""
    return tuple(dict.fromkeys(word for _, _, word in _words(_POSSESSIVE.sub("", words))))


def _holds(item: ToolkitItem, asked: tuple[str, ...]) -> bool:
    """Whether every word begins a word of what the item says or where it stands."""
    text = _searched(item)
    return all(f" {word}" in text for word in asked)


@lru_cache(maxsize=REMEMBERED)
def _searched(item: ToolkitItem) -> str:
    """The folded words of an item, each after a space."""
    parts = (
        item.text,
        item.group,
        item.topic,
        item.activity or "",
        item.counts,
        item.over,
        *item.disaggregation,
        *item.verification,
        item.caution,
    )
    return "".join(f" {word}" for part in parts for _, _, word in _words(part))


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, folded) of each word of a text: letters and digits with their marks."""
    if text.isascii():
        for found in _WORD.finditer(text):
            yield found.start(), found.end(), found.group().lower()
        return
    for start, end in _runs(text):
        if folded := _folded(text[start:end]):
            yield start, end, folded


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the words of a text in any script."""
    start: int | None = None
    for place, character in enumerate(text):
        begins = character.isalnum()
        joins = (begins and not _UNSPACED.match(character)) or unicodedata.category(character)[0] == "M"
        if start is not None and not joins and character != _TATWEEL:
            yield start, place
            start = None
        if start is None and begins:
            start = place
    if start is not None:
        yield start, len(text)


def _folded(word: str) -> str:
    """Without case, accents, vowel points and ligatures: 'Épreuve' and 'epreuve' are the same."""
    letters = unicodedata.normalize("NFKD", word.replace(_TATWEEL, ""))
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def _reach(word: str, length: int) -> int:
    """How many characters of a word as written give its first `length` folded ones, their marks included."""
    reached = 0
    for place, character in enumerate(word):
        folded = len(_folded(character))
        if reached >= length and folded:
            return place
        reached += folded
    return len(word)
