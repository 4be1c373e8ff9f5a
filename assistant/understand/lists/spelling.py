"""Typing errors in the words that recognition rests on: 'indcators', 'livelyhoods'."""

from __future__ import annotations

import re
from functools import cache

from corpus.words import Words

_KEYS = """
    indicator indicators question questions lesson lessons learned measure measured monitor evaluate awareness
    campaign campaigns livelihood livelihoods vocational training legislation legal framework frameworks
    prosecutor prosecutors judges police identification referral shelter shelters reintegration national
    strategy disaggregated disaggregation verification outcome outcomes output outputs impact consider
    ourselves design project programme radio posters apprenticeships microcredit parliament ratification
    investigators inspectors screening mechanism counselling returnees children migrants before opening
    propose suggest should pitfalls mistakes which starter metrics targets behaviour displacement
    evaluable evaluability pattern mapping would could mechanism mechanisms refer referrals refers survivors
    victims trafficking trafficked exploitation forced labour scheme projects design plans house inspector
    lessons action displace interpreters hotline mention evaluator evaluators
"""
KEYS = frozenset(_KEYS.split())
ASKING = frozenset(
    ["how", "what", "which", "ask", "think", "about", "should", "would", "could", "safe", "house", "with", "from"]
)  # short words
SHORT = {
    "shd": "should",
    "shld": "should",
    "wat": "what",
    "wht": "what",
    "pls": "please",
    "plz": "please",
    "abt": "about",
    "u": "you",
    "ur": "your",
    "hw": "how",
    "qs": "questions",
    "gonna": "going",
    "wanna": "want",
    "govt": "government",
    "prog": "programme",
}
_SHORT = re.compile(rf"\b(?:{'|'.join(SHORT)})\b", re.I)
_WORD = re.compile(r"[A-Za-z]{3,}")
_ENGLISH = re.compile(r"\b(?:the|for|of|to|we|do|is|are|our|what|which|how|should|and|from|before|with)\b", re.I)
_ELSEWHERE = re.compile(r"\b(?:les?|la|des|du|pour|une?|el|los|las|para|del?|est|sur|avec|qu[eé]|y|et)\b", re.I)
LEAST = 5  # letters of a key word that is mended; shorter ones only of those that ask
LONG = 8  # letters from which two errors are mended


def mended(text: str) -> str:
    """The text with typing errors in key words put right; as many words as before, so that they can be paired."""
    text = _SHORT.sub(lambda match: SHORT[match.group().lower()], text)
    text = text.replace("’", "'").replace("‘", "'")
    english = len(_ENGLISH.findall(text)) > len(_ELSEWHERE.findall(text))
    return _WORD.sub(lambda match: _mend(match.group(), english), text)


@cache
def _mend(word: str, english: bool) -> str:
    """`english`: the words around it are, so that a French word ('mesure') is an error too."""
    lower = word.lower()
    if lower in KEYS or lower in ASKING or _known(lower, english):
        return word
    if word.isupper() and len(word) < LEAST:
        return word  # an abbreviation
    swapped = [key for key in ASKING if sorted(key) == sorted(lower) and distance(lower, key) == 1]
    if swapped or len(lower) < LEAST:
        near_asking = swapped or [k for k in ASKING if len(k) >= LEAST - 1 and k[0] == lower[0] and _lost(lower, k)]
        return min(near_asking) if near_asking else word
    allowed = 2 if len(lower) >= LONG else 1
    near = [(distance(lower, key), key) for key in KEYS if abs(len(key) - len(lower)) <= allowed]
    near = [(d, key) for d, key in near if d <= allowed and (key[0] == lower[0] or d == 1)]
    return min(near)[1] if near else word


@cache
def _known(word: str, english: bool) -> bool:
    return any(Words(language).common(word) for language in (("en",) if english else ("en", "fr", "es")))


def _lost(typed: str, key: str) -> bool:
    """Whether one letter of the key was not typed: 'wich', 'thnk'."""
    return len(typed) == len(key) - 1 and distance(typed, key) == 1


def distance(a: str, b: str) -> int:
    """Letters put in, left out, changed, or swapped with their neighbour, of two words (optimal string alignment)."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, start=1):
        row = [i]
        for j, y in enumerate(b, start=1):
            best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
