"""Names of people in any of the six languages, told by what the encoder of all languages makes of each piece of a text.

A small net reads the states of a piece and of its neighbours. It was learned from sentences made for it (`training`),
so that no list of names has to be complete.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from assistant.people.cues import HAN, cue_before, cue_behind, phrases
from assistant.people.sentences import FILE
from corpus.language import short_language
from corpus.quick_yaml import read_yaml
from corpus.words import Words
from index.learned import read

COUNTRIES = FILE.with_name("countries.yaml")
ENCODER = "multilingual-e5-small"
WEIGHTS = "weights"
# Probability from which a word is of a name: by itself, beside one that is, and where it is a word, or in small letters
# where others have capitals. Read off messages not learned from: what is learned from has more names than those have.
SURE, BESIDE, SMALL = 0.25, 0.15, 0.6
# Shares of all words from which one that is no known name is nobody's: beside a name, or with a capital; by itself; and
# two characters of Chinese, where no family name stands before them.
USUAL, COMMON, CHINESE = 3e-4, 1e-6, 1e-5
WINDOW = 500  # characters that are read at once: some 350 pieces of Chinese, where the encoder reads 512
_WINDOWS = re.compile(rf"(?s).{{1,{WINDOW}}}(?:(?<=[\s，。！？；])|$)|.{{1,{WINDOW}}}")
_WORD = re.compile(rf"[{HAN}]|[^\W\d_{HAN}]+(?:['’-](?!s\b)[^\W\d_{HAN}]+)*(?![^\W{HAN}])")  # of Chinese a character
_PRONOUN = re.compile("[我你您他她它们]")
_INITIALS = re.compile(r"(?:,? ?(?<!\w)[A-ZА-ЯЁ]\.){0,2}")  # behind a family name
_SOMEBODY = re.compile(
    r"(?<![\w.])(?:(?:[A-ZА-ЯЁ]\. ?){1,2}[A-ZА-ЯЁ]\.(?! ?[A-ZА-ЯЁ][a-zа-яё])"
    r"|(?:[\u0621-\u064a]\. ?){1,2}[\u0621-\u064a]\.)(?!\w)"
)
_GAP = re.compile(r"[ \u00a0.·•]*")
_BEGINS = re.compile(r"(?:^|[.?!:\n])[ «“\"]*$")  # a sentence: its first word has a capital for that


def named(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand, half-open, in order."""
    words = [each for window in _WINDOWS.finditer(text) for each in _chances(window)]
    capitals = sum(word.group().istitle() for word, _ in words) > 1
    mixed = re.search(f"[a-zа-яё{HAN}]", text) is not None  # all in capitals, no word tells by them what it is
    share = Words(short_language(text)).frequency
    row: list[tuple[re.Match[str], bool]] = []  # likely words with nothing between them, and whether each is sure
    for word, chance in words:
        likely = chance >= BESIDE and not (
            (mixed and _is_acronym(word.group())) or _parts(word.group(), share, capitals)
        )
        if row and not (likely and _GAP.fullmatch(text, row[-1][0].end(), word.start())):
            yield from _name_of(row, text, share)
            row = []
        if likely:
            is_word = _usual(word.group().lower(), share, COMMON) or (capitals and word.group()[0].islower())
            row.append((word, chance >= (SMALL if is_word else SURE)))
    yield from _name_of(row, text, share)


def initials(text: str) -> Iterator[tuple[int, int]]:
    """Where two or three letters with full stops stand for somebody: "A. D.", "ن. ع."; no usual abbreviation."""
    for found in _SOMEBODY.finditer(text):
        if " " in found.group() or found.group().replace(".", "").casefold() not in phrases()["abbreviation"]:
            yield found.span()


def _is_acronym(word: str) -> bool:
    return word.isupper() and 1 < len(word) < 6 and word.casefold() not in _given_to_people()


def _parts(word: str, share: Callable[[str], float], capitals: bool) -> bool:
    """Whether it parts names: a usual word, and too long to stand within one as "de la" does."""
    return len(word) > 3 and _usual(word, share, COMMON if capitals else USUAL)


