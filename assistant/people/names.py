"""Names of people in any of the six languages, told by what the encoder of all languages makes of each piece of a text.

A small net reads the states of a piece and of its neighbours. It was learned from sentences made for it (`training`),
so that no list of names has to be complete.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

import numpy as np

from assistant.people.cues import HAN, cue_before, cue_behind
from assistant.people.sentences import FILE
from corpus.language import short_language
from corpus.quick_yaml import read_yaml
from corpus.words import Words
from index.learned import read

ENCODER = "multilingual-e5-small"
WEIGHTS = "weights"
# Probability from which a word is of a name: by itself, beside one that is, and in small letters where others have
# capitals. Read off messages not learned from: the sentences that are learned from have more names than messages have.
SURE, BESIDE, SMALL = 0.5, 0.2, 0.85
USUAL = 3e-4  # share of all words from which a word in small letters is nobody's name
WINDOW = 500  # characters that are read at once: some 350 pieces of Chinese, where the encoder reads 512
_WINDOWS = re.compile(rf"(?s).{{1,{WINDOW}}}(?:(?<=[\s，。！？；])|$)|.{{1,{WINDOW}}}")
_WORD = re.compile(rf"[{HAN}]|[^\W\d_{HAN}]+(?:['’-][^\W\d_{HAN}]+)*(?![^\W{HAN}])")  # of Chinese a character
_PRONOUN = re.compile("[我你您他她它们]")
_INITIALS = re.compile(r"(?:,? ?(?<!\w)[A-ZА-ЯЁ]\.){0,2}")  # behind a family name
_GAP = re.compile(r"[ \u00a0.·•]*")


def named(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand, half-open, in order."""
    words = [each for window in _WINDOWS.finditer(text) for each in _chances(window)]
    capitals = sum(word.group().istitle() for word, _ in words) > 1
    row: list[tuple[re.Match[str], bool]] = []  # likely words with nothing between them, and whether each is sure
    for word, chance in words:
        if row and not (chance >= BESIDE and _GAP.fullmatch(text, row[-1][0].end(), word.start())):
            yield from _name_of(row, text)
            row = []
        if chance >= BESIDE:
            row.append((word, chance >= (SMALL if capitals and word.group()[0].islower() else SURE)))
    yield from _name_of(row, text)


def _name_of(row: list[tuple[re.Match[str], bool]], text: str) -> Iterator[tuple[int, int]]:
    """Where a row of likely words stands, unless none is sure, or they are known as a place's or a body's name."""
    if not any(sure for _, sure in row):
        return
    start, end = row[0][0].start(), row[-1][0].end()
    typed = text[start:end]
    name = typed.casefold()
    alone = len(name) == 1 and re.fullmatch(f"[{HAN}]", name)  # the rest of a word that is no name
    body = cue_before("body", text, start) or any(cue_behind(cue, text, end) for cue in ("body", "case behind"))
    if not (alone or body or _known(name) or _usual(typed, text)):
        yield start, _INITIALS.match(text, end).end()


def _usual(name: str, text: str) -> bool:
    """Whether it is of the very commonest words, in small letters: "help me"; or has a Chinese pronoun in it."""
    if _PRONOUN.search(name):
        return True
    words = Words(short_language(text))
    return name.islower() and all(words.frequency(word) >= USUAL for word in name.split())


def _known(name: str) -> bool:
    """Whether it is one of the places and bodies, or of words of theirs that are nobody's name."""
    whole, words = _places()
    return name in whole or (not re.match(f"[{HAN}]", name) and words.issuperset(name.split()))


@cache
def _places() -> tuple[frozenset[str], frozenset[str]]:
    """Places and bodies in all languages, in small letters; and their words, without those of names."""
    tables = read_yaml(FILE.read_text(encoding="utf-8"))
    whole = {place for words in tables["languages"].values() for place in words["places"].casefold().split(", ")}
    names = [script[part] for script in tables["scripts"].values() for part in ("given", "family")]
    parts = set(", ".join(names).casefold().split(", "))
    return frozenset(whole), frozenset(word for place in whole for word in place.split()) - parts


def _chances(window: re.Match[str]) -> Iterator[tuple[re.Match[str], float]]:
    """The words of a part of a text, with the probability that each is of a name."""
    places, states = _states()(window.group())
    if not len(places):
        return
    hidden, last = _net()
    inner = np.maximum(features(states) @ hidden[0] + hidden[1], 0)
    chances = 1 / (1 + np.exp(-(inner @ last[0] + last[1])[:, 0]))
    for word in _WORD.finditer(window.string, window.start(), window.end()):
        start, end = word.start() - window.start(), word.end() - window.start()
        within = [
            chance for (first, beyond), chance in zip(places, chances, strict=True) if first < end and beyond > start
        ]
        if within:
            yield word, float(np.mean(within))


@cache
def _states() -> Callable[[str], tuple[list[tuple[int, int]], np.ndarray]]:
    """Opened by the first text; others that use the encoder share it."""
    from index.encoders import open_states

    return open_states(ENCODER)


@cache
def _net() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    heads = read(files(__package__), WEIGHTS).heads
    return heads["hidden"], heads["name"]


def features(states: np.ndarray) -> np.ndarray:
    """(n, width) -> (n, 3 width): each piece between its neighbours; at an end, itself in place of one."""
    return np.hstack([np.vstack([states[:1], states[:-1]]), states, np.vstack([states[1:], states[-1:]])])
