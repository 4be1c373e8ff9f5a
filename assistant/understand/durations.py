"""How long something takes, as people write it, in six languages: `durations.yaml` looked for in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from corpus.quick_yaml import read_yaml

SOURCE = "durations.yaml"
DAY = 360  # minutes of one, as the file has it


def minutes_of(text: str) -> int:
    """The first time that a text names, in minutes; 0 for none: 'half a day' 180, '90 minutes', 'полдня' 180.

    Of a day whose hours it names, too, the hours: 'half a day (3.5 hours)' 210.
    """
    named = [_minutes(found) for found in _durations().finditer(text)]
    first = next(iter(named), 0)
    hours = [each for each in named if 0 < each < 2 * first and each % (DAY // 2)]
    return hours[0] if first in (DAY // 2, DAY) and hours and hours[0] > first / 2 else first


def _minutes(found: re.Match[str]) -> int:
    if found["pair"]:
        return round(_by_word("pairs")[found["pair"]])
    number = found["number"]
    count = _by_word("numbers").get(number.casefold()) or float(number.replace(",", ".")) if number else 1.0
    count = (0.5 if found["half"] else count) + (0.5 if found["more"] else 0.0)
    return round(count * _by_word("units")[found["unit"].casefold()])


def count_of(text: str, things: Sequence[str]) -> int:
    """How many of some things a text first names, in digits or words; 0 for none: 'ten slides' 10, 'slides (12)' 12."""
    numbers = _by_word("numbers")
    number, thing = (
        "|".join(map(re.escape, sorted(words, key=len, reverse=True))) for words in (tuple(numbers), things)
    )
    found = re.search(
        rf"(?<![^\W\u3400-\u9fff])(\d{{1,2}}|{number})[\s-]*(?:{thing})(?![^\W\u3400-\u9fff])"
        rf"|(?<!\w)(?:{thing})\s*[(（:：]\s*(\d{{1,2}})(?!\d)",
        text,
        re.I,
    )
    if not found:
        return 0
    told = found[1] or found[2]
    return round(numbers.get(told.casefold()) or int(told))


@cache
def _data() -> dict[str, dict]:
    return read_yaml(files("assistant.understand").joinpath(SOURCE).read_text(encoding="utf-8"))


@cache
def _by_word(section: str) -> dict[str, float]:
    """What each word of "units" or "numbers" stands for."""
    named = _data()[section].items()
    return {word.casefold(): float(value) for value, by in named for words in by.values() for word in words}


@cache
def _durations() -> re.Pattern[str]:
    halves, behind = ([word for words in _data()[name].values() for word in words] for name in ("halves", "more"))
    half, more, unit, number, pair = (
        "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        for words in (halves, behind, _by_word("units"), _by_word("numbers"), _by_word("pairs"))
    )
    counted = rf"(?P<number>\d{{1,3}}(?:[.,]\d)?|{number})[\s-]*|(?P<half>{half})[\s-]*"
    return re.compile(
        rf"(?<![^\W\u3400-\u9fff])(?:(?P<pair>{pair})|(?:{counted}|(?:a|an|one|full|whole|une?|una?)[\s-]+)"
        rf"(?P<unit>{unit})(?P<more>\s*(?:{more}))?)(?![^\W\u3400-\u9fff])",
        re.I,
    )
