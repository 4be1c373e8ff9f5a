"""What a heading, a table head or a label opens: an activity type, a kind of list, a level. Pure, by wording.

A heading counts only when little else stands in it: "Awareness-raising activities" names an activity type,
"Why the legal framework matters for labour inspectors in ports" does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.clean import bullet, enumerator
from corpus.quick_yaml import read_yaml
from corpus.toolkit.types import ItemKind, Level, ToolkitPart
from corpus.types import Activity

FILE = Path(__file__).with_name("headings.yaml")
MOST_WORDS = 14  # in a heading that opens a list
SPARE_WORDS = 4  # beside the words that name an activity type

_NUMBERED = re.compile(
    r"(?:section|chapter|annex|part|box|table|step|unit|module)\s+(?:\d+|[ivx]+|[a-g]|one|two)\b[\s.:–—-]*", re.I
)
_TRAIL = re.compile(r"[\s:.…–—-]*(?:\(?(?:cont(?:inue)?d?\.?|suite)\)?)?[\s:.…–—-]*$", re.I)
_TOC = re.compile(r"(?:\.{3,}|…|\s\|\s|\s{2,})\s*\d{1,3}\s*$")  # a line of a table of contents

_PART_ONE = re.compile(
    r"^part (?:one|i|1)\b(?!\s*[ivx\d])"
    r"|\b(?:mapping|map|analy[sz]ing|understanding)\b.{0,30}\btrafficking (?:patterns?|situations?|problems?)"
    r"|\b(?:choosing|selecting|choice) (?:of |among |between )?(?:the |a )?(?:right |possible )?responses?\b"
    r"|\b(?:general|common|cross-cutting) (?:programme )?design (?:issues?|considerations?)"
    r"|\bdisplacement (?:risks?|effects?)\b|\brisks? of displacement\b|\bbehaviou?r(?:al)? change\b"
    r"|\bevaluability\b|\btrafficking patterns?\b",
    re.I,
)
_PART_TWO = re.compile(r"^part (?:two|ii|2)\b", re.I)

_NO_LIST = re.compile(r"^if\b|\b(?:answer|complete|following (?:question|indicator|section))\b|,\s", re.I)
_LEVEL = re.compile(r"\b(outputs?|outcomes?|impacts?)\b", re.I)
_LEVELS = {"output": Level.OUTPUT, "outcome": Level.OUTCOME, "impact": Level.IMPACT}
_SIGNS = re.compile(
    r"\b(?:indicators?|signs?) (?:of|that|for) (?:an? |potential |possible |the )*"
    r"(?:human |child |sex |labou?r |modern )*(?:trafficking|slavery|exploitation|forced labou?r|trafficked|victims?)",
    re.I,
)


@cache
def _tables() -> Mapping[str, Any]:
    return read_yaml(FILE.read_text(encoding="utf-8"))


@cache
def _pattern(*path: str) -> re.Pattern[str]:
    """What matches any of the wordings at a place of `headings.yaml`, as ("kinds", "lesson")."""
    wordings: Any = _tables()
    for step in path:
        wordings = wordings[step]
    return re.compile(rf"\b(?:{'|'.join(wordings)})\b", re.I)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a heading opens; None where it says nothing about it."""

    activity: Activity | None = None
    part: ToolkitPart | None = None
    kind: ItemKind | None = None
    level: Level | None = None

    @property
    def empty(self) -> bool:
        return self == Opening()


def bare(heading: str) -> str:
    """A heading without numbering, end marks and "(continued)"."""
    text = heading[bullet(heading) :]
    text = text[enumerator(text) :].strip()
    text = text[match.end() :] if (match := _NUMBERED.match(text)) and match.end() < len(text) else text
    return _TRAIL.sub("", text[enumerator(text) :]).strip()


def opening(heading: str) -> Opening:
    """What a heading opens, by its words."""
    text = bare(heading)
    if _TOC.search(heading) or not text or len(text.split()) > MOST_WORDS:
        return Opening()
    kind, rest = kind_of(text)
    if heading.rstrip().endswith("?") and not kind:
        return Opening()
    activity = activity_of(rest)
    if kind and (_NO_LIST.search(text) or (not activity and _spare(rest) > SPARE_WORDS)):
        kind = None
    level = level_of(text) if kind in (None, ItemKind.INDICATOR) else None
    return Opening(activity, _part(heading, text, activity), kind, level)


def _part(heading: str, text: str, activity: Activity | None) -> ToolkitPart | None:
    if activity:
        return ToolkitPart.TWO
    if _PART_TWO.match(heading.strip()):
        return ToolkitPart.TWO
    return ToolkitPart.ONE if _PART_ONE.search(text) or _PART_ONE.match(heading.strip()) else None


def kind_of(text: str) -> tuple[ItemKind | None, str]:
    """(the kind of list a heading names, the rest of the heading). The first named counts."""
    found = [(match.start(), kind, match) for kind in ItemKind if (match := _pattern("kinds", kind).search(text))]
    if not found:
        return None, text
    _, kind, match = min(found, key=lambda entry: entry[0])
    return kind, f"{text[: match.start()]} {text[match.end() :]}"


def _spare(text: str) -> int:
    """How many words of a heading say something that opens nothing."""
    return len(re.findall(r"[^\W\d_]+", _pattern("small").sub(" ", text)))


def activity_of(text: str) -> Activity | None:
    """The one activity type that a heading names; None where it names none, several, or much else."""
    found = [(match.start(), each, match) for each in Activity if (match := _pattern("activities", each).search(text))]
    if len(found) > 1:  # "support to a legal framework": the longest wording, when it stands alone
        found = [entry for entry in found if entry[1] is not Activity.SUPPORT or "solution" in entry[2].group().lower()]
    if len(found) != 1:
        return None
    _, activity, match = found[0]
    return activity if _spare(f"{text[: match.start()]} {text[match.end() :]}") <= SPARE_WORDS else None


def level_of(text: str) -> Level | None:
    """The one level that a heading or cell names."""
    found = {match.group(1).lower().rstrip("s") for match in _LEVEL.finditer(text)}
    return _LEVELS[found.pop()] if len(found) == 1 else None


def names_signs(heading: str) -> bool:
    """Whether its indicators are signs of trafficking in a person's situation, not measures of a programme."""
    return bool(_SIGNS.search(heading))
