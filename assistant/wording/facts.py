"""Whether the figures, dates and names of a sentence stand anywhere in what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.texts.catalogue import _
from assistant.wording.concern import Concern, ConcernKind
from assistant.wording.lexicon import pattern
from assistant.wording.quantities import DATES, Measure, Quantity, quantities
from assistant.wording.tokens import Text

ROUNDED = 1.6  # percentage points between a share and the same said in words: "a third" and 33 %
ROUNDED_ABOUT = 2.5  # the same where the sentence says "about"
SPAN_SLACK = 0.04  # of a length of time: 30 days and one month
_RANGE = re.compile(r"\b(?:between|from) (?:1[89]|20)\d\d (?:and|to) (?:1[89]|20)\d\d\b", re.I)
_NAME = re.compile(
    r"(?<![.?!:»]\s)(?<!^)(?<![“\"«(])(?<!«\s)\b[A-ZÀ-Þ][\w’'-]*[a-zß-ÿ][\w’'-]*|\b[A-Z][A-Z0-9]+(?:-[A-Z]+)*s?\b"
)
JOINING = "of|for|on|in|and|the|to|against|de|des|la|les|pour|del|y"
_CAPITALS = re.compile(rf"\b[A-Z][\w’'-]*(?:(?:[ -](?:{JOINING}))*[ -][A-Z][\w’'-]*)+")
_NO_NAMES = frozenset({"I", "II", "III", "IV", "V", "VI", "State", "States", "Government", "Internet"})  # or of anybody


def figure_concerns(sentence: Text, quotes: Text, cited: Text, context: str = "") -> Iterator[Concern]:
    """Figures that neither the cited passages give nor `context`, titles and headings; or that they bound otherwise.

    `quotes` are the part of `cited` that a reader sees.
    """
    source = f"{cited.text}\n{context}"
    given, said = quantities(source, cited.language), quantities(sentence.text, sentence.language)
    shown = quantities(f"{quotes.text}\n{context}", quotes.language)
    for figure in said:
        if is_ratio(figure, said) or _is_one(figure):
            continue
        matching = [other for other in given if same(figure, other, sentence)]
        if matching:
            yield from _bounds(figure, sentence, matching, source)
            yield from _half_of_range(figure, said, quotes)
            if not figure.word and not any(same(figure, other, sentence) for other in shown):
                words = _("says {figure}, which stands elsewhere in the source than the quote")
                yield Concern(_kind(figure), words.format(figure=figure.text))
        elif figure.word and figure.measure is Measure.RANK:
            continue  # "a second time"
        elif not _derived(figure, given, sentence, source):
            yield _absent(figure, sentence, quotes)


def _absent(figure: Quantity, sentence: Text, quotes: Text) -> Concern:
    small = figure.word and not figure.span
    alike = [other for other in quantities(quotes.text, quotes.language) if other.measure is figure.measure]
    noun = _noun_after(sentence, figure)
    same_noun = [other for other in alike if noun and _noun_after(quotes, other) == noun]
    if len(same_noun or alike) == 1:
        words = _says_figure(figure.text, (same_noun or alike)[0].text)
    else:
        words = _("says {figure}; the source does not give this figure").format(figure=figure.text)
    return Concern(_kind(figure), words, nowhere=not small)


def _says_figure(figure: str, other: str) -> str:
    return _("says {figure}, the source says {other}").format(figure=figure, other=other)


def _kind(figure: Quantity) -> ConcernKind:
    return ConcernKind.DATE if figure.measure in DATES else ConcernKind.NUMBER


def is_ratio(figure: Quantity, said: Sequence[Quantity]) -> bool:
    """Whether a share is only the ratio of two numbers that are looked at themselves: "60 of the 120"."""
    return figure.measure is Measure.SHARE and any(
        other is not figure and figure.start <= other.start and other.end <= figure.end for other in said
    )


def _is_one(figure: Quantity) -> bool:
    """ "One" in words, which is often no number: "one sign is ..."."""
    return figure.word and figure.measure is Measure.COUNT and figure.values == {1.0} and not figure.span


def same(figure: Quantity, other: Quantity, sentence: Text) -> bool:
    if figure.measure is Measure.SHARE and other.measure is Measure.SHARE:
        slack = _slack(figure, sentence)
        if not (figure.word or other.word or slack > ROUNDED):
            slack = 0.01
        return any(abs(a - b) <= slack for a in figure.values for b in other.values)
    if figure.measure is not other.measure and {figure.measure, other.measure} != {Measure.COUNT, Measure.RANK}:
        return False
    if figure.money and other.money and figure.money != other.money:
        return False
    if figure.span and other.span and figure.span != other.span:
        return any(abs(a - b) <= SPAN_SLACK * max(a, b) for a in figure.hours for b in other.hours)
    if other.span and not figure.span and figure.word and _noun_after(sentence, figure):
        return False  # "three donors" are not "three years"
    return bool(figure.values & other.values)


def _derived(figure: Quantity, given: Sequence[Quantity], sentence: Text, source: str) -> bool:
    """Whether a figure follows from the source's: half of 120 is 60; of 300, 48 are 16 %; twelve months are a year."""
    counts = [value for other in given if other.measure is Measure.COUNT for value in other.values]
    shares = [value for other in given if other.measure is Measure.SHARE for value in other.values]
    if figure.measure is Measure.COUNT and not figure.span:
        return any(
            abs(share / 100 * whole - wanted) <= 0.01 * wanted
            for share in shares
            for whole in counts
            for wanted in figure.values
        )
    if figure.measure is Measure.COUNT:
        one = {"month": (12.0, "year"), "week": (52.0, "year"), "day": (365.0, "year"), "hour": (24.0, "day")}
        times, span = one.get(figure.span, (1.0, figure.span))
        span = span if times in figure.values else figure.span if 1.0 in figure.values else ""
        return bool(span and re.search(rf"\b(?:an?|per|each|every|first) {span}\b|\b{span}ly\b|annual", source, re.I))
    if figure.measure is Measure.SHARE:
        slack = _slack(figure, sentence)
        wholes = [o for o in given if re.search(r"\bof (?:the |all )?$", source[: o.start], re.I)]
        ratios = [100 * part / whole for o in wholes for whole in o.values for part in counts if 0 < part < whole]
        return any(abs(ratio - wanted) <= slack for ratio in ratios for wanted in figure.values)
    return figure.measure is Measure.TIMES and 0.5 in figure.values and 50.0 in shares


