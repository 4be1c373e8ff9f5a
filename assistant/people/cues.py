"""Words that stand before or behind a detail of a person, and what is the same of all scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from corpus.quick_yaml import read_yaml

FILE = Path(__file__).with_name("details.yaml")
HAN = "\u4e00-\u9fff"
LETTER_BEFORE = rf"(?<![^\W{HAN}])"  # Chinese has no spaces: a Latin word may begin within
LETTER_AFTER = rf"(?![^\W{HAN}])"


@cache
def cues() -> dict[str, str]:
    """By name, an alternation of the phrases, the longest of a script first."""
    return {name: _any_of(sorted(found, key=len, reverse=True)) for name, found in phrases().items()}


@cache
def phrases() -> dict[str, frozenset[str]]:
    """By name, the phrases as they are written."""
    tables = read_yaml(FILE.read_text(encoding="utf-8"))
    return {name: frozenset(re.split(r"[,\n]\s*", text.strip())) for name, text in tables.items()}


def _any_of(phrases: Sequence[str]) -> str:
    """With the borders of each script, written once: `re` takes half a second over a hundred of them."""
    by_script: dict[str, list[str]] = {}
    for phrase in phrases:
        by_script.setdefault(_script(phrase), []).append(re.escape(phrase))
    han, *others = (f"(?:{'|'.join(by_script.get(name, ['(?!)']))})" for name in ("han", "arabic", "word", "sign"))
    arabic, word, sign = others
    # Arabic writes "and", "with", "for" in one with the word
    return rf"(?i:{han}|{LETTER_BEFORE}(?:(?:[وفبلك]{{0,2}}{arabic}|{word})(?!\w)|{sign}))"


def _script(phrase: str) -> str:
    if re.match(f"[{HAN}]", phrase):
        return "han"
    if not phrase[-1].isalpha():
        return "sign"
    return "arabic" if "\u0600" <= phrase[0] <= "\u06ff" else "word"


def cue_before(name: str, text: str, start: int) -> bool:
    """Whether one of these phrases stands right before a place of the text."""
    return re.search(rf"{cues()[name]}[ «“\"]*$", text[:start][-30:]) is not None
