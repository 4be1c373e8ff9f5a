"""The words that the wording guard knows: duties, negations, amounts, comparisons, causes, actors.

English is known best; of French and Spanish, negations, duties, months and number words. CHECKED says so to readers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What a concern is about."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    ACTOR = "actor"
    DUTY = "duty"
    NEGATION = "negation"
    AMOUNT = "amount"
    DIRECTION = "direction"
    ORDER = "order"
    CAUSE = "cause"
    LEFT_OUT = "left out"


CHECKED: Mapping[str, tuple[Kind, ...]] = {
    "en": tuple(Kind),
    "fr": (Kind.NUMBER, Kind.DATE, Kind.NAME, Kind.DUTY, Kind.NEGATION),
    "es": (Kind.NUMBER, Kind.DATE, Kind.NAME, Kind.DUTY, Kind.NEGATION),
}
ELSEWHERE = (Kind.NUMBER, Kind.DATE)  # in every other language: digits


class Duty(StrEnum):
    """How strongly something is asked for or allowed, strongest first; the last three are the negative ones."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    MUST_NOT = "must not"
    SHOULD_NOT = "should not"
    NEED_NOT = "need not"


def any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.I)


_NOT = r"(?:not|never)"
_TO = r"(?:\s+(?:\w+\s+){0,2}?to\b)?"
# Tried in this order, and each place is read once: "must not" is no "must".
DUTIES: Mapping[str, tuple[tuple[Duty, re.Pattern[str]], ...]] = {
    "en": (
        (
            Duty.NEED_NOT,
            any_of(
                rf"need(?:s|ed)? {_NOT}\b(?! to be \w+ed by)",
                r"needn['’]t",
                r"(?:do|does|did) not (?:have|need) to",
                r"(?:don|doesn|didn)['’]t (?:have|need) to",
                r"(?:is|are|was|were|be|being|but|has|have|had)? ?(?:not|no) (?:need|obligation|duty) to",
                r"(?:not|un) ?(?:obliged|required|compulsory|mandatory|obligatory|necessary)",
                r"unnecessary",
                r"optional",
                r"not need",
                r"no need",
                r"(?:do|does|did) not need",
            ),
        ),
        (
            Duty.MUST_NOT,
            any_of(
                rf"(?:must|shall) {_NOT}",
                r"mustn['’]t",
                r"(?:may|can) not",
                r"cannot",
                r"can['’]t",
                r"may never",
                r"can never",
                r"(?:not|never) (?:be )?(?:allowed|permitted|entitled|free)",
                r"prohibit(?:s|ed)?",
                r"forbid(?:s|den)?",
                r"banned",
                r"unlawful",
                r"(?:has|have) not to",
            ),
        ),
        (Duty.SHOULD_NOT, any_of(rf"should {_NOT}", r"shouldn['’]t", rf"ought {_NOT}", r"advises? against", r"avoid")),
        (
            Duty.MUST,
            any_of(
                r"must",
                r"shall",
                r"(?:has|have|had|having) to",
                r"(?:is|are|was|were|be|being) (?:\w+ly )?(?:required|obliged|bound|compelled|supposed)",
                r"requires? (?:\w+ ){0,2}to\b",
                r"requires? that",
                r"obligatory",
                r"mandatory",
                r"compulsory",
                r"needs?(?: to| an?\b)",
                r"necessary",
                r"obligations?",
            ),
        ),
        (
            Duty.SHOULD,
            any_of(
                r"should",
                r"ought to",
                r"recommend(?:s|ed)?",
                r"advis(?:es|ed|able)",
                r"encourag(?:es|ed)",
                r"expected to",
                r"best to",
                r"(?:important|essential|crucial) (?:to|that)",
            ),
        ),
        (
            Duty.MAY,
            any_of(
                r"may(?! (?:19|20)\d\d)",
                r"might",
                r"can",
                r"could",
                r"(?:is|are|was|were|be) (?:allowed|permitted|free|able|entitled)",
                r"has the right",
                r"have (?:a|the) right",
                r"possible",
                r"possibly",
                r"likely",
                r"probably",
                r"perhaps",
            ),
        ),
    ),
    "fr": (
        (
            Duty.NEED_NOT,
            any_of(r"n['’](?:est|sont|était|étaient) pas (?:obligé|tenu|obligatoire|nécessaire)\w*", "facultati\\w+"),
        ),
        (
            Duty.MUST_NOT,
            any_of(
                r"ne (?:doit|doivent|peut|peuvent|pourra|pourront) (?:pas|jamais|plus)", r"interdit\w*", r"interdiction"
            ),
        ),
        (Duty.SHOULD_NOT, any_of(r"ne devrai(?:t|ent) (?:pas|jamais)")),
        (
            Duty.MUST,
            any_of(
                r"doit", r"doivent", r"devra", r"devront", r"obligatoire\w*", r"(?:est|sont) tenu\w* de", r"il faut"
            ),
        ),
        (Duty.SHOULD, any_of(r"devrai(?:t|ent)", r"recommand\w+", r"il convient")),
        (Duty.MAY, any_of(r"peut", r"peuvent", r"pourrai(?:t|ent)", r"pourra", r"pourront", r"possible\w*")),
    ),
    "es": (
        (
            Duty.NEED_NOT,
            any_of(r"no (?:está|están|es|son|era) (?:obligad\w+|obligatori\w+|necesari\w+)", "opcional\\w*"),
        ),
        (
            Duty.MUST_NOT,
            any_of(
                r"(?:no|nunca) (?:debe|deben|deberá|deberán|puede|pueden|podrá|podrán)", r"prohibid\w+", r"prohíben?"
            ),
        ),
        (Duty.SHOULD_NOT, any_of(r"(?:no|nunca) debería\w*")),
        (Duty.MUST, any_of(r"debe", r"deben", r"deberán?", r"tienen? que", r"obligatori\w+", r"hay que")),
        (Duty.SHOULD, any_of(r"debería\w*", r"recomiend\w+", r"conviene")),
        (Duty.MAY, any_of(r"puede", r"pueden", r"podrá", r"podrán", r"podría\w*", r"posible\w*")),
    ),
}
NEGATIONS: Mapping[str, re.Pattern[str]] = {
    "en": any_of(
        r"not",
        r"cannot",
        r"\w+n['’]t",
        r"never",
        r"no(?!\.? ?\d)",
        r"none",
        r"nobody",
        r"no one",
        r"nothing",
        r"neither",
        r"nor",
        r"without",
        r"unless",
    ),
    "fr": any_of(
        r"ne(?!\s+\w+\s+que\b)",
        r"n['’](?=\w)",
        r"pas",
        r"jamais",
        r"aucune?",
        r"sans",
        r"ni",
        r"personne ne",
        r"rien",
        r"non",
    ),
    "es": any_of(r"no", r"nunca", r"jamás", r"ningún", r"ninguna", r"ninguno", r"sin", r"ni", r"nadie", r"nada"),
}
# Words that say no without a negation: where one stands, a missing "not" proves nothing.
NEGATIVE_LIKE: Mapping[str, re.Pattern[str]] = {
    "en": any_of(
        r"un(?:able|aware|clear|likely|known|paid|willing|safe|seen|notic|announc|connect|relat|just|reli|recogni|avail"
        r"|support|offici|regist|docu|chang|affect|law|necess|test|used|train|equal|wanted|count)\w*",
        r"(?:ir(?:relev|respons|regul)|im(?:poss|proper|moral)|il(?:legal|licit)|dis(?:agree|appear|trust|allow|contin|like"
        r"|reg|conn))\w*",
        r"in(?:dependent|sufficient|capable|visible|adequate|accurate|complete|effective|eligible|formal|secure)\w*",
        r"lack(?:s|ed|ing)?",
        r"absen(?:ce|t)",
        r"fail(?:s|ed|ing|ure)?",
        r"refus(?:e|es|ed|al)",
        r"den(?:y|ies|ied)",
        r"seldom",
        r"rarely",
        r"hardly",
        r"barely",
        r"few(?:er|est)?",
        r"little",
        r"less",
        r"least",
        r"rather than",
        r"instead",
        r"stops?",
        r"stopped",
        r"prevent(?:s|ed)?",
        r"avoid(?:s|ed)?",
        r"exclud(?:e|es|ed|ing)",
        r"except",
        r"alone",
        r"separate",
        r"apart",
        r"optional",
        r"prohibit(?:s|ed)?",
        r"forbid(?:s|den)?",
        r"reject(?:s|ed)?",
        r"lost",
        r"los[es]+",
        r"le(?:ft|aves?) out",
        r"nowhere",
        r"miss(?:ed|ing)?",
        r"hold back",
        r"difficult",
        r"hard to",
        r"until",
        r"regardless",
        r"whatever",
        r"opt(?:s|ed)? out",
        r"\w+less",
    ),
    "fr": any_of(
        r"sauf",
        r"seulement",
        r"moins",
        r"peu",
        r"manqu\w+",
        r"absen\w+",
        r"refus\w+",
        r"interdi\w+",
        r"in\w{5,}",
        "im\\w{5,}",
    ),
    "es": any_of(
        r"salvo",
        r"sólo",
        r"solo",
        r"menos",
        r"poco",
        r"falt\w+",
        r"ausen\w+",
        r"rechaz\w+",
        r"prohib\w+",
        "in\\w{5,}",
        "im\\w{5,}",
    ),
}
