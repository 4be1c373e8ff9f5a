"""What a text tells apart: the names, years and numbered parts of documents in it. Pure; words only."""

from __future__ import annotations

import re

_NAME = re.compile(r"(?<![.?!؟]\s)(?<!^)(?<![¿¡“\"«(])\b(?:[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]{2,}[\w-]*)")
_NUMBERED = re.compile(
    r"\b(annex|appendix|article|brief|chapter|figure|goal|guideline|outcome|paper|paragraph|part|principle"
    r"|recommendation|resolution|rule|section|step|table|target)s? (?:no\.? ?)?0*(\d{1,3})\b(?![.,]?\d)",
    re.I,
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# Written with a capital, and no names: months and days, and what opens a question.
_NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december i what which who whom whose when where why how is are was were do does did can "
    "could should must may will would has have had in of on at to for from by with and or but not no if the a an this "
    "that these those it they we you he she please tell explain describe define list give compare show name".split()
)


def names(text: str) -> tuple[str, ...]:
    """Capitalised words and abbreviations that do not merely open a sentence, days and months left out; each once."""
    found = (match for match in _NAME.findall(text) if match.casefold() not in _NO_NAMES)
    return tuple(dict.fromkeys(found))


def years(text: str) -> tuple[str, ...]:
    """The four-digit years in a text, each once, in order."""
    return tuple(dict.fromkeys(_YEAR.findall(text)))


def marks(text: str) -> dict[str, frozenset[str]]:
    """What a text tells apart by number: its years, and parts of documents ("Issue Brief 04": brief -> 4)."""
    found: dict[str, set[str]] = {}
    for word, number in _NUMBERED.findall(text):
        found.setdefault(word.casefold(), set()).add(number)
    if named := years(text):
        found["year"] = set(named)
    return {word: frozenset(numbers) for word, numbers in found.items()}
