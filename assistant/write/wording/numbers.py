"""Figures in a text: numbers in digits and words, shares, years, months, days, how often, how long.

"62 per cent", "62%" and "62 of 100" are one share; "half" is 50 %; "1,150", "1 150" and "1.150" one number.
Number words are known in English, French and Spanish; digits in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Unit(StrEnum):
    """What a figure counts. Figures of different units are never the same."""

    COUNT = "count"
    SHARE = "share"  # per cent
    YEAR = "year"
    MONTH = "month"  # of a date, 1..12
    DAY = "day"  # of a date, 1..31
    TIMES = "times"  # twice is 2
    RANK = "rank"  # the second is 2


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure where it stands."""

    values: frozenset[float]  # two where a separator can be read in two ways
    unit: Unit
    text: str
    start: int
    end: int
    word: bool = False  # a small number in words, which may count what is listed
    span: str = ""  # "hour", "day", "week", "month", "year" where it says how long
    money: str = ""  # "$", "€", "£" where it is money

    @property
    def hours(self) -> frozenset[float]:
        """How long, in hours; a month is 30.4 days. Empty where it is no length of time."""
        return frozenset(value * HOURS[self.span] for value in self.values) if self.span else frozenset()


HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.0, "year": 8760.0}
_SMALL = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_BIG = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "cent": 100.0, "mille": 1e3, "mil": 1e3}
_PARTS = {
    "half": 50.0, "halves": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "sixth": 100 / 6, "eighth": 12.5,
    "tenth": 10.0, "moitié": 50.0, "tiers": 100 / 3, "quart": 25.0, "mitad": 50.0, "tercio": 100 / 3, "cuarta": 25.0,
}  # fmt: skip
_RANKS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_FOLD = {"twice": 2.0, "thrice": 3.0, "double": 2.0, "doubled": 2.0, "triple": 3.0, "tripled": 3.0,
         "twofold": 2.0, "threefold": 3.0, "fourfold": 4.0, "tenfold": 10.0, "quadrupled": 4.0,
         "halved": 0.5}  # fmt: skip
_SPAN = (
    r"(?:(?P<span>minute|hour|day|week|month|year|heure|jour|semaine|mois|an|année|hora|día|semana|mes|año)(?:e?s)?)\b"
)
_SPANS = {"heure": "hour", "jour": "day", "semaine": "week", "mois": "month", "moi": "month", "an": "year",
          "année": "year", "hora": "hour", "día": "day", "semana": "week", "mes": "month", "año": "year"}  # fmt: skip
_DIGITS = r"\d{1,3}(?:[,.  \u202f'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_DATED = {"month1": "dayfirst", "month2": "daylast", "month3": "", "month4": ""}  # groups: month -> its day
_MONEY = {"dollar": "$", "euro": "€", "pound": "£"}
_CENT = r"\s?(?:%|per ?cent\b|percent\b|pour cent\b|por ciento\b)"


