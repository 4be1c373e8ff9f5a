"""Whether the numbers and dates of a sentence are those of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.write.wording.numbers import Figure, Unit, figures
from assistant.write.wording.terms import Kind
from assistant.write.wording.tokens import Concern, Text

ROUNDED = 1.6  # percentage points between a share and the same said in words: "a third" and 33 %
ROUNDED_ABOUT = 2.5  # the same where the sentence says "about"
SPAN_SLACK = 0.04  # of a length of time: 30 days and one month
_DATES = (Unit.YEAR, Unit.MONTH, Unit.DAY)
_ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|some|approximately|close to|hardly|just (?:under|over)"
    r"|environ|cerca de)\W*$",
    re.I,
)
_LOWER_BEFORE = re.compile(
    r"\b(?:at least|at a minimum|(?:no|not) (?:less|fewer|earlier) than|minimum of"
    r"|(?<!no )(?<!not )more than|over|above|older than|from"
    r"|(?:higher|longer|greater|older) [^,.;]{0,28}than"
    r"|exceeding|au moins|al menos|plus de|más de)\W+(?:the )?$",
    re.I,
)
_UPPER_BEFORE = re.compile(
    r"\b(?:at most|(?:no|not) (?:more|later) than|no longer than|maximum of"
    r"|(?<!no )(?<!not )less than|(?<!no )fewer than|under|below|up to"
    r"|(?:lower|shorter|smaller|younger) [^,.;]{0,28}than"
    r"|within|younger than|au plus|a lo más|moins de|menos de)\W+(?:the )?$",
    re.I,
)
_LOWER_AFTER = re.compile(r"^\W*(?:[\w-]+\W+){0,2}?(?:at least|or more|or older|at the earliest|at a minimum)\b", re.I)
_UPPER_AFTER = re.compile(r"^\W*(?:[\w-]+\W+){0,2}?(?:at most|or less|or fewer|at the latest|or younger)\b", re.I)
_A_SPAN = {
    "hour": r"\b(?:an|per|each|every|hourly)\b ?hour|hourly",
    "day": r"\b(?:a|per|each|every) day\b|daily",
    "week": r"\b(?:a|per|each|every) week\b|weekly",
    "month": r"\b(?:a|per|each|every) month\b|monthly",
    "year": r"\b(?:a|per|each|every|the first|first|its first) year\b|yearly|annual",
}


def figure_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """One concern for every figure that the source does not have, has of something else, or bounds otherwise."""
    given = figures(source.text, source.language)
    said = figures(sentence.text, sentence.language)
    told = [f for f in said if _made_of_others(f, said) and any(_same(f, other, sentence) for other in given)]
    for figure in said:
        if _made_of_others(figure, said) or _is_one(figure):
            continue
        if figure.word and any(share.start <= figure.start and figure.end <= share.end for share in told):
            continue  # "one worker in ten", where the source gives the share
        matching = [other for other in given if _same(figure, other, sentence)]
        if matching:
            yield from _bounds(figure, sentence, matching, source)
            yield from _elsewhere(figure, said, sentence, matching, given, source)
        elif not _derived(figure, given, sentence.text, source.text):
            yield from _absent(figure, sentence, given, source)


def _made_of_others(figure: Figure, said: Sequence[Figure]) -> bool:
    """Whether a share is only the ratio of two numbers that are looked at themselves: "60 of the 120"."""
    return figure.unit is Unit.SHARE and any(
        other is not figure and figure.start <= other.start and other.end <= figure.end for other in said
    )


def _is_one(figure: Figure) -> bool:
    """ "One" in words, which is often no number: "one sign is ..."."""
    return figure.word and figure.unit is Unit.COUNT and figure.values == {1.0} and not figure.span


def _same(figure: Figure, other: Figure, sentence: Text) -> bool:
    text = sentence.text
    if figure.unit is Unit.SHARE and other.unit is Unit.SHARE:
        slack = ROUNDED_ABOUT if _ABOUT.search(text[: figure.start]) else ROUNDED
        if not (figure.word or other.word or slack > ROUNDED):
            slack = 0.01
        return any(abs(a - b) <= slack for a in figure.values for b in other.values)
    counts = {Unit.COUNT, Unit.RANK}
    if figure.unit is not other.unit and not {figure.unit, other.unit} <= counts:
        return False
    if figure.money and other.money and figure.money != other.money:
        return False
    if figure.span and other.span and figure.span != other.span:
        return any(abs(a - b) <= SPAN_SLACK * max(a, b) for a in figure.hours for b in other.hours)
    if other.span and not figure.span and figure.word:
        after = next((token for token in sentence.tokens if token.start >= figure.end), None)
        if after is not None and after.stem:
            return False  # "three donors" are not "three years"
    return bool(figure.values & other.values)


def _derived(figure: Figure, given: Sequence[Figure], text: str, source: str) -> bool:
    """Whether a figure follows from the source's: half of 120 is 60; of 300, 48 are 16 %; twelve months are a year."""
    shares = [value for other in given if other.unit is Unit.SHARE for value in other.values]
    counts = [other for other in given if other.unit is Unit.COUNT]
    wholes = [o for o in counts if re.search(r"\bof (?:the |all )?$", source[: o.start], re.I)]
    if figure.unit is Unit.COUNT:
        parts = [o for o in given if o.unit is Unit.SHARE and re.match(r" of\b", source[o.end :])]
        pairs = [(part, whole) for part in parts for whole in counts]
        pairs += [(part, whole) for part in given if part.unit is Unit.SHARE for whole in wholes]
        if any(
            abs(share / 100 * value - wanted) <= 0.01 * wanted
            for part, whole in pairs
            for share in part.values
            for value in whole.values
            for wanted in figure.values
        ):
            return True
        year = {"month": 12.0, "week": 52.0, "day": 365.0, "hour": 24.0}
        spans = {"month": "year", "week": "year", "day": "year", "hour": "day"}
        if figure.span in spans and year[figure.span] in figure.values:
            return bool(re.search(_A_SPAN[spans[figure.span]], source, re.I))
        return bool(figure.span and 1.0 in figure.values and re.search(_A_SPAN.get(figure.span, "(?!)"), source, re.I))
    if figure.unit is Unit.SHARE:
        slack = ROUNDED_ABOUT if _ABOUT.search(text[: figure.start]) else ROUNDED
        ratios = [100 * a / b for w in wholes for b in w.values for o in counts for a in o.values if 0 < a < b]
        return any(abs(ratio - wanted) <= slack for ratio in ratios for wanted in figure.values)
    if figure.unit is Unit.TIMES and 0.5 in figure.values:
        return 50.0 in shares
    return False


