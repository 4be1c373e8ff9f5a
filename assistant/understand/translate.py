"""A question in another language put into English words of the field, for a corpus and models that read English.

No machine translation: the terms of `terms.txt`, longest first, in the order of the question. A question of which too
much stays unknown is not translated: a wrong answer is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.understand.kinds import QUESTION_MARKS
from corpus.words import language_of
from index.keywords import stems
from index.words import fold, fold_arabic, language_of_script, words

TERMS = Path(__file__).with_name("terms.txt")
LANGUAGES = ("es", "fr", "pt", "ru", "ar", "zh")  # the columns of the file
LATIN = ("es", "fr", "pt")
LEAST = 0.7  # share of a question's words that have to be known
LONGEST = 6  # words of one term
LONGEST_CHINESE = 10  # characters
SAME_WORD = 5  # letters from which a word of the English corpus is taken to mean the same ("radio", "plan" not)
_ARABIC_BEFORE = re.compile("^(?:[وف]?(?:[بك]ال|لل|ال)|[وف](?=.{4}))")
_ARABIC_STUCK = "بكلوف"  # words of one letter that are written with the next one
_ARABIC_AFTER = re.compile("(?<=...)(?:ها|ان|ات|ون|ين|يه|ه|ي)$")
_CHINESE = re.compile("[一-鿿]")
_PIECE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]*|[一-鿿]+")


@dataclass(frozen=True, slots=True)
class Term:
    english: str
    joins: bool  # a word between others, which says nothing by itself


@dataclass(frozen=True, slots=True)
class Translation:
    """A question in English words, and how much of it they are."""

    text: str
    language: str  # ISO 639-1, of the question
    known: float  # 0..1, of its words; those that only join left out


def translated(question: str, known: Callable[[str], bool] = lambda word: False) -> Translation | None:
    """The question in English, where at least LEAST of it is known; None for an English one too.

    `known`: whether the corpus writes a word, for words that are the same in English.
    """
    found = [_translated(question, language, known) for language in _languages(question)]
    best = max(found, key=lambda each: each.known, default=None)
    return best if best is not None and best.known >= LEAST else None


def _languages(question: str) -> tuple[str, ...]:
    """The languages that a question may be in; () for English."""
    if language := language_of_script(question):
        return (language,)
    return LATIN if language_of(question) in LATIN or re.search("[à-ÿ¿¡]", question.casefold()) else ()


def _translated(question: str, language: str, known: Callable[[str], bool]) -> Translation:
    said, hits, misses = (_chinese if language == "zh" else _spaced)(question, language, known)
    text = " ".join(dict.fromkeys(each for each in said if each))
    text += "?" if question.rstrip().endswith(QUESTION_MARKS) else ""
    return Translation(text[:1].upper() + text[1:], language, hits / (hits + misses) if hits else 0.0)


def _spaced(question: str, language: str, known: Callable[[str], bool]) -> tuple[list[str], int, int]:
    """English words, and how many words were known and not."""
    terms = _terms()[language]
    found = words(question)
    keys = _keys(found, language)
    written = {word.casefold(): word for word in re.findall(r"\w+", question)}
    said: list[str] = []
    hits = misses = place = 0
    while place < len(found):
        sizes = range(min(LONGEST, len(found) - place), 0, -1)
        word = found[place]
        first = (keys[place], _arabic(word[1:])) if language == "ar" and word[0] in _ARABIC_STUCK else (keys[place],)
        term, size = next(
            ((term, n) for n in sizes for key in first if (term := terms.get((key, *keys[place + 1 : place + n])))),
            (None, 0),
        )
        if term:
            said.append(term.english)
            hits += 0 if term.joins else size
        elif _is_kept(written.get(word, word), language, known):
            said.append(written.get(word, word))
            hits += 1
        elif stems([word], language)[0]:  # no stop word
            misses += 1
        place += size or 1
    return said, hits, misses


def _is_kept(word: str, language: str, known: Callable[[str], bool]) -> bool:
    """Whether a word means the same in English: a name, an abbreviation, a number, or what the corpus writes."""
    if any(char.isdigit() for char in word) or (word.isascii() and language not in LATIN):
        return True
    return word.isupper() or (len(word) >= SAME_WORD and word.isascii() and known(word))


def _chinese(question: str, language: str, known: Callable[[str], bool]) -> tuple[list[str], int, int]:
    """The same for a language without spaces; two characters count as a word."""
    terms = _terms()[language]
    said: list[str] = []
    hits = misses = 0
    for piece in _PIECE.findall(question):
        if not _CHINESE.match(piece):
            said.append(piece)
            hits += 2
            continue
        place = 0
        while place < len(piece):
            sizes = range(min(LONGEST_CHINESE, len(piece) - place), 0, -1)
            size = next((n for n in sizes if (piece[place : place + n],) in terms), 0)
            if size:
                term = terms[(piece[place : place + size],)]
                said.append(term.english)
                hits += 0 if term.joins else size
            else:
                misses += 1
            place += size or 1
    return said, hits, misses


def _keys(found: list[str], language: str) -> list[str]:
    """What words are compared by: their stems, accents folded; stop words as they are."""
    if language == "ar":
        return [_arabic(word) for word in found]
    return [stem or fold(word) for stem, word in zip(stems(found, language), found, strict=True)]


def _arabic(word: str) -> str:
    """A light stem: letters that are typed for one another made one, article and endings off."""
    plain = fold_arabic(word)
    return _ARABIC_AFTER.sub("", _ARABIC_BEFORE.sub("", plain) or plain)


@cache
def _terms() -> Mapping[str, Mapping[tuple[str, ...], Term]]:
    """Language -> keys of the words of a term -> English. Where a term has two meanings, the first line counts."""
    found: dict[str, dict[tuple[str, ...], Term]] = {language: {} for language in LANGUAGES}
    for line in TERMS.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        english, _, elsewhere = line.partition(" = ")
        term = Term(english.removesuffix("+").strip(), english.endswith("+"))
        for language, ways in zip(LANGUAGES, elsewhere.split(" | "), strict=True):
            for way in ways.split(";"):
                key = (way.strip(),) if language == "zh" else tuple(_keys(words(way), language))
                if any(key):
                    found[language].setdefault(key, term)
    return found