def _word_numbers(language: str) -> dict[str, float]:
    small = {word: float(value) for value, word in enumerate(_SMALL.get(language, "").split())}
    tens = {word: 10.0 * value for value, word in enumerate(_TENS.get(language, "").split(), start=2)}
    return {**small, **tens, **({"dozen": 12.0} if language == "en" else {})}


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], dict[str, float], dict[str, int]]:
    known = _word_numbers(language)
    months = {
        name: number
        for lang in ("en", "fr", "es")
        for number, name in enumerate(_MONTHS[lang].split(), start=1)
        if lang == language or language not in _MONTHS
    }
    word = "|".join(sorted(map(re.escape, known), key=len, reverse=True)) or r"(?!)"
    big = "|".join(_BIG) if known else r"(?!)"
    said = rf"(?:(?:{word})(?:[ -](?:{word}))?(?:[ -](?:{big}))*(?: and (?:{word})(?:[ -](?:{word}))?)?)"
    amount = rf"(?:{_DIGITS}|{said})"
    month = "|".join(months)
    pattern = re.compile(
        rf"(?P<iso>\b(?:19|20)\d\d-\d\d-\d\d\b)"
        rf"|(?P<dayfirst>\b\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?:de\s+)?(?P<month1>{month})\b"
        rf"|\b(?P<month2>{month})\s+(?P<daylast>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)"
        rf"|(?<!\w)(?P<month3>{month})(?=\s+(?:de\s+|of\s+)?(?:19|20)\d\d\b)"
        rf"|\b(?:in|since|until|by|from|en|before|after|desde)\s+(?P<month4>{month})\b"
        rf"|\b(?P<of>{amount})(?:\s+(?!and\b|to\b|or\b|(?:{word}|{'|'.join(_PARTS)})s?\b)[a-z]+)?"
        rf"\s+(?:of|out of|in|in every|sur|de cada)\s+"
        rf"(?:the\s+|its\s+|their\s+|all\s+|every\s+)?"
        rf"(?P<all>{amount})(?!\w)(?!{_CENT})"
        rf"|\b(?P<share>{amount}){_CENT}"
        rf"|\b(?<!and )(?<!and a )(?:(?P<parts>{amount}|a|an|la|une?|el|un)[ -])?(?P<part>{'|'.join(_PARTS)})s?\b"
        rf"(?! (?:place|time|step|stage|session|paper|meeting|version|party|countr|year running|State|one\b))"
        rf"|\b(?P<times>{amount}) times\b|\b(?P<fold>{'|'.join(_FOLD)})\b"
        rf"|(?P<year>(?<![\d.,])\b(?:1[89]|20)\d\d\b(?![.,]?\d))"
        rf"|\b(?P<ordinal>\d+)(?:st|nd|rd|th)\b|\b(?P<rank>{'|'.join(_RANKS)})\b"
        rf"|(?:(?P<sign>[$€£])\s?)?(?P<digits>(?<![\w.,])(?:{_DIGITS}))(?P<many> (?:million|billion|thousand|hundred))?"
        rf"(?!\w*[A-Za-z]\w)"
        rf"|\b(?P<said>{said})\b",
        re.I,
    )
    return pattern, known, months


@lru_cache(maxsize=512)
def figures(text: str, language: str = "en") -> tuple[Figure, ...]:
    """Every figure of a text, in order. A date gives its day, month and year one by one."""
    pattern, known, months = _patterns(language if language in _SMALL else "")
    return tuple(
        figure for match in pattern.finditer(text) for figure in _figures(match, text, known, months) if figure.values
    )


def _figures(match: re.Match[str], text: str, known: dict[str, float], months: dict[str, int]) -> Iterator[Figure]:
    found = match.groupdict()

    def figure(group: str, values: frozenset[float], unit: Unit, **more: object) -> Figure:
        return Figure(values, unit, match[group].strip(), match.start(group), match.end(group), **more)  # type: ignore[arg-type]

    if found["iso"]:
        year, month, day = (float(part) for part in found["iso"].split("-"))
        for value, unit in ((day, Unit.DAY), (month, Unit.MONTH), (year, Unit.YEAR)):
            yield figure("iso", frozenset({value}), unit)
        return
    if any(found[name] for name in _DATED):
        yield from _month(match, months)
    elif found["of"]:
        yield from _share_of(match, text, known)
    elif found["share"]:
        yield Figure(_values(found["share"], known), Unit.SHARE, match.group().strip(), match.start(), match.end())
    elif found["part"]:
        yield from _part(match, text, known)
    elif found["times"]:
        per = re.match(r"\s+(?:an?|per|each|every)\s+(?:year|month|week|day)", text[match.end() :])
        unit = Unit.COUNT if per else Unit.TIMES
        yield Figure(_values(found["times"], known), unit, match.group(), match.start(), match.end())
    elif found["fold"]:
        yield figure("fold", frozenset({_FOLD[found["fold"].casefold()]}), Unit.TIMES)
    elif found["year"]:
        yield figure("year", frozenset({float(found["year"])}), Unit.YEAR)
    elif found["ordinal"]:
        yield figure("ordinal", frozenset({float(found["ordinal"])}), Unit.RANK)
    elif found["rank"]:
        rank = float(_RANKS.index(found["rank"].casefold()) + 2)
        yield figure("rank", frozenset({rank}), Unit.RANK, word=True)
    else:
        yield _count(match, text, known)


def _month(match: re.Match[str], months: dict[str, int]) -> Iterator[Figure]:
    """The day, where there is one, and the month of a date; nothing for the modal "may"."""
    name, day = next((name, day) for name, day in _DATED.items() if match[name])
    if match[name].casefold() == "may" and not match[name][0].isupper():
        return
    if day:
        yield Figure(frozenset({float(match[day])}), Unit.DAY, match[day], match.start(day), match.end(day))
    value = frozenset({float(months[match[name].casefold()])})
    yield Figure(value, Unit.MONTH, match[name], match.start(name), match.end(name))


