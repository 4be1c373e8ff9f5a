"""What a long message asks: its last questions, apart from the story that leads to them.

A story speaks of indicators, lessons and questions too ("the donor wants to know how we measure success"), and asks
for none of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.understand.kinds import QUESTION_MARKS
from assistant.understand.lists.kinds_words import CLAUSE
from assistant.understand.lists.words import activities_in
from corpus.types import Activity

LONG = 45  # words from which a message is taken for a story with a question
RUN_ON = 30  # words of a sentence from which its own end is what asks
_OPENER = r"(?:who|whom|whose|what|what['’]s|which|how|when|where|why)"
_VERB = (
    r"(?:is|are|can|could|do|does|did|should|may|must|will|would|please|propose|suggest|give|list|show|explain|define)"
)
_LEADS = r"(?:(?:so|and|but|now|then|finally|also|please|ok|first|therefore|thus|here)\b\W+)*"
_REQUEST = re.compile(
    rf"^\W*{_LEADS}(?:(?:for|on|about|in|before|given) [^,]{{1,60}}, )?"
    rf"(?:{_OPENER}\b|(?:please|give|show|list|propose|suggest|draft|tell|help|name|explain|define|describe)\b"
    r"|(?:can|could|would|will) you\b|(?:i|we) (?:need|want|would like|wish|am looking for|are looking for)\b"
    r"|(?:my|our|the) question (?:is|was)\b|all (?:i|we) (?:want|need)\b"
    r"|(?:[\w-]+ ){0,3}(?:indicators?|questions?|lessons?|kpis?)\b[^.]{0,60}(?:please)?\W*$)",
    re.I,
)
# Asks for nothing by itself: what is wanted was said before.
_IDLE = re.compile(
    r"^\W*(?:(?:can|could|would|will) you (?:please )?(?:help|assist|support|advise)(?: (?:me|us))?"
    r"(?: (?:with|on|in) (?:this|that|it))?|is (?:that|this|it) (?:possible|ok|okay|clear|all right)"
    r"|(?:does|do) (?:that|this|it|you)? ?(?:make sense|understand)|right|ok|okay)\W*$",
    re.I,
)
_WITHIN = re.compile(
    rf"(?:[,;:–—] *(?:so|and|but|now|then) +(?:now +|then +)?(?=(?:{_OPENER}|{_VERB})\b)"
    rf"|(?:[;:–—]|,) *(?=(?:{_OPENER} (?:is|are|was|were|do|does|did|should|can|could|had|has|have)|{_VERB} (?:i|we|you"
    rf"|there|the))\b)"
    rf"|\b(?:so|is|know|understand|wonder(?:ing)?|question:?) +(?=(?:{_OPENER})\b))",
    re.I,
)
LEAST = 3  # words of the end of a sentence that can ask by itself


def asked_in(text: str) -> str:
    """The sentences that ask, of a long message; the whole of a short one, and of one in which no sentence asks.

    These are the last ones that stand together; of a sentence that goes on and on, its end.
    """
    if len(text.split()) < LONG:
        return text
    sentences = [s.strip() for s in CLAUSE.split(text) if s and s.strip(" .")]
    asking = [n for n, sentence in enumerate(sentences) if _asks(sentence)]
    if not asking:
        return _end_of(sentences[-1]) if len(sentences[-1].split()) >= RUN_ON else text
    block = [asking[-1]]
    while block[0] - 1 in asking:
        block.insert(0, block[0] - 1)
    return " ".join(_stopped(_end_of(sentences[n])) for n in block)


def most_named(clauses: Sequence[str]) -> tuple[Activity, ...]:
    """The activity types named by their work in the most clauses of a story; all of a short one, in order.

    A story names others by the way: who pays, who sends people, what was tried before.
    """
    if sum(len(clause.split()) for clause in clauses) < LONG:
        return activities_in(" ".join(clauses), weak=False)
    counts = Counter(activity for clause in clauses for activity in activities_in(clause, weak=False))
    most = max(counts.values(), default=0)
    return tuple(activity for activity in counts if counts[activity] == most)


def _asks(sentence: str) -> bool:
    if _IDLE.match(sentence):
        return False
    return sentence.endswith(QUESTION_MARKS) or bool(_REQUEST.match(sentence))


def _end_of(sentence: str) -> str:
    """What a very long sentence ends in, where that asks; else the sentence."""
    words = len(sentence.split())
    if words < RUN_ON:
        return sentence
    for match in _WITHIN.finditer(sentence):
        end = sentence[match.end() :]
        if LEAST <= len(end.split()) < RUN_ON:
            return end
    return sentence


def _stopped(sentence: str) -> str:
    return sentence if sentence[-1] in ".?!。？！؟" else f"{sentence}."
