"""Addresses of people, whole: from the flat to the town, as they are written in several scripts and countries."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.people.cues import HAN, cues

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁ][\w'’-]*"
# Within the name of a street.
_SMALL = r"(?:(?:de|du|des|da|do|dos|das|la|le|les|los|las|el|al|del|of|the|et|y|e)\b ?|[ld]['’])*"
_NUMBER = (
    r"(?:(?:(?i:n[°º]|no\.?:?|nr\.?|nro\.?|núm\.?|número|№|\#) ?)?\d{1,5}"
    r"(?: ?(?:bis|ter)\b|[ -]?[A-Za-zА-яЁё]\b)?(?:[/-]\d{1,4}[A-Za-z]?\b)?)(?!\w|[.,]\d)"
)
_CODE = r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|(?:[A-Z]{2} )?\d{4,6}(?:-\d{3,4})?\b)"  # of the post
_NAME = rf"(?:[A-ZÀ-Þ]\w{{0,3}}\. ?)?{CAPITAL}(?: (?!{_CODE}){_SMALL}{CAPITAL}){{0,3}}"
_ARABIC = r"[\u0620-\u064a]+"
_COUNT = r"[\dA-Za-z一二三四五六七八九十百〇零-]{1,6}"  # of houses, in Chinese


def patterns() -> Iterator[tuple[str, bool]]:
    """Patterns, whose group "it" is the address where there is one, and whether it must have a digit."""
    yield from _with_capitals()
    yield _in_arabic(), True
    yield _in_chinese(), False


def _with_capitals() -> Iterator[tuple[str, bool]]:
    cue = cues()
    mark = r"(?:\d+[\w/-]{0,4}|[A-Za-zА-Я]\d{0,4}|[IVX]{1,4})(?!\w)"
    flat = rf"{cue['flat']}[ .:°º#№-]*{mark}"
    floor = rf"\d{{1,2}}(?:st|nd|rd|th|er|e|ème|\.?[ºª°]|-?й|-?м)?\.? ?(?:{cue['floor after']}|(?<=[ºª°] )[A-Z]\b)"
    area = rf"{cue['area before']} ?{_SMALL}(?:{_NAME}(?:[ -]\d{{1,3}}\b)?|\d{{1,3}}\b)"
    rest = (
        rf"(?:,? (?:{flat}|{floor}|{area}|{cue['street before']} \d{{1,4}}(?!\w))"
        rf"|,? {_CODE},? {_NAME}|, (?:{_NUMBER} )?{_NAME}(?:,? {_CODE})?"
        rf"|,? {_NUMBER}(?=[,.;\n)»\"”]|$)| \([^\W\d_][\w -]{{2,20}}\)){{0,6}}"
    )
    before = rf"(?:{area}, )?(?:(?:{flat}|{floor}),? (?:{_NAME},? )?|{_NAME} {cue['building after']},? ){{0,4}}?"
    street = (
        rf"(?:{_NUMBER},? )?(?:{CAPITAL} ){{1,4}}{cue['street after']}(?:,? {_NUMBER})?"
        rf"|{_NUMBER},? {cue['street before']} {_SMALL}[\w'’-]+(?: {_SMALL}{CAPITAL}){{0,4}}"
        rf"|{cue['street before']} ?{_SMALL}{_NAME},? {_NUMBER}"
        rf"|{CAPITAL}(?:straße|strasse|str\.|gasse|weg|platz|allee|straat|laan|gatan|vägen|utca) {_NUMBER}"
    )
    yield rf"{before}(?:{street}|{area}(?=,)){rest}", True
    yield rf"{flat}(?:,? (?:{flat}|{floor}))*, {_NAME}{rest}", True
    words = r"(?:[\w'’-]+,? |\w{1,4}\. ){1,5}?"
    yield rf"{cue['street before a number']} {words}{_NUMBER}(?![\w,.]*\d){rest}", True
    town = r"(?:(?:г|гор|пос|с|дер|пгт|обл|р-н|ст)\. ?[\w-]+(?: обл\.| р-н)?,? ){0,3}"
    yield (
        rf"{town}(?=[\u0400-\u04ff]){cue['street before']} ?[\w.-]+(?: [\w.-]+){{0,2}},? (?:{flat}|\d+[\w/-]*)"
        rf"(?:,? {flat})*{rest}(?:, (?:г\. ?)?{CAPITAL})?",
        True,
    )
    yield rf"(?:{_NAME}, ){{1,3}}{cue['house']} ?\d+[\w/-]*{rest}", True
    part = rf"(?:{flat}|{floor}|{area}|(?:{_NUMBER} )?{_NAME}(?:,? {_CODE})?|{_NUMBER}(?=[,.;\n]|$))"
    yield rf"{cue['address before']}[^\w\n]{{0,4}}(?P<it>{part}(?:,? {part}){{1,6}})", True
    small = r"(?!(?:the|in|on|of|a|an|and|this|that|by)\b)[\w'’-]+ "
    yield rf"(?i:(?:at|near|address:?|to|from) )(?P<it>\d{{1,5}}[a-z]?,? (?:{small}){{1,3}}{cue['street after']})", True


def _in_arabic() -> str:
    cue = cues()
    end = r"(?=\s*[،,.؛؟\n-]|$)"
    flat = rf"{cue['flat']}[ :]*(?:رقم )?\d{{1,5}}"
    words = rf"{_ARABIC}(?: {_ARABIC}){{0,3}}?"
    street = rf"(?:(?=[\u0600-\u06ff]){cue['street before']}|{cue['building before']}) {words}"
    number = rf"(?:[،,]? ?{flat}|[،,] ?\d{{1,4}}{end}| \d{{1,4}}(?!\d))"
    rest = rf"(?:{number}|[،,]? ?{street}(?:{end}|(?= \d))){{0,5}}"
    place = rf"(?:[،,] (?!و|هي|هو)(?:{words}{end}|{_ARABIC})){{0,2}}(?=[\s.،؛؟?]|$)"
    before, between = rf"(?:(?:{flat}|\d{{1,4}})[،,]? )", rf"(?:[،,] {words}){{0,2}}?"
    return rf"(?:{before}{{1,3}}{street}|{street}{between}{number}){rest}{place}"


def _in_chinese() -> str:
    lead = "在到去往于是址从至家住寄"
    unit = "(?:号楼|號樓|单元|單元|[号號弄栋棟幢组座楼樓室层層房户院门])"
    return (
        rf"(?:(?<=[{lead}：: ])|(?<![{HAN}]))(?:(?![{lead}])[{HAN}]){{1,24}}?"
        r"(?:路|街|道|巷|弄|胡同|里|村|区|區|园|園|苑|寨|镇|鎮|屯|厦|廈|段|庄|公寓|广场|廣場|花城|坊|宿舍|新城)第? ?"
        rf"(?:\d{{1,5}}|[一二三四五六七八九十]{{1,3}})(?:号楼|單元|单元|[号號弄栋棟幢组座室])"
        rf"(?:附?[{HAN}]{{0,8}}?{_COUNT}{unit})*"
    )
