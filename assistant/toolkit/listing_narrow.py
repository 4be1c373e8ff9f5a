"""A list narrowed: by level, and to the items that speak of something ("for children"). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.show.words import joined, plural, say
from assistant.toolkit.kin import read, says_nothing, speaks
from assistant.types import Wanted
from corpus.toolkit.types import ItemKind, Level, ToolkitItem

SPEAKS = 0.5  # weight of the parts of an item that count: its text, what is counted, its caution
_EITHER = re.compile(r"\s*(?:,|;|/|\bor\b|\band\b|&)\s*", re.I)


def narrowed(kind: ItemKind, items: Sequence[ToolkitItem], wanted: Wanted) -> tuple[list[ToolkitItem], list[str]]:
    """The items of one kind that are left, and one line for each narrowing that did not go as asked."""
    left, said = list(items), []
    if kind is ItemKind.INDICATOR and wanted.levels:
        left, line = _by_level(left, wanted)
        said.append(line)
    if wanted.about and left:
        left, line = _by_subject(kind, left, wanted.about)
        said.append(line)
    return left, [line for line in said if line]


def left_out(wanted: Wanted) -> tuple[Wanted, str]:
    """What "the rest" asks for where nothing was shown first: what was narrowed away; and a line on what it is.

    The rest of the outcomes is the outputs and impacts. The rest of what speaks of children is shown with it.
    """
    left = tuple(level for level in Level if level not in wanted.levels)
    if wanted.levels and left:
        return replace(wanted, levels=left, rest=False), ""
    if wanted.about:
        return replace(wanted, about=(), rest=False), say("narrowed.no_more", about=joined(wanted.about, "or"))
    return replace(wanted, rest=False), say("narrowed.again")


def speaks_of(item: ToolkitItem, subject: str) -> float:
    """The weight of the part of an item that speaks of a subject, 0 to 1; 0 where none does.

    A subject of several words ("domestic workers") is spoken of where all its words are that say something; of
    "women and girls", one is enough.
    """
    return max((_weight(item, one) for one in _EITHER.split(subject) if one.strip()), default=0.0)


def _weight(item: ToolkitItem, subject: str) -> float:
    keys = _keys(item)
    words = read(subject)
    telling = [each for each in words if each - says_nothing()] or words
    return min((max((keys[key] for key in each if key in keys), default=0.0) for each in telling), default=0.0)


@lru_cache(maxsize=2048)
def _keys(item: ToolkitItem) -> Mapping[str, float]:
    """Each key of an item, with the weight of the part where it counts most."""
    found: dict[str, float] = {}
    for weight, parts in (
        (1.0, (item.text,)),
        (0.8, (item.counts, item.over)),
        (SPEAKS, (item.caution,)),
        (0.4, (*item.verification, item.group)),
        (0.3, item.disaggregation),
    ):
        for key in speaks("; ".join(parts)):
            found.setdefault(key, weight)
    return found


def _by_level(items: list[ToolkitItem], wanted: Wanted) -> tuple[list[ToolkitItem], str]:
    if not any(item.level for item in items):
        return items, say("narrowed.no_levels") if items else ""
    left = [item for item in items if item.level in wanted.levels]
    if left:
        return left, ""
    return [], say("narrowed.no_level", levels=joined([level.value for level in wanted.levels], "or"))


def _by_subject(kind: ItemKind, items: list[ToolkitItem], about: Sequence[str]) -> tuple[list[ToolkitItem], str]:
    """Those that speak of it; where none does, those that are only broken down by it; else all."""
    weights = [max(speaks_of(item, subject) for subject in about) for item in items]
    subject = joined(about, "or")
    strong = [item for item, weight in zip(items, weights, strict=True) if weight >= SPEAKS]
    if strong:
        return strong, ""
    weak = [item for item, weight in zip(items, weights, strict=True) if weight > 0]
    if weak:
        return weak, say("narrowed.only_by", kind=plural(kind), about=subject)
    return items, say("narrowed.no_about", kind=plural(kind), about=subject)
