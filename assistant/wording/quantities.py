"""Quantities in a text: numbers in digits and words, shares, years, months, days, how often, how long.

"62 per cent", "62%" and "62 of 100" are one share; "half" is 50 %; "1,150", "1 150" and "1.150" one number;
"1/1/2020" and "1 January 2020" one day. Number words are known in English, French and Spanish, digits everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from assistant.wording.lexicon import table


class Measure(StrEnum):
    """What a quantity counts. Quantities of different measures are never the same."""

    COUNT = "count"
    SHARE = "share"  # per cent
    YEAR = "year"
    MONTH = "month"  # of a date, 1..12
    DAY = "day"  # of a date, 1..31
    TIMES = "times"  # twice is 2
    RANK = "rank"  # the second is 2


DATES = frozenset({Measure.YEAR, Measure.MONTH, Measure.DAY})
HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.0, "year": 8760.0}
SMALL = 10  # a number in words up to it may count what a sentence lists


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity where it stands."""

    values: frozenset[float]  # two where it can be read in two ways
    measure: Measure
    text: str
    start: int
    end: int
    word: bool = False  # a small number, a part or a rank in words
    span: str = ""  # "hour", "day", "week", "month", "year" where it says how long
    money: str = ""  # "$", "€", "£" where it is money

    @property
    def hours(self) -> frozenset[float]:
        """How long, in hours; a month is 30.4 days. Empty where it is no length of time."""
        return frozenset(value * HOURS[self.span] for value in self.values) if self.span else frozenset()


@lru_cache(maxsize=512)
def quantities(text: str, language: str = "en") -> tuple[Quantity, ...]:
    """Every quantity of a text, in order. A date gives its day, month and year one by one."""
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []
    for pattern, read in _reader(language).steps:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            here = list(read(match))
            if here:
                taken.append(match.span())
                found += here
    return tuple(sorted(found, key=lambda quantity: quantity.start))


_DIGITS = (
    r"\d{1,3}\. \d{1,2}(?= [mb]illion)"  # "$3. 1 million", as a text layer may have it
    r"|\d{1,3}(?:[,.  \u202f'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
)
_CENT = r"\s?(?:%|per ?cent\b|pour cent\b|por ciento\b)"
_YEAR = r"(?:1[89]|20)\d\d"
_NO_PART = r"(?! (?:place|time|step|stage|session|paper|meeting|version|party|countr|year running|State|one\b))"
_OF = r"(?:of|out of|in|in every|sur|de cada)\s+(?:(?:the|its|their|all|every)\s+)?"
_DATE_BEFORE = re.compile(r"\b(?:in|since|until|by|from|en|before|after|desde) $", re.I)
_YEAR_AFTER = re.compile(rf",?\s+(?:de\s+|of\s+)?{_YEAR}\b")
_ALSO_VERBS = frozenset({"may", "march"})
_A_YEAR = re.compile(r"(?: of)?(?: an?)? (?:year|an|año)\b", re.I)
_EVERY_SPAN = re.compile(r"\s+(?:an?|per|each|every)\s+(?:year|month|week|day)", re.I)

Step = tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Quantity]]]


