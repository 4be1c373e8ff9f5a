"""The programme a question describes, in the words that were typed: what is left without the words that ask."""

from __future__ import annotations

import re

from assistant.understand.lists.kinds import clauses
from assistant.understand.lists.kinds_words import KINDS, PROPOSAL
from assistant.understand.lists.narrow import DETAILS, STARTER
from assistant.understand.lists.plain import says_something

_PREP = r"(?:for|of|on|about|before|when|while|in|with|from|if|to|regarding|concerning|as|during|once|at|into|behind)"
_NOUN = (
    r"(?:indicators?|kpis?|metrics?|questions?|lessons?(?: learn(?:ed|t))?|log[- ]?frames?|logical frameworks?"
    r"|targets?|checklists?"
    r"|considerations|pitfalls|mistakes|(?:m ?& ?e|monitoring(?: and evaluation)?|evaluation|results?) (?:framework"
    r"|plan|system|matrix)s?"
    r"|m ?& ?e|measures|learn(?:ed|t)|(?<!-)works?(?: and what (?:does not|doesn['’]?t)(?: work)?)?|worked|wrong)"
)
_ASKS = (
    r"(?:ask(?:ing)?|consider(?:ing)?|think(?:ing)? (?:about|of|through)|check(?:ing)?|clarify|find out|look (?:at"
    r"|into|out for)|keep in mind"
    r"|take into account|bear in mind|pay attention to|know|be aware of|plan for|watch out for|measur\w+|monitor\w*"
    r"|evaluat\w+|assess\w*|track\w*"
    r"|tell|see|learn|design\w*|set(?:ting)? up|start\w*|develop\w*|plan(?:ning)?|prepar\w+|propose|suggest|draft"
    r"|use|using|reflect on|decide)"
)
_FILL = (
    r"(?:ourselves|myself|yourself|themselves|exactly|first|if|whether|that|how well|how far|the (?:success|impact"
    r"|results?|effects?|effectiveness|progress"
    r"|outcomes?|outputs?|quality|performance)(?: and (?:the )?(?:success|impact|results?|effects?|progress))? of"
    r"|should|could|do|can|would|must|need to|might"
    r"|we|i|you|one|someone|people(?= (?:ask|consider|measure))|(?:be )?us(?:e|ed|ing)|(?:be )?asked"
    r"|apply(?: to| here)?|applies|know|read|go through|come first"
    r"|realistic|answer|avoid|look like|guide|show(?: us)?|tell(?: us)?|help(?: us)?|prove|make|there|not forget"
    r"|forget|think(?: about| of| through)?|anything|something|choose|have|set|take|ask|ask ourselves|consider"
    r"|measure|monitor|track|look at"
    r"|propose|suggest|are there|there are|there"
    r"|is there|relevant|available|possible|and|or|you|fit|suit|apply|are|is|be|does (?:the toolkit|part one"
    r"|icat)(?: \w+)?|a|an|the|our|this"
    r"|best|good|all|some|me|us|please|exist|to|want|like|impact|outcomes?|outputs?|levels?|only|just|track of|out"
    r"|by the toolkit|in the toolkit|from the"
    r" toolkit|list(?:ed)?|given|collect|work(?:s|ing)?|success|it|its|we|need|report(?: on)?)"
)
_FRAME = re.compile(
    rf"^(?P<lead>(?:for|before|when|while|if|in|with|as|to|once|since|regarding|on|because|after"
    rf"|about)\b[^?]*?)??"
    rf"(?:^|[,:;–-] *|(?<=\w) )(?P<frame>(?:(?:so|and|or|but|then|please|now|ok|hello|hi|also)\W+)*(?:what|which|how"
    rf"|things|points|something|anything|everything"
    rf"|are there|is there|give|show|list|propose"
    rf"|suggest|draft|tell|name|write|help|i (?:need|want|would like)|we (?:need|want|would like)|can|could|would"
    rf"|do you|let|any|looking for|need|"
    rf"(?:[\w-]+ )?{_NOUN})\b(?:[^,?]*?\b(?:{_NOUN}"
    rf"|{_ASKS})\b)?(?:,? {_FILL}\b(?!['-]))*(?: {_PREP}\b)?(?: {_FILL}\b(?!['-]))*)(?P<tail>.*)$",
    re.I,
)
_PASSIVE = re.compile(  # "how should the effect of X be measured"
    r"^(?P<lead>)\W*how (?:can|should|could|would|is|are|must|will|might) (?:the (?:success|effects?|impact|results?"
    r"|progress|quality) of )?"
    r"(?P<tail>.+?) (?:best )?(?:be )?(?:measured|monitored|evaluated|assessed|tracked)\b",
    re.I,
)
_POLITE = re.compile(
    r"^\W*(?:hello|hi|hey|dear (?:all|team|colleagues?|assistant)|good (?:morning|afternoon|evening|day)"
    r"|thanks?(?: you)?(?: (?:very much|in advance|a lot))?|please|ok(?:ay)?)\b\W*",
    re.I,
)
_OPENS = re.compile(r"^\W*(?:what|which|how|why|who|when|where|is|are|do|does|can|could|should)\b", re.I)
_FOR_ELSEWHERE = re.compile(
    r"\b(?:pour\b|avant d['’]|avant de\b|avant\b|sur\b|para\b|antes de\b|sobre\b|для\b|перед\b|до\b|по\b)", re.I
)
# "We run a radio show, what should we ask": what is said before the comma is all about the programme.
_BEFORE_ASKING = re.compile(
    r"[,;:–] *(?=(?:(?:so|and|then|please|now|but) )*(?:what|which|how|propose|suggest|give|draft|show|list|help"
    r"|can you"
    r"|could you|any)\b)| +(?=(?:what|which|how) (?:should|do|can|would|must|could|will) (?:we|i|you)\b)",
    re.I,
)
_LISTED = re.compile(
    rf"^\W*(?:(?:design|the|and|or|all) )*{_NOUN}(?:(?:,| and| or)+ (?:design |the )?{_NOUN})* {_PREP} ", re.I
)
# What narrows a list is no part of a programme.
_NARROWS = re.compile(
    r"\b(?:without|except(?:ing)?(?: for)?|excluding|not|no|other than|apart from|above|beyond) (?:the |any )?"
    r"(?:outputs?|outcomes?|impacts?)(?:[- ]levels?)?(?: (?:ones|indicators|items))?\b"
    r"|^\W*(?:that |which )?(?:speak|talk)s? (?:of|about) [\w-]+"
    r"|\baccording to (?:the |icat['’]?s? )*(?:toolkit|icat)\b",
    re.I,
)
_MARKS = " ,;:.?!¿¡-–()"
LONGEST = 600  # characters; more is not needed to find what fits


