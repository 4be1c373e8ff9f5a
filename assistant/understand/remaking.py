"""Whether a message asks for something to be made, or to be made otherwise: `remaking.yaml` looked for in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

from assistant.understand.lexicon import words_of
from assistant.understand.phrases import any_of
from corpus.quick_yaml import read_yaml

SOURCE = "remaking.yaml"
REACH = 8  # words between what asks for something to be made and its name
BEFORE = 1  # words of a clause before what asks, as in "please prepare": "how do I prepare" asks something else
_ENDS = re.compile(r"[.!?;:\n。！？；؟؛]")
_CLAUSE = re.compile(r"[.!?;:,\n。！？；，、؟؛،]")


def asks_to_remake(text: str) -> bool:
    """'half the length, please', 'redo it for girls'; in six languages."""
    return bool(_words("remake").search(text))


def asks_to_make(text: str, starts: Sequence[int]) -> bool:
    """Whether what stands at one of the places is asked for: 'please prepare a checklist', or begins the message."""
    asking = [found for found in _words("make").finditer(text) if _opens(text, found.start())]
    if any(_behind(text, found, start) for found in asking for start in starts):
        return True
    opening = min(starts, default=-1)
    return opening >= 0 and not words_of(text[:opening]) and not re.search("[?？؟]", text)


def asks_for_page(text: str) -> bool:
    """'One page of do's and don'ts', 'could you make a short sheet': names of what is made that the lexicon lacks."""
    return asks_to_make(text, [found.start() for found in _words("page").finditer(text)])


def asked_for(text: str, starts: Sequence[int]) -> int | None:
    """The first of the places, in order, that stands right behind what asks for something to be made."""
    for found in _words("make").finditer(text):
        for start in starts:
            if _behind(text, found, start):
                return start
    return None


def _behind(text: str, asking: re.Match[str], start: int) -> bool:
    between = text[asking.end() : max(start, asking.end())]
    return start >= asking.start() and len(words_of(between)) <= REACH and not _ENDS.search(between)


def _opens(text: str, start: int) -> bool:
    clause = max((found.end() for found in _CLAUSE.finditer(text, 0, start)), default=0)
    return len(words_of(text[clause:start])) <= BEFORE


@cache
def _words(section: str) -> re.Pattern[str]:
    sections = read_yaml(files("assistant.understand").joinpath(SOURCE).read_text(encoding="utf-8"))
    return any_of(chain(*sections[section].values()))
