"""What a message names: kinds, activity types, levels, people, a number, an item, a form. Pure; words only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.types import Artefact, Detail, Form, Slots
from assistant.understand.durations import minutes_of
from assistant.understand.lexicon import Mention, words_of
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity

PART_ONE = "part one"
MOST = 50  # a larger number is none of things wanted: a year, an age, people reached
REACH = 3  # words between "without" and what it leaves out
SHORT = 5  # words: in a message this short a number is of things wanted
_DIGITS = re.compile(r"(?<![\w.,/-])\d{1,2}(?![\w%/-]|[.,]\d)")
_SIZES = ("number", "place")


def slots_of(mentions: Sequence[Mention], text: str) -> Slots:
    """What the mentions of a text come to."""
    left_out, kept = _parted(mentions, text)
    named = {section: _names(kept, section) for section in {mention.section for mention in kept}}
    activities = [name for name in named.get("activity", ()) if name != PART_ONE]
    languages = named.get("answer language", ())
    places = named.get("place", ())
    return Slots(
        kinds=tuple(kind for kind in ItemKind if kind.value in named.get("kind", ())),
        activities=tuple(Activity(name) for name in activities),
        part_one=PART_ONE in named.get("activity", ()),
        levels=_levels(kept, text),
        people=tuple(named.get("people", ())),
        details=tuple(detail for detail in Detail if detail.value in named.get("detail", ())),
        without=tuple(dict.fromkeys(mention.name for mention in left_out)),
        number=0 if places else _number(kept, text),
        place=int(places[0]) if places else 0,
        artefact=_artefact(named.get("artefact", ())),
        forms=tuple(Form(name) for name in named.get("form", ())),
        answer_language=languages[0] if languages else "",
        starter="starter" in named.get("whose lists", ()),
        adds="adds" in named,
        minutes=minutes_of(text),
    )


def _names(mentions: Sequence[Mention], section: str) -> tuple[str, ...]:
    """The names of one section, each once, in the order of the text."""
    return tuple(dict.fromkeys(mention.name for mention in mentions if mention.section == section))


def _parted(mentions: Sequence[Mention], text: str) -> tuple[list[Mention], list[Mention]]:
    """What stands right after "without" or "not", and the rest."""
    ends = [mention.end for mention in mentions if mention.section == "without"]
    can_go = ("kind", "activity", "level", "people", "detail")

    def left_out(mention: Mention) -> bool:
        before = [end for end in ends if end <= mention.start]
        between = text[max(before) : mention.start] if before else ""
        return bool(before) and _spread(between) < REACH and not re.search(r"[.;:?!,]", between)

    gone = [mention for mention in mentions if mention.section in can_go and left_out(mention)]
    return gone, [mention for mention in mentions if mention not in gone]


def _artefact(names: Sequence[str]) -> Artefact | None:
    """The first thing to be made that is named; "write" alone asks for a text, and "write a checklist" for that."""
    return next((Artefact(name) for name in names if name != Artefact.TEXT), Artefact.TEXT if names else None)


def _levels(mentions: Sequence[Mention], text: str) -> tuple[Level, ...]:
    """Levels of indicators: "impact" in "measure the impact of our work" is none, "impact indicators" is one."""
    indicators = [m for m in mentions if m.section == "list noun" and m.name == ItemKind.INDICATOR]
    indicators += [
        m for m in mentions if m.section == "form" and m.name == Form.FEWER and indicators
    ]  # "only outcomes"
    named = [mention for mention in mentions if mention.section == "level"]
    near: list[Mention] = []
    for anchors in (indicators, near):  # then "output and outcome indicators": the first through the second
        near += [level for level in named if level not in near and any(_touch(level, one, text) for one in anchors)]
    found = {mention.name for mention in near}
    return () if len(found) == len(Level) else tuple(level for level in Level if level.value in found)


def _touch(one: Mention, other: Mention, text: str) -> bool:
    """Whether at most two words stand between."""
    first, second = sorted((one, other), key=lambda mention: mention.start)
    return _spread(text[first.end : second.start]) <= 2


def _spread(between: str) -> float:
    """Words in a piece of a text; a Chinese letter is a quarter of one."""
    return sum(0.25 if "\u3400" <= word.folded <= "\u9fff" else 1.0 for word in words_of(between))


def _number(mentions: Sequence[Mention], text: str) -> int:
    """How many things are wanted; 0 where no number says so."""
    spoken = [(m.start, m.end, int(m.name)) for m in mentions if m.section == "number" and _counts(m, mentions, text)]
    typed = [(found.start(), found.end(), int(found.group())) for found in _DIGITS.finditer(text)]
    short = _spread(text) <= SHORT
    things = [m for m in mentions if m.section == "kind" or (m.section == "form" and m.name in (Form.FEWER, Form.MORE))]
    for start, end, number in sorted((*spoken, *typed)):
        if 0 < number <= MOST and (short or any(_beside(text, start, end, thing) for thing in things)):
            return number
    return 0


def _counts(number: Mention, mentions: Sequence[Mention], text: str) -> bool:
    """Whether a spoken number counts: "one" in "one indicator", not in "how would one monitor it", "for year one"."""
    touched = [m for m in mentions if m.section == "list noun" or (m.section == "form" and m.name == Form.FEWER)]
    return number.name != "1" or any(_beside(text, number.start, number.end, each, 0) for each in touched)


def _beside(text: str, start: int, end: int, thing: Mention, apart: int = 2) -> bool:
    """Whether at most so many words, and no end of a sentence, stand between."""
    between = text[end : thing.start] if thing.start >= end else text[thing.end : start]
    return _spread(between) <= apart and not re.search(r"[.;:?!]", between)
