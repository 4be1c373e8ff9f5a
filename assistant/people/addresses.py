"""Addresses of people, whole: runs of parts – a flat, a street, a village – as they are written in several scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.people.cues import HAN, cue_before, cues
from corpus.language import short_language
from corpus.words import Words

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁ][\w'’-]*"
# Within the name of a street.
_SMALL = r"(?:(?:de|du|des|da|do|dos|das|la|le|les|los|las|el|al|del|a|of|the|et|y|e)\b ?|[ld]['’])*"
_SIGN = r"(?i:n[°º.]|no\.?:?|nr\.?|nro\.?|núm\.?|número|№|\#)"
_NUMBER = (
    rf"(?:(?:{_SIGN} ?)?\d{{1,5}}"
    r"(?: ?(?:bis|ter)\b|[ -]?[A-Za-zА-яЁё]\b)?(?:[/-]\d{1,4}[A-Za-z]?\b)?)(?!\w|[.,]\d)"
)
_CODE = r"(?:C\.?P\.? ?\d{5}\b|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|(?:[A-Z]{2} )?\d{4,6}(?:-\d{3,4})?\b)"  # of the post
_NAME = rf"(?:[A-ZÀ-Þ]\w{{0,3}}\. ?)?{CAPITAL}(?: (?!{_CODE}){_SMALL}{CAPITAL}){{0,3}}"
_MARK = r"(?:\d+[\w/-]{0,4}|[A-Za-zА-Я]\d{0,4}|[IVX]{1,4})(?!\w)"
_ORDER = r"(?:\d{1,2}(?:st|nd|rd|th|er|e|ème|\.?[ºª°]|-?й|-?м)?\.?)"
_ARABIC = r"[\u0620-\u064a]+"
_COUNT = r"[\dA-Za-z一二三四五六七八九十百〇零-]{1,6}"  # of houses, in Chinese
_END = r"(?=\s*[،,.؛؟;)\n-]|$)"
# Between two parts; before and behind a mere name a comma, or another name, or a code of the post.
_GAP = re.compile(rf"(?:\.?,|،)? ?{_SMALL}| ?[-–—/] | \(|\),? ?")
_COMMA = re.compile(r"[,،] ?| \(")
_TOWN = re.compile(r"(?:, ?| (?:a|à|en|in|at|в) )(?P<name>[^\W\d_]{2,}(?: [^\W\d_]{3,}){0,2})(?=[,.;)\n]|$)")
_ARTICLES = ("la", "le", "el", "al", "los", "las", "les", "de", "san")
RARE = 1e-5  # share of all words from which one is not taken for the name of a town
_BEGINS = re.compile(r"(?:^|[.?!\n])[ «“\"]*$")  # a sentence: its first word has a capital for that
_WITHIN = re.compile(rf" {_SMALL}|, ?")
# What a part adds to its run, and what makes it an address. A mere number or name adds to another part only.
_WEIGHTS = {"numbered": 3, "street": 2, "home": 2, "area": 2, "block": 1, "landmark": 1}
_ENOUGH, _PLENTY = 3, 5  # with a number in it, and without any


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand, half-open; they may overlap."""
    for parts in _parts():
        run: list[re.Match[str]] = []
        for part in parts.finditer(text):
            if run and not _joined(run[-1], part, text[run[-1].end() : part.start()]):
                yield from _address(run, text)
                run = []
            run.append(part)
        yield from _address(run, text)
    yield from (found.span() for found in _chinese().finditer(text))


def _joined(last: re.Match[str], part: re.Match[str], gap: str) -> bool:
    if last.lastgroup == part.lastgroup == "name":
        return _WITHIN.fullmatch(gap) is not None
    kinds = {last.lastgroup, part.lastgroup}
    return (_COMMA if "name" in kinds and "code" not in kinds else _GAP).fullmatch(gap) is not None


