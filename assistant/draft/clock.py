"""When a session begins and ends, as messages say it: '8:30 to 12:30', '9h-12h', '2 to 4 pm', 'from 9.15'."""

from __future__ import annotations

import re
from dataclasses import dataclass

HOUR, DAY = 60, 24 * 60  # minutes
NOON = 12 * HOUR
EARLIEST = 7 * HOUR  # nobody is trained before: "2:00 to 4:00" is of the afternoon

_TIME = (
    r"(?<![\d.,:])(?P<{0}h>[01]?\d|2[0-4])(?:[:.hH](?P<{0}m>[0-5]\d)|(?P<{0}hour>\s?[hH]\b))?"
    r"(?:\s?(?P<{0}half>[ap])\.?m\b\.?)?(?![\d:])"
)
_RANGE = re.compile(
    rf"{_TIME.format('from_')}\s*(?:to|till|until|[-–—~至到]|à|a(?: las)?|до|حتى|إلى)\s*{_TIME.format('until_')}", re.I
)
_FROM = re.compile(
    r"(?:\b(?:from|start(?:s|ing)?(?: at)?|begin(?:s|ning)?(?: at)?|à partir de|dès|début à|desde las|a partir de las"
    rf"|начало в|начиная с)|من الساعة|تبدأ الساعة)\s*{_TIME.format('from_')}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes after midnight at which something begins, and for how many it goes on; 0 where that is not said."""

    begins: int
    minutes: int = 0


def clock_of(text: str) -> Clock | None:
    """The first times of the day that a text names as those of a session; None where it names none."""
    for found in _RANGE.finditer(text):
        if clock := _between(found):
            return clock
    found = next((each for each in _FROM.finditer(text) if _surely(each, "from_")), None)
    return Clock(_of_day(found, "from_", found["from_half"])) if found else None


def _between(found: re.Match[str]) -> Clock | None:
    """A range of times; None of what may be any two numbers, or so many hours."""
    if not ((found["from_hour"] and found["until_hour"]) or _surely(found, "from_") or _surely(found, "until_")):
        return None
    until = _of_day(found, "until_", found["until_half"])
    begins = _of_day(found, "from_", found["from_half"])
    if not found["from_half"] and found["until_half"]:
        same = _of_day(found, "from_", found["until_half"])
        begins = same if same < until else begins
    if until <= begins:
        until += NOON  # "9:00 to 1:00"
    return Clock(begins, until - begins) if begins < until <= DAY else None


def _surely(found: re.Match[str], which: str) -> bool:
    """Whether a number says by itself that it is a time of the day."""
    return bool(found[f"{which}m"] or found[f"{which}half"])


def _of_day(found: re.Match[str], which: str, half: str | None) -> int:
    hour, minute = int(found[f"{which}h"]), int(found[f"{which}m"] or 0)
    if half and hour <= 12:
        return hour % 12 * HOUR + minute + (NOON if half.lower() == "p" else 0)
    told = hour * HOUR + minute
    return told + NOON if told < EARLIEST and not half else told
