"""Trouble with a thing, told in words that are otherwise those of somebody in danger: "my printer is stuck, help!"

A clause about a machine and its fault is taken out before danger is looked for. It stays where somebody took the thing,
or where a person is in the clause: "my phone is broken and he locks me in".
"""

from __future__ import annotations

import re

_THING = (
    r"(?:printers?|scanners?|copiers?|laptops?|computers?|pc|macbook|tablets?|i?pads?|(?:smart|mobile )?phones?"
    r"|screens?|monitors?|keyboards?|mouse|routers?|modems?|wi-?fi|internet|network|servers?|browsers?|web ?sites?"
    r"|pages?|apps?|software|programs?|spreadsheets?|excel|word|files?|downloads?|links?|videos?|sound|cameras?"
    r"|microphones?|e-?mails?|accounts?|passwords?|log-?ins?|profiles?|systems?|cars?|bikes?|washing machines?"
    r"|dishwashers?|ovens?|fridges?|heaters?|coffee machines?|projectors?|batter(?:y|ies)|chargers?)"
)
_FAULT = (
    r"(?:print\w*|stuck|jam\w*|start\w*|boot\w*|work(?:s|ed|ing)?|screens?|charg\w+|crash\w*|errors?|slow\w*"
    r"|paper jam|ink|toner|scan\w*|wi-?fi|connect\w*|load\w*|updat\w*|install\w*|freez\w+|froze\w*|open\w*|broke\w*"
    r"|repair\w*|fix\w*|turn(?:s|ed)? (?:on|off)|log\w* in|locked (?:me |us )?out|hit by (?:water|lightning|coffee)"
    r"|dead|blue|black|blank|sound|download\w*|corrupt\w*|hang\w*|respond\w*|out of (?:ink|paper|battery))"
)
_PEOPLE = re.compile(
    r"\b(?:he|she|they|him|his|her|them|boss|employers?|man|men|wom[ae]n|husband|wife|boyfriend|madam|pimp|agent"
    r"|owner|recruiter|captain|police|somebody|someone|nobody|took|taken|takes?|keeps? my|kept|hid|hidden"
    r"|confiscat\w+|stole\w*|seized|escape|beat\w*|leave|run away|go home|locked (?:me |us )?(?:in|up|inside))\b"
)
_CLAUSE = re.compile(
    rf"(?:\b(?:and|but|because|since|as) )?\b(?:my|our|the|this|that|her|his|a) (?:\w+ ){{0,2}}{_THING}\b[^.,;:!?]*"
    rf"|\b(?:i am|we are) (?:\w+ )?locked out of (?:my|our|the) (?:\w+ )?{_THING}\b[^.,;:!?]*"
)
_FAULTY = re.compile(rf"\b{_FAULT}\b")
# What anybody says who wants something mended.
_ASKS_FOR_HELP = re.compile(
    r"\b(?:please |pls |can you |could you |somebody |urgent(?:ly)? |i need )*(?:help|sos)(?: me| us)?"
    r"(?: please| pls)?\b"
    r"|\b(?:what|who|where|whom) (?:can|could|should|do|shall) (?:i|we) (?:do|call|ask|turn to|go|phone|tell)\b"
    r"(?: (?:now|about it|for help|please))*"
)


def without_things(text: str) -> str:
    """A folded message without what it says of a faulty thing, and without the call for help that goes with that.

    As it was where no thing is faulty.
    """
    kept = _CLAUSE.sub(lambda found: found.group() if _is_of_people(found.group()) else " ", text)
    if kept == text:
        return text
    return " ".join(_ASKS_FOR_HELP.sub(" ", kept).split())


def _is_of_people(clause: str) -> bool:
    return bool(_PEOPLE.search(clause)) or not _FAULTY.search(clause)