def _address(run: list[re.Match[str]], text: str) -> Iterator[tuple[int, int]]:
    """Where a run of parts stands, if there is enough of it to be an address; two names of towns before the rest."""
    first = next((at for at, part in enumerate(run) if part.lastgroup not in ("name", "code")), len(run))
    kinds = [str(part.lastgroup) for part in run[first:]]
    weight = sum(_WEIGHTS.get(kind, 0) for kind in kinds) + ("name" in kinds)
    weight += "street" in kinds and bool({"house", "code"}.intersection(kinds))
    if weight < _ENOUGH - 1 or (_WEIGHTS.keys() - {"landmark"}).isdisjoint(kinds):
        return
    towns = [part for part in run[max(first - 2, 0) : first] if not _BEGINS.search(text[: part.start()])]
    start, end = _town_before(text, (towns or run[first:])[0].start()), _towns_behind(text, run[-1].end())
    before = text[:start].rstrip(" :,-«(")
    enough = weight >= _ENOUGH or cue_before("address before", before, len(before))
    if enough and (weight >= _PLENTY or any(map(str.isdigit, text[start:end]))):
        yield start, end


def _town_before(text: str, start: int) -> int:
    """Where the name of a town in small letters begins that stands between an address and what says that it is one."""
    found = re.search(rf"(?:: ?|{cues()['address before']} )([^\W\d_]+(?: [^\W\d_]+)?[,،] ?)$", text[:start][-60:])
    return start - len(found[1]) if found else start


def _towns_behind(text: str, end: int) -> int:
    """Where names of towns in small letters end that stand behind an address: ", la candelaria, medellin"."""
    share = Words(short_language(text)).frequency
    while (found := _TOWN.match(text, end)) and found["name"].islower():
        words = [word for word in found["name"].split() if word not in _ARTICLES]
        if not words or any(share(word) >= RARE for word in words):
            break
        end = found.end()
    return end


def _first_of(parts: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in parts.items()))


@cache
def _parts() -> tuple[re.Pattern[str], ...]:
    """Parts of addresses in letters with capitals, and in Arabic, by kind; the first that fits."""
    cue = cues()
    floor = rf"(?:{_ORDER}|{cue['order']}) ?{cue['floor after']}(?: [A-Z]\b)?|\d{{1,2}}\.?[ºª°] ?[A-Z]\b"
    number = rf"(?:{_SIGN} ?)?\d{{1,4}}(?:-[а-я]{{1,2}})?(?!\w)"
    street = (
        rf"(?:{CAPITAL} ){{1,4}}{cue['street after']}|{cue['street after']} {number}"
        rf"|{cue['street before']} ?{_SMALL}(?:{number}|{_NAME})"
        rf"|{cue['street before a number']} (?:\d{{1,2}} de {CAPITAL}|{number})"
        rf"|[а-яё]{{2,}}(?:[ыио]й|ая|ое) {cue['street after']} {number}"
        rf"|{CAPITAL}(?:straße|strasse|str\.|gasse|weg|platz|allee|straat|laan|gatan|vägen|utca)\b"
    )
    words = r"(?:[\w'’-]+,? |\w{1,4}\. ){1,5}?"
    no_more = r"(?! (?!con\b|entre\b|esquina\b|interior\b|piso\b|norte\b|este\b|oeste\b)[a-zà-ÿ]{3})"  # "30 mujeres"
    small = r"(?!(?:the|in|on|of|a|an|and|this|that|by)\b)[\w'’-]+ "
    place = r"(?:(?:(?:the|la|le|el|du|de|del|des)\b ?|l['’])+[\w'’-]+|[^\W\d_A-ZА-Я][\w'’-]*)"
    at = (
        r"(?:(?:the|an?|la|el|una?|une|le) (?:[\w-]+ )?"
        r"(?:house|flat|room|shop|building|camp|dormitory|hostel|warehouse|casa|maison|immeuble) )?"
    )
    latin = {
        "numbered": rf"{cue['street before a number']} (?:(?=[A-ZÀ-Þ\d]){words}{_NUMBER}|{words}{_NUMBER}{no_more})"
        r"(?![\w,.]*\d)"
        r"|(?:(?<=\b[Aa]t )|(?<=\bto )|(?<=near )|(?<=from )|(?<=ess: ))"
        rf"\d{{1,5}}[a-z]?,? (?:{small}){{1,3}}{cue['street after']}"
        rf"|(?=[\u0400-\u04ff]){cue['street before']} ?[^\W\d][\w.-]*(?: [\w.-]+){{0,2}},? \d+[\w/-]*"
        r"(?=[,.;)\n]|$| кв)",
        "home": rf"{cue['home']}[ .:°º#№-]*(?:{_SIGN} ?)?{_MARK}|{floor}",
        "street": street,
        "area": rf"{cue['area before']} ?{_SMALL}{_NAME}(?:[ -]\d{{1,3}}\b)?"
        rf"|(?:{CAPITAL} ){{1,3}}{cue['building after']}",
        "block": rf"{cue['block']}[ .:°º#№-]*{_MARK}|{cue['area before']} ?\d{{1,3}}(?!\w)|{_ORDER} {cue['part after']}"
        rf"|(?:{cue['home']} )?{cue['no number']}",
        "landmark": rf"{at}{cue['landmark before']} {place}(?:(?: [^\W\d]+){{1,3}}{_END}|(?: {CAPITAL})*)"
        r"|\([^\W\d_][\w -]{2,20}\)",
        "code": _CODE,
        "house": rf"(?<![\w.,]){_NUMBER}",
        "name": rf"(?<!\w){CAPITAL}",
    }
    words = rf"{_ARABIC}(?: {_ARABIC}){{0,3}}?"
    ahead = rf"(?:{_END}|(?=[،,]? \d))"
    arabic = {
        "home": rf"{cue['home']}[ :]*(?:رقم )?\d{{1,5}}|{cue['floor after']} ?(?:{cue['order']}|\d{{1,2}})",
        "street": rf"(?=[\u0600-\u06ff]){cue['street before']} (?:{words}{ahead}|{_ARABIC}(?: ال{_ARABIC})?|\d{{1,4}})",
        "area": rf"(?=[\u0600-\u06ff])(?:{cue['area before']}|{cue['building before']}) (?:{words}{ahead}|{_ARABIC})",
        "block": rf"{cue['block']}[ :]*(?:رقم )?\d{{1,5}}",
        "landmark": rf"(?=[\u0600-\u06ff]){cue['landmark before']} "
        rf"(?:{words}{_END}|{_ARABIC}(?: (?:أبو|أم|بن|آل) {_ARABIC})?)",
        "house": r"(?<![\w.,])\d{1,4}(?![\w/]|[.,]\d)",
        "name": r"(?<=[،,] )(?!و|هي|هو)"
        rf"(?:{cue['order']} من {_ARABIC}|ال{_ARABIC} ال{_ARABIC}|(?:{_ARABIC} )?{_ARABIC}{_END}|{_ARABIC})",
    }
    return _first_of(latin), _first_of(arabic)


