"""Typing errors in an English question mended against the words of the corpus: "trafiking", "sheltr".

Never a word that exists: what the corpus writes, what is common in English, what begins with a capital within a
sentence (a name), abbreviations. A word without a near neighbour stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.understand.lists.spelling import LONG, distance
from assistant.understand.question import FUNCTION_WORDS
from corpus.words import Words, language_of
from index.lexicon import Lexicon

LEAST = 4  # letters of a word that is mended: shorter ones have too many neighbours
ENGLISH = 0.5  # share of a question's words that are English, or one error away from it, from which it is mended
# An error is this much rarer than the word that is meant; the last where more than one word in ten millions is it.
RARER, REAL, RARER_STILL = 100.0, 1e-7, 1000.0
MENDED = 0.6  # share of a question's words that have to be mended where none is common
_TOKEN = re.compile(r"(?<![\w@./-])[^\W\d_]+(?![\w@/'’]|[.-]\w)")
_OPENS = ("", ".", "?", "!", ":", "\n")  # what a capital may stand after without making a name


class Speller:
    """Mends questions. `lexicon` gives the words of the corpus in force."""

    def __init__(self, lexicon: Callable[[], Lexicon]) -> None:
        self._lexicon = lexicon

    def mended(self, text: str) -> str:
        """The text with typing errors put right, as many words as before; as it was where nothing is mended."""
        tokens = list(_TOKEN.finditer(text))
        unknown = {found.start() for found in tokens if _may_be_wrong(found.group(), text[: found.start()])}
        if not unknown or language_of(text) != "en":
            return text
        lexicon = self._lexicon()
        right = {start: near for start in unknown if (near := _nearest(_word_at(text, start), lexicon))}
        english = sum(found.start() in right or found.start() not in unknown for found in tokens)
        known = sum(_known(found.group().casefold()) for found in tokens)
        if english < ENGLISH * len(tokens) or (not known and len(right) < MENDED * len(tokens)):
            return text
        return _TOKEN.sub(lambda found: right.get(found.start(), found.group()), text)


def _word_at(text: str, start: int) -> str:
    return _TOKEN.match(text, start).group()  # type: ignore[union-attr]


def _nearest(word: str, lexicon: Lexicon) -> str:
    """The likeliest word, with the capital of the one typed; "" where none is near, or the corpus writes it so.

    Fewest errors first, then words that make up questions, then letters left out before letters taken for others, then
    what the corpus writes most. The first letter is taken to be right, which it nearly always is.
    """
    if word in lexicon:
        return ""
    typed = word.casefold()
    allowed = 2 if len(typed) >= LONG else 1
    others = {*lexicon.beginning(typed[0]), *(each for each in FUNCTION_WORDS if each[0] == typed[0])}
    letters = set(typed)
    near = [
        (errors, each not in FUNCTION_WORDS, _changed(typed, each), -lexicon.count(each), each)
        for each in others
        if len(each) >= LEAST and abs(len(each) - len(typed)) <= allowed
        if len(letters.symmetric_difference(each)) <= 2 * allowed  # each error changes two letters at most
        if (errors := distance(typed, each)) <= allowed and _known_or_written(each, lexicon)
    ]
    best = min(near)[-1] if near else ""
    if not best or _exists_beside(typed, best):
        return ""
    return best.capitalize() if word[0].isupper() else best


def _exists_beside(typed: str, word: str) -> bool:
    """Whether what was typed is a rare word of its own ("evaluator", "interviewee"), not an error for another one."""
    typed_share = Words("en").frequency(typed)
    return (RARER_STILL if typed_share >= REAL else RARER) * typed_share > Words("en").frequency(word)


def _changed(typed: str, word: str) -> bool:
    """Whether letters were taken for others: rarer than letters left out, doubled or swapped."""
    return len(typed) == len(word) and sorted(typed) != sorted(word)


def _known_or_written(word: str, lexicon: Lexicon) -> bool:
    """Whether a word of the corpus is none of its own typing errors: common, or written more than once."""
    return _known(word) or lexicon.count(word) > 1


def _may_be_wrong(word: str, before: str) -> bool:
    """Whether a word may be a typing error, before the corpus is looked at."""
    if len(word) < LEAST or word.isupper() or not word.isascii():
        return False
    if word[0].isupper() and before.rstrip()[-1:] not in _OPENS:
        return False
    return not _known(word.casefold())


def _known(word: str) -> bool:
    return word in FUNCTION_WORDS or Words("en").common(word)
