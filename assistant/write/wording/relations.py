"""Whether what is compared, and what comes before what, stands the same way round in sentence and source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.write.wording.lexicon import LESS, MORE
from assistant.write.wording.numbers import Figure, Unit, figures
from assistant.write.wording.terms import Kind
from assistant.write.wording.tokens import Concern, Text

_SENTENCE = re.compile(r"[^.!?;\n]+(?:\.(?=\d)[^.!?;\n]*)*")
_END = re.compile(r"[,:()]| (?:which|because|but|while|when|as shown)\b")
_BEGIN = re.compile(r",(?!\d)|\b(?:suggests?|shows?|found|finds?|means?|meant|said|says?|reveals?|indicates?) that\b")
_AND_NOT = re.compile(r",? (?:and|but|,) not (?:before|after)\b(?=[.,;]|$)", re.I)
_WHEN = re.compile(
    r"\b(?:before|after\w*|until|till|unless|once|when|while|since|first|then|prior|earlier|later|ahead|follow\w*|preced\w*"
    r"|during|from|post|pre|early|late|already|previous\w*|former\w*|advance|end|start\w*|begin\w*|next|by)\b",
    re.I,
)
_EQUAL = re.compile(r"\bthe same(?: \w+){0,3}? as\b|\bas (?!long|well|soon|far|such)\w+ as\b", re.I)
_THAN = re.compile(r"\brather than\b|\bthan\b|, (?:and )?not(?= [a-z ]{3,40}(?:[.,;]|$))", re.I)
_NOT_COMPARED = re.compile(r"\b(?:no|not) (?:more|less|fewer|later|earlier|longer|older|younger)(?:\s\w+)? $", re.I)
_TIMES_AS = re.compile(
    r"\b(?P<by>(?:less than )?half|twice|(?:\w+|\d+) times)\s+as\s+(?:\w+\s+){1,4}?(?P<as>as)\b", re.I
)
_DEGREE = re.compile(rf"\b(?:(?P<less>{LESS})|(?P<more>{MORE}|\w{{3,}}er))\b", re.I)
_INVERSE = r"faster|sooner|quicker|cheaper|earlier|later|younger|slower"  # a smaller figure may be more of it
_KINDS = tuple(
    frozenset(kind.split())
    for kind in (
        "more less fewer", "higher lower", "longer shorter", "larger bigger greater smaller", "better worse",
        "faster quicker sooner slower later", "older younger", "stronger weaker", "cheaper dearer",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Compared:
    left: frozenset[str]
    right: frozenset[str]
    sign: int  # 1: the left is more; -1: less; 0: as much
    words: str
    denied: bool = False  # by a "not" before the word that orders
    degree: str = ""  # "more", "faster"


def direction_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """A comparison that the source makes the other way round, in words or by its figures."""
    theirs = list(_comparisons(source))
    for mine in _comparisons(sentence):
        sides = [(_same_way(mine, other), other) for other in theirs]
        way, other = next(((way, other) for way, other in sides if way), (0, None))
        if other is not None:
            if mine.sign * other.sign * way < 0 or (mine.sign == 0) != (other.sign == 0):
                words = f"compares the other way round: the source says “{other.words}”"
                yield Concern(Kind.DIRECTION, words, _of_one_kind(mine.degree, other.degree))
        elif mine.sign and (said := _against_figures(mine, source)):
            hard = not re.fullmatch(_INVERSE, mine.degree, re.I)
            yield Concern(Kind.DIRECTION, f"compares the other way round: the source says {said}", hard)


def _of_one_kind(one: str, other: str) -> bool:
    """Whether two words of degree measure the same: "more" and "less" do, "faster" and "less (time)" may not."""
    return one == other or not one or not other or any({one, other} <= kind for kind in _KINDS)


def _same_way(mine: _Compared, other: _Compared) -> int:
    """1 where both have the same things on the same side, -1 where they are exchanged, 0 where it cannot be told."""
    crossed = _overlap(mine.left, other.right), _overlap(mine.right, other.left)
    straight = _overlap(mine.left, other.left), _overlap(mine.right, other.right)
    if all(crossed):
        return -1
    return (sum(straight) > sum(crossed)) - (sum(straight) < sum(crossed))


def _overlap(one: frozenset[str], other: frozenset[str]) -> int:
    return len(one & other)


def _comparisons(text: Text) -> Iterator[_Compared]:
    for piece in _SENTENCE.finditer(text.text):
        for than in _THAN.finditer(piece.group()):
            before = piece.group()[: than.start()]
            if _NOT_COMPARED.search(before) or re.match(r"\s+\d", piece.group()[than.end() :]):
                continue
            degree = list(_DEGREE.finditer(before[-60:]))
            if than.group().lower() == "than" and not degree:
                continue
            less = than.group().lower() == "than" and bool(degree[-1]["less"])
            words = " ".join((before + than.group()).split()[-3:])
            word = degree[-1].group().lower() if degree else ""
            yield replace(_sides(text, piece, than.span(), -1 if less else 1, words), degree=word)
        for found in _EQUAL.finditer(piece.group()):
            if not _TIMES_AS.search(piece.group()):
                yield _sides(text, piece, found.span(), 0, found.group())
        for found in _TIMES_AS.finditer(piece.group()):
            sign = -1 if "half" in found["by"].lower() else 1
            yield _sides(text, piece, found.span(), sign, found.group())


def _sides(text: Text, piece: re.Match[str], place: tuple[int, int], sign: int, words: str) -> _Compared:
    """What stands before and after the comparing words, without what stands on both sides."""
    start, end = piece.start() + place[0], piece.start() + place[1]
    stop = piece.end()
    if cut := _END.search(text.text, end, stop):
        stop = cut.start()
    begin = max(
        (m.end() for m in _BEGIN.finditer(text.text, piece.start(), len(text.text[:start].rstrip(" ,")))),
        default=piece.start(),
    )
    left = {t.stem for t in text.tokens if t.stem and begin <= t.start < start}
    right = {t.stem for t in text.tokens if t.stem and end <= t.start < stop}
    return _Compared(frozenset(left - right), frozenset(right - left), sign, words)


def _against_figures(mine: _Compared, source: Text) -> str:
    """The two figures that contradict a comparison, in words; "" where none do."""
    for unit in (Unit.SHARE, Unit.COUNT):
        found = [f for f in figures(source.text, source.language) if f.unit is unit]
        if pair := _two_figures(mine, found, source):
            left, right = pair
            contradicts = mine.sign * (max(left.values) - max(right.values)) < 0
            return f"{left.text} and {right.text}" if contradicts else ""
    return ""


def _two_figures(mine: _Compared, found: Sequence[Figure], source: Text) -> tuple[Figure, Figure] | None:
    """The two figures that stand with the two sides of a comparison; None where either stands with none."""

    def near(figure: Figure, side: frozenset[str], other: frozenset[str]) -> float:
        around = _segment(source, figure)
        return len(side & around) - 0.5 * len(other & around)  # the verb may stand with both

    pairs = [
        (near(one, mine.left, mine.right), near(other, mine.right, mine.left), (one, other))
        for one in found
        for other in found
        if one is not other
    ]
    best = max(pairs, key=lambda each: each[0] + each[1], default=None)
    return best[2] if best and best[0] > 0 and best[1] > 0 else None


def _segment(source: Text, figure: Figure) -> frozenset[str]:
    """The stems between the nearest marks or "and" around a figure."""
    cuts = [m.start() for m in re.finditer(r"[.;:!?](?!\d)|,(?!\d)|\band\b|\bagainst\b|\bbut\b", source.text)]
    start = max((cut for cut in cuts if cut < figure.start), default=0)
    end = min((cut for cut in cuts if cut >= figure.end), default=len(source.text))
    return frozenset(t.stem for t in source.tokens if t.stem and start <= t.start < end)


def order_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """Before told as after."""
    orders, others = list(_orders(sentence)), list(_orders(source))
    if orders and not _WHEN.search(source.text) and not figures(source.text, source.language):
        yield Concern(Kind.ORDER, f"says “{orders[0].words}”; the source does not", False)
    for mine in orders if len(orders) == 1 else ():  # of several, it is not clear which is which
        for other in others if len(others) == 1 else ():
            straight = _overlap(mine.left, other.left) + _overlap(mine.right, other.right)
            crossed = _overlap(mine.left, other.right) + _overlap(mine.right, other.left)
            if min(straight, crossed) or not max(straight, crossed):
                continue  # not clear which side is which
            turned = -1 if mine.denied != other.denied and "before" in (mine.words.lower(), other.words.lower()) else 1
            if mine.sign * other.sign * turned * (1 if straight > crossed else -1) < 0:
                yield Concern(Kind.ORDER, f"says “{mine.words}”, the source says “{other.words}”", True)
                return
    yield from _year_order(sentence, source)


def _orders(text: Text) -> Iterator[_Compared]:
    """Left before right: sign 1. A clause that opens with "after" is put behind the one it opens."""
    for piece in _SENTENCE.finditer(_AND_NOT.sub(lambda found: " " * len(found[0]), text.text)):
        if re.search(r"\bbefore (?:and|or) after\b", piece.group(), re.I):
            continue
        for word in re.finditer(r"\b(before|after)\b", piece.group(), re.I):
            sign = 1 if word[1].lower() == "before" else -1
            # "no results before" is "results only after"
            denied = bool(re.search(r"\b(?:no|not|never)\b", piece.group()[: word.start()], re.I))
            if word.start() == len(piece.group()) - len(piece.group().lstrip()) and "," in piece.group():
                comma = piece.start() + piece.group().index(",")
                right = {t.stem for t in text.tokens if t.stem and piece.start() <= t.start < comma}
                left = {t.stem for t in text.tokens if t.stem and comma <= t.start < piece.end()}
                yield _Compared(frozenset(left - right), frozenset(right - left), sign, word[1], denied)
            else:
                yield replace(_sides(text, piece, word.span(), sign, word[1]), denied=denied)


def _year_order(sentence: Text, source: Text) -> Iterator[Concern]:
    """ "A before B" where the source gives A a later year than B."""
    years = [f for f in figures(source.text, source.language) if f.unit is Unit.YEAR]
    if len(years) < 2:
        return
    for mine in _orders(sentence):
        pair = _two_figures(mine, years, source)
        if pair and mine.sign * (max(pair[1].values) - max(pair[0].values)) < 0:
            yield Concern(Kind.ORDER, f"says “{mine.words}”, the source says {pair[0].text} and {pair[1].text}", True)
            return
