"""When a document says it was published: text of its first pages in, year or year-month out. Pure.

Months are known in the six languages of the United Nations. A year in a title is not a date of publication
("Analysis of 2021 Data"), nor is a day in a sentence ("Letter dated 3 June …"): a date counts where it stands
on a line of its own, or beside a word that says what it is ("Last updated", "Adopted", "©").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from corpus.quick_yaml import read_yaml
from corpus.titles import fold

TOP_LINES = 40  # of the first page: a masthead and a cover end before
IMPRINT_WORDS = 8  # "Published 2016", not a sentence about what was published in 2016
FEW_WORDS = 4  # beside a date on a line of its own: "Vienna, October 2016", "mars-avril 2020 № 109"


class Day(NamedTuple):
    """A date as precise as it was given."""

    year: int
    month: int | None


_TABLES = read_yaml(Path(__file__).with_name("dates.yaml").read_text(encoding="utf-8"))
_LABEL = re.compile("(?<![a-z])(?:" + "|".join(map(re.escape, _TABLES["labels"])) + ")")
_ADDRESS = re.compile(r"\b(?:www\.|https?:)\S+|\S+@\S+")
_OTHER_DATE = re.compile(r"\b(?:created|checked|printed|downloaded|accessed|retrieved|consulte le)\b")
_CHINESE_DIGITS = str.maketrans("〇○一二三四五六七八九", "00123456789")
_TENS = re.compile("([二三])?十([一二三四五六七八九])?(?=[月日])")
_ARABIC_LETTERS = str.maketrans("یىک", "ييك")  # Persian and final forms that Arabic files mix in


def _plain(text: str) -> str:
    """Folded, with Western digits and one form of each Arabic letter."""
    text = _TENS.sub(lambda found: f"{found[1] or '一'}{found[2] or '〇'}", text).translate(_CHINESE_DIGITS)
    digits = "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() and not char.isascii() else char
        for char in unicodedata.normalize("NFKC", text)
    )
    return fold(digits).translate(_ARABIC_LETTERS)


_MONTH_OF = {_plain(name): number for number, names in enumerate(_TABLES["months"], start=1) for name in names}
_MONTH = "(?:" + "|".join(sorted(map(re.escape, _MONTH_OF), key=len, reverse=True)) + ")"
_YEAR = r"(?P<year>(?:19|20)\d{2})(?!\d)"
_JOIN = r"(?:\s|,|\.|de\b|del\b|of\b|سنة|عام|لسنة)*"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th|er)?\b{_JOIN}(?P<month>{_MONTH})\b{_JOIN}{_YEAR}(?:\s*года?\b)?",
        rf"\b(?P<month>{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?\b,?\s+{_YEAR}",
        rf"\b(?P<month>{_MONTH})\.?(?:\s*[-–/]\s*{_MONTH})?{_JOIN}{_YEAR}(?:\s*года?\b)?",
        rf"{_YEAR}\s*年\s*(?P<number>1[0-2]|0?[1-9])\s*月(?:\s*\d{{1,2}}\s*日)?",
        rf"(?<![\d/.-])(?P<number>1[0-2]|0?[1-9])\s*/\s*{_YEAR}",
        rf"(?<![\d-]){_YEAR}-(?P<number>1[0-2]|0[1-9])(?:-\d{{2}})?(?![\d-])",
    )
)
_ONLY_YEAR = re.compile(rf"^[\W_]*(?:©|\(c\)|copyright|[^\W\d]+(?:\s[^\W\d]+)?,|\s)*[\W_]*{_YEAR}[\W_]*$")
_YEAR_IN = re.compile(rf"(?<!\d){_YEAR}")
_COPYRIGHT = re.compile(rf"(?:©|\(c\)|copyright|droits reserves).{{0,80}}?(?<!\d){_YEAR}")
_PDF_DATE = re.compile(r"^(?:D:)?(?P<year>(?:19|20)\d{2})-?(?P<month>1[0-2]|0[1-9])?")


def published(first_page: str, next_pages: Sequence[str] = ()) -> Day | None:
    """The date of publication that a document states. None when it states none.

    First a line that is a date, then a date with its label, then a date with few words beside it, then a year
    that stands alone, then an imprint ("© UNDP February 2025"), which may also stand on the next pages.
    """
    lines = [line for line in map(_plain, first_page.splitlines()) if line.strip()][:TOP_LINES]
    alone, labelled, short = [], [], []
    for line in lines:
        days, rest = _dates(line)
        words = len(re.findall(r"[^\W\d_]+", _ADDRESS.sub(" ", rest)))
        if _OTHER_DATE.search(rest):
            continue
        if _LABEL.search(rest):
            labelled += days
        elif not words:
            alone += days
        elif words <= FEW_WORDS:
            short += days
    years = [Day(int(found["year"]), None) for line in lines if (found := _ONLY_YEAR.search(line))]
    pages = (_plain(page) for page in next_pages)
    imprint = [day for line in (*lines, *(line for page in pages for line in page.splitlines()))
               if (day := _imprint(line))]  # fmt: skip
    return next((days[0] for days in (alone, labelled, short, years, imprint) if days), None)


def from_metadata(value: str) -> Day | None:
    """The date a file carries, as PDF ("D:20250312…") or ISO. None when it is neither."""
    found = _PDF_DATE.match(value.strip())
    return Day(int(found["year"]), int(found["month"]) if found["month"] else None) if found else None


def _dates(line: str) -> tuple[list[Day], str]:
    """The dates of a folded line in order, and the rest of it; a date is found once, by its fullest form."""
    rest, days = line, []
    for pattern in _DATES:
        for found in pattern.finditer(rest):
            fields = found.groupdict()
            month = int(fields["number"]) if "number" in fields else _MONTH_OF[fields["month"]]
            days.append((found.start(), Day(int(fields["year"]), month)))
        rest = pattern.sub(lambda found: " " * len(found[0]), rest)
    return [day for _, day in sorted(days)], rest


def _imprint(line: str) -> Day | None:
    """The date of a copyright line, or of a short line that says "published"."""
    labelled = len(line.split()) <= IMPRINT_WORDS and _LABEL.search(line)
    found = _COPYRIGHT.search(line) or (_YEAR_IN.search(line) if labelled else None)
    if not found:
        return None
    year = int(found["year"])
    return next((day for day in _dates(line)[0] if day.year == year), Day(year, None))
