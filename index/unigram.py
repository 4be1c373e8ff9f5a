"""Text to pieces of a SentencePiece vocabulary of the unigram kind, as XLM-RoBERTa and the E5 models use it.

The library for this (tokenizers, at the door in `encoders`) takes 1.6 s and 270 MB for the 250,000 pieces of the
multilingual vocabulary; a dictionary takes a tenth of both. Words come again and again, so most are cut once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

MARK = "\u2581"  # stands for the space before a word
_WORDS = 32_768  # kept, with their pieces
_LONGEST_KEPT = 24  # characters; what is longer hardly comes again (sentences in Chinese have no spaces)
_UNKNOWN_PENALTY = 10.0  # below the rarest piece, SentencePiece's kUnkPenalty


class Unigram:
    """Cuts each word into the pieces whose log probabilities sum highest. Safe for several threads."""

    def __init__(
        self, pieces: Mapping[str, int], scores: Sequence[float], unknown: int, characters: Mapping[int, str]
    ) -> None:
        """`pieces` to their ids, control symbols left out; scores[id] their log probabilities.

        `unknown` is the id of characters that no piece has, one for a row of them. `characters` says what becomes of
        a code point before it is looked up, and is applied to composed text (NFC); those it lacks stay.
        """
        self._pieces, self._scores, self._unknown, self._characters = pieces, scores, unknown, characters
        self._longest = max(map(len, pieces))
        self._penalty = min(scores) - _UNKNOWN_PENALTY
        self._kept = lru_cache(maxsize=_WORDS)(self._cut)
        self._lengths: dict[int, int] = {}

    def ids(self, text: str) -> list[int]:
        """The pieces of a text, in order, without special tokens and without truncation."""
        found: list[int] = []
        for word in unicodedata.normalize("NFC", text).translate(self._characters).split():
            found += (self._kept if len(word) <= _LONGEST_KEPT else self._cut)(MARK + word)
        return found

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where each piece of `ids` stands in the text, half-open; of a word that can't be told apart, all of it."""
        if not self._lengths:
            self._lengths = {id: len(piece) for piece, id in self._pieces.items()}
        found: list[tuple[int, int]] = []
        for match in re.finditer(r"\S+", text):
            came = [place for place, letter in enumerate(match.group()) for _ in letter.translate(self._characters)]
            pieces = self.ids(match.group())
            lengths = [self._lengths.get(piece, 0) for piece in pieces]
            if 0 in lengths or sum(lengths) != len(came) + 1:  # the mark before a word is none of its characters
                found += [match.span()] * len(pieces)
                continue
            ends = list(accumulate(lengths, initial=0))
            for start, end in pairwise(ends):
                before = came[max(start - 1, 0) : end - 1]
                found.append(
                    (match.start() + before[0], match.start() + before[-1] + 1) if before else (match.start(),) * 2
                )
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        """Viterbi: the best way to each place follows from the best ways to the places before it."""
        pieces, scores, longest = self._pieces, self._scores, self._longest
        best = [0.0]  # best[end]: the highest sum over word[:end]
        last: list[tuple[int, int]] = [(0, 0)]  # last[end]: where the last piece of that sum starts, and its id
        for end in range(1, len(word) + 1):
            high, choice = best[end - 1] + self._penalty, (end - 1, self._unknown)
            for start in range(max(0, end - longest), end):
                piece = pieces.get(word[start:end])
                if piece is not None and best[start] + scores[piece] > high:
                    high, choice = best[start] + scores[piece], (start, piece)
            best.append(high)
            last.append(choice)
        found: list[int] = []
        end = len(word)
        while end:
            end, piece = last[end]
            if not (found and piece == found[-1] == self._unknown):
                found.append(piece)
        return tuple(found[::-1])
