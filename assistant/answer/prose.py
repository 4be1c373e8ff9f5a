"""Whether a sentence or list item reads whole, stands alone, or introduces a list. Only words are looked at."""

from __future__ import annotations

import re

MIN_WORDS, MAX_WORDS = 4, 90  # of a sentence; beyond, a table or a list was read as one
LETTERS = 0.55  # share of a statement; below, a row of figures
CELLS = " | "  # between the cells of a row

_ENDS = re.compile(r"[.?!。؟！？…۔](?:[\"”’')\]»]|\s?\[?\d{1,3}\]?)*$")
_OPENS = re.compile(r"^[\"“‘'(\[«¿¡]*(?:[^\W\d_]|\d)")
_DOTS = re.compile(r"\.{4,}|(?:\s\.){3,}|_{3,}")
_NOT_PROSE = re.compile(
    r"^(?:figure|table|fig\.|box|chart|map|annex|appendix|source|sources|note|notes|photo|credit|image|graph)\s*"
    r"(?:[:.]|\d|[ivx]+\b)|^(?:see|cf\.?|ibid|id\.|op\. cit|available (?:at|from|online)|accessed|retrieved"
    r"|isbn|issn|doi|e-?mail|tel|copyright|©)\b",
    re.I,
)
_REFERENCE = re.compile(
    r"\b(?:ibid|op\. ?cit|et al\.|pp?\. ?\d+|vol\. ?\d+|no\. ?\d+ \(\d{4}\)|eds?\.\)|doi:|isbn|accessed (?:on )?\d"
    r"|available (?:at|from):? ?http|last visited|para\. \d+\.$)"
    r"|\(\d{4}[a-z]?\)[.,:] .*(?:press|journal|university|publish|review)|https?://\S{25,}|\bwww\.\S+\s*$",
    re.I,
)
_DEICTIC = (
    r"(?:toolkit|paper|report|publication|guide|guidance|brief|issue brief|document|section|chapter|study|article"
    r"|handbook|manual|act|law|protocol|convention|declaration|assessment|evaluation|review|note|digest|glossary"
    r"|policy|resolution|case study|form|survey|overview|library|page|part)"
)
_THOSE = r"those(?! (?:who|that|in|with|whose|for|from|of|under)\b)"  # "those who ..." says itself whom it means
_POINTS_BACK = re.compile(
    rf"^[\"“'(]*(?:this(?! (?:{_DEICTIC})\b)|these|{_THOSE}"
    r"|that(?= (?:is|was|means|includes|would|will|can|may|said)\b)|such(?! as\b)|they|he|she|its|their|his|her"
    r"|it(?! (?:is|was|should be|may be|can be|has been|must be) (?:\w+ ){0,2}?(?:to|that|noted|recalled|stressed"
    r"|emphasi[sz]ed|important|essential|necessary|possible|clear|likely|recommended|estimated|known)\b)"
    r"|however|therefore|thus|hence|moreover|furthermore|also|additionally|consequently|accordingly|instead"
    r"|nevertheless|nonetheless|similarly|likewise|otherwise|then|meanwhile|conversely|besides|indeed|still|yet|but"
    r"|and|or|so|nor|here|again|finally|lastly|second(?:ly)?,|third(?:ly)?,|next,|later,"
    r"|as an aside|in parallel|specifically,|in particular,|at this point|in general,|overall,"
    r"|in (?:the )?meantime|in response|in other words|that said|in short|rather,|on this|on that"
    r"|in addition(?!,? to\b)|as a result(?! of\b)|as such|for (?:example|instance|this|these|that)"
    rf"|in (?:this|these|such|that|turn|{_THOSE})\b"
    r"|at (?:this|that|the same time)|by (?:contrast|doing so|this)|in contrast(?! to)|on the (?:other hand|contrary)"
    r"|to (?:this|that|do so|these)|doing so|if (?:so|this|these|they|it)|when (?:this|these|they|it)"
    r"|(?:although|while|as|because|since|where|once|until|after|before|with|from|of|through|under"
    rf"|among) (?:this|these|they|{_THOSE})\b"
    r"|(?:the|both the) (?:latter|former|above|same)\b|both of|one of (?:these|them)|(?:some|most|many|all"
    r"|each|none|both|neither) of (?:these|them|those)"
    r"|another\b|others?\b(?! than)|neither\b(?! \w+ nor)|both\b(?! (?:[\w-]+ ){1,4}and\b)"
    r"|(?:cela|ceci|cette?|ces|ils?|elles?|cependant|toutefois|en outre|ainsi|de plus|esto|este|esta|estos"
    r"|estas|sin embargo"
    r"|además|por lo tanto|ello|это|эти|этот|эта|он|она|они|однако|кроме того|таким образом|при этом))\b",
    re.I,
)
# "You can find it on ...": a pronoun before any noun it could stand for.
_BARE_OBJECT = re.compile(
    r"^(?:(?:you|we|i|one|can|could|may|might|must|should|shall|will|would|do|does|did|not|never|always|only|also|to"
    r"|need|have|has|use|find|get|send|make|made|keep|take|give|see|show|apply|want|check|include|be|is|are|was|were"
    r"|if|when|then|in|following|years?|normally|usually|please|don’t|don't|cannot)\s+){1,6}"
    r"(?:it|them|this|these|then)\b",
    re.I,
)
_BOILERPLATE = re.compile(
    r"\bdo(?:es)? not necessarily (?:reflect|represent)|\ball rights reserved\b|\bno part of this publication\b"
    r"|\bthe designations employed\b|\bthis publication (?:may be|is available|was (?:made possible|produced|funded))"
    r"|\bwould like to (?:thank|acknowledge)\b|\bgrateful(?:ly)? (?:to|acknowledge)",
    re.I,
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SPOKEN_TO = re.compile(r"^(?:click|tick|please (?:tick|complete|turn|see)|continued|page \d)", re.I)


def stands_whole(text: str) -> bool:
    """Whether a folded sentence is prose that begins and ends: no fragment, caption, reference or row of numbers."""
    words = len(_CJK.findall(text)) // 2 or len(text.split())
    if not MIN_WORDS <= words <= MAX_WORDS or not _OPENS.match(text) or not _ENDS.search(text):
        return False
    if text.lstrip("\"“‘'([«¿¡")[0].islower() or text.count("(") > text.count(")") or CELLS in text:
        return False
    return _is_prose(text)


def reads_as_item(text: str) -> bool:
    """Whether a folded list item can be shown, with its list: prose, and not the opening of a deeper list."""
    return (
        len(text) > 2 and not text.endswith((":", "：", "—")) and text.count("(") <= text.count(")") and _is_prose(text)
    )


def introduces(text: str) -> bool:
    """Whether the list that follows a sentence belongs to it: "These are:", "Who may apply?", "They led to"."""
    return not _ENDS.search(text.rstrip()) or text.rstrip()[-1] in "?؟？"


def points_back(text: str) -> bool:
    """Whether a sentence cannot be understood without the one before it."""
    return bool(_POINTS_BACK.match(text) or _BARE_OBJECT.match(text))


def _is_prose(text: str) -> bool:
    if (
        _DOTS.search(text)
        or _NOT_PROSE.search(text)
        or _REFERENCE.search(text)
        or _SPOKEN_TO.search(text)
        or _BOILERPLATE.search(text)
    ):
        return False
    solid = text.replace(" ", "")
    return sum(c.isalpha() or 0x600 <= ord(c) <= 0x6FF for c in solid) >= LETTERS * len(solid)
