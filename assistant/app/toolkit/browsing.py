"""What of the Toolkit is looked at: which items fit what a reader chose, and how many each other choice would give.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assistant.toolkit.browse import pick
from corpus.toolkit.reader import Toolkit
from corpus.toolkit.types import SIGNS, ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Origin

ALL = ""  # the choice that leaves everything in
PART_ONE = "part one"  # a choice of activity, beside the values of Activity
ELSEWHERE = "elsewhere"  # lists of other documents, which belong to no activity type


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader looks at."""

    activity: str = ALL  # ALL, PART_ONE, ELSEWHERE or the value of an Activity
    kind: ItemKind | None = None
    level: Level | None = None  # looked at only where the kind is indicator
    words: str = ""  # as typed
    own: bool = False  # the project's own lists, also where an original has taken their place

    @property
    def open(self) -> bool:
        """Whether nothing was chosen and nothing typed."""
        return not (self.activity or self.kind or self.words.strip() or self.own)


@dataclass(frozen=True, slots=True)
class Shown:
    """The items that fit, in the order of their lists."""

    items: tuple[ToolkitItem, ...]
    total: int  # items of that kind in the lists chosen, whatever was typed and of any level
    counts: Mapping[str, Mapping[str, int]]  # "activity", "kind" and "level" -> choice -> items it would give
    replaced: bool  # whether an original has taken the place of some list of the project's own


def look(toolkit: Toolkit, chosen: Chosen) -> Shown:
    """The items a choice gives, and what every other one would give in its place."""
    listed, apart = _worded(toolkit, chosen, chosen.words), _apart(toolkit, chosen.words)
    here = apart if chosen.activity == ELSEWHERE else tuple(i for i in listed if _placed(i, chosen.activity))
    of_kind = _of(here, chosen.kind)
    level = chosen.level if chosen.kind is ItemKind.INDICATOR else None
    places = (ALL, PART_ONE, *(activity.value for activity in Activity))
    counts = {
        "activity": {
            **{place: len(_of((i for i in listed if _placed(i, place)), chosen.kind, level)) for place in places},
            ELSEWHERE: len(_of(apart, chosen.kind, level)),
        },
        "kind": {ALL: len(here), **{kind.value: len(_of(here, kind)) for kind in ItemKind}},
        "level": {
            ALL: len(_of(here, ItemKind.INDICATOR)),
            **{each.value: len(_of(here, ItemKind.INDICATOR, each)) for each in Level},
        },
    }
    return Shown(_of(of_kind, None, level), _total(toolkit, chosen), counts, bool(toolkit.replaced))


def _worded(toolkit: Toolkit, chosen: Chosen, words: str) -> tuple[ToolkitItem, ...]:
    return pick(toolkit, words=words, origin=Origin.STARTER if chosen.own else None)


def _apart(toolkit: Toolkit, words: str) -> tuple[ToolkitItem, ...]:
    """Items of other documents that hold the words, the signs of trafficking too, in the order of their documents."""
    searched = {replace(item, topic="") if item.topic == SIGNS else item: item for item in toolkit.elsewhere}
    found = {item.id for item in pick(Toolkit(tuple(searched)), words=words)}
    return tuple(item for item in toolkit.elsewhere if item.id in found)


def _total(toolkit: Toolkit, chosen: Chosen) -> int:
    if chosen.activity == ELSEWHERE:
        return len(_of(toolkit.elsewhere, chosen.kind))
    return len(_of((i for i in _worded(toolkit, chosen, "") if _placed(i, chosen.activity)), chosen.kind))


def _placed(item: ToolkitItem, place: str) -> bool:
    return place == ALL or (item.part is ToolkitPart.ONE if place == PART_ONE else item.activity == place)


def _of(items: Iterable[ToolkitItem], kind: ItemKind | None, level: Level | None = None) -> tuple[ToolkitItem, ...]:
    return tuple(i for i in items if (kind is None or i.kind is kind) and (level is None or i.level is level))
