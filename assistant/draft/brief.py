"""What is to be made, of a request: artefact, theme, time. What it does not say has a default, or is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.types import Artefact, Request
from assistant.understand.lexicon import Lexicon
from assistant.understand.parts import content_words
from corpus.quick_yaml import read_yaml

NO_THEME = ("artefact", "form", "answer language")  # sections of words that name none, wherever they stand
BEFORE = (*NO_THEME, "asking", "number")  # and before the theme
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Brief:
    """`theme` is '' where the message names none; `minutes` 0 where it says no time."""

    artefact: Artefact
    theme: str  # as typed, without what only asks for something to be made
    minutes: int


def brief_of(request: Request, lexicon: Lexicon) -> Brief:
    """What a request says of the thing to be made; without a named artefact it is a text."""
    text, language = request.stand_alone, request.language
    mentions = lexicon.mentions(text, language)
    taken = [(each.start, each.end) for each in mentions if each.section in NO_THEME]
    taken += [found.span() for found in _durations().finditer(text)]
    asking = [(each.start, each.end) for each in mentions if each.section in BEFORE]
    asking += [found.span() for found in _making().finditer(text)]
    bare, left = _without(text, [*taken, *asking]), _without(text, taken)
    words = (found for found in re.finditer(r"\S+", bare) if content_words(found[0], language))
    start = next((found.start() for found in words), len(text))
    theme = _EDGES.sub("", " ".join(left[start:].split()))
    return Brief(request.slots.artefact or Artefact.TEXT, theme, minutes_of(text))


def minutes_of(text: str) -> int:
    """The first time that a text names, in minutes; 0 for none: 'half a day' 180, '90 minutes', 'полдня' 180."""
    found = _durations().search(text)
    if not found:
        return 0
    number = found["number"]
    count = _by_word("numbers").get(number.casefold()) or float(number.replace(",", ".")) if number else 1.0
    return round((0.5 if found["half"] else count) * _by_word("units")[found["unit"].casefold()])


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    gone = {place for start, end in spans for place in range(start, end)}
    return "".join(" " if place in gone else character for place, character in enumerate(text))


@cache
def _data() -> dict[str, dict]:
    return read_yaml(Path(__file__).with_name("brief.yaml").read_text(encoding="utf-8"))


@cache
def _by_word(section: str) -> dict[str, int]:
    """What each word of "units" or "numbers" stands for."""
    named = _data()[section].items()
    return {word.casefold(): int(value) for value, by in named for words in by.values() for word in words}


@cache
def _making() -> re.Pattern[str]:
    words = sorted((word for by in _data()["making"].values() for word in by), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\u3400-\u9fff])(?:{'|'.join(map(re.escape, words))})(?![^\W\u3400-\u9fff])", re.I)


@cache
def _durations() -> re.Pattern[str]:
    halves = [word for words in _data()["halves"].values() for word in words]
    half, unit, number = (
        "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        for words in (halves, _by_word("units"), _by_word("numbers"))
    )
    return re.compile(
        rf"(?<!\w)(?:(?P<number>\d{{1,3}}(?:[.,]\d)?|{number})[\s-]*|(?P<half>{half})[\s-]*|(?:a|an|one|une?|una?)[\s-]+)"
        rf"(?P<unit>{unit})(?![^\W\u3400-\u9fff])",
        re.I,
    )
