"""Details of people that have a shape: numbers, addresses, dates of birth, accounts; by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from assistant.people.addresses import patterns as addresses
from assistant.people.cues import HAN, LETTER_AFTER, LETTER_BEFORE, cues
from assistant.people.types import Personal, PersonalDetail

# One character for one, so that places stay: digits and signs of other scripts, spaces and hyphens that do not break.
PLAIN = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９＠．－＋（）：／\u00a0\u202f\u2009\u3000\u2011\u2010\u2013",
    "0123456789" * 3 + "@.-+():/" + " " * 4 + "-" * 3,
)
LATEST_BIRTH = 2012  # of a date that nothing calls one of birth
_YEAR = re.compile(r"(?<!\d)(?:19[2-9]\d|20[01]\d)(?!\d)")
PHONE_DIGITS = range(7, 16)  # E.164 has 15 at most; a hotline of six digits or fewer is nobody's own
# A line that costs the caller nothing is an institution's.
_FREE = re.compile(
    r"(?:\+?1[ .-]?)?\(?8(?:00|33|44|55|66|77|88)\)?[ .-]|0[ .-]?80(?:0(?!\d)|[1-9](?:[ .-]?\d){6}$)"
    r"|(?:\+7|8)[ -]?\(?800|\+800|\+\d{1,3}[ -]?800\b|900[ -]|0800\d"
)
_MONTH = r"[^\W\d_]{3,12}\.?"
_HAN_NUMBER = "[一二三四五六七八九十廿卅]{1,3}"
_DAY = (
    rf"(?:\d{{1,2}} ?[./-] ?\d{{1,2}} ?[./-] ?\d{{2,4}}|\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}}"
    rf"|\d{{2,4}} ?年 ?\d{{1,2}} ?月(?: ?(?:初?{_HAN_NUMBER}|\d{{1,2}}) ?[日号]?)?"
    rf"|[一二][〇零Ｏ一二三四五六七八九]{{3}}年(?:(?:[正冬腊]|{_HAN_NUMBER})月(?:初?{_HAN_NUMBER}[日号]?)?)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|º|°|-?го)?\.?[ -]?(?:de |of |день )?{_MONTH},?[ -](?:del? )?\d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_CODE = (
    r"(?:[A-ZА-ЯЁ]{1,6}[ /.-]?|[a-zа-яё]{1,3})?\d[\dA-Za-zА-Я]*"
    r"(?:(?:[ /.-]{1,2}| № )[A-Z]{0,4}\d[\dA-Za-zА-Я]*|[/-][A-ZА-Я]{1,4}\b)*"
)
_RUN = r"\(?\d[\d ()./-]{4,}\d"


@cache
def _patterns() -> tuple[tuple[Personal, re.Pattern[str], Callable[[str], bool]], ...]:
    """Kind, pattern, whose group "it" is the detail where there is one, and what else must hold of that."""
    cue = cues()
    between = rf"[^\w\n(+@]{{0,4}}(?:{cue['number words']}[^\w\n(+@]{{0,4}}){{0,3}}"
    found = (
        (Personal.EMAIL, r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", _any),
        (Personal.OTHER, r"(?<![\w.@])@[A-Za-z_][\w.]+\w", _any),
        (Personal.OTHER, r"(?:facebook|instagram|tiktok|vk|t|wa|x|twitter|linkedin)\.(?:com|me)/[\w./@-]+", _any),
        (Personal.OTHER, rf"{LETTER_BEFORE}[a-z]+\d*_[A-Za-z\d_]+", _any),
        (Personal.OTHER, rf"{cue['account before']}[^A-Za-z\n]{{0,14}}(?P<it>[A-Za-z][\w.-]*[\d_][\w.-]*)", _any),
        (Personal.OTHER, rf"{cue['account before']} ?(?:[:=]|是|为)[ “\"«]*(?P<it>[A-Za-z][A-Za-z._-]{{4,}})", _any),
        (Personal.OTHER, rf"{cue['alias before']}[:：“「\" ]*(?P<it>[{HAN}A-Za-z\d]{{2,10}})", _any),
        (
            Personal.PAPER,
            rf"{LETTER_BEFORE}[A-Z]{{2}}\d{{2}}(?: ?[A-Z\d]{{4}}){{2,7}}(?: ?[A-Z\d]{{1,4}})?{LETTER_AFTER}",
            _any,
        ),
        (Personal.BIRTHDATE, rf"{cue['birth before']}[^\d\n]{{0,24}}?(?P<it>{_DAY})", _any),
        (Personal.BIRTHDATE, rf"(?P<it>{_DAY})[ ,(]*(?:года? ?)?{cue['birth after']}", _any),
        (Personal.BIRTHDATE, rf"(?<![\d/.-]){_DAY}(?![\d/-])", _long_ago),
        (
            Personal.OTHER,
            rf"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
            rf"[A-Z][ ·•.]?[A-Z\d]{{5,6}}{LETTER_AFTER}",
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
            rf"|(?:[^\W\d_] ?){{1,4}}\d{{2,6}}|\d{{2,6}}(?: ?[^\W\d_]){{1,4}}){LETTER_AFTER}",
            _is_plate,
        ),
        (
            Personal.OTHER,
            rf"{LETTER_BEFORE}(?:[A-Z]{{2}}[ -]\d{{3}}[ -][A-Z]{{2}}|[A-Z]{{2}}\d{{2}} ?[A-Z]{{3}}"
            rf"|[A-Z]{{3}} ?\d{{3}}[A-Z]|\d{{2}} ?[A-Z]{{2}} ?\d{{3}} ?[A-Z]{{2,3}}|\d{{2,3}} ?[A-Z]{{3}} ?\d{{2}}"
            rf"|[A-Z]{{2}} ?\d{{4}} ?[A-Z]{{2}}|[A-Z]{{2}}[ -]?\d{{2}}[ -]?[A-Z]{{1,2}}[ -]?\d{{4}}"
            rf"|[A-Z]{{2,3}}-\d{{3,5}}[A-Z]{{1,2}}){LETTER_AFTER}",
            _any,
        ),
        (Personal.PAPER, rf"{cue['paper before']}{between}(?P<it>{_CODE})", _is_code),
        (Personal.PAPER, rf"{LETTER_BEFORE}[A-Z]{{1,3}} ?\d{{6,9}}[A-Z]?{LETTER_AFTER}", _any),
        (Personal.PAPER, r"(?<![\d+.,-])\d{3}-\d{2}-\d{4}(?![\d-])", _any),
        (
            Personal.PAPER,
            rf"{cue['paper before']}[^\d\n.;?!]{{0,30}}?(?P<it>{LETTER_BEFORE}[A-Z]{{0,3}}-?\d{{6,}})",
            _any,
        ),
        (Personal.PAPER, r"№ ?(?P<it>[A-ZА-Я]{1,4}[-/ ]?\d[\d/-]{2,}|\d{2,}[/-]\d{4,})", _is_code),
        (Personal.PAPER, r"(?<![\w.,/-])(?!(?:19|20)\d\d/)\d{1,6}/[^\W\d_]{1,3}/\d{2,6}(?![\w/])", _any),
        (Personal.PAPER, r"(?<![\w.,/-])\d+(?:[-/.]\d+){2,5}(?:[-/]?[A-Za-z]\b)?(?![\w/]|[.,]\d)", _is_long_code),
        (Personal.PAPER, r"(?<![\w.,/-])\d{4}(?:[ -]\d{4}){3}(?!\d)", _any),
        (
            Personal.PAPER,
            rf"[〔【\[（(]?(?:19|20)\d\d[〕】\]）)]?年?[{HAN}][{HAN}\d]{{0,8}}(?:字|初|终|再|执|援|刑|民)第?[\d-]+号?",
            _any,
        ),
        (Personal.PHONE, rf"{LETTER_BEFORE}(?<![.])(?:\+|00)[1-9][\d ()./-]{{6,}}\d", _is_phone),
        (Personal.PHONE, rf"{cue['phone before']}{between}(?P<it>{_RUN})", _is_phone),
        (Personal.PHONE, r"(?<![\d.,/-])\(?0\d{1,4}\)?(?:[ ./-]?\d{2,4}){2,5}(?!\d|[,-]\d)", _is_phone),
        (Personal.PHONE, r"(?<![\d.,/-])8[ -]?\(?9\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d(?!\d)", _is_phone),
        (Personal.PHONE, r"(?<![\d.,/-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", _is_phone),
        (Personal.PHONE, r"(?<![\d.,/-])(?:\(\d{2,4}\) ?|\d{2,4}[ -])\d{3,4}[ -]\d{4}(?![\d-])", _is_phone),
        (Personal.PHONE, r"(?<![\d.,/-])[679]\d\d(?:[ -]\d{3}){2}(?![\d ,-]*\d|[ ]?%)", _is_phone),
        (Personal.PHONE, r"(?<![\d.,/+-])\d{2,5}(?:[ -]\d{2,5}){2,4}(?![\d%]|[.,/ -]\d| ?%)", _is_grouped),
        (Personal.PAPER, r"(?<![\d.,+-])\d{7,18}[Xx]?(?![\d%])", _is_number),
        *((Personal.ADDRESS, pattern, _any_digit if digit else _any) for pattern, digit in addresses()),
    )
    return tuple((kind, re.compile(pattern), check) for kind, pattern, check in found)


def shaped(text: str) -> Iterator[PersonalDetail]:
    """The details, which may overlap, by kind."""
    plain = text.translate(PLAIN)
    numbered = re.search("[\\d一二三四五六七八九十]", plain)
    for kind, pattern, holds in _patterns():
        if not numbered and kind not in (Personal.EMAIL, Personal.OTHER):
            continue
        for match in pattern.finditer(plain):
            group = "it" if "it" in pattern.groupindex else 0
            if holds(match.group(group)):
                yield PersonalDetail(*match.span(group), kind)


def birth_behind(text: str, end: int) -> PersonalDetail | None:
    """A date long ago that stands right behind a name."""
    match = re.compile(rf"[ ,،，:(–-]{{1,3}}(?P<it>{_DAY})(?!\d)").match(text.translate(PLAIN), end)
    if match is None or not any(int(year) <= LATEST_BIRTH for year in _YEAR.findall(match["it"])):
        return None
    return PersonalDetail(*match.span("it"), Personal.BIRTHDATE)


def _any(found: str) -> bool:
    return True


def _any_digit(found: str) -> bool:
    return any(map(str.isdigit, found))


def _is_plate(found: str) -> bool:
    """Whether it has letters and three digits, or four digits that are no year."""
    digits = re.sub(r"\D", "", found)
    lettered = any(map(str.isalpha, found))
    return len(digits) >= (3 if lettered else 4) and (lettered or not _YEAR.fullmatch(digits))


def _is_number(found: str) -> bool:
    """Whether it is no line of seven digits that is free to call."""
    return not (len(found) == 7 and found.startswith("800"))


def _is_long_code(found: str) -> bool:
    """Whether groups of digits are as long as a number of an account, and neither a date nor free to call."""
    digits = sum(map(str.isdigit, found))
    return digits >= 9 and not _FREE.match(found) and not re.search(rf"(?<!\d){_DAY}(?!\d)", found)


def _is_grouped(found: str) -> bool:
    """Whether it is a telephone number by its groups of digits alone: no thousands, no years, no date."""
    groups = re.split(r"[ -]", found)
    thousands = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3
    years = sum(bool(_YEAR.fullmatch(group)) for group in groups)
    return 8 <= sum(map(len, groups)) <= 13 and not thousands and years < 2 and _is_phone(found)


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
    dates = re.search(rf"(?<!\d){_DAY}(?!\d)|^\d{{1,4}} ?[-/] ?(?:19|20)\d\d$|^\d{{1,3}}(?: 000)+$", found)
    return len(digits) in PHONE_DIGITS and not dates and not _FREE.match(found.strip())


def _long_ago(found: str) -> bool:
    if re.search("[正冬腊]月", found):
        return True
    years = _YEAR.findall(found)
    return bool(years) and re.search(r"[./-]", found) is not None and int(years[0]) <= LATEST_BIRTH
