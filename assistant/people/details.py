"""Details of people that have a shape: numbers, addresses, dates of birth, accounts; by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from assistant.people.types import Personal, PersonalDetail
from corpus.quick_yaml import read_yaml

FILE = Path(__file__).with_name("details.yaml")
# One character for one, so that places stay: digits and signs of other scripts, spaces and hyphens that do not break.
PLAIN = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９＠．－＋（）：／\u00a0\u202f\u2009\u3000\u2011\u2010\u2013",
    "0123456789" * 3 + "@.-+():/" + " " * 4 + "-" * 3,
)
HAN = "\u4e00-\u9fff"
_LETTER_BEFORE = rf"(?<![^\W{HAN}])"  # Chinese has no spaces: a Latin word may begin within
_LETTER_AFTER = rf"(?![^\W{HAN}])"
LATEST_BIRTH = 2012  # of a date that nothing calls one of birth
PHONE_DIGITS = range(7, 16)  # E.164 has 15 at most; a hotline of six digits or fewer is nobody's own
# A line that costs the caller nothing is an institution's.
_FREE = re.compile(
    r"(?:\+?1[ .-]?)?\(?8(?:00|33|44|55|66|77|88)\)?[ .-]|0[ .-]?80[0-9]|(?:\+7|8)[ -]?\(?800"
    r"|\+800|\+\d{1,3}[ -]?800\b|900[ -]"
)
_MONTH = r"[^\W\d_]{3,12}\.?"
_DAY = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}}"
    rf"|\d{{4}} ?年 ?\d{{1,2}} ?月(?: ?\d{{1,2}} ?[日号])?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|º|°|-?го)?\.? (?:de |of |день )?{_MONTH},? (?:del? )?\d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_CODE = (
    r"(?:[A-ZА-ЯЁ]{1,6}[ /.-]?|[a-zа-яё]{1,3})?\d[\dA-Za-zА-Я]*"
    r"(?:[ /.-]{1,2}[A-Z]{0,4}\d[\dA-Za-zА-Я]*|[/-][A-Z]{1,4}\b)*"
)
_RUN = r"\(?\d[\d ()./-]{4,}\d"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁ][\w'’.-]*"
_SMALL = r"(?:(?:de|du|des|la|le|les|los|las|el|del|of|the|et|y)\b ?|[ld]['’])*"  # within the name of a street


@cache
def _cues() -> dict[str, str]:
    """By name, an alternation of the phrases, the longest first."""
    tables = read_yaml(FILE.read_text(encoding="utf-8"))
    phrases = {name: re.split(r"[,\n]\s*", text.strip()) for name, text in tables.items()}
    longest_first = {name: sorted(set(found), key=len, reverse=True) for name, found in phrases.items()}
    return {name: f"(?i:{'|'.join(map(_whole, found))})" for name, found in longest_first.items()}


def _whole(phrase: str) -> str:
    """A phrase with the borders that its script has."""
    if re.match(f"[{HAN}]", phrase):
        return re.escape(phrase)
    after = r"(?!\w)" if phrase[-1].isalpha() else ""
    # Arabic writes "and", "with", "for" in one with the word
    joined = "[وفبلك]{0,2}" if "\u0600" <= phrase[0] <= "\u06ff" else ""
    return rf"{_LETTER_BEFORE}{joined}{re.escape(phrase)}{after}"


@cache
def _patterns() -> tuple[tuple[Personal, re.Pattern[str], Callable[[str], bool]], ...]:
    """Kind, pattern, whose group "it" is the detail where there is one, and what else must hold of that."""
    cue = _cues()
    between = rf"[^\w\n(+@]{{0,4}}(?:{cue['number words']}[^\w\n(+@]{{0,4}}){{0,3}}"
    flat = rf"{cue['flat']}[ .:°º]*[\w/-]{{1,6}}"
    city = rf"{_CAPITAL}(?: {_CAPITAL}){{0,2}}"
    rest = rf"(?:,? (?:{flat}|\d{{4,6}} {city})|, {city})*"
    before = rf"(?:{flat},? )?\d{{1,5}}(?: ?(?:bis|ter|[A-Za-z])\b)?,? "
    found = (
        (Personal.EMAIL, r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", _any),
        (Personal.OTHER, r"(?<![\w.@])@[A-Za-z_][\w.]+\w", _any),
        (Personal.OTHER, r"(?:facebook|instagram|tiktok|vk|t|wa|x|twitter|linkedin)\.(?:com|me)/[\w./@-]+", _any),
        (Personal.OTHER, rf"{_LETTER_BEFORE}[a-z]+\d*_[A-Za-z\d_]+", _any),
        (Personal.OTHER, rf"{cue['account before']}[^A-Za-z\n]{{0,14}}(?P<it>[A-Za-z][\w.-]*\d[\w.-]*)", _any),
        (
            Personal.PAPER,
            rf"{_LETTER_BEFORE}[A-Z]{{2}}\d{{2}}(?: ?[A-Z\d]{{4}}){{2,7}}(?: ?[A-Z\d]{{1,4}})?{_LETTER_AFTER}",
            _any,
        ),
        (Personal.BIRTHDATE, rf"{cue['birth before']}[^\d\n]{{0,24}}?(?P<it>{_DAY})", _any),
        (Personal.BIRTHDATE, rf"(?P<it>{_DAY})[ ,(]*(?:года? ?)?{cue['birth after']}", _any),
        (Personal.BIRTHDATE, rf"(?<![\d/.-]){_DAY}(?![\d/-])", _long_ago),
        (
            Personal.OTHER,
            rf"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
            rf"[A-Z][ ·•.]?[A-Z\d]{{5,6}}{_LETTER_AFTER}",
            _any,
        ),
        (
            Personal.OTHER,
            r"(?<!\w)[АВЕКМНОРСТУХавекмнорстух] ?\d{3} ?[АВЕКМНОРСТУХавекмнорстух]{2} ?\d{2,3}(?!\w)",
            _any,
        ),
        (
            Personal.OTHER,
            rf"{cue['plate before']}{between}"
            r"(?P<it>(?:[A-Z\d]{1,4}[ -]?){1,3}\d[A-Z\d]*"
            rf"|(?:[^\W\d_] ?){{1,4}}\d{{2,6}}|\d{{2,6}}(?: ?[^\W\d_]){{1,4}}){_LETTER_AFTER}",
            _many_digits(3),
        ),
        (Personal.PAPER, rf"{cue['paper before']}{between}(?P<it>{_CODE})", _is_code),
        (Personal.PAPER, rf"{_LETTER_BEFORE}[A-Z]{{1,3}} ?\d{{6,9}}[A-Z]?{_LETTER_AFTER}", _any),
        (Personal.PAPER, r"(?<![\d+.,-])\d{3}-\d{2}-\d{4}(?![\d-])", _any),
        (Personal.PHONE, r"(?<![\w.])(?:\+|00)[1-9][\d ()./-]{6,}\d", _is_phone),
        (Personal.PHONE, rf"{cue['phone before']}{between}(?P<it>{_RUN})", _is_phone),
        (Personal.PHONE, r"(?<![\d.,/-])\(?0\d{1,4}\)?(?:[ ./-]?\d{2,4}){2,5}(?!\d|[,-]\d)", _is_phone),
        (Personal.PHONE, r"(?<![\d.,/-])8[ -]?\(?9\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d(?!\d)", _is_phone),
        (Personal.PHONE, r"(?<![\d.,/-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", _is_phone),
        (Personal.PHONE, r"(?<![\d.,/-])(?:\(\d{2,4}\) ?|\d{2,4}[ -])\d{3,4}[ -]\d{4}(?![\d-])", _is_phone),
        (Personal.PHONE, r"(?<![\d.,/-])[679]\d\d(?:[ -]\d{3}){2}(?![\d ,-]*\d|[ ]?%)", _is_phone),
        (Personal.PAPER, r"(?<![\d.,+-])\d{8,18}[Xx]?(?![\d%])", _any),
        (Personal.ADDRESS, rf"{before}(?:{_CAPITAL} ){{1,4}}{cue['street after']}{rest}", _any),
        (
            Personal.ADDRESS,
            rf"{before}{cue['street before']} {_SMALL}[\w'’-]+(?: {_SMALL}{_CAPITAL}){{0,4}}{rest}",
            _any,
        ),
        (
            Personal.ADDRESS,
            rf"{cue['street before a number']} (?:[\w'’-]+,? |\w{{1,4}}\. ){{1,5}}?"
            rf"(?:n[°º.o]*\.? ?|\# ?)?\d{{1,5}}(?:[ -]?[A-Za-z]\b|-\d+)?(?![\w,.]*\d){rest}",
            _any,
        ),
        (
            Personal.ADDRESS,
            rf"(?:г\. ?[\w-]+, )?(?=[\u0400-\u04ff]){cue['street before']} [\w.-]+(?: [\w.-]+){{0,2}},? "
            rf"(?:{flat}|\d+[\w/-]*)(?:,? {flat})*(?:, (?:г\. ?)?{_CAPITAL})?",
            _any_digit,
        ),
        (
            Personal.ADDRESS,
            rf"(?:\d+ )?(?=[\u0600-\u06ff]){cue['street before']} [\u0620-\u064a]+(?: [\u0620-\u064a]+){{0,3}}?"
            rf"(?:[،,]? (?:{flat}|\d+))*(?:، [\u0620-\u064a]+){{0,2}}(?=[\s.،؟?]|$)",
            _any_digit,
        ),
        (
            Personal.ADDRESS,
            rf"(?:(?<=[在到去往于是址从至家：: ])|(?<![{HAN}]))(?:(?![在到去往于是址从至家])[{HAN}]){{1,20}}?"
            r"(?:路|街|道|巷|弄|胡同|里|村|区|园|苑|寨|镇|屯|厦)第? ?\d+[号弄栋幢组座](?:[楼院])?"
            r"(?:[\dA-Za-z一二三四五六七八九十-]+(?:号楼|号|栋|幢|单元|楼|室|层|房|座))*",
            _any,
        ),
    )
    return tuple((kind, re.compile(pattern), check) for kind, pattern, check in found)


def shaped(text: str) -> Iterator[PersonalDetail]:
    """The details, which may overlap, by kind."""
    plain = text.translate(PLAIN)
    for kind, pattern, holds in _patterns():
        for match in pattern.finditer(plain):
            group = "it" if "it" in pattern.groupindex else 0
            if holds(match.group(group)):
                yield PersonalDetail(*match.span(group), kind)


def cue_beside(name: str, text: str, start: int, end: int) -> bool:
    """Whether one of these phrases stands right before a place of the text, or right behind it."""
    cue = _cues()[name]
    before = re.search(rf"{cue}[ «“\"]*$", text[:start][-30:])
    return bool(before or re.match(rf"[ »”\"]*{cue}", text[end : end + 30]))


def _any(found: str) -> bool:
    return True


def _any_digit(found: str) -> bool:
    return any(map(str.isdigit, found))


def _many_digits(least: int) -> Callable[[str], bool]:
    return lambda found: sum(map(str.isdigit, found)) >= least


def _is_code(found: str) -> bool:
    """Whether it may stand for a file: five characters or more, and no year, date, or number with thousands apart."""
    digits = re.sub(r"\D", "", found)
    shown = found.strip()
    if len(digits) < 3 or len(re.sub(r"\W", "", shown)) < 5 - ("/" in shown):
        return False
    return not re.fullmatch(
        rf"(?:[^\W\d]+ )?(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?|\d{{1,3}}(?:[ ,.]000)+|{_DAY}|\d+[.,]\d{{1,2}}", shown
    )


def _is_phone(found: str) -> bool:
    """Whether it has as many digits as a telephone number, and is neither a date nor a line that is free to call."""
    digits = re.sub(r"\D", "", found)
    dates = re.search(rf"(?<!\d){_DAY}(?!\d)|^(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d$|^\d{{1,3}}(?: 000)+$", found)
    return len(digits) in PHONE_DIGITS and not dates and not _FREE.match(found.strip())


def _long_ago(found: str) -> bool:
    years = re.findall(r"(?<!\d)(?:19[2-9]\d|20[01]\d)(?!\d)", found)
    return bool(years) and re.search(r"[./-]", found) is not None and int(years[0]) <= LATEST_BIRTH
