"""Words of a text as keyword search sees them, in any script. Stems and stop words come from the caller.

Scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese), and Korean, whose particles
stick to words, are cut into overlapping pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
# Vowel signs of Indic scripts belong to a word, but \w leaves them out; 0964 and 0965 are full stops.
_LETTER = "\\w\u0900-\u0963\u0966-\u0dff"
_WORD = re.compile(f"[{_LETTER}]+")
_PAIRS = re.compile(f"[{_UNSPACED}]+")
_PIECE = re.compile(f"({_PAIRS.pattern})|((?:(?!{_PAIRS.pattern})[{_LETTER}])+)")
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")  # tatweel and vowel signs: optional in writing
_ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ـ": None})
_LETTERS = re.compile(r"[^\W\d_]+")
_HARAKAT = re.compile(r"[\u064b-\u0652]")

_SCRIPTS = (  # script -> the language it gives away; Latin gives none away
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)


def words(text: str) -> list[str]:
    """Lower-case words in order; single letters are dropped, single digits kept ("Issue Brief 7")."""
    plain = text.lower()
    if not text.isascii():
        plain = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()
    if not _PAIRS.search(plain):  # the same, in half the time
        return _counted(_WORD.findall(plain))
    found: list[str] = []
    for run, piece in _PIECE.findall(plain):
        if run:
            found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        else:
            found += _counted([piece])
    return found


def _counted(pieces: list[str]) -> list[str]:
    return [word for piece in pieces if len(word := piece.strip("_")) > 1 or word.isdigit()]


def fold(word: str) -> str:
    """Without accents: readers type "force" for "forcé"."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    return "".join(part for part in parts if not unicodedata.combining(part))


def fold_arabic(text: str) -> str:
    """Letters that are often typed one for the other made one; vowel signs dropped."""
    return _HARAKAT.sub("", text).translate(_ARABIC_LETTERS)


def language_of_script(text: str) -> str:
    """The language that the letters of a text give away; "" where they give none away, as Latin ones do."""
    return next((language for language, script in _SCRIPTS if script.search(text)), "")


def guess_language(found: list[str], stop_words: Mapping[str, Set[str]], default: str) -> str:
    """Of a short text: by script, else the language with most of its stop words in it, else `default`."""
    if language := language_of_script(" ".join(found)):
        return language
    hits = {language: sum(word in stops for word in found) for language, stops in stop_words.items()}
    best = max(hits.values(), default=0)
    if best == 0 or hits.get(default) == best:
        return default
    return min(language for language, count in hits.items() if count == best)


class Vocabulary:
    """The words that a corpus writes, in lower case, and how often. Never changes; safe for several threads."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts = Counter(word for text in texts for word in _LETTERS.findall(text.casefold()))
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
