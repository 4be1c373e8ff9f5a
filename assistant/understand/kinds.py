"""What kind of thing a question asks for, and whether a text offers one.

Only words are looked at, no model. English is read best; of French, Spanish, Russian, Arabic and Chinese the
question words are known. What is not recognised is OPEN, which asks for nothing in particular.
"""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.sentences import QUESTION_MARKS as QUESTION_MARKS


class Asks(StrEnum):
    """What kind of thing would answer."""

    NUMBER = "number"
    TIME = "time"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    MANNER = "manner"
    LIST = "list"
    DEFINITION = "definition"
    YES_NO = "yes or no"
    OPEN = "open"


_ADJECTIVE = r"(?!(?:is|was|does|do|has|did|are|were|of)\b)[\w-]+"
_PLURAL = (
    r"(?!(?:is|was|does|has|this|means|makes|keeps|happens|causes|counts|says|us|its|process|access|progress)\b)"
    r"(?:[\w-]{2,}(?<!s)s|children|people|criteria|women|men|countries)\b"
)

_KINDS: tuple[tuple[Asks, re.Pattern[str]], ...] = tuple(
    (asks, re.compile(pattern, re.I))
    for asks, pattern in (
        (
            Asks.NUMBER,
            r"\bhow (?:many|much|long|often|old|far|large|big|high)\b"
            r"|\b(?:what|which) (?:is |was |are |were )?(?:the )?(?:total |maximum |minimum |average |overall )*"
            r"(?:number|percentage|per ?cent|share|proportion|amount|rate|age|cost|budget|size|sum|fee|length"
            r"|duration)\b"
            r"|^\W*(?:the )?(?:total |exact )?(?:number|percentage|share|proportion) of\b"
            r"|\bcombien\b|\bcuánt[oa]s?\b|\bсколько\b|\bكم\b|多少|几",
        ),
        (
            Asks.TIME,
            r"\bwhen\s+(?:was|were|did|will|has|have)\b"  # "when is", "when should" ask for a condition
            r"|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|deadline)\b|\bquand\b|\bcuándo\b|\bкогда\b"
            r"|\bمتى\b|何时",
        ),
        (Asks.PERSON, r"\bwho(?:m|se)?\b|^\W*qui\b|\bquién(?:es)?\b|^\W*кто\b|谁"),
        (
            Asks.PLACE,
            r"\bwhere\b|\b(?:which|what) (?:\w+ )?(?:countr(?:y|ies)|cit(?:y|ies)|regions?|places?|counties"
            r"|provinces?)\b"
            r"|^\W*où\b|\bdónde\b|\bгде\b|\bأين\b|哪里",
        ),
        (Asks.REASON, r"\bwhy\b|\bfor what reasons?\b|\bpourquoi\b|\bpor qué\b|\bпочему\b|\bзачем\b|\bلماذا\b|为什么"),
        (
            Asks.LIST,
            r"^\W*(?:list|name|enumerate)\b|\b(?:give|show)(?: me| us)?(?: some| the| all"
            r"| a few)? (?:examples|list|all)\b"
            r"|^\W*(?:[\w-]+ )?(?:indicators|questions|lessons|examples|steps|recommendations)\b"
            rf"|\bwhich (?:(?!of\b){_ADJECTIVE} ){{0,2}}{_PLURAL}"
            rf"|\bwhat (?:are |were )?(?:the |some |our |their )?(?:{_ADJECTIVE} ){{0,2}}{_PLURAL}(?= (?:are"
            rf"|were|do|did|should"
            r"|can|could|must|may|will|would|have|of|for|on|in|to|that|against|does)\b|\W*$)"
            r"|\bwhat (?:should|must|can|could) (?:we|i|you|one|a|an|the)\b.*\b(?:ask|consider|check|include"
            r"|contain|cover)"
            r"|\b(?:quels|quelles|cuáles|какие)\b|哪些",
        ),
        (
            Asks.DEFINITION,
            r"^\W*(?:what(?:'s| is| are| was)) (?!the (?:main|role|aim|purpose|best|most))(?:\W*[\w-]+){1,6}\W*$"
            r"|\bwhat (?:do|does|did)\b.*\bmean\b|\b(?:define|definition|meaning of|meant by|stands? for)\b"
            r"|^\W*(?:qu'est-ce que?|qué es|что такое|ما (?:هو|هي))\b",
        ),
        (Asks.MANNER, r"\bhow\b|\bcomment\b|\bcómo\b|\bкак\b|\bكيف\b|如何|怎么"),
        (
            Asks.YES_NO,
            r"^\W*(?:is|are|was|were|do|does|did|can|could|should|must|may|has|have|had|will|would)\b"
            r"|^\W*est-ce\b|^\W*هل\b",
        ),
    )
)

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


def kind_of(text: str) -> Asks:
    """What one question asks for: the first kind whose words it holds, else OPEN."""
    for asks, pattern in _KINDS:
        if pattern.search(text.strip()):
            return asks
    return Asks.OPEN


def offers(asks: Asks, text: str) -> bool:
    """Whether a text holds what such a question needs. True for kinds that words cannot deny."""
    pattern = _OFFERS.get(asks)
    return pattern is None or bool(pattern.search(text))
