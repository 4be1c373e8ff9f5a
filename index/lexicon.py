"""The words that a corpus writes, and how often."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """Words of a corpus in lower case. Never changes; safe for several threads."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts = Counter(word for text in texts for word in _WORD.findall(text.casefold()))
        self._by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._counts):
            self._by_letter[word[0]].append(word)

    def __contains__(self, word: str) -> bool:
        return word.casefold() in self._counts

    def __len__(self) -> int:
        return len(self._counts)

    def count(self, word: str) -> int:
        """How often the corpus writes a word."""
        return self._counts[word.casefold()]

    def beginning(self, letter: str) -> Sequence[str]:
        """The words that begin with a letter, in the order of the alphabet."""
        return self._by_letter.get(letter.casefold(), [])