@cache
def _chinese() -> re.Pattern[str]:
    """A whole one, from the province to the room."""
    lead = "在到去往于是址从至家住寄"
    unit = "(?:号楼|號樓|单元|單元|[号號弄巷区區期排栋棟幢组組座队隊楼樓室层層房院门])"
    number = "(?:\\d{1,5}|[A-Z]|[一二三四五六七八九十]{1,3})"
    home = f"(?:(?:后面|後面|旁边|对面|隔壁|楼上|楼下)[{HAN}]{{1,8}}|[{HAN}]{{0,3}}家(?![{HAN}]))?"
    begins = rf"(?:(?<=[{lead}入进：: ])|(?<![{HAN}]))"
    letter = rf"(?:(?![{lead}])[{HAN}])"
    within = r"(?:省|自治区|市|自治州|州|县|旗|区|區|鎮|镇|乡|鄉|街道)"
    place = (
        r"(?:路|街|道|巷|弄|胡同|里|村|乡|鄉|屯|村委会|区|區|城|园|園|苑|大楼|大樓|厂|廠|基地|酒店|寨|镇|鎮|厦|廈|段|庄"
        r"|公寓|广场|廣場|花城|坊|宿舍|新城)"
    )
    room = rf"(?:[{HAN}]{{0,6}}[楼樓舍厦廈栋棟寓]{_COUNT})?(?:之{_COUNT})?"
    return re.compile(
        rf"{begins}{letter}{{1,30}}?{place}(?:[一二三四五六七八九]段)?第? ?{number}{unit}"
        rf"(?:附?[{HAN}]{{0,8}}?{_COUNT}{unit})*{room}{home}"
        # a village, after two of what it is a part of
        rf"|{begins}(?:{letter}{{1,7}}?{within}){{2,}}[{HAN}]{{1,6}}?(?:村|屯|寨|庄|社区|小区|組|组|队){home}"
    )
