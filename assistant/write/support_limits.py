"""What keeps a sentence from full support however close its quotes are: it points elsewhere, or shares only a name.

Models that compare meaning are drawn to names: two sentences on one organisation are close whatever they say of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.kinds import QUESTION_MARKS
from assistant.write.wording.tokens import Token, read

POINTS_BACK = "it says “{}” without saying what; read it with the question and its source"
ONLY_ASKED = "the source asks this and does not say it"
NOT_TODAY = "it says “{}”; its source tells of a date"
NAME_ONLY = "only a name in it is in the source"
_POINTS_BACK = re.compile(
    r"(?:yes|no)\b(?=,)|(?:that|this|these|those) (?=(?:is|are|was|were|has|have|had|means?|can|may|must|should|will"
    r"|does?|did|includes?|applies|apply|shows?)\b)|(?:they|he|she) (?=\w)"
    r"|it (?!(?:is|was|must|should|may|can|would|will)\b.*\b(?:to|that|for|when|if|whether|who)\b)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:ask(?:s|ed|ing)?|questions?|whether)\b|^(?:who|what|which|how|why|when|where)\b", re.I)
_TODAY = re.compile(r"\b(?:today|nowadays|now|currently|at present|to date|these days|at the moment)\b", re.IGNORECASE)
_DATED = re.compile(r"\b(?:1[89]|20)\d\d\b")


def points_back(sentence: str, language: str = "en") -> str:
    """The word that a sentence opens with and that stands for something outside of it; "" where there is none."""
    found = _POINTS_BACK.match(sentence) if language == "en" else None
    return found[0].strip() if found else ""


def only_asked(sentence: str, quotes: Sequence[str]) -> bool:
    """Whether a sentence states what its quotes merely ask."""
    asks = all(quote.rstrip().endswith(QUESTION_MARKS) for quote in quotes)
    return asks and not sentence.rstrip().endswith(QUESTION_MARKS) and not _ASKED.search(sentence)


def said_of_today(sentence: str, quotes: Sequence[str]) -> str:
    """The word by which a sentence speaks of today where its quotes give a year, and say nothing of today; else ""."""
    found = _TODAY.search(sentence)
    whole = " ".join(quotes)
    if found is None or not _DATED.search(whole) or _TODAY.search(whole) or _DATED.search(sentence):
        return ""
    return found[0]


def only_names_shared(sentence: str, quotes: Sequence[str], language: str = "en") -> bool:
    """Whether names and figures are all that a sentence has in common with its quotes, though it says more."""
    tokens = [token for token in read(sentence, language).tokens if token.stem and not token.stem[0].isdigit()]
    held = {stem for quote in quotes for stem in read(quote, language).stems}
    names = {token.stem for token in tokens if _is_name(token)}
    shared = {token.stem for token in tokens} & held
    return bool(shared) and shared <= names and any(token.stem not in names for token in tokens)


def _is_name(token: Token) -> bool:
    """By its capital, which the first word of a sentence always has; an abbreviation is one there too."""
    return (token.start > 0 and token.text[:1].isupper()) or (len(token.text) > 1 and token.text.isupper())
