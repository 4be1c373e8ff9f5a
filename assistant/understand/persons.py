"""Details of real people that a question may hold: left out of what is looked up, read and sent.

Names, addresses of mail, telephone and account numbers, dates of birth, file numbers. A name is taken for a person's
where something says so: a title, "her name is", a date of birth beside it, an initial for a family name; and in a
message with such details, where the corpus does not write it. Names of places, bodies and publications stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable

SOMEBODY = "the person"
_CAP = r"[A-ZÀ-ÖØ-Þ](?:['’][A-Z])?[\w-]*[a-zà-öø-ÿ]"
_NAMES = rf"{_CAP}(?: (?:(?:de|da|del|der|van|von|bin|bint|al|el|la|dos|du) )?(?:{_CAP}|[A-Z]\b\.?))*"
_FULL = rf"{_CAP}(?: (?:(?:de|da|del|der|van|von|bin|bint|al|el|la|dos|du) )?(?:{_CAP}|[A-Z]\b\.?))+"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Madam|Herr|Frau|Mme|Mlle|Monsieur|Madame|Mademoiselle|Sr|Sra|Srta|Señora?|Doña?"
    r"|Sgt|Officer|Inspector)\b\.?"
)
_DAY = r"\d{1,2}[./ -](?:\d{1,2}|[A-Za-z]{3,9})[./ -]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}"
_NUMBERS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"[\w.+-]+@[\w.-]+\.\w+", 0),
        (r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b", 0),  # an IBAN
        (rf"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?|née? le|nacid[ao] el)[: ]*(?:{_DAY})", re.I),
        (
            r"\b(?:case|file|passport|id|identity card|permit|visa|account|registration|reference|ref|client|ticket"
            r"|dossier|iban|phone|tel|telephone|mobile|whatsapp)(?: (?:no|nr|number|file|card))?\.? ?[:#]? ?"
            r"[A-Z]{0,4}[-/]?\d[\d/-]{2,}(?: \d{2,})*[A-Z]{0,2}\b(?!\s*(?:people|victims|cases|workers))",
            re.I,
        ),
        (r"(?<![\w/.,-])(?:\+|00)\d[\d ()/-]{6,}\d", 0),
        (r"(?<![\w/.,-])0\d{1,4}[ /-]\d[\d /-]{4,}\d(?![\w/])", 0),
        (rf"\b\d{{1,4}}[a-z]? (?:{_CAP} ){{1,3}}(?:Street|Road|Avenue|Lane|Square|Drive|Boulevard)\b", 0),
        (r"\b[A-Z][a-zäöü]+(?:straße|strasse|gasse|weg|platz) \d{1,4}[a-z]?\b", 0),
    )
)
_SAID_TO_BE = (
    r"(?i:(?:my|her|his|their|whose|the) names? (?:is|are|was)|(?:is|was|girl|boy|woman|man|child|person|client"
    r"|survivor|victim|witness|worker|colleague|journalist|caller|somebody|someone) (?:named|called)"
    r"|(?:our|my|the|a) (?:client|survivor|victim|witness|beneficiary|resident|caller|colleague|case ?worker)"
    r"|journalist|survivor|(?:se llama|s'appelle))"
)
_INITIAL_OF = "Annex|Appendix|Part|Section|Table|Figure|Group|Type|Option|Class|Level|Module|Unit|Chapter|Box|Form|Plan"
_MARKED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_TITLE} {_NAMES}",
        rf"\b{_SAID_TO_BE},? (?P<name>{_NAMES})",
        rf"\b(?!(?:{_INITIAL_OF})\b){_CAP} [A-Z]\.(?=[\s,;:)?!]|$)",
    )
)
_RUN = re.compile(rf"\b{_FULL}")
_GAPS = (
    (re.compile(r"[(\[][\s,;:\x00]*(?:and)?[\s,;:\x00]*[)\]]"), " "),
    (re.compile(r"\s*\x00\s*(?=[,;:.?!)])|(?<=\()\s*\x00[\s,;]*"), ""),
    (re.compile(r"\s*\x00\s*"), " "),
    (re.compile(r"\s+(?=[,;:.?!)])"), ""),
    (re.compile(r"\s{2,}"), " "),
)


def without_persons(text: str, known: Callable[[str], bool] = lambda word: False) -> str:
    """The text with details of people left out, their names as "the person"; as it was where it has none.

    `known`: whether the corpus writes a word.
    """
    taken = text
    for pattern in _NUMBERS:
        taken = pattern.sub("\x00", taken)
    for pattern in _MARKED:
        taken = pattern.sub(_somebody, taken)
    if taken == text:
        return text
    taken = _RUN.sub(lambda found: found.group() if _is_written(found.group(), known) else SOMEBODY, taken)
    for gap, put in _GAPS:
        taken = gap.sub(put, taken)
    taken = taken.strip()
    return taken[:1].upper() + taken[1:]


def _somebody(found: re.Match[str]) -> str:
    """What stands in the place of a marked name: what marks it stays, the end of a sentence too."""
    name = found.groupdict().get("name")
    whole = found.group()
    if name:
        return f"{whole[: len(whole) - len(name)]}{SOMEBODY}"
    opens = found.string[found.end() :].lstrip()[:1].isupper() and whole.endswith(".")
    return f"{SOMEBODY}." if opens else SOMEBODY


def _is_written(run: str, known: Callable[[str], bool]) -> bool:
    """Whether the corpus writes every word of a run of names."""
    return all(known(word) for word in re.findall(r"[^\W\d_]{2,}", run))
