"""Dates of birth that are written in words: "the third of April two thousand and six"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.people.cues import cues, phrases

_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[ ,'’-]{1,2}")
_REACH = 30  # characters between what says that it is a birth and the date, as in a question and its answer


def births_in_words(text: str) -> Iterator[tuple[int, int]]:
    """Where they stand, half-open, without what says that they are of a birth."""
    tables = phrases()
    if tables["month"].isdisjoint(_WORD.findall(text.lower())):
        return
    words = list(_WORD.finditer(text))
    kinds = [_kind(word.group().lower()) for word in words]
    for place, kind in enumerate(kinds):
        if kind != "month":
            continue
        first, last = _reached(words, kinds, text, place, -1), _reached(words, kinds, text, place, 1)
        start, end = words[first].start(), words[last].end()
        if first < place < last and re.search(rf"{cues()['birth before']}\D{{0,{_REACH}}}$", text[:start][-60:]):
            yield start, end


def _kind(word: str) -> str:
    tables, bare = phrases(), re.sub("^و(?=...)", "", word)  # Arabic writes "and" in one with the word
    return next((kind for kind in ("month", "number", "between numbers") if {word, bare} & tables[kind]), "")


def _reached(words: list[re.Match[str]], kinds: list[str], text: str, place: int, step: int) -> int:
    """The last number of those that stand in a row with a word, before it (-1) or behind it (1)."""
    last, at = place, place + step
    while 0 <= at < len(words) and kinds[at] in ("number", "between numbers"):
        left, right = sorted((at, at - step))
        if not _GAP.fullmatch(text, words[left].end(), words[right].start()):
            break
        if kinds[at] == "number":
            last = at
        at += step
    return last