def _noun_after(text: Text, figure: Quantity) -> str:
    """The stem of the word that a figure counts; "" where a function word or nothing follows."""
    after = next((token for token in text.tokens if token.start >= figure.end), None)
    return after.stem if after is not None else ""


def _bounds(figure: Quantity, sentence: Text, matching: Sequence[Quantity], source: str) -> Iterator[Concern]:
    """ "At least 30" for "at most 30"."""
    mine = _bound(sentence.text, figure, sentence.language)
    theirs = {_bound(source, other, sentence.language) for other in matching}
    if mine and theirs.isdisjoint({mine, ""}):
        words = _says_figure(f"{mine} {figure.text}", f"{theirs.pop()} {figure.text}")
        yield Concern(ConcernKind.COMPARISON, words)


def _half_of_range(figure: Quantity, said: Sequence[Quantity], quotes: Text) -> Iterator[Concern]:
    """One year of two between which the source counts: "in 2014" for "between 2003 and 2014"."""
    if figure.measure is not Measure.YEAR or sum(other.measure is Measure.YEAR for other in said) > 1:
        return
    here = [q.start for q in quantities(quotes.text, quotes.language) if same(figure, q, quotes)]
    ranges = [r for r in _RANGE.finditer(quotes.text) if any(r.start() < start < r.end() for start in here)]
    if ranges and len(ranges) == len(here):
        yield Concern(ConcernKind.DATE, _says_figure(figure.text, ranges[0][0]))


def _bound(text: str, figure: Quantity, language: str) -> str:
    """ "at least", "at most", or "" by the words right before a figure, or in the few after it."""
    after = " ".join(re.split(r"[,;.]", text[figure.end :], maxsplit=1)[0].split()[:5])
    for name in ("at least", "at most"):
        words = pattern("bounds", language, name, "after")
        if _stands_before(name, text, figure, language) or (words and words.search(after)):
            return name
    return ""


def _slack(figure: Quantity, sentence: Text) -> float:
    return ROUNDED_ABOUT if _stands_before("about", sentence.text, figure, sentence.language) else ROUNDED


def _stands_before(name: str, text: str, figure: Quantity, language: str) -> bool:
    words, before = pattern("bounds", language, name, "before"), text[max(0, figure.start - 32) : figure.start].rstrip()
    return bool(words) and any(found.end() == len(before) for found in words.finditer(before))


def name_concerns(sentence: Text, cited: Text, context: str) -> Iterator[Concern]:
    """The first name that neither the cited passages have nor `context`: titles, headings, agencies."""
    months = {q.text.casefold() for q in quantities(sentence.text, sentence.language) if q.measure is Measure.MONTH}
    for name in (name for run in _NAME.findall(sentence.text) for name in names_in(run)):
        if name.casefold() not in months and not named(name, f"{cited.text}\n{context}", sentence):
            words = _("names {name}; the source does not").format(name=name)
            yield Concern(ConcernKind.NAME, words, nowhere=True)
            return


def has_name(text: str) -> bool:
    """Whether a text names somebody or something, elsewhere than as its first word."""
    return any(names_in(run) for run in _NAME.findall(text))


def names_in(run: str) -> list[str]:
    """The names among words in a row, without what makes them possessive."""
    words = re.split(r"[ -]", re.sub(r"['’]s?\b", "", run))
    return [word for word in words if word[:1].isupper() and word not in _NO_NAMES]


def named(name: str, text: str, sentence: Text) -> bool:
    """Whether a text has a name, or a form of it: an ending less, or the words that an abbreviation stands for."""
    start = name.casefold()[: max(4, len(name) - 2)]
    if re.search(rf"\b{re.escape(start)}", text, re.I):
        return True
    if name.rstrip("s").isupper():
        return any(_short_for(name.rstrip("s"), run) for run in _CAPITALS.findall(text))
    short = re.findall(r"\b[A-Z]{2,}\b", text)
    return any(name in run and any(_short_for(each, run) for each in short) for run in _CAPITALS.findall(sentence.text))


def _short_for(short: str, run: str) -> bool:
    """Whether an abbreviation takes its letters, in order, from the first letters of capitalised words in a row.

    Words such as "against" may give a letter or none; the first letter is that of a capitalised word.
    """
    words = [word for word in re.split(r"[ -]", run) if word]
    for start, word in enumerate(words):
        letters = iter(each[0].upper() for each in words[start:])
        if word[0] == short[0] and all(letter in letters for letter in short):
            return True
    return False
