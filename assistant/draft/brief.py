"""What is to be made, of a request: artefact, theme, time, number. What it does not say has a default, or is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.types import Artefact, Draft, Form, Request
from assistant.understand.durations import spans_of
from assistant.understand.lexicon import Lexicon
from assistant.understand.parts import content_words
from corpus.quick_yaml import read_yaml

NO_THEME = ("artefact", "form", "answer language")  # sections of words that name none, wherever they stand
BEFORE = (*NO_THEME, "asking", "number")  # and before the theme
FEWER = (Form.FEWER, Form.SHORTER)
_EDGES = re.compile(r"^[\W_]+|[^\w)?!»”\"]+$")
_HOLES = re.compile(r"\(\W*\)|\s+(?=[,.;:!?…)])|([,.;:])(?:\s*[,.;:])+")


@dataclass(frozen=True, slots=True)
class Brief:
    """`theme` is '' where the message names none; `minutes` and `number` 0 where it says none."""

    artefact: Artefact
    theme: str  # as typed, without what only asks for something to be made
    minutes: int = 0
    number: int = 0  # of questions to the group
    short: bool = False


def brief_of(request: Request, lexicon: Lexicon) -> Brief:
    """What a request says of the thing to be made; without a named artefact it is a text."""
    text, language, slots = request.stand_alone, request.language, request.slots
    mentions = lexicon.mentions(text, language)
    taken = [(each.start, each.end) for each in mentions if each.section in NO_THEME]
    taken += spans_of(text)
    asking = [(each.start, each.end) for each in mentions if each.section in BEFORE]
    asking += [found.span() for found in _words("making", "").finditer(text)]
    bare, left = _without(text, [*taken, *asking]), _without(text, taken)
    words = (found for found in re.finditer(r"\S+", bare) if content_words(found[0], language))
    start = next((found.start() for found in words), len(text))
    theme = _EDGES.sub("", _HOLES.sub(r"\1", " ".join(left[start:].split())))
    return Brief(_artefact(request), theme, slots.minutes, slots.number)


def changed(before: Draft, brief: Brief, request: Request) -> Brief:
    """The brief of a message that changes a draft: what it does not name stays; whom it names comes to the theme."""
    artefact = before.artefact if request.slots.artefact in (None, Artefact.TEXT) else brief.artefact
    adds = bool(request.slots.people or request.slots.activities) and bool(brief.theme)
    theme = f"{brief.theme}. {before.theme}" if adds else before.theme
    short = any(form in request.slots.forms for form in FEWER)  # of a first message "max" and "only" say something else
    return replace(brief, artefact=artefact, theme=theme, minutes=brief.minutes or before.minutes, short=short)


def _artefact(request: Request) -> Artefact:
    """What is named, by the words of the lexicon or else by more of them."""
    if request.slots.artefact not in (None, Artefact.TEXT):
        return request.slots.artefact
    found = [
        (match.start(), name)
        for name in _data()["artefacts"]
        if (match := _words("artefacts", name).search(request.stand_alone))
    ]
    return Artefact(min(found)[1]) if found else Artefact.TEXT


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    gone = {place for start, end in spans for place in range(start, end)}
    return "".join(" " if place in gone else character for place, character in enumerate(text))


@cache
def _data() -> dict[str, dict]:
    return read_yaml(Path(__file__).with_name("brief.yaml").read_text(encoding="utf-8"))


@cache
def _words(section: str, name: str) -> re.Pattern[str]:
    """The words of a section, of one name in it or of all, in every language; Chinese ones need no space around."""
    by_language = _data()[section][name] if name else _data()[section]
    words = sorted((word for several in by_language.values() for word in several), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\u3400-\u9fff])(?:{'|'.join(map(re.escape, words))})(?![^\W\u3400-\u9fff])", re.I)
