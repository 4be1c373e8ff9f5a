"""A question taken apart: its parts, and the words, names and years it holds.

Only words are looked at, no model. Questions are told apart best in English; French, Spanish, Russian, Arabic
and Chinese question words are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understand.intent import plainly
from assistant.understand.kinds import Asks, kind_of

TOPIC_WORDS = 40  # of a story that are put before a question that says little
SUBJECT_WORDS = 4  # of a subject that is put for a pronoun
READ_WORDS = 80  # the last words of a part: a cross-encoder is shown no more of it
MAX_PARTS = 4  # more are a questionnaire; the rest stays with the last part
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """One question within what was asked."""

    text: str  # as asked, shown in the coverage
    reads: str  # the same with what it leaves out (its topic), what a cross-encoder reads
    asks: Asks
    plainly: str = ""  # the same as the Toolkit would put it; "" for other questions

    @property
    def readings(self) -> tuple[str, ...]:
        """All the wordings to look for; a text that bears on one bears on the part."""
        return (self.reads, self.plainly) if self.plainly else (self.reads,)


_FUNCTION = """
    a about above after again all also am an and any are as at be because been before being between both but by
    can could did do does doing down each either else ever for from further get give given had has have having
    he her here hers him his how however i if in into is it its itself just kind know let like list many may me
    mean means meant might more most much must my name need no nor not of off on once one only or other our
    ours out over own please same say says shall she should show so some such tell than that the their theirs
    them then there these they this those through to too under until up upon us use used using very was we were
    what when where whether which while who whom whose why will with within without would you your yours
    yourself ourselves explain describe define definition difference differ different exactly according
    regarding concerning relate related document documents report reports paper publication text
    kinds type types sort sorts way ways main key matter matters happen happens happened come came go goes gone
    take takes taken took make makes made find found exist exists thing things something somebody someone
"""
FUNCTION_WORDS = frozenset(_FUNCTION.split())
_CALENDAR = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
"""
_OF_THE_CALENDAR = frozenset(_CALENDAR.split())  # written with a capital, and no names
_POINTS_BACK = re.compile(r"\b(?:it|its|they|them|their|this|that|these|those|he|she|him|her|so|such|there)\b", re.I)

_PRONOUN = re.compile(r"\b(?:it|its|they|their|them)\b", re.I)
_WHAT_IS = re.compile(r"^what (?:is|are|was|were) (?P<what>[^?,;:.]+)\??$", re.I)

# What may follow "and" for a second question to begin there.
_OPENERS = (
    r"(?:(?:in|for|by|to|at|on|with|from|of)\s+)?(?:who|whom|whose|what|when|where|why|how|which)\b(?!\s*[,?.]|\s*$)"
    r"|(?:is|are|was|were|do|does|did|can|could|should|must|may|will|would|has|have)\s+"
    r"(?:i|you|he|she|it|we|they|there|this|that|these|those|the|a|an|any)\b"
)
_OPENERS_ELSEWHERE = (
    r"comment|qui|quand|où|pourquoi|quels?|quelles?|combien|que|cómo|quién(?:es)?|cuándo|dónde|por qué|cuál(?:es)?"
    r"|cuánt[oa]s?|qué|как|кто|когда|где|почему|зачем|как(?:ие|ой|ая)|сколько|что|чем"
)
_JOINT = re.compile(
    rf",?\s+(?:and|&|as well as|but)\s+(?:also\s+)?(?=(?:{_OPENERS}))"
    rf"|;\s+(?:and\s+)?(?=\S)|,\s+(?=(?:how|why|when|where|who)\s+(?:do|does|did|is|are|can|should|was|were)\b)"
    rf"|,?\s+(?:et|y|и)\s+(?=(?:{_OPENERS_ELSEWHERE})\b)|[،,]?\s+و(?=(?:كيف|متى|أين|لماذا|كم|ماذا|هل)\s)"
    rf"|[，,](?:以及|并且|而且|和)?(?=如何|怎么|为什么|谁|何时|哪些|什么)",
    re.I,
)
_SENTENCE = re.compile(r"[^.?!؟？。！\n]+(?:[.](?=\S)[^.?!؟？。！\n]*)*[.?!؟？。！]*")
_ASKS_SOMETHING = re.compile(
    rf"^\W*(?:{_OPENERS}|{_OPENERS_ELSEWHERE}\b|list|name|give|tell|explain|describe|define|compare|show|summari[sz]e"
    r"|should|can|could|is|are|do|does|did|must|may|has|have|was|were)\b",
    re.I,
)

