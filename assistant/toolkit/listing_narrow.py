"""A list narrowed: by level, and to the items that speak of something ("for children"). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

from assistant.show.words import joined, label, plural, say
from assistant.types import Wanted
from assistant.understand.lexicon import Lexicon, lexicon, read_lexicon
from corpus.toolkit.types import ItemKind, Level, ToolkitItem

SOURCE = "people.yaml"
SPEAKS = 0.5  # weight of the parts of an item that count: its text, what is counted, its caution
PEOPLE = "people"  # the section of what a list can be narrowed to, in the lexicon and in SOURCE
AMONG = {  # who is asked for: who counts as well, being among them or having them among its own
    "boys": ("children", "men", "young people"),
    "children": ("boys", "child labour", "girls", "young people"),
    "families": ("parents",),
    "girls": ("children", "women", "young people"),
    "men": ("boys",),
    "migrants": ("seasonal workers",),
    "parents": ("families",),
    "schools": ("teachers",),
    "seasonal workers": ("migrants", "workers"),
    "teachers": ("schools",),
    "women": ("girls",),
    "workers": ("domestic workers", "seasonal workers"),
}


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

    A subject is who or what the lexicon names in its section `people`; of "women or girls", one is enough.
    """
    weights = _weights(item)
    names = [also for name in _named(lexicon(), subject) for also in (name, *AMONG.get(name, ()))]
    return max((weights[name] for name in names if name in weights), default=0.0)


@lru_cache(maxsize=2048)
def _weights(item: ToolkitItem) -> Mapping[str, float]:
    """Each name that an item speaks of, with the weight of the part where it counts most."""
    found: dict[str, float] = {}
    for weight, parts in (
        (1.0, (item.text,)),
        (0.8, (item.counts, item.over)),
        (SPEAKS, (item.caution,)),
        (0.4, (*item.verification, item.group)),
        (0.3, item.disaggregation),
    ):
        text = "; ".join(parts)
        for name in (*_named(lexicon(), text), *_named(_lists_write(), text)):
            found.setdefault(name, weight)
    return found


def _named(terms: Lexicon, text: str) -> list[str]:
    return [mention.name for mention in terms.mentions(text, "en") if mention.section == PEOPLE]


@cache
def _lists_write() -> Lexicon:
    return read_lexicon(files(__package__) / SOURCE)


def _by_level(items: list[ToolkitItem], wanted: Wanted) -> tuple[list[ToolkitItem], str]:
    if not any(item.level for item in items):
        return items, say("narrowed.no_levels") if items else ""
    left = [item for item in items if item.level in wanted.levels]
    if left:
        return left, ""
    return [], say("narrowed.no_level", levels=joined([label(level) for level in wanted.levels], "or"))


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
