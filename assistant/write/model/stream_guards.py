"""What watches a text while it is being written: thoughts are left out, and a text that goes in circles is noticed."""

from __future__ import annotations

import re
from collections import Counter

PERIOD_MOST = 150  # characters; longer repetitions are whole sentences, and counted as such
TIMES = 4  # the same again and again: so often,
SPAN = 80  # and over at least so many characters: a rule under a table's head is shorter
SENTENCE_TIMES = 3  # in an answer
SENTENCE_WORDS = 5  # shorter ones may well come again ("Yes.", "See above.")
EVERY = 20  # characters between two looks
_OPEN, _CLOSE = "<think>", "</think>"
_LAYOUT = re.compile(r"[ \t_|☐□:-]+")
_SENTENCE_END = re.compile(r"[.!?。！？؟।]+|\n")
_VARYING = re.compile(r"\[S\d+\]|^\W*\d+\W+")  # labels, and the number of a list item


class Thoughts:
    """Leaves out what stands between <think> and </think> in the text that a model wrote, however it is cut.

    What is left is not read again: where it looks like a mark, no thought follows.
    """

    def __init__(self) -> None:
        self._held = ""
        self._inside = False

    def feed(self, piece: str) -> str:
        """What of the text so far can be shown and was not yet."""
        self._held += piece
        shown = ""
        while True:
            mark = _CLOSE if self._inside else _OPEN
            before, found, after = self._held.partition(mark)
            if not found:
                break
            shown += "" if self._inside else before
            self._held, self._inside = after, not self._inside
        keep = _begun(self._held, mark)
        ready, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        return shown if self._inside else shown + ready

    def finish(self) -> str:
        """What was held back and turned out to be no mark."""
        held, self._held = self._held, ""
        return "" if self._inside else held


def _begun(text: str, mark: str) -> int:
    """How many characters at the end of the text may be the start of the mark."""
    return next((size for size in range(min(len(mark) - 1, len(text)), 0, -1) if mark.startswith(text[-size:])), 0)


class Loops:
    """Notices a text that says the same again: a short run of characters, or a whole sentence."""

    def __init__(self, sentence_times: int = SENTENCE_TIMES) -> None:
        """`sentence_times`: so often the same whole sentence goes in circles."""
        self._sentence_times = sentence_times
        self._text = ""
        self._letters = ""  # without blanks to be filled in and the lines of a table, which may well go in circles
        self._looked = 0
        self._counted = 0
        self._sentences: Counter[str] = Counter()

    def feed(self, piece: str) -> bool:
        """Whether the text, with this piece, goes in circles."""
        self._text += piece
        self._letters += _LAYOUT.sub("", piece)
        if len(self._text) - self._looked < EVERY:
            return False
        self._looked = len(self._text)
        return self._circles() or self._repeats()

    def _circles(self) -> bool:
        """Whether the end of the text has a period of 1 to PERIOD_MOST characters, TIMES over."""
        for period in range(1, PERIOD_MOST + 1):
            size = max(TIMES * period, SPAN)
            tail = self._letters[-size:]
            if len(tail) == size and tail[period:] == tail[:-period]:
                return True
        return False

    def _repeats(self) -> bool:
        """Whether a whole sentence came too often, labels and item numbers aside."""
        for end in _SENTENCE_END.finditer(self._text, self._counted):
            sentence = " ".join(_VARYING.sub("", self._text[self._counted : end.start()].strip()).casefold().split())
            self._counted = end.end()
            if len(sentence.split()) >= SENTENCE_WORDS and not sentence.startswith("|"):  # the head of a table
                self._sentences[sentence] += 1
                if self._sentences[sentence] >= self._sentence_times:
                    return True
        return False
