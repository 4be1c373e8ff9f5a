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
    evaluable evaluability pattern mapping
"""
KEYS = frozenset(_KEYS.split())
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
_WORD = re.compile(r"[A-Za-z]{5,}")
LONG = 10  # letters from which two errors are mended


def mended(text: str) -> str:
    """The text with typing errors in key words put right; as many words as before, so that they can be paired."""
    text = _SHORT.sub(lambda match: SHORT[match.group().lower()], text)
    text = text.replace("’", "'").replace("‘", "'")
    return _WORD.sub(lambda match: _mend(match.group()), text)


@cache
def _mend(word: str) -> str:
    lower = word.lower()
    if lower in KEYS or _known(lower):
        return word
    allowed = 2 if len(lower) >= LONG else 1
    near = [(distance(lower, key), key) for key in KEYS if abs(len(key) - len(lower)) <= allowed]
    near = [(d, key) for d, key in near if d <= allowed and (key[0] == lower[0] or d == 1)]
    return min(near)[1] if near else word


@cache
def _known(word: str) -> bool:
    return any(Words(language).common(word) for language in ("en", "fr", "es"))


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
