"""Questions that use 'indicator', 'measure', 'lesson' or 'learn' of something that is no programme."""

from __future__ import annotations

import re
from functools import cache

from assistant.understand.lists.narrow import groups_in
from assistant.understand.lists.plain import says_something
from assistant.understand.lists.words import activities_in
from corpus.toolkit.starter import starter_library
from corpus.words import Words

SHORTEST = 4  # letters of a word whose ending is not cut off
_WORD = re.compile(r"[^\W\d_]{3,}")

_LEARNER = (
    r"(?:courts?|judges?|jur(?:y|ies)|police|investigators?|detectives?|inspectors?|prosecutors?|researchers?"
    r"|research|science"
    r"|scientists?|scholars|historians|psychologists?|doctors?|pupils?|students?|child|children|victims?|survivors?"
    r"|parents|journalists?"
    r"|parliament|he|she)"
)
_LEARNS = re.compile(
    rf"\b(?:what|which|how|where|when)\b(?: \w+){{0,3}}? (?:did|do|does|has|have|had|can|could|will|would|should)"
    rf" (?:the |our |most |many )?{_LEARNER} "
    r"(?:ever |really |also |then |actually |already |finally )?learn(?:ed|t|s)?\b"
    r"|\blearn(?:ed|t)? (?:\w+ ){0,3}?(?:from|in|of) (?:the |this |that |an? )?(?:\w+ )?(?:protocol|conventions?"
    r"|treaty|victims?|survivors?|articles?"
    r"|books?|news|court|case|judgments?|website|person|girl|boy|woman|man|recruiters?|traffickers?|trial)\b(?!"
    r" (?:support|services?|assistance|protection|centre))"
    r"|^\W*(?:where|when|how|why|who)\b[^?]*\blearn(?:ed|t)?\b|\b(?:want|like|wish|need|here) to learn\b(?! (?:the"
    r" )?(?:lessons|from))",
    re.I,
)
_LESSONS = re.compile(r"\blessons?\b(?! learn)", re.I)
_TUITION = re.compile(
    r"\b(?P<of>[a-z]+) lessons?\b(?! (?:learn|of|from))"
    r"|\blessons? (?:in|for|on) (?:the )?(?P<in>[a-z]+)\b(?= for\b|,|\W*$)",
    re.I,
)
_GIVEN = re.compile(
    r"\blessons do (?:children|pupils|students|they|teachers) (?:have|take|get)\b"
    r"|\b(?:gave|gives|take|takes|took|book|booked) (?:me |us |him |her )?(?:an? |some )?lessons?\b",
    re.I,
)
_TAUGHT = re.compile(
    r"(?:history|geography|biology|science|art|religion|school|piano|guitar|violin|flute|drums?|music|singing"
    r"|danc\w+|driving|swimming|riding|cook\w*|baking|drawing"
    r"|painting|yoga|tennis|golf|ski\w*|chess"
    r"|surfing|flying|sailing|math\w*|physics|chemistry|english|french|spanish|german|russian|arabic|chinese|italian"
    r"|portuguese|language|computer"
    r"|private|evening|online|football)",
    re.I,
)
# Of the economy, of bodies, of things and of the kitchen.
_WORLD = re.compile(
    r"\b(?:history|slave trade"
    r"|econom(?:y|ies|ists?)|macro-?economic|economic indicators?|recession|downturn|upturn|boom|inflation|gdp"
    r"|stock market|shares of"
    r" stock|bonds|exchange rates?|interest rates?|currenc(?:y|ies)"
    r"|unemployment|poverty (?:line|rate|threshold)s?|below the poverty|(?:a |the )?countr(?:y|ies)(?:'s)? (?:is|are"
    r"|wealth|poverty|health|economy|development)|wealth|human development|climate|weather|rainfall"
    r"|temperature|blood (?:pressure|sugar)|heart ?rate|pulse|fever|cholesterol|body (?:weight|fat)|bmi|calories"
    r"|pregnan\w+|diabetes|diet"
    r"|flour|sugar|rice|butter|milk|oven|cake|recipes?|spoons?|cups?|pasta|dough|cook(?:ing)?|kitchen scale|scale"
    r" for|cars?|engine|tyres?|battery|fuel|brakes?|headlights?|blink\w*|lights?"
    r"|dashboard|(?:turn|oil|light|fuel) indicators?|washing machine|fridge|doors?|windows?|curtains?|carpet|waist"
    r"|shoe|ring size|distance|speed of|height of|length of|width of|angle"
    r"|wi-?fi|internet speed|screen size|volume of|sound level|earthquakes?|football|exam|my (?:age|health|body|diet"
    r"|blood|heart))\b",
    re.I,
)
_ASKS = re.compile(r"\b(?:indicators?|measur\w+|monitor\w*|track\w*|lessons?|metrics?|evaluat\w+|assess\w*)\b", re.I)
_MEASURES = re.compile(r"\b(?:measur|track|monitor|evaluat|assess|test)\w*\b", re.I)
_OURS = re.compile(
    r"\b(?:programmes?|programs?|projects?|campaigns?|interventions?|activit(?:y|ies)|training|traffick\w*|victims?"
    r"|survivors?|returnees?|exploit\w*"
    r"|toolkit|icat|design questions?|recruiters?|participants?|beneficiar\w+|shelters?|we (?:run|give|offer|teach|plan"
    r"|train|lend|help|support))\b",
    re.I,
)


def learns_of_the_world(clause: str) -> bool:
    """'what did the court learn', 'where can I learn more': no lessons of programmes."""
    return (
        bool(_LEARNS.search(clause)) and not re.search(r"\blessons?\b", clause, re.I) and not _MEASURES.search(clause)
    )


def is_off_topic(clause: str) -> bool:
    """Whether the words of lists are used of the economy, a body, a thing, the kitchen, or tuition."""
    if _OURS.search(clause):
        return False
    if _LESSONS.search(clause) and _tuition(clause):
        return True
    return bool(_ASKS.search(clause) and _WORLD.search(clause) and not _strongly_ours(clause))


def _tuition(clause: str) -> bool:
    if _GIVEN.search(clause):
        return True
    subjects = [found for match in _TUITION.finditer(clause) for found in match.groups() if found]
    return any(_TAUGHT.fullmatch(subject) for subject in subjects)


def of_no_programme(text: str, description: str) -> bool:
    """Whether all that a question names is English and foreign to this field: "how can I track my parcel".

    The words of this field are those of the starter library. Names and typing errors are of no field.
    """
    if _OURS.search(text) or activities_in(text) or groups_in(text):
        return False
    named = [word.lower() for word in _WORD.findall(description) if says_something(word)]
    return bool(named) and all(Words("en").common(word) and _stem(word) not in _field() for word in named)


@cache
def _field() -> frozenset[str]:
    return frozenset(_stem(word) for item in starter_library().items for word in _WORD.findall(item.text.lower()))


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|ing|ed|es|s|e|y)$", "", word) if len(word) > SHORTEST else word


def _strongly_ours(clause: str) -> bool:
    return bool(activities_in(clause, weak=False))
