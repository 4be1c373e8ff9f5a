"""The words of `words.yaml`, and patterns made of its phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from corpus.quick_yaml import read_yaml

FILE = Path(__file__).with_name("words.yaml")
_FORMS = {
    "<be>": "is are was were be been being",
    "<do>": "do does did",
    "<have>": "have has had having",
}


@cache
def _tables() -> dict[str, Any]:
    return read_yaml(FILE.read_text(encoding="utf-8"))


def table(name: str, language: str) -> Any:
    """One table for a language (ISO 639-1); empty where the file has none."""
    return _tables()[name].get(language, {})


@cache
def pattern(name: str, *path: str) -> re.Pattern[str] | None:
    """What matches the phrases at a place of the file, as ("denials", "en", "like"). None where there are none."""
    phrases: Any = _tables()[name]
    for step in path:
        phrases = phrases.get(step, {})
    return any_of(phrases) if phrases else None


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """What matches any of the phrases, the longest first. Signs: see the head of `words.yaml`."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_one, longest_first))})(?!\w)", re.IGNORECASE)


def _one(phrase: str) -> str:
    """A phrase as a pattern; where a word may be missing, so may the space before it."""
    found = ""
    for word in phrase.split():
        if word == "_":
            found += r"(?:\s+\w+)?"
            continue
        forms = _FORMS.get(word)
        shown = f"(?:{'|'.join(forms.split())})" if forms else re.escape(word)
        shown = shown.replace("'", "['’]").replace(r"\*", r"\w*")
        found += (r"\s+" if found else "") + shown
    return found
