"""Whether help with designing a programme is asked for, or a programme told of: both are answered with proposals."""

from __future__ import annotations

import re

from assistant.understand.lists.kinds_words import DOING, ONE_PERSON, PLANS, PROPOSAL
from assistant.understand.lists.words import activities_in

_PROGRAMME = re.compile(r"\b(?:programme|program|project|intervention)\b", re.I)
# What is written or found for somebody is no programme: "help me write a report on our shelter".
_PRODUCT = re.compile(
    r"\b(?:write|draft|propose|suggest|prepare|design|outline|sketch|make|find|create|give|put together|recommend)"
    r" (?:(?!(?:for|on|of|about|with|that|to|in)\b)[\w-]+ ){0,4}?"
    r"(?:reports?|letters?|e-?mails?|speech(?:es)?|press releases?|titles?|slogans?|mottos?|logos?|names?|dates?"
    r"|readings?|reading lists?|books?|articles?|summar(?:y|ies)|translations?|agendas?|presentations?|slides?"
    r"|definitions?|trips?|invitations?|venues?|speakers?|quotes?|lists? of)\b"
    r"|\bplan (?:my|our|a|the) (?:\w+ )?(?:trip|journey|visit|conference|meeting|holiday|party|day|raid|rescue)\b"
    r"|\b(?:recommend|suggest|advise)(?: that)? (?:we|i|me|us)?(?: to)? ?(?:read|cite|quote|watch|attend)\b",
    re.I,
)
# What a sentence says somebody wants or will do, and is no programme: "I would like to understand referral".
_NO_PROGRAMME = re.compile(
    r"\b(?:want|wants|intend|would like|wish|hope|plan|going|will|about)(?: to)? (?:\w+ly )?(?:ask|know|understand"
    r"|learn|read|hear|see|visit|meet|thank|report|cite|quote|send|tell|talk|speak|discuss|present|write|attend"
    r"|find out|explain)\b",
    re.I,
)


def of_a_product(asked: str) -> bool:
    """Whether something else than a programme is to be written, named or found."""
    return bool(_PRODUCT.search(asked))


def proposes(asked: str, text: str) -> bool:
    """Whether a message asks for help with a programme, or tells of one that is planned and asks nothing.

    `asked`: the part of it that asks; `text`: all of it.
    """
    if of_a_product(asked):
        return False
    named = bool(activities_in(text, weak=False) or _PROGRAMME.search(text))
    if PROPOSAL.search(asked):
        return named or (bool(activities_in(text)) and not ONE_PERSON.search(asked) and not DOING.search(asked))
    if asked != text or "?" in text or _NO_PROGRAMME.search(text):
        return False
    return bool(PLANS.search(text) and activities_in(text, weak=False))
