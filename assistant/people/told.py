"""Details of people, told by what the encoder of all languages makes of each piece of a text, once it is taught that.

No list of names or of streets has to be complete: what a word is shows in what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

import numpy as np

from assistant.people.cues import HAN
from assistant.people.types import Personal, PersonalDetail
from index.learned import PIECES, Learned, read

ENCODER, WEIGHTS = "multilingual-e5-small", "weights"
KINDS = (None, *Personal)  # the class of each kind is its place here
# Probability from which a word is of a detail: one word of it at least, and those beside it. Of two sets that were not
# learned from, recall is .934 and .896, precision .862 and .907 with .5, .25; .942 and .912, .830 and .897 with .4, .2.
SURE, BESIDE = 0.45, 0.2
WINDOW = 500  # characters that are read at once: some 350 pieces of Chinese, where the encoder reads 512
_WINDOWS = re.compile(rf"(?s).{{1,{WINDOW}}}(?:(?<=[\s，。！？；])|$)|.{{1,{WINDOW}}}")
_WORD = re.compile(rf"[{HAN}]|[^\W{HAN}]+")  # of Chinese a character
_GAP = re.compile(r"[ \u00a0.·•'’@/_+():#-]*")  # within a detail
_WIDE = re.compile(r"[^\w.?!;\n]{0,3}|[^\w?!;\n]{0,2}\.? ?|[^\w]?\n?")  # within an address


def told(text: str) -> Iterator[PersonalDetail]:
    """The details, in order, none within another."""
    row: list[tuple[int, int, np.ndarray]] = []  # words of one detail, with the probability of each kind
    for window in _WINDOWS.finditer(text):
        for word in _words(window):
            if 1 - word[2][0] < BESIDE:
                continue
            if row and not _goes_on(row, word, text):
                yield from _detail(row)
                row = []
            row.append(word)
    yield from _detail(row)


def _goes_on(row: list[tuple[int, int, np.ndarray]], word: tuple[int, int, np.ndarray], text: str) -> bool:
    """Whether a word is of the same detail as those before it."""
    before, now = _kind(row), _kind([word])
    gap = _WIDE if Personal.ADDRESS in (before, now) else _GAP
    return (before is now or Personal.ADDRESS is before) and gap.fullmatch(text, row[-1][1], word[0]) is not None


def _detail(row: list[tuple[int, int, np.ndarray]]) -> Iterator[PersonalDetail]:
    if any(1 - chances[0] >= SURE for _, _, chances in row):
        yield PersonalDetail(row[0][0], row[-1][1], _kind(row))


def _kind(row: list[tuple[int, int, np.ndarray]]) -> Personal:
    """The likeliest kind of some words together."""
    return KINDS[1 + int(np.argmax(np.sum([chances[1:] for _, _, chances in row], axis=0)))]


def _words(window: re.Match[str]) -> Iterator[tuple[int, int, np.ndarray]]:
    """Where the words of a part of a text stand, and the probabilities of KINDS for each."""
    places, states = _states()(window.group())
    if not len(places):
        return
    weights, bias = _learned().heads[PIECES]
    logits = states @ weights + bias
    chances = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, np.newaxis])
    for word in _WORD.finditer(window.string, window.start(), window.end()):
        start, end = word.start() - window.start(), word.end() - window.start()
        within = [
            chance for (first, beyond), chance in zip(places, chances, strict=True) if first < end and beyond > start
        ]
        if within:
            yield word.start(), word.end(), np.mean(within, axis=0)


@cache
def _states() -> Callable[[str], tuple[list[tuple[int, int]], np.ndarray]]:
    """Opened by the first text."""
    from index.encoders import open_states

    return open_states(ENCODER, _learned().adapter)


@cache
def _learned() -> Learned:
    return read(files(__package__), WEIGHTS)