def description_in(text: str, typed: str) -> str:
    """The programme a message describes, as typed; "" where it only names an activity type.

    `text`: the message with typing errors mended, word by word.
    """
    found = []
    for clause in clauses(text):
        for part in _BEFORE_ASKING.split(_POLITE.sub("", clause)):
            frame = (_PASSIVE.match(part) or _FRAME.match(part)) if _asks(part) else None
            pieces = [frame["lead"] or "", frame["tail"]] if frame else [] if _OPENS.match(part) else _elsewhere(part)
            found += [piece for piece in map(_clean, pieces) if says_something(piece)]
    return _as_typed(" ".join(" ".join(dict.fromkeys(found)).split())[:LONGEST].strip(), text, typed)


def _as_typed(found: str, text: str, typed: str) -> str:
    """With the mended words as they were typed."""
    for mended, word in zip(text.split(), typed.split(), strict=False):
        if mended != word:
            found = re.sub(rf"(?<!\w){re.escape(mended.strip(_MARKS))}(?!\w)", lambda _, w=word: w.strip(_MARKS), found)
    return found


def _asks(part: str) -> bool:
    return any(words.search(part) for _, words in KINDS) or bool(PROPOSAL.search(part) or _OPENS.match(part))


def _elsewhere(clause: str) -> list[str]:
    """A sentence that states something, whole; of a question in another language, what follows its 'for'."""
    if not any(words.search(clause) for _, words in KINDS):
        return [clause]
    named = _FOR_ELSEWHERE.search(clause)
    return [clause[named.end() :]] if named else []


def _clean(piece: str) -> str:
    for _, words in DETAILS:
        piece = re.sub(
            rf"(?:,? (?:and|with|including|plus|also)(?: the| their)? )?(?:{words.pattern})(?: by [\w ,]+)?",
            " ",
            piece,
            flags=re.I,
        )
    piece = _LISTED.sub("", STARTER.sub(" ", _NARROWS.sub(" ", piece)))
    piece = re.sub(
        rf"^\W*(?:(?:{_PREP}|and|so|our|if|then|because|since|after) )+(?=\w)", "", f"{piece.strip()}", flags=re.I
    )
    return " ".join(piece.split()).strip(_MARKS)
