"""Whether a text offers the kind of thing that a question asks for. Pure; words only, English read best."""

from __future__ import annotations

import re

from assistant.types import Asks

_MONTH = (
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b"
)
_NUMBER_WORD = (
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred|thousand|million|billion|half|third|quarter|majority|per ?cent|none|once|twice"
    r"|both|several)\b"
)
_NEXT_TO_NAME = r"(?<=[a-z,;:(] )[A-Z][\w’'-]+|\b[A-Z]{2,}\b"
_ACTOR = (
    r"\b(?:agenc|organi[sz]ation|ministr|authorit|government|state|police|court|judge|officer|official|body|bodies"
    r"|committee|council|department|person|people|worker|employer|parent|guardian|victim|survivor|women|men|child"
    r"|prosecutor|practitioner|group|secretar|partner|staff|member|company|companies|anyone|everyone|you)\w*"
)
_OFFERS: dict[Asks, re.Pattern[str]] = {
    Asks.NUMBER: re.compile(rf"\d|{_NUMBER_WORD}", re.I),
    Asks.TIME: re.compile(
        rf"\b(?:1[6-9]|20)\d\d\b|{_MONTH}|\b\d+(?:st|nd|rd|th)\b|\d+[./-]\d+[./-]\d+"
        rf"|(?:\d|{_NUMBER_WORD}).{{0,20}}\b(?:day|week|month|year|hour|minute)s?\b"
        r"|\b(?:before|after|until|once|when|annual|year|daily|weekly|monthly)",
        re.I,
    ),
    Asks.PERSON: re.compile(rf"{_NEXT_TO_NAME}|(?i:{_ACTOR})"),
    Asks.PLACE: re.compile(rf"{_NEXT_TO_NAME}|(?i:\b(?:in|at|from|region|country|border|local|site|online)\b)"),
}
CHECKABLE = frozenset(_OFFERS)  # the kinds `offers` can deny


def offers(asks: Asks, text: str) -> bool:
    """Whether a text holds what such a question needs. True for kinds that words cannot deny."""
    pattern = _OFFERS.get(asks)
    return pattern is None or bool(pattern.search(text))
