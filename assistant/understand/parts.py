"""A message taken apart: what of it asks, what each part asks for, and the words that carry a topic. Words only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import AnswerType, Part
from assistant.understand.lexicon import Lexicon, Mention, words_of
from corpus.sentences import QUESTION_MARKS, sentences
from index.keywords import stems
from index.words import words

MAX_PARTS = 4  # more are a questionnaire; the rest stays with the last part
_ENOUGH = 3  # content words that a cross-encoder can go by
_OPENS = 3  # words within which a question without a mark begins
_END = ".?!؟？。！ "


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    mentions: tuple[Mention, ...]  # places count from the start of the sentence

    @property
    def asks(self) -> bool:
        """Whether it ends like a question, or begins like one."""
        return self.text.endswith(QUESTION_MARKS) or any(
            mention.section == "asks for" and len(words_of(self.text[: mention.start])) < _OPENS
            for mention in self.mentions
        )


def content_words(text: str, language: str = "en") -> tuple[str, ...]:
    """The words that carry a topic, folded, in order; stop words left out."""
    found = words(text)
    return tuple(word for word, stem in zip(found, stems(found, language), strict=True) if stem)


def parts_of(text: str, lexicon: Lexicon, language: str) -> tuple[Part, ...]:
    """The questions in a text, at most MAX_PARTS, in order; never empty for a text that is not blank.

    A story before the questions is no part: each carries it in `reads`, and the whole is one part where nothing in it
    asks. A part that says too little to be looked up alone, or points back, carries the first part.
    """
    told = [_Sentence(piece, lexicon.mentions(piece, language)) for piece in _pieces(text, language)]
    asking = [s for s in told if s.text.endswith(QUESTION_MARKS)] or [s for s in told if s.asks]
    if not asking:
        return (Part(text, text, _asks(lexicon.mentions(text, language))),) if told else ()
    asked = list(dict.fromkeys(piece for sentence in asking for piece in _split(sentence)))
    if len(asked) > MAX_PARTS:
        asked = [*asked[: MAX_PARTS - 1], " ".join(asked[MAX_PARTS - 1 :])]
    story = " ".join(s.text for s in told if s not in asking)
    found: list[Part] = []
    for piece in asked:
        mentions = lexicon.mentions(piece, language)
        points_back = any(mention.section == "points back" for mention in mentions)
        says = len(content_words(piece, language))
        leans = bool(found) and (points_back or says < 2)
        topic = story or (found[0].reads if leans else "")
        reads = f"{topic.rstrip(_END)}. {piece}" if topic else piece
        bare = piece if says >= _ENOUGH else ""
        found.append(Part(piece, reads, _asks(mentions), bare))
    return tuple(found)


def _pieces(text: str, language: str) -> list[str]:
    folded = (" ".join(text[start:end].split()) for start, end in sentences(text, language))
    return [piece for piece in folded if piece]


def _asks(mentions: Sequence[Mention]) -> AnswerType:
    """What the first question word asks for."""
    return next((AnswerType(mention.name) for mention in mentions if mention.section == "asks for"), AnswerType.OPEN)


def _split(sentence: _Sentence) -> list[str]:
    """A sentence where "and", a comma or a semicolon joins two questions; else whole. Each says at least two words.

    What asks nothing ("In the report of 2021, how many …") is no part of its own.
    """
    text, cuts = sentence.text, []
    opens = [mention.start for mention in sentence.mentions if mention.section == "asks for"]
    asks = [*opens, *(mention.start for mention in sentence.mentions if mention.section == "kind")]
    for joint in sentence.mentions:
        if joint.section == "joins" and any(0 <= start - joint.end <= 2 for start in opens):
            cuts.append((joint.start, joint.end))
    cuts += [found.span() for found in re.finditer(r"[,;，；،]\s*", text) if found.end() in opens]
    pieces, begin = [], 0
    for start, end in sorted(cuts):
        asked = any(begin <= place < start for place in asks)  # what follows a cut always does
        if asked and len(words_of(text[begin:start])) > 1 and len(words_of(text[end:])) > 1:
            pieces.append(text[begin:start])
            begin = end
    pieces.append(text[begin:])
    trimmed = (piece.strip(" ,;，；،") for piece in pieces)
    return [piece[0].upper() + piece[1:] for piece in trimmed if piece]