def _name_of(
    row: list[tuple[re.Match[str], bool]], text: str, share: Callable[[str], float]
) -> Iterator[tuple[int, int]]:
    """Where a row of likely words stands, unless none is sure, or they are known as a place's or a body's name."""
    while len(row) > 3 and _is_chinese_word(row[0][0].group() + row[1][0].group()):
        row = row[2:]
    begins = row and _BEGINS.search(text, 0, row[0][0].start())
    while row and (begins or not row[0][0].group().istitle()) and _usual(row[0][0].group(), share, USUAL):
        row = row[1:]
    while row and not row[-1][0].group().istitle() and _usual(row[-1][0].group(), share, USUAL):
        row = row[:-1]
    if not any(sure for _, sure in row) or all(_usual(word.group(), share, COMMON) for word, _ in row):
        return
    start, end = row[0][0].start(), row[-1][0].end()
    typed = text[start:end]
    body = cue_before("body", text, start) or any(cue_behind(cue, text, end) for cue in ("body", "case behind"))
    chinese = re.match(f"[{HAN}]", typed)
    if not (
        body
        or len(typed) == 1
        or typed.lower() in _beside_details()
        or _known(typed.casefold())
        or (chinese and _no_chinese_name(text, start, end))
    ):
        yield start, _INITIALS.match(text, end).end()


def _usual(word: str, share: Callable[[str], float], least: float) -> bool:
    """Whether it is a word of at least this share and no known name: "help me"; with a capital, of the commonest."""
    small = word.lower()
    if re.match(f"[{HAN}]", word) or small in _given_to_people():
        return False
    without_and = re.sub("^[وفبلك](?=...)", "", small)  # Arabic writes it in one with the word
    return max(share(small), share(without_and)) >= (least if word == small else USUAL)


def _no_chinese_name(text: str, start: int, end: int) -> bool:
    """Whether it has a pronoun, is the rest of a word or of a place's name, or has a word and no family name."""
    name = text[start:end]
    if _PRONOUN.search(name):
        return True
    around = range(max(start - 3, 0), start + 1)
    if any(text[first:last] in _places()[0] for first in around for last in range(end, end + 4)):
        return True
    table = _tables()["scripts"]["chinese"]
    known = name[0] in table["family"] + "小阿老" or "·" in name or name in table["transliterated"]
    return not known and any(_is_chinese_word(name[at : at + 2]) for at in range(len(name) - 1))


def _is_chinese_word(characters: str) -> bool:
    """Whether two characters are a usual word."""
    return Words("zh").frequency(characters) >= CHINESE


@cache
def _beside_details() -> frozenset[str]:
    """What is said of numbers and dates of people, and is nobody's name: "dob", "tel"."""
    said = (phrases()[name] for name in ("birth before", "phone before", "paper before"))
    return frozenset().union(*said) - _given_to_people()


@cache
def _given_to_people() -> frozenset[str]:
    """Words of known names, in small letters."""
    names = [script[part] for script in _tables()["scripts"].values() for part in ("given", "family")]
    return frozenset(re.findall(r"\w+", " ".join(names).casefold()))


def _known(name: str) -> bool:
    """Whether it is one of the places and bodies, or of words of theirs that are nobody's name."""
    whole, words = _places()
    listed = name in whole and name not in _given_to_people()
    return listed or (not re.match(f"[{HAN}]", name) and words.issuperset(name.split()))


@cache
def _tables() -> dict[str, Any]:
    return read_yaml(FILE.read_text(encoding="utf-8"))


@cache
def _places() -> tuple[frozenset[str], frozenset[str]]:
    """Places and bodies in all languages, in small letters; and their words, without those of names."""
    lists = [words["places"] for words in _tables()["languages"].values()]
    lists += read_yaml(COUNTRIES.read_text(encoding="utf-8")).values()
    whole = {place for places in lists for place in places.casefold().split(", ")}
    return frozenset(whole), frozenset(word for place in whole for word in place.split()) - _given_to_people()


def _chances(window: re.Match[str]) -> Iterator[tuple[re.Match[str], float]]:
    """The words of a part of a text, with the probability that each is of a name."""
    places, states = _states()(window.group())
    if not len(places):
        return
    hidden, last = _net()
    inner = np.maximum(features(states) @ hidden[0] + hidden[1], 0)
    chances = 1 / (1 + np.exp(-(inner @ last[0] + last[1])[:, 0]))
    for word in _WORD.finditer(window.string, window.start(), window.end()):
        start, end = word.start() - window.start(), word.end() - window.start()
        within = [
            chance for (first, beyond), chance in zip(places, chances, strict=True) if first < end and beyond > start
        ]
        if within:
            yield word, float(np.mean(within))


@cache
def _states() -> Callable[[str], tuple[list[tuple[int, int]], np.ndarray]]:
    """Opened by the first text; others that use the encoder share it."""
    from index.encoders import open_states

    return open_states(ENCODER)


@cache
def _net() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    heads = read(files(__package__), WEIGHTS).heads
    return heads["hidden"], heads["name"]


def features(states: np.ndarray) -> np.ndarray:
    """(n, width) -> (n, 3 width): each piece between its neighbours; at an end, itself in place of one."""
    return np.hstack([np.vstack([states[:1], states[:-1]]), states, np.vstack([states[1:], states[-1:]])])