def _absent(figure: Figure, sentence: Text, given: Sequence[Figure], source: Text) -> Iterator[Concern]:
    kind = Kind.DATE if figure.unit in _DATES else Kind.NUMBER
    alike = [other for other in given if other.unit is figure.unit and not _made_of_others(other, given)]
    nouns = _noun_after(sentence, figure)
    hard = not figure.word or bool(figure.span) or any(nouns & _noun_after(source, other) for other in alike)
    if figure.unit is Unit.RANK or (figure.unit is Unit.SHARE and figure.word and not alike):
        hard = False
    if figure.unit is Unit.TIMES or (figure.unit is Unit.SHARE and figure.word and alike):
        hard = True
    if figure.unit is Unit.RANK and not alike:
        return
    if not alike:
        yield Concern(kind, f"says {figure.text}; the source does not give this figure", hard)
        return
    taken = [other.values for other in figures(sentence.text, sentence.language) if other is not figure]

    def likely(other: Figure) -> tuple[int, bool, int]:
        return (
            len(nouns & _noun_after(source, other)),
            other.values not in taken,
            len(_around(source, other) & sentence.stems),
        )

    near = max(alike, key=likely)
    yield Concern(kind, f"says {figure.text}, the source says {near.text}", hard)


def _noun_after(text: Text, figure: Figure) -> frozenset[str]:
    after = [token.stem for token in text.tokens if figure.end <= token.start and token.stem]
    return frozenset(after[:1])


def _around(text: Text, figure: Figure) -> frozenset[str]:
    """The stems of the clause, cut at "and" too, that a figure stands in."""
    for clause in text.clauses:
        if not clause.start <= figure.start < clause.start + len(clause.text):
            continue
        start, end = clause.start, clause.start + len(clause.text)
        for cut in re.finditer(r"\band\b", clause.text):
            place = clause.start + cut.start()
            start, end = (place, end) if place <= figure.start else (start, min(end, place))
        return frozenset(t.stem for t in clause.tokens if t.stem and start <= t.start < end and not t.stem[0].isdigit())
    return frozenset()


def _bounds(figure: Figure, sentence: Text, matching: Sequence[Figure], source: Text) -> Iterator[Concern]:
    """ "At least 30" and "at most 30"; a bound that the source does not have."""
    mine = _bound(sentence.text, figure)
    theirs = {_bound(source.text, other) for other in matching}
    if not mine or mine in theirs:
        return
    words = {"lower": "at least", "upper": "at most"}
    other = next((bound for bound in theirs if bound), "")
    if other:
        yield Concern(
            Kind.DIRECTION, f"says {words[mine]} {figure.text}, the source says {words[other]} {figure.text}", True
        )
    elif not re.search(r"\b(?:within|until|before|from)\W*$", sentence.text[: figure.start], re.I):
        yield Concern(
            Kind.DIRECTION, f"says {words[mine]} {figure.text}; the source gives {figure.text} as it is", False
        )


def _bound(text: str, figure: Figure) -> str:
    before, after = text[max(0, figure.start - 32) : figure.start], text[figure.end : figure.end + 40]
    after = re.split(r"[,;.]", after)[0]
    if _LOWER_BEFORE.search(before) or _LOWER_AFTER.search(after):
        return "lower"
    return "upper" if _UPPER_BEFORE.search(before) or _UPPER_AFTER.search(after) else ""


def _elsewhere(
    figure: Figure,
    said: Sequence[Figure],
    sentence: Text,
    matching: Sequence[Figure],
    given: Sequence[Figure],
    source: Text,
) -> Iterator[Concern]:
    """A figure that the source has, but of something else: the year of the other ministry."""
    rivals = [other for other in given if other.unit is figure.unit and other not in matching]
    if not rivals or sum(other.unit is figure.unit for other in said) > 1:
        return
    own = frozenset().union(*(_around(source, other) for other in matching))
    wanted = {stem for stem in sentence.stems if not stem[0].isdigit()}
    for rival in rivals:
        around = _around(source, rival)
        if len((around - own) & wanted) >= 2 and not (own - around) & wanted:
            kind = Kind.DATE if figure.unit in _DATES else Kind.NUMBER
            yield Concern(kind, f"says {figure.text}; for this the source says {rival.text}", False)
            return