class _Reader:
    """What reads the quantities of one language. `steps` are tried in order, and each place is read once."""

    def __init__(self, language: str) -> None:
        common, own = table("numbers", "any"), table("numbers", language)
        self._words = {word: float(value) for value, word in enumerate(own.get("small", ()))}
        self._words |= {word: 10.0 * value for value, word in enumerate(own.get("tens", ()), start=2)}
        if language == "en":
            self._words["dozen"] = 12.0
        known = [own] if own else [table("numbers", each) for each in ("en", "fr", "es")]
        self._months = {name: float(n) for names in known for n, name in enumerate(names["months"], start=1)}
        self._big, self._parts, self._times = common["big"], common["parts"], common["times"]
        self._ranks, self._spans, self._money = common["ranks"], common["spans"], common["money"]
        self._span = re.compile(rf"[ -](?:\w+ing )?(?P<span>{_either(self._spans)})(?:e?s)?\b", re.I)
        self.steps = self._steps()

    def _steps(self) -> tuple[Step, ...]:
        word, big = _either(self._words), _either(self._big)
        said = rf"(?:{word})(?:[ -](?:{word}))?(?:[ -](?:{big}))*(?: and (?:{word})(?:[ -](?:{word}))?)?"
        amount, part = rf"(?:{_DIGITS}|{said})", _either(self._parts)
        steps = (
            (r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b|\b(?P<a>\d\d?)[./](?P<b>\d\d?)[./](?P<z>\d{4})\b", self._day),
            (
                rf"(?:\b(?P<day>\d\d?)(?:st|nd|rd|th|er)?\s+(?:de\s+)?)?\b(?P<month>{_either(self._months)})\b"
                r"(?:\s+(?P<last>\d\d?)(?:st|nd|rd|th)?\b(?!\d))?",
                self._month,
            ),
            (
                rf"\b(?P<few>{amount})(?:\s+(?!(?:and|to|or|{word}|{part})s?\b)[a-z]+)?\s+{_OF}"
                rf"(?P<many>{amount})(?!\w)(?!{_CENT})",
                self._ratio,
            ),
            (rf"\b(?P<amount>{amount}){_CENT}", self._share),
            (
                rf"\b(?<!and )(?<!and a )(?:(?P<before>{amount}|an?|la|une?|el)[ -])?(?P<part>{part})s?\b{_NO_PART}",
                self._part,
            ),
            (rf"\b(?P<amount>{amount}) times\b|\b(?P<fold>{_either(self._times)})\b", self._fold),
            (rf"(?<![\d.,$€£])\b{_YEAR}\b(?![.,]?\d)", self._year),
            (rf"\b(?P<digits>\d+)(?:st|nd|rd|th)\b|\b(?P<rank>{_either(self._ranks)})\b", self._rank),
            (
                rf"(?:(?P<sign>[$€£])\s?)?(?<![\w.,])(?P<amount>(?:{_DIGITS})(?!\w*[A-Za-z]\w)|{said})"
                rf"(?P<big> (?:{big})|K)?(?!\w)",
                self._count,
            ),
        )
        return tuple((re.compile(pattern, re.IGNORECASE), read) for pattern, read in steps)

    def _day(self, match: re.Match[str]) -> Iterator[Quantity]:
        """ "2020-01-31"; of "3/1/2020" either number may be the day."""
        days, months = {float(match["d"] or match["a"])}, {float(match["m"] or match["b"])}
        if match["z"]:
            days, months = days | months, {number for number in days | months if number <= 12}
        yield _quantity(match, days, Measure.DAY)
        yield _quantity(match, months, Measure.MONTH)
        yield _quantity(match, {float(match["y"] or match["z"])}, Measure.YEAR)

    def _month(self, match: re.Match[str]) -> Iterator[Quantity]:
        name, whole = match["month"].casefold(), match.string
        alone = not match["day"] and not match["last"] and not _YEAR_AFTER.match(whole, match.end())
        if name in _ALSO_VERBS and alone and not _DATE_BEFORE.search(whole[: match.start()]):
            return
        for group in ("day", "last"):
            if match[group]:
                yield _quantity(match, {float(match[group])}, Measure.DAY, group)
        yield _quantity(match, {self._months[name]}, Measure.MONTH, "month")

    def _ratio(self, match: re.Match[str]) -> Iterator[Quantity]:
        """ "60 of the 120": two counts, and the share that they make."""
        few, many = self._values(match["few"]), self._values(match["many"])
        year = bool(re.fullmatch(_YEAR, match["many"]))
        yield _quantity(match, few, Measure.COUNT, "few", word=self._small(match["few"]))
        span = "" if year else self._span_after(match.string, match.end())
        measure = Measure.YEAR if year else Measure.COUNT
        yield _quantity(match, many, measure, "many", word=self._small(match["many"]), span=span)
        shares = {100 * a / b for a in few for b in many if b and a <= b}
        if shares and not year:
            yield _quantity(match, shares, Measure.SHARE, word=True)

    def _share(self, match: re.Match[str]) -> Iterator[Quantity]:
        yield _quantity(match, self._values(match["amount"]), Measure.SHARE)

    def _part(self, match: re.Match[str]) -> Iterator[Quantity]:
        """ "two thirds": a share; "half a year": six months; "the third": a rank."""
        before, name = (match["before"] or "").casefold(), match["part"].casefold()
        value = float(self._parts[name])
        if value == 50.0 and _A_YEAR.match(match.string, match.end()):
            yield _quantity(match, {6.0}, Measure.COUNT, span="month")
        elif not before and name in self._ranks:
            yield _quantity(match, {self._ranks.index(name) + 2.0}, Measure.RANK, word=True)
        else:
            times = max(self._values(before), default=1.0)  # an article is one
            yield _quantity(match, {min(value * times, 100.0)}, Measure.SHARE, word=True)

    def _fold(self, match: re.Match[str]) -> Iterator[Quantity]:
        if match["fold"]:
            yield _quantity(match, {float(self._times[match["fold"].casefold()])}, Measure.TIMES)
        else:
            every = _EVERY_SPAN.match(match.string, match.end())
            yield _quantity(match, self._values(match["amount"]), Measure.COUNT if every else Measure.TIMES)

    def _year(self, match: re.Match[str]) -> Iterator[Quantity]:
        yield _quantity(match, {float(match[0])}, Measure.YEAR)

    def _rank(self, match: re.Match[str]) -> Iterator[Quantity]:
        rank = float(match["digits"]) if match["digits"] else self._ranks.index(match["rank"].casefold()) + 2.0
        yield _quantity(match, {rank}, Measure.RANK, word=not match["digits"])

    def _count(self, match: re.Match[str]) -> Iterator[Quantity]:
        big = (match["big"] or "").strip().casefold()
        times = 1000 if big == "k" else self._big.get(big, 1)
        values = {value * times for value in self._values(match["amount"])}
        after = match.string[match.end() : match.end() + 8]
        money = match["sign"] or next((sign for name, sign in self._money.items() if after.startswith(f" {name}")), "")
        small, span = self._small(match["amount"]), self._span_after(match.string, match.end())
        yield _quantity(match, values, Measure.COUNT, word=small, span=span, money=money)

    def _span_after(self, text: str, place: int) -> str:
        found = self._span.match(text, place)
        return self._spans[found["span"].casefold()] if found else ""

    def _small(self, amount: str) -> bool:
        return not amount[0].isdigit() and max(self._values(amount), default=0.0) <= SMALL

    def _values(self, amount: str) -> set[float]:
        """What an amount can be: digits with separators that may be read in two ways, or words."""
        if not amount or not amount[0].isdigit():
            return self._said(amount.casefold())
        plain = re.sub(r"[  \u202f'’]", "", amount)
        if re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+", plain):
            two_ways = plain.count(".") == 1 and "," not in plain
            return {float(re.sub(r"[,.]", "", plain)), *([float(plain)] if two_ways else [])}
        if mixed := re.fullmatch(r"(\d{1,3}(?:[,.]\d{3})+)[.,](\d{1,2})", plain):
            return {float(re.sub(r"[,.]", "", mixed[1]) + "." + mixed[2])}
        return {float(plain.replace(",", "."))}

    def _said(self, words: str) -> set[float]:
        total = current = 0.0
        known = False
        for word in re.split(r"[ ]|-(?!dix|huit|sept|neuf|vingt)", words):
            if word in self._words:
                current, known = current + self._words[word], True
            elif word in self._big:
                current, known = max(current, 1.0) * self._big[word], True
                if self._big[word] >= 1e3:
                    total, current = total + current, 0.0
        return {total + current} if known else set()


_reader = cache(_Reader)  # by language


def _quantity(
    match: re.Match[str], values: set[float], measure: Measure, group: str | int = 0, **more: Any
) -> Quantity:
    return Quantity(frozenset(values), measure, match[group].strip(), *match.span(group), **more)


def _either(words: Iterable[str]) -> str:
    """Alternatives, the longest first; what matches nothing where there are none."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)"
