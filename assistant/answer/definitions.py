"""Which term a question wants defined, and whether a sentence defines it. Pure; English only.

Sections on a thing hold many sentences with its name, and a definition reads like any of them to a model; the shape of
the sentence tells it apart.
"""

from __future__ import annotations

import re

MOST_WORDS = 6  # of a term
_TERM = rf"(?P<term>\w[\w'’-]*(?: \w[\w'’-]*){{0,{MOST_WORDS - 1}}}?)"
_ARTICLE = r"(?:an? |the (?:terms? |words? |concept of |notion of )?)?"
_FIELD = r"(?:the context of|this|our|counter-|m&e|monitoring|evaluation|trafficking)"
_TAIL = rf"(?: (?:in|within) {_FIELD}.*| exactly| here)?"
_ASKED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\bwhat (?:do|does|did) (?:you|we|they|one) mean by {_ARTICLE}{_TERM}{_TAIL}$",
        rf"\bwhat (?:do|does|did) {_ARTICLE}{_TERM} mean{_TAIL}$",
        rf"\bwhat (?:is|are) meant by {_ARTICLE}{_TERM}{_TAIL}$",
        rf"\b(?:define|definitions? of|meaning of|defined? as) {_ARTICLE}{_TERM}{_TAIL}$",
        rf"^(?:so )?what(?: is|'s|’s| are) {_ARTICLE}{_TERM}{_TAIL}$",
    )
)
_MARKS = re.compile(r"[\"“”«»‘`*_]+|(?<!\w)'|'(?!\w)")
_NAMES = (
    r"(?:is|are|means?|refers? to|shall mean|describes?|denotes?|states|stands for|happens when|occurs when"
    r"|consists? of|comprises?|has (?:\w+ )?elements)"
)
_BETWEEN = r"(?: \([^)]{1,60}\)|, (?:or|meaning|also called|that is)[^,]{1,60},)?"


def term_of(question: str) -> str:
    """The term in lower case, without article: 'means of verification'. '' where nothing is to be defined."""
    plain = " ".join(_MARKS.sub(" ", question).split()).rstrip(" ?.!")
    for pattern in _ASKED:
        if found := pattern.search(plain):
            return found["term"].lower()
    return ""


def defines(term: str, sentence: str) -> bool:
    """Whether a sentence begins with the term, in one form or another, and goes on to say what it is."""
    if not term:
        return False
    *before, last = (re.escape(word) for word in term.split())
    one_form = last.removesuffix("s")
    form = " ".join([*before, rf"{one_form}(?:s|es)?"])
    plain = " ".join(_MARKS.sub(" ", sentence).split())
    return bool(re.match(rf"(?:an? |the (?:terms? )?)?{form}{_BETWEEN} (?:\w+ly )?{_NAMES}\b", plain, re.I))
