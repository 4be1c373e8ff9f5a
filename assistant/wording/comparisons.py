"""Whether what is compared stands the same way round in sentence and source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.texts.catalogue import _
from assistant.wording.concern import Concern, ConcernKind
from assistant.wording.quantities import quantities
from assistant.wording.tokens import Span, Text

_LESS = r"cheaper|poorer|rarer|narrower|less|fewer|lower|smaller|shorter|worse|slower|younger|later|weaker"
_DEGREE = re.compile(rf"\b(?:(?P<less>{_LESS})|more|better|older|\w{{3,}}er)\b", re.I)
_THAN = re.compile(r"\brather than\b|\bthan\b|, (?:and )?not(?= [a-z ]{3,40}(?:[.,;]|$))", re.I)
_AS_MUCH = re.compile(r"\b(?:the same|as much)(?: \w+){0,3}? as\b|\bas (?!long|well|soon|far|such)\w+ as\b", re.I)
_NO_MORE = re.compile(r"\b(?:no|not) \w+(?:\s\w+)? $", re.I)
_BEGIN = re.compile(r",(?!\d)|\b(?:suggests?|shows?|found|finds?|means?|says?|reveals?|indicates?) that\b", re.I)
_END = re.compile(r"[,:()]| (?:which|because|but|while|when|as shown)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Compared:
    left: frozenset[str]
    right: frozenset[str]
    sign: int  # 1: the left is more; -1: less; 0: as much
    words: str


def comparison_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """At most one: a comparison that the source makes the other way round, or in which it finds no difference."""
    theirs = list(_comparisons(source))
    for mine in _comparisons(sentence):
        sides = [(_same_way(mine, other), other) for other in theirs]
        way, other = next(((way, other) for way, other in sides if way), (0, mine))
        if mine.sign * other.sign * way < 0 or (way and (mine.sign == 0) != (other.sign == 0)):
            words = _("compares the other way round: the source says “{words}”").format(words=other.words)
            yield Concern(ConcernKind.COMPARISON, words)
            return


def _same_way(mine: _Compared, other: _Compared) -> int:
    """1 where both have the same things on the same side, -1 where they are exchanged, 0 where it cannot be told.

    What stands behind the comparing words tells more: before them stands the verb too, which both may have.
    """
    crossed = len(mine.left & other.right) + len(mine.right & other.left)
    straight = len(mine.right & other.right)
    if crossed != straight:
        return 1 if straight > crossed else -1
    return 0 if crossed else bool(mine.left & other.left)


def _comparisons(text: Text) -> Iterator[_Compared]:
    for piece in text.sentences:
        for found in _AS_MUCH.finditer(piece.text):
            yield _sides(text, piece, found, 0)
        for found in _THAN.finditer(piece.text):
            before, place = piece.text[: found.start()], piece.start + found.end()
            degree = list(_DEGREE.finditer(before[-60:]))
            plain = found[0].casefold() == "than"
            bound = any(place <= q.start <= place + 3 for q in quantities(text.text, text.language))  # "more than 30"
            if not bound and not _NO_MORE.search(before) and (degree or not plain):
                yield _sides(text, piece, found, -1 if plain and degree[-1]["less"] else 1)


def _sides(text: Text, piece: Span, found: re.Match[str], sign: int) -> _Compared:
    """What stands before and after the comparing words, without what stands on both sides."""
    start, end = piece.start + found.start(), piece.start + found.end()
    cut = _END.search(text.text, end, piece.end)
    stop = cut.start() if cut else piece.end
    opening = [mark.end() for mark in _BEGIN.finditer(text.text, piece.start, len(text.text[:start].rstrip(" ,")))]
    begin = max(opening, default=piece.start)
    left = {token.stem for token in text.tokens if token.stem and begin <= token.start < start}
    right = {token.stem for token in text.tokens if token.stem and end <= token.start < stop}
    return _Compared(
        frozenset(left - right), frozenset(right - left), sign, " ".join(text.text[begin:end].split()[-3:])
    )
