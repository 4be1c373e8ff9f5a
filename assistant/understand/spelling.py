"""Typing errors in a message mended: "trafiking", "livelyhoods", "sheltr". Distances are rapidfuzz's.

Never a word that exists: what the corpus or the lexicon writes, what is common in the language, what begins with a
capital within a sentence (a name), abbreviations. A word without a near neighbour stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.understand.lexicon import Lexicon as RequestLexicon
from corpus.language import short_language
from corpus.words import LATIN, Words
from index.words import Vocabulary as CorpusWords

LEAST = 4  # letters of a word that is mended: shorter ones have too many neighbours
LONG = 8  # letters from which two errors are mended
# An error is this much rarer than the word that is meant; the last where more than one word in ten millions is it.
RARER, REAL, RARER_STILL = 100.0, 1e-7, 1000.0
ENGLISH = 0.5  # share of a message's words that are known, or are mended: below, its language is not the one guessed
_TOKEN = re.compile(r"(?<![\w@./-])[^\W\d_]+(?![\w@/'’]|[.-]\w)")
_OPENS = ("", ".", "?", "!", ":", "\n")  # what a capital may stand after without making a name


class Speller:
    """Mends messages. Safe to share between threads."""

    def __init__(self, words: RequestLexicon, corpus: Callable[[], CorpusWords]) -> None:
        """`corpus` gives the words of the corpus in force; what is asked in English is mended with them too."""
        self._words, self._corpus = words, corpus

    def mended(self, text: str) -> str:
        """The text with typing errors put right, as many words as before; as it was where nothing is mended."""
        language = short_language(text)
        tokens = list(_TOKEN.finditer(text))
        if language not in LATIN or not tokens:
            return text
        known = Words(language)
        doubtful = [found for found in tokens if self._may_be_wrong(found.group(), text[: found.start()], known)]
        right = {found.start(): near for found in doubtful if (near := self._nearest(found.group(), known))}
        if len(tokens) - len(doubtful) + len(right) < ENGLISH * len(tokens):
            return text
        return _TOKEN.sub(lambda found: right.get(found.start(), found.group()), text)

    def _may_be_wrong(self, word: str, before: str, known: Words) -> bool:
        if len(word) < LEAST or word.isupper() or (word[0].isupper() and before.rstrip()[-1:] not in _OPENS):
            return False
        folded = word.casefold()
        return not known.common(folded) and folded not in self._words.words and folded not in self._corpus()

    def _nearest(self, word: str, known: Words) -> str:
        """The likeliest word, with the capital of the one typed; "" where none is near. Its first letter is right."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        typed = word.casefold()
        others = {each for each in self._words.words if each[:1] == typed[:1] and len(each) >= LEAST}
        if known.language == "en":
            corpus = self._corpus()
            others |= {each for each in corpus.beginning(typed[0]) if corpus.count(each) > 1 or known.common(each)}
        allowed = 2 if len(typed) >= LONG else 1
        near = process.extract(typed, others, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        near = [(each, errors) for each, errors, _ in near if len(each) > LEAST or sorted(each) == sorted(typed)]
        likely = [(errors, not _left_out(typed, each), -known.frequency(each), each) for each, errors in near]
        best = min(likely)[-1] if likely else ""
        share = known.frequency(typed)
        if not best or (RARER_STILL if share >= REAL else RARER) * share > known.frequency(best):
            return ""
        return best.capitalize() if word[0].isupper() else best


def _left_out(typed: str, word: str) -> bool:
    """Whether only letters were left out: commoner than letters taken for others."""
    letters = iter(word)
    return all(letter in letters for letter in typed)
