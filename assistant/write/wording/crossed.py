"""Whether a sentence says of one thing what its source says of another: "a target is ..." for "a baseline is ...".

Sources set things side by side: two kinds, two groups, two moments. All the words of a sentence that mixes them are in
the source, which no measure of likeness tells from one that keeps them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from assistant.write.wording.lexicon import ANTONYMS
from assistant.write.wording.terms import Kind
from assistant.write.wording.tokens import Concern, Text, Token, read

PARTS_MOST = 8  # of a quote that are looked at
_PART = re.compile(r"(?<=[.!?;:\n])\s+|,?\s(?:while|whereas|and|but)\s|\n")
_PIECE = re.compile(r"[,;:]\s|\s(?:while|whereas|and|but)\s")
# A part without a subject of its own: that of the part before it is meant.
_GOES_ON = re.compile(
    r"(?:must|shall|should|may|might|can|could|will|would|is|are|was|were|has|have|had|do|does|did)\b", re.I
)
_COUNTS = frozenset({"one", "two", "three", "first", "second"})
_TIES = re.compile(r"\W*(?:\w+\s){0,4}?(?:it|its|they|them|their|this|these|those|such|both|he|she|his|her)\b", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_CONTRAST = re.compile(r"\b(?:while|whereas)\b")
_POINTS = re.compile(r"\b(?:it|its|they|them|their|this|these|those|that|such|both|ones?|he|she|his|her)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of two parts of a source, and the words that only it has."""

    words: tuple[str, ...]  # stems in order
    own: frozenset[str]
    points: bool  # whether a pronoun in it may stand for what the other says


def crossed_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """At most one, soft: what is said may still be meant so."""
    sides = list(_pairs(source))
    for piece in _PIECE.split(sentence.text):
        words = _stems(piece, sentence.language)
        for one, other in sides:
            found = _crossed(words, one, other)
            if found:
                said = next(token.text for token in sentence.tokens if token.stem == found)
                yield Concern(Kind.ACTOR, f"may say of one thing what the source says of another: “{said}”", False)
                return


def composed_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """A part with the subject, a figure or a name from one sentence of the source and the rest from another; soft.

    A sentence that opens with a pronoun counts with the one before it.
    """
    told = [each for each in map(str.strip, _SENTENCE.split(source.text)) if each]
    if len(told) < 2:
        return
    known = [frozenset(token.stem for token in _tokens(each, source.language)) for each in told]
    reach = [
        one
        | (known[place - 1] if place and _TIES.match(told[place]) else frozenset())
        | (known[place + 1] if place + 1 < len(told) and _TIES.match(told[place + 1]) else frozenset())
        for place, one in enumerate(known)
    ]
    everything = frozenset().union(*known)
    for piece in _PIECE.split(sentence.text):
        tokens = [token for token in _tokens(piece, sentence.language) if token.stem in everything]
        held = [sum(token.stem in one for token in tokens) for one in known]
        apart = [[t for t in tokens if t.stem not in reach[place]] for place, n in enumerate(held) if n == max(held)]
        telling = (token.text for lacking in apart for token in lacking if _tells(token, tokens[0]))
        foreign = next(telling, "") if all(apart) else ""
        if foreign:
            yield Concern(Kind.ACTOR, f"puts together what the source says apart: “{foreign}”", False)
            return


def _tells(token: Token, first: Token) -> bool:
    """Whether a sentence would be of something else with another word here: what it opens with, a figure or a name."""
    return token is first or token.text[0].isdigit() or (token.text[0].isupper() and token.start > 0)


def _tokens(text: str, language: str) -> list[Token]:
    """Those that mean something; figures too, as one word each."""
    tokens = read(_THOUSANDS.sub("", text), language).tokens
    return [token for token in tokens if token.stem and token.lower != "one"]


def _crossed(words: Sequence[str], one: _Side, other: _Side) -> str:
    """The stem in `words` that belongs to the other side than their first word; "" where they keep to one side."""
    if not words:
        return ""
    head, rest = words[0], set(words[1:])
    for near, far in ((one, other), (other, one)):
        if head not in near.own or head != near.words[0]:
            continue
        foreign = rest & far.own
        if not foreign:
            continue
        if near is other and near.points and rest & near.own:
            continue  # "it" in the second part may be what the first part names
        return next(stem for stem in words if stem in foreign)
    return ""


def _pairs(source: Text) -> Iterator[tuple[_Side, _Side]]:
    """Every two parts, in order, that each open with a word of their own and are set side by side.

    They are where "while" stands between them, or where they have a word in common or words of opposite meaning.
    """
    cuts = [(0, 0), *(found.span() for found in _PART.finditer(source.text)), (len(source.text), 0)]
    spans = [(start, end) for (_, start), (end, _) in pairwise(cuts)]
    told = [(*span, words) for span in spans if len(words := _part(source, *span)) > 1][:PARTS_MOST]
    for (start, end, first), (later, stop, second) in combinations(told, 2):
        if first[0] in second or second[0] in first:
            continue
        before, after = source.text[start:end], source.text[later:stop]
        if _CONTRAST.search(source.text[end:later]) or set(first) & set(second) or _opposed(before, after):
            yield (
                _Side(first, frozenset(first) - frozenset(second), bool(_POINTS.search(before))),
                _Side(second, frozenset(second) - frozenset(first), bool(_POINTS.search(after))),
            )


def _part(source: Text, start: int, end: int) -> tuple[str, ...]:
    """The stems of a part that has a subject of its own; else none."""
    text = source.text[start:end]
    return () if _GOES_ON.match(text) else _stems(text, source.language)


def _opposed(one: str, other: str) -> bool:
    return any(
        (_has(more, one) and _has(less, other)) or (_has(less, one) and _has(more, other)) for more, less in ANTONYMS
    )


def _has(words: str, text: str) -> bool:
    return bool(re.search(rf"\b(?:{words})\b", text, re.IGNORECASE))


def _stems(text: str, language: str) -> tuple[str, ...]:
    tokens = read(text, language).tokens
    return tuple(t.stem for t in tokens if t.stem and not t.stem[0].isdigit() and t.lower not in _COUNTS)
