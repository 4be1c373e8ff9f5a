"""Of which years a text speaks, and whether what was found speaks of the years that are asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.reading import Candidate, Reading
from assistant.types import Evidence, Passage
from assistant.understand.kinds import Asks
from assistant.understand.question import years

NEAR = 3.0  # logits below the best sentence within which the one of the right year must be
# What another year's sentence cannot answer: "Who chaired it in 2018?" is not told by who did in 2022.
OF_ONE_YEAR = frozenset({Asks.NUMBER, Asks.TIME, Asks.PERSON, Asks.PLACE})
_YEAR = r"(?P<{}>(?:1[89]|20)\d\d)"
_MONTHS = r"(?:[^\W\d_]+ )?(?:\d{1,2} )?(?:[^\W\d_]+ )?"
_FROM_TO = re.compile(
    rf"\b{_YEAR.format('first')}(?: ?[-–—/] ?| (?:and|to|until|through|till|et|à|a|y|hasta|e) {_MONTHS})"
    rf"{_YEAR.format('last')}\b",
    re.I,
)
_SPANS = re.compile(r"\b(?:between|from|entre|de|desde|du)\b|[-–—/]", re.I)
_SINCE = re.compile(rf"\b(?:since|depuis|desde|с) {_MONTHS}{_YEAR.format('first')}\b", re.I)


def speaks_of(text: str, year: str) -> bool:
    """Whether a text names a year or a span of years around it: "2012-2015", "from 2019 to 2021", "since 2017"."""
    if year in years(text):
        return True
    spans = (found for found in _FROM_TO.finditer(text) if _SPANS.search(text[: found.end()]))
    inside = any(found["first"] < year < found["last"] for found in spans)
    return inside or any(found["first"] < year for found in _SINCE.finditer(text))


def unspoken(asked: Sequence[str], texts: Sequence[str]) -> float:
    """Share of the years asked about of which no text speaks, 0..1; 0 where none is asked about."""
    missing = [year for year in asked if not any(speaks_of(text, year) for text in texts)]
    return len(missing) / len(asked) if asked else 0.0


def of_another_year(asked: Sequence[str], text: str) -> bool:
    """Whether a text names years, and speaks of none of those asked about."""
    return bool(asked) and bool(years(text)) and not any(speaks_of(text, year) for year in asked)


def out_of_time(part: int, reading: Reading, evidence: Evidence) -> bool:
    """Whether a part of a question asks about years of which nothing found speaks.

    For a number, a date, a person or a place, a sentence near the best must speak of one of them, or name no year and
    stand in a passage, or a source, that does.
    """
    asked = years(reading.parts[part].reads)
    if not asked:
        return False
    if reading.parts[part].asks not in OF_ONE_YEAR:
        texts = [_whole(passage) for passage in evidence.passages]
        return not any(speaks_of(text, year) for text in texts for year in asked)
    best = max(candidate.logits[part] for candidate in reading.candidates)
    near = [candidate for candidate in reading.candidates if candidate.logits[part] >= best - NEAR]
    return not any(_of_the_year(candidate, evidence, asked) for candidate in near)


def _of_the_year(candidate: Candidate, evidence: Evidence, asked: Sequence[str]) -> bool:
    if years(candidate.unit.text):
        return not of_another_year(asked, candidate.unit.text)
    return any(speaks_of(_whole(evidence[candidate.label]), year) for year in asked)


def _whole(passage: Passage) -> str:
    """A passage with what stands above it, and the title and date of its publication."""
    publication = passage.publication
    return " ".join([publication.title, publication.date_label, *passage.chunk.headings, passage.chunk.text])