_NAME = re.compile(r"(?<![.?!؟]\s)(?<!^)(?<![¿¡“\"«(])\b(?:[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]{2,}[\w-]*)")
_NUMBERED = re.compile(
    r"\b(annex|appendix|article|brief|chapter|figure|goal|guideline|outcome|paper|paragraph|part|principle"
    r"|recommendation|resolution|rule|section|step|table|target)s? (?:no\.? ?)?0*(\d{1,3})\b(?![.,]?\d)",
    re.I,
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def content_words(text: str) -> tuple[str, ...]:
    """The words that carry a topic, folded to lower case, in order; function and question words left out."""
    words = (word.casefold() for word in re.findall(r"\w+(?:[-’']\w+)*", text))
    return tuple(word for word in words if word not in FUNCTION_WORDS and (len(word) > 1 or word.isdigit()))


def says_little(text: str) -> bool:
    """Whether a question cannot be looked up without what stands around it."""
    return len(content_words(text)) < 2


def names(text: str) -> tuple[str, ...]:
    """Capitalised words and abbreviations that do not merely open a sentence, days and months left out; each once."""
    found = (match for match in _NAME.findall(text) if match.casefold() not in FUNCTION_WORDS | _OF_THE_CALENDAR)
    return tuple(dict.fromkeys(found))


def years(text: str) -> tuple[str, ...]:
    """The four-digit years in a text, each once, in order."""
    return tuple(dict.fromkeys(_YEAR.findall(text)))


def marks(text: str) -> dict[str, frozenset[str]]:
    """What a text tells apart by number: its years, and parts of documents ("Issue Brief 04": brief -> 4)."""
    found: dict[str, set[str]] = {}
    for word, number in _NUMBERED.findall(text):
        found.setdefault(word.casefold(), set()).add(number)
    if named := years(text):
        found["year"] = set(named)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def parts(text: str) -> tuple[Part, ...]:
    """The questions in a text, at most MAX_PARTS, in order; never empty for a text that is not blank.

    A sentence that asks nothing (a story before the question) is no part, unless nothing else is there.
    A part that says too little to be looked up alone carries what it leaves out in `reads`.
    """
    sentences = [s for match in _SENTENCE.finditer(_fold(text)) if (s := _fold(match.group()).strip())]
    asking = [s for s in sentences if s[-1] in "?؟？"] or [s for s in sentences if _ASKS_SOMETHING.search(s)]
    asked = [piece for sentence in (asking or [_fold(text)]) for piece in _split(sentence)]
    asked = list(dict.fromkeys(asked))
    if len(asked) > MAX_PARTS:
        asked = [*asked[: MAX_PARTS - 1], " ".join(asked[MAX_PARTS - 1 :])]
    story = " ".join(s for s in sentences if s not in asking) if asking else ""
    found: list[Part] = []
    for piece in asked:
        topic = story or (found[0].reads if found else "")
        reads = _with_topic(piece, topic, first=not found)
        plain = plainly(piece, text)
        found.append(Part(piece, reads, Asks.LIST if plain else kind_of(piece), plain))
    return tuple(part for part in found if part.text)


def looked_up(text: str) -> str:
    """A question as it is looked up: with its parts as the Toolkit would put them, where they are of that kind."""
    return " ".join([text, *dict.fromkeys(part.plainly for part in parts(text) if part.plainly)])


def _fold(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _split(sentence: str) -> list[str]:
    """A sentence at its joints, where both sides say at least two words; else whole."""
    pieces = [_fold(piece) for piece in _JOINT.split(sentence)]
    whole: list[str] = []
    for piece in pieces:
        joins = bool(whole) and (_words(piece) < 2 or _words(whole[-1]) < 2)
        if joins:
            start = sentence.find(whole[-1])
            whole[-1] = _fold(sentence[start : sentence.find(piece, start + len(whole[-1])) + len(piece)])
        else:
            whole.append(piece)
    return [piece[0].upper() + piece[1:] for piece in whole if piece]


def _words(text: str) -> int:
    return len(text.split()) if text.isascii() or " " in text else len(text)


def _with_topic(piece: str, topic: str, *, first: bool) -> str:
    """A part with what it leaves out: its pronoun put as the subject of the topic, else the topic before it."""
    points_back = not first and bool(_POINTS_BACK.search(piece))
    subject = _subject(topic)
    if points_back and subject:
        told = _PRONOUN.sub(lambda found: _as(found.group(), subject), piece, count=1)
        if told != piece:
            return told
    topic = " ".join(topic.split()[:TOPIC_WORDS])
    if topic and (points_back or says_little(piece)):
        piece = f"{topic}{'' if topic[-1] in '.?!؟？。' else '?'} {piece}"
    return " ".join(piece.split()[-READ_WORDS:])


def _subject(topic: str) -> str:
    """What a question is about, where it can be told: X of "What is X?", or the only name in it; else ""."""
    defined = _WHAT_IS.match(topic)
    if defined and len(content_words(defined["what"])) <= SUBJECT_WORDS:
        return defined["what"]
    named = names(topic)
    return named[0] if len(named) == 1 else ""


def _as(pronoun: str, subject: str) -> str:
    return f"{subject}'s" if pronoun.casefold() in ("its", "their") else subject
