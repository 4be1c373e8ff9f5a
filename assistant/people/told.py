"""Details of people, told by what the encoder of all languages makes of each piece of a text, once it is taught that.

No list of names or of streets has to be complete: what a word is shows in what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import numpy as np

from assistant.people.types import Personal, PersonalDetail
from index.pieces import PieceReader, TaggedToken, open_pieces

ENCODER, WEIGHTS = "multilingual-e5-small", "weights"
KINDS = (None, *Personal)  # the class of each kind is its place here
# Probability from which a word is of a detail: one word of it at least, and those beside it. Of a set that was not
# learned from, recall is .946, .949, .955 and precision .948, .935, .926 with .45, .4, .35 (.955 and .921 with .3).
SURE, BESIDE = 0.4, 0.2
_WORD = re.compile(r"\w")  # and no mark of punctuation
_GAP = re.compile(r"[ \u00a0.·•'’@/_+():#-]*")  # within a detail
_WIDE = re.compile(r"[^\w.?!;\n]{0,3}|[^\w?!;\n]{0,2}\.? ?|[^\w]?\n?")  # within an address


def told(text: str) -> Iterator[PersonalDetail]:
    """The details, in order, none within another."""
    row: list[TaggedToken] = []  # words of one detail
    for word in _reader().tokens(text):
        if 1 - word.chances[0] < BESIDE or not _WORD.match(text, word.start):
            continue
        if row and not _goes_on(row, word, text):
            yield from _detail(row)
            row = []
        row.append(word)
    yield from _detail(row)


def _goes_on(row: list[TaggedToken], word: TaggedToken, text: str) -> bool:
    """Whether a word is of the same detail as those before it."""
    before, now = _kind(row), _kind([word])
    gap = _WIDE if Personal.ADDRESS in (before, now) else _GAP
    return (before is now or Personal.ADDRESS is before) and gap.fullmatch(text, row[-1].end, word.start) is not None


def _detail(row: list[TaggedToken]) -> Iterator[PersonalDetail]:
    if any(1 - word.chances[0] >= SURE for word in row):
        yield PersonalDetail(row[0].start, row[-1].end, _kind(row))


def _kind(row: list[TaggedToken]) -> Personal:
    """The likeliest kind of some words together."""
    return KINDS[1 + int(np.argmax(np.sum([word.chances[1:] for word in row], axis=0)))]


@cache
def _reader() -> PieceReader:
    """Opened by the first text."""
    return open_pieces(files(__package__), WEIGHTS, ENCODER)
