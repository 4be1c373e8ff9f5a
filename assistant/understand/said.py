"""What a message that wants something made says: the thing, its form, for whom, on what, and what is to be in it.

Told word by word by a net that is taught with `corpus/starter/wanted`: people name what should be in a draft in rows,
in questions and in stories, and no list of words finds them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from index.pieces import PieceReader, open_pieces

ENCODER, WEIGHTS = "multilingual-e5-small", "said"
SWITCH = 0.5  # log probability: a word or two by themselves are mostly told wrongly
KEPT = 64  # messages that are remembered
IN_BRACKETS = 120  # characters that are looked through for a bracket that closes
_IN_WORD = re.compile(r"[\w'’-]+")
_OPEN, _BEHIND, _CLOSE = re.compile(r"[(（][^)）]*$"), re.compile(r" ?[(（]"), re.compile(r"[^(（)）]*[)）]")
_EDGE = " \t\n.,;:!?…-–—、，。；：！？؟،؛\"'«»“”‘’"


class Says(StrEnum):
    """The closed list of what a stretch of a message says."""

    MAKE = "make"  # names a thing to be made
    FORM = "form"  # how it should be: length, time, tone, language, what it must not have
    WHOM = "whom"  # who will use it
    THEME = "theme"  # what the whole is about
    PART = "part"  # one thing that should be in it
    CASE = "case"  # a situation that is told
    ROLE = "role"  # somebody who is played, or appears in a case
    DROP = "drop"  # what should go out of what was made before
    KEEP = "keep"  # what of it should stay


CLASSES = (None, *Says)  # the class of each is its place here


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of a message: characters start to end, half-open."""

    start: int
    end: int
    says: Says


@lru_cache(maxsize=KEPT)
def said_in(text: str) -> tuple[Said, ...]:
    """The stretches of a message, in order, none within another. ModelMissing, WeightsError."""
    tokens = list(_reader().tokens(text))
    found: list[Said] = []
    last = None
    for token, place in zip(tokens, _smoothed([token.chances for token in tokens]), strict=True):
        says = CLASSES[place]
        torn = found and found[-1].says is says and _IN_WORD.fullmatch(text, found[-1].end, token.start)  # "aren|'t"
        if says is not None and (says is last or torn):
            found[-1] = Said(found[-1].start, token.end, says)
        elif says is not None:
            found.append(Said(token.start, token.end, says))
        last = says
    return _bracketed([each for each in (_trimmed(each, text) for each in found) if each is not None], text)


def _bracketed(found: Sequence[Said], text: str) -> tuple[Said, ...]:
    """With what stands in brackets in a stretch, or right behind it, as a part of it: 'offences (theft, papers)'.

    Not where something else is said there.
    """
    whole: list[Said] = []
    for each in found:
        if whole and each.start < whole[-1].end:
            continue
        opened = _OPEN.search(text, each.start, each.end) or _BEHIND.match(text, each.end)
        closes = _CLOSE.match(text, opened.end(), opened.end() + IN_BRACKETS) if opened else None
        inside = {other.says for other in found if closes and each.start <= other.start < closes.end()}
        whole.append(replace(each, end=closes.end()) if inside == {each.says} else each)
    return tuple(whole)


def _smoothed(chances: Sequence[np.ndarray]) -> list[int]:
    """The likeliest classes of tokens in a row, where another class than before costs SWITCH (Viterbi)."""
    if not chances:
        return []
    logs = np.log(np.stack(chances) + 1e-6)
    best, came = logs[0], []
    for now in logs[1:]:
        other = int(np.argmax(best))
        stays = best >= best[other] - SWITCH
        came.append(np.where(stays, np.arange(len(best)), other))
        best = np.where(stays, best, best[other] - SWITCH) + now
    row = [int(np.argmax(best))]
    for before in reversed(came):
        row.append(int(before[row[-1]]))
    return row[::-1]


def words_that(text: str, *says: Says) -> list[str]:
    """The stretches of a message that say so, as typed."""
    return [text[each.start : each.end] for each in said_in(text) if each.says in says]


def _trimmed(said: Said, text: str) -> Said | None:
    """Without marks of punctuation at its edges; None where there is nothing else."""
    words = text[said.start : said.end]
    start, end = len(words) - len(words.lstrip(_EDGE)), len(words.rstrip(_EDGE))
    return Said(said.start + start, said.start + end, said.says) if start < end else None


@cache
def _reader() -> PieceReader:
    """Opened by the first message."""
    return open_pieces(files(__package__), WEIGHTS, ENCODER)
