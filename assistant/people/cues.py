"""Words that stand before or behind a detail of a person, and what is the same of all scripts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from corpus.quick_yaml import read_yaml

FILE = Path(__file__).with_name("details.yaml")
HAN = "\u4e00-\u9fff"
LETTER_BEFORE = rf"(?<![^\W{HAN}])"  # Chinese has no spaces: a Latin word may begin within
LETTER_AFTER = rf"(?![^\W{HAN}])"


@cache
def cues() -> dict[str, str]:
    """By name, an alternation of the phrases, the longest first."""
    tables = read_yaml(FILE.read_text(encoding="utf-8"))
    phrases = {name: re.split(r"[,\n]\s*", text.strip()) for name, text in tables.items()}
    longest_first = {name: sorted(set(found), key=len, reverse=True) for name, found in phrases.items()}
    return {name: f"(?i:{'|'.join(map(_whole, found))})" for name, found in longest_first.items()}


def _whole(phrase: str) -> str:
    """A phrase with the borders that its script has."""
    if re.match(f"[{HAN}]", phrase):
        return re.escape(phrase)
    after = r"(?!\w)" if phrase[-1].isalpha() else ""
    # Arabic writes "and", "with", "for" in one with the word
    joined = "[وفبلك]{0,2}" if "\u0600" <= phrase[0] <= "\u06ff" else ""
    return rf"{LETTER_BEFORE}{joined}{re.escape(phrase)}{after}"


def cue_before(name: str, text: str, start: int) -> bool:
    """Whether one of these phrases stands right before a place of the text."""
    return re.search(rf"{cues()[name]}[ «“\"]*$", text[:start][-30:]) is not None


def cue_behind(name: str, text: str, end: int) -> bool:
    """Whether one of these phrases stands right behind a place of the text."""
    return re.match(rf"[ »”\"]*{cues()[name]}", text[end : end + 30]) is not None
