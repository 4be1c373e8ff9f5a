"""Questions of what publications say, and of how they differ: passages answer them, no list of the Toolkit."""

from __future__ import annotations

import re

_TOOLKIT = r"(?:toolkit|tool kit)"
_SOURCES = (
    r"(?:publications?|papers?|briefs?|digests?|reviews?|texts?|documents?|sources?|reports?|works?|studies|literature"
    r"|corpus|library|guidance|advice)"
)
_WHOSE = r"(?:the|your|icat['’]?s?|these|those|this|that|both|any|our|all|two|its|other|later|earlier|existing)"
_SAYS = (
    r"(?:say|says|said|saying|state|states|write|writes|wrote|advise|advises|think|tells?|teach|warns?|claims?|argues?"
    r"|conclude[sd]?|find|finds|found|speaks? (?:of|about)|talks? (?:of|about)|deals? with|cover|covers|discuss(?:es)?"
    r"|mentions?|contains?|explains?|describes?|treats?)"
)
# A publication other than the Toolkit, by its series or the main words of its title.
_OTHER = (
    r"(?:pivoting towards?|analytical review|next[- ]decade|issue (?:papers?|briefs?)|overview paper|discussion paper"
    rf"|{_WHOSE} (?:[\w-]+ ){{0,2}}?(?:publications?|papers|briefs?|digests?)"
    r"|(?:the|this|that|icat['’]?s?) (?:[\w-]+ ){0,2}?paper)"
)
_NAMES_OTHER = re.compile(rf"(?<!identity )(?<!work )\b{_OTHER}\b(?! (?:on the wall|cups?|work))", re.I)
_ASKS_OF = re.compile(
    rf"\bwhat (?:do|does|did|is|are|has|have) (?:{_WHOSE} )?(?:[\w-]+ ){{0,2}}?{_SOURCES} (?:\w+ )?{_SAYS}\b"
    rf"|\b(?:in )?which (?:of (?:{_WHOSE} )?|(?:[\w-]+ )?){_SOURCES}\b[^?]*\b(?:{_SAYS}|do i find|can i find|is|are|has"
    r"|have|do)\b"
    rf"|\baccording to (?!(?:the |icat['’]?s? )*(?:{_TOOLKIT}|icat)\b)"
    rf"|\b(?:advice|view|opinion|position|line) of (?:{_WHOSE} )?{_SOURCES}\b"
    rf"|\bdo (?:{_WHOSE} )?(?:[\w-]+ )?{_SOURCES} (?:\w+ )?(?:agree|disagree|differ|contradict|ask|say)\b"
    rf"|\b(?:sources|publications|papers|texts|documents)\b[^?]*\b(?:agree|disagree|differ|contradict)\b"
    r"|\bhow (?:has|have) (?:the )?(?:thinking|views?|approach\w*|advice|guidance|ideas)\b[^?]*\bchanged\b",
    re.I,
)
_COMPARES = re.compile(
    rf"\b{_TOOLKIT}(?:['’]s)?\b[^?]*\b(?:compared|versus|vs|unlike|differs?|differently|different from|agrees?"
    r"|disagrees?|contradicts?|stricter|in common)\b"
    rf"|\b(?:compared|versus|vs|unlike|differs?|differently|different from|agrees?|disagrees?|contradicts?|stricter"
    rf"|in common|since)\b[^?]*\b{_TOOLKIT}\b",
    re.I,
)


def asks_of_publications(clause: str) -> bool:
    """Whether a clause is about what publications say, names one other than the Toolkit, or compares it with others."""
    return bool(_ASKS_OF.search(clause) or _NAMES_OTHER.search(clause) or _COMPARES.search(clause))
