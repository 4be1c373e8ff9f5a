"""The symbol of a United Nations document, read from its masthead. Pure: text in, symbol out."""

from __future__ import annotations

import re
import unicodedata

from corpus.titles import fold

TOP_LINES = 30  # of the first page: where a masthead stands, whatever order its parts come out in
OTHER_COLUMN = 3  # words beside the symbol where a masthead's two columns come out as one line
_BODIES = (
    "A S E T ST DP HRC CAT CRC CEDAW CCPR CERD CMW CRPD CED CTOC CAC UNEP TD FCCC CBD HSP UNW UNICEF DPI NPT"
).replace(" ", "|")
_SYMBOL = re.compile(
    rf"(?<![\w/])(?P<symbol>(?:{_BODIES})(?:/[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*)+)\*{{0,3}}\s*"
    r"(?i:\((?:(?:part|partie|parte|часть)\s+(?P<roman>[IVX]+)|(?P<ordinal>[^()]+?)\s*(?:partie|part|parte|часть))\))?",
)
_ORDINALS = (
    ("I", ("premiere", "first", "primera", "первая")),
    ("II", ("deuxieme", "seconde", "second", "segunda", "вторая")),
    ("III", ("troisieme", "third", "tercera", "третья")),
    ("IV", ("quatrieme", "fourth", "cuarta", "четвертая")),
)
_DISTRIBUTION = re.compile(r"\bdistr\b|\bdis cr\b|^original ?:", re.MULTILINE)
_UN_NAMES = re.compile(
    r"united nations|nations unies|naciones unidas|организация объединенных нации|الامم المتحدة|联合国"
)


def is_un_paper(first_page: str) -> bool:
    """Whether a page has the masthead of a United Nations document: distribution, original language."""
    return bool(_DISTRIBUTION.search(fold(first_page)))


def symbol_in(first_page: str) -> str:
    """The UN document symbol in a masthead, as "E/ICEF/672 (Part I)"; empty where there is none.

    It counts only at the end of a line that holds nothing but the name of the United Nations before it, or, in
    a United Nations paper, a few words of the masthead's other column: a symbol in a sentence, or with a note's
    mark before it, is a reference to another document.
    """
    lines = [line.strip() for line in unicodedata.normalize("NFKC", first_page).splitlines() if line.strip()]
    words = OTHER_COLUMN if is_un_paper("\n".join(lines[:TOP_LINES])) else 0
    for line in lines[:TOP_LINES]:
        found = _SYMBOL.search(line)
        if found and any(char.isdigit() for char in found["symbol"]):
            before = _UN_NAMES.sub("", fold(line[: found.start()])).split()
            alone = not line[found.end() :].strip(" *")
            if alone and len(before) <= words and all(map(str.isalpha, before)):
                return found["symbol"] + _part(found)
    return ""


def _part(found: re.Match[str]) -> str:
    if found["roman"]:
        return f" (Part {found['roman'].upper()})"
    said = fold(found["ordinal"] or "").strip()
    return next((f" (Part {number})" for number, names in _ORDINALS if said in names), "")
