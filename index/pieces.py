"""What each word of a text is, told by what the encoder of all languages makes of its pieces once it is taught that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable

import numpy as np

from index.learned import PIECES, Learned, read

HAN = "\u4e00-\u9fff"
WINDOW = 500  # characters that are read at once: some 350 pieces of Chinese, where the encoder reads 512
_WINDOWS = re.compile(rf"(?s).{{1,{WINDOW}}}(?:(?<=[\s，。！？；])|$)|.{{1,{WINDOW}}}")
_TOKEN = re.compile(rf"[{HAN}]|[^\W{HAN}]+|[^\w\s]")  # of Chinese a character; a mark of punctuation is one, too


@dataclass(frozen=True, slots=True, eq=False)
class TaggedToken:
    """A word or a mark of punctuation: characters start to end of a text, half-open."""

    start: int
    end: int
    chances: np.ndarray  # (classes,) float32, together 1


class PieceReader:
    """Reads texts token by token. Safe to share between threads."""

    def __init__(self, states: Callable[[str], tuple[list[tuple[int, int]], np.ndarray]], known: Learned) -> None:
        """`states`: see `encoders.open_states`; `known` has the head PIECES."""
        self._states, (self._weights, self._bias) = states, known.heads[PIECES]

    def tokens(self, text: str) -> Iterator[TaggedToken]:
        """Those of a text, in order; of each the mean of its pieces."""
        for window in _WINDOWS.finditer(text):
            places, states = self._states(window.group())
            if not len(places):
                continue
            logits = states @ self._weights + self._bias
            chances = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, np.newaxis])
            for token in _TOKEN.finditer(text, window.start(), window.end()):
                start, end = token.start() - window.start(), token.end() - window.start()
                within = [
                    chance
                    for (first, beyond), chance in zip(places, chances, strict=True)
                    if first < end and beyond > start
                ]
                if within:
                    yield TaggedToken(token.start(), token.end(), np.mean(within, axis=0))


def open_pieces(folder: Traversable, name: str, encoder: str) -> PieceReader:
    """The one whose weights lie in a folder. WeightsError where they are damaged; ModelMissing without the encoder."""
    from index.encoders import open_states

    known = read(folder, name)
    return PieceReader(open_states(encoder, known.adapter), known)
