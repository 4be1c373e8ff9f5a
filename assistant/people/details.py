"""Details of people that have a shape: numbers, addresses, dates of birth, accounts; by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from assistant.people.addresses import addresses
from assistant.people.cues import HAN, LETTER_AFTER, LETTER_BEFORE, cues
from assistant.people.types import Personal, PersonalDetail
from corpus.quick_yaml import read_yaml
from corpus.words import Words

FORMS = Path(__file__).with_name("forms.yaml")

# One character for one, so that places stay: digits and signs of other scripts, spaces and hyphens that do not break.
PLAIN = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９＠．－＋（）：／\u00a0\u202f\u2009\u3000\u2011\u2010\u2013",
    "0123456789" * 3 + "@.-+():/" + " " * 4 + "-" * 3,
)
LATEST_BIRTH = 2012  # of a date that nothing calls one of birth
_YEAR = re.compile(r"(?<!\d)(?:19[2-9]\d|20[01]\d)(?!\d)")
_SITE = re.compile(r"^www\.|\.(?:com|org|net|int|info|gov|edu|[a-z]{2})$")
PHONE_DIGITS = range(7, 16)  # E.164 has 15 at most; a hotline of six digits or fewer is nobody's own
# A line that costs the caller nothing is an institution's.
_FREE = re.compile(
    r"(?:\+?1[ .-]?)?\(?8(?:00|33|44|55|66|77|88)\)?[ .-]|0[ .-]?80(?:0(?!\d)|[1-9](?:[ .-]?\d){6}$)"
    r"|(?:\+7|8)[ -]?\(?800|\+800|\+\d{1,3}[ -]?800\b|900[ -]|0800\d|01 800 "
)
_HOUR = r"(?:[01]\d|2[0-3])(?:00|15|30|45)"
_HOURS = re.compile(f"{_HOUR} ?- ?{_HOUR}")  # of a working day: 0830-1630
_MONTH = r"[^\W\d_]{3,12}\.?"
_HAN_NUMBER = "[一二三四五六七八九十廿卅]{1,3}"
_DAY = (
    rf"(?:(?:[012]?\d|3[01]) ?[./-] ?(?:[012]?\d|3[01]) ?[./-] ?\d{{2,4}}"
    r"|(?:1[3-9]|20)\d\d[./-](?:0?\d|1[012])[./-]\d{1,2}"
    rf"|\d{{2,4}} ?年 ?\d{{1,2}} ?月(?: ?(?:初?{_HAN_NUMBER}|\d{{1,2}}) ?[日号]?)?"
    rf"|[一二][〇零Ｏ一二三四五六七八九]{{3}}年(?:(?:[正冬腊]|{_HAN_NUMBER})月(?:初?{_HAN_NUMBER}[日号]?)?)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|º|°|-?го)?\.?[ -]?(?:de |of |день )?{_MONTH},?[ -](?:del? )?\d{{4}}(?: года)?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_CODE = (
    r"(?:[A-ZА-ЯЁ]{1,6}[ /.-]?|[a-zа-яё]{1,3})?\d[\dA-Za-zА-Я]*"
    r"(?:(?:[ /.-]{1,2}| № )(?:[A-Z]{0,4}|[A-Z]{2}\.)\d[\dA-Za-zА-Я]*|[/-][A-ZА-Я]{1,4}\b)*"
)


@cache
def _patterns() -> tuple[tuple[Personal, re.Pattern[str], Callable[[str], bool]], ...]:
    """Kind, pattern, whose group "it" is the detail where there is one, and what else must hold of that."""
    parts = {"han": HAN, "letter before": LETTER_BEFORE, "letter after": LETTER_AFTER, "day": _DAY, "code": _CODE}
    parts["between"] = rf"[^\w\n(+@]{{0,4}}(?:{cues()['number words']}[^\w\n(+@]{{0,4}}){{0,3}}"
    parts |= cues()
    return tuple(
        (Personal(kind), re.compile(re.sub(r"<([a-z ]{3,})>", lambda name: parts[name[1]], form)), _CHECKS[check])
        for kind, forms in read_yaml(FORMS.read_text(encoding="utf-8")).items()
        for check, of_it in forms.items()
        for form in of_it
    )


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
    yield from (PersonalDetail(*place, Personal.ADDRESS) for place in addresses(plain))


def birth_behind(text: str, end: int) -> PersonalDetail | None:
    """A date long ago that stands right behind a name."""
    match = re.compile(rf"[ ,،，:(–-]{{1,3}}(?P<it>{_DAY})(?!\d)").match(text.translate(PLAIN), end)
    if match is None or not any(int(year) <= LATEST_BIRTH for year in _YEAR.findall(match["it"])):
        return None
    return PersonalDetail(*match.span("it"), Personal.BIRTHDATE)


def _any(found: str) -> bool:
    return True


def _is_plate(found: str) -> bool:
    """Whether it has letters and three digits, or four digits that are no year."""
    digits = re.sub(r"\D", "", found)
    lettered = any(map(str.isalpha, found))
    return len(digits) >= (3 if lettered else 4) and (lettered or not _YEAR.fullmatch(digits))


def _is_account(found: str) -> bool:
    """Whether it is no word that is known, and no address of a body's pages."""
    return bool(re.search(r"\d|[._-]\w+[._-]", found)) or not (_SITE.search(found) or Words().common(found))


def _is_serial(found: str) -> bool:
    """Whether a group of its digits is long, and no year: symbols of documents have short ones."""
    return any(len(group) > 3 and not re.fullmatch(r"(?:19|20)\d\d", group) for group in re.findall(r"\d+", found))


def _is_local(found: str) -> bool:
    """Whether it is no span of years or of numbers near each other."""
    first, last = map(int, found.split("-"))
    return not first < last < 2 * first


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
        r"(?:[^\W\d]+ )?(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?|[CT]-\d{1,3}/\d\d"
        rf"|\d{{1,3}}(?:[ ,.]000)+|{_DAY}|\d+[.,]\d{{1,2}}",
        shown,
    )


def _is_phone(found: str) -> bool:
    """Whether it has as many digits as a telephone number, and is neither a date nor a line that is free to call."""
    digits = re.sub(r"\D", "", found)
    dates = re.search(rf"(?<!\d){_DAY}(?!\d)|^\d{{1,4}} ?[-/] ?(?:19|20)\d\d$|^\d{{1,3}}(?: 000)+$", found)
    return len(digits) in PHONE_DIGITS and not (dates or _HOURS.fullmatch(found.strip()) or _FREE.match(found.strip()))


def _long_ago(found: str) -> bool:
    if re.search("[正冬腊]月", found):
        return True
    years = _YEAR.findall(found)
    return bool(years) and re.search(r"[./-]", found) is not None and int(years[0]) <= LATEST_BIRTH


_CHECKS: dict[str, Callable[[str], bool]] = {
    "any": _any,
    "account": _is_account,
    "code": _is_code,
    "grouped": _is_grouped,
    "local": _is_local,
    "long ago": _long_ago,
    "long code": _is_long_code,
    "number": _is_number,
    "phone": _is_phone,
    "plate": _is_plate,
    "serial": _is_serial,
}
