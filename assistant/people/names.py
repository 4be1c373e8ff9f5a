"""Names of people, in any of the six languages, told by what the encoder of all languages makes of each piece of a text.

A small net reads the states of a piece and of its neighbours. It was learned from sentences made for it (`training`), so
that no list of names has to be complete.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

import numpy as np

from assistant.people.details import HAN
from index.learned import read

ENCODER = "multilingual-e5-small"
WEIGHTS = "weights"
SURE, BESIDE = 0.5, 0.2  # probability that a word is of a name: by itself, and beside one that is
WINDOW = 500  # characters that are read at once: some 350 pieces of Chinese, where the encoder reads 512
_WINDOWS = re.compile(rf"(?s).{{1,{WINDOW}}}(?:(?<=[\s，。！？；])|$)|.{{1,{WINDOW}}}")
_WORD = re.compile(rf"[{HAN}]|[^\W\d_{HAN}]+(?:['’-][^\W\d_{HAN}]+)*")  # of Chinese a character
_GAP = re.compile(r"[ \u00a0.·•]*")


def named(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand, half-open, in order."""
    words = [(word.start(), word.end(), chance) for window in _WINDOWS.finditer(text) for word, chance in _chances(window)]
    start = 0
    while start < len(words):
        end = start + 1
        while end < len(words) and _GAP.fullmatch(text, words[end - 1][1], words[end][0]):
            end += 1
        yield from _runs(words[start:end])
        start = end


def _runs(words: list[tuple[int, int, float]]) -> Iterator[tuple[int, int]]:
    """Names among words that nothing parts: rows of likely words, at least one of which is sure."""
    row: list[tuple[int, int, float]] = []
    for word in [*words, (0, 0, 0.0)]:
        if word[2] >= BESIDE:
            row.append(word)
            continue
        if any(chance >= SURE for _, _, chance in row):
            yield row[0][0], row[-1][1]
        row = []


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
        within = [chance for (first, beyond), chance in zip(places, chances, strict=True) if first < end and beyond > start]
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