def _count(match: re.Match[str], text: str, known: dict[str, float]) -> Figure:
    group = "digits" if match["digits"] else "said"
    values = _values(match[group], known)
    factor = _BIG[match["many"].strip().casefold()] if match["many"] else 1.0
    after = text[match.end() :]
    span = re.match(rf"[ -](?:\w+ing )?{_SPAN}", after, re.I)
    money = re.match(r" (dollar|euro|pound)", after)
    return Figure(
        frozenset(value * factor for value in values),
        Unit.COUNT,
        match.group().strip(),
        match.start(),
        match.end(),
        word=group == "said" and max(values, default=0.0) <= 10,
        span=_SPANS.get(span["span"].casefold(), span["span"].casefold()) if span else "",
        money=match["sign"] or (_MONEY[money[1]] if money else ""),
    )


def _share_of(match: re.Match[str], text: str, known: dict[str, float]) -> Iterator[Figure]:
    """ "60 of the 120": two counts, and the share they make."""
    few, many = _values(match["of"], known), _values(match["all"], known)
    year = bool(re.fullmatch(r"(?:1[89]|20)\d\d", match["all"]))
    for group in ("of", "all"):
        values = few if group == "of" else many
        unit = Unit.YEAR if group == "all" and year else Unit.COUNT
        word = not match[group][0].isdigit() and max(values, default=0.0) <= 10
        span = re.match(rf" {_SPAN}", text[match.end() :], re.I) if group == "all" else None
        name = _SPANS.get(span["span"].casefold(), span["span"].casefold()) if span else ""
        yield Figure(values, unit, match[group], match.start(group), match.end(group), word, name)
    shares = frozenset(100 * a / b for a in few for b in many if b and a <= b)
    if shares and not year:
        yield Figure(shares, Unit.SHARE, match.group(), match.start(), match.end(), word=True)


def _part(match: re.Match[str], text: str, known: dict[str, float]) -> Iterator[Figure]:
    """ "two thirds": a share; "half a year": six months; "the third": no share."""
    before = match["parts"] or ""
    value = _PARTS[match["part"].casefold()]
    times = (
        1.0 if before.casefold() in ("", "a", "an", "la", "un", "une", "el") else max(_values(before, known), default=1)
    )
    span = re.match(rf"(?: of)?(?: an?)? {_SPAN}", text[match.end() :], re.I) if value == 50.0 else None
    if span and span["span"].casefold() in ("year", "an", "año"):
        yield Figure(
            frozenset({6.0}), Unit.COUNT, f"{match.group()}{span.group()}", match.start(), match.end(), span="month"
        )
        return
    if value != 50.0 and not before and match["part"].casefold() in _RANKS:
        rank = float(_RANKS.index(match["part"].casefold()) + 2)
        yield Figure(frozenset({rank}), Unit.RANK, match.group(), match.start(), match.end(), word=True)
        return
    yield Figure(
        frozenset({min(value * times, 100.0)}), Unit.SHARE, match.group(), match.start(), match.end(), word=True
    )


def _values(amount: str, known: dict[str, float]) -> frozenset[float]:
    """What an amount can be: digits with separators that may be read in two ways, or words."""
    if not amount[0].isdigit():
        return _said(amount.casefold(), known)
    plain = re.sub(r"[  \u202f'’]", "", amount)
    found = set()
    if re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+", plain):
        found.add(float(re.sub(r"[,.]", "", plain)))
        if plain.count(".") == 1 and "," not in plain:
            found.add(float(plain))
    elif mixed := re.fullmatch(r"(\d{1,3}(?:[,.]\d{3})+)[.,](\d{1,2})", plain):
        found.add(float(re.sub(r"[,.]", "", mixed[1]) + "." + mixed[2]))
    else:
        found.add(float(plain.replace(",", ".")))
    return frozenset(found)


def _said(words: str, known: dict[str, float]) -> frozenset[float]:
    total = current = 0.0
    for word in re.split(r"[ ]|-(?!dix|huit|sept|neuf|vingt)", words):
        if word in known:
            current += known[word]
        elif word in _BIG:
            current = max(current, 1.0) * _BIG[word]
            if _BIG[word] >= 1e3:
                total, current = total + current, 0.0
    return frozenset({total + current}) if words else frozenset()
