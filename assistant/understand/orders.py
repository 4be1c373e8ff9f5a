"""Sentences that speak to the machine that reads them, not to a reader: "ignore your instructions".

In a document such a sentence is no statement of the publication; in a question it is not what is asked. The words are
in `orders.yaml`; no model is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from assistant.understand.lexicon import Lexicon, Mention, lexicon, read_lexicon, words_of
from corpus.language import short_language
from corpus.sentences import sentences

SOURCE = "orders.yaml"
LINES = 8192  # that are remembered: the same lines of documents are looked at for question after question
REACH = 6  # words between what is to be ignored and that
TURN_SIGNS = re.compile(  # what chat templates and tool calls are written with, of several families of models
    r"<\|[^<>\n]{0,40}\|?>|<[|｜][^<>\n]{0,40}[|｜]>|<</?SYS>>"
    r"|</?(?:start_of_turn|end_of_turn|start_of_image|tool_calls?|tool_response|function_calls?|think|thinking)>"
    r"|\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT)\]|\[gMASK\]",
    re.IGNORECASE,
)
# Letters that nobody sees; joiners, which scripts need, are none of them.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_JOINERS = re.compile("[\u200c\u200d]")
_ALIKE = str.maketrans("аеорсухіѕјԁһӏԛԝορνα", "aeopcyxisjdhlqwopva")  # Cyrillic and Greek letters that look Latin
_MIXED = re.compile(r"[a-z][\u0370-\u052f]|[\u0370-\u052f][a-z]", re.I)
_TAGGED = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.I | re.S)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!--.*?-->|\[/?(?:sys|system)\]", re.I | re.S)
_GAP = re.compile(r"\s+([?!.,;:])")
_ROLE = re.compile(
    r"^\W*(?-i:SYSTEM|ASSISTANT|DEVELOPER|ADMIN)\b[^:]{0,12}:|^\W*(?:new|real|hidden) instructions\s*:"
    r"|^\s*#{2,}\s*(?:system|instruction|response|human|user|assistant)s?\s*:",
    re.I,
)


@lru_cache(maxsize=LINES)
def speaks_to_machine(text: str) -> bool:
    """Whether a text holds an order to whatever machine reads it, also in unseen letters or such as look alike."""
    plain = INVISIBLE.sub("", _JOINERS.sub("", text))
    return _orders_in(plain) or bool(_MIXED.search(plain) and _orders_in(plain.translate(_ALIKE)))


def _orders_in(text: str) -> bool:
    mentions = [mention for mention in _orders().mentions(text, _script(text)) if mention.section == "order"]
    opening = {mention.start for mention in mentions if _opens(text, mention, mentions)}
    by_itself = any(m.name in ("addressed", "freed") or (m.name == "only" and m.start in opening) for m in mentions)
    ignored = [mention.end for mention in mentions if mention.name == "ignores" and mention.start in opening]
    named = [mention.start for mention in mentions if mention.name == "instructions"]
    near = any(start - end >= 0 and len(words_of(text[end:start])) <= REACH for end in ignored for start in named)
    return by_itself or near or bool(_ROLE.match(text) or TURN_SIGNS.search(text))


def _opens(text: str, order: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether an order begins a sentence or clause, but for "please", "now", "you must"."""
    clause = max((found.end() for found in re.finditer(r"[.!?:;,،。！？，；|]\s*", text[: order.start])), default=0)
    covered = {i for m in mentions if m.name == "opens" for i in range(m.start, m.end)}
    return not any(text[i].isalpha() and i not in covered for i in range(clause, order.start))


def without_orders(question: str) -> str:
    """A question without mark-up and without orders to the machine; as it was where nothing else is left.

    Beside an order, only what asks is kept: the rest belongs to the order.
    """
    plain = _GAP.sub(r"\1", " ".join(_TAG.sub(" ", TURN_SIGNS.sub(" ", _TAGGED.sub(" ", question))).split()))
    if not speaks_to_machine(plain):
        return question if plain == " ".join(question.split()) or not any(c.isalnum() for c in plain) else plain
    pieces = [plain[start:end] for start, end in sentences(plain)]
    kept = [_asked_beside(piece) if speaks_to_machine(piece) else piece * _asks(piece) for piece in pieces]
    asked = " ".join(piece for piece in kept if piece)
    return asked or question


def _asks(text: str) -> bool:
    """Whether a piece of a message ends like a question, or has a word that asks."""
    if text.rstrip(" \"'”»").endswith(("?", "؟", "？")):
        return True
    return any(mention.section == "asks for" for mention in lexicon().mentions(text, _script(text)))


def _asked_beside(sentence: str) -> str:
    """What a sentence asks beside the order it holds; "" for nothing."""
    joints = [found.end() for found in re.finditer(r"(?:[:;,–—.]|\b(?:and|then|but|et|y|и)\b)\s*", sentence)]
    for start in reversed(joints):
        rest = sentence[start:]
        if _asks(rest) and not speaks_to_machine(rest):
            return rest[0].upper() + rest[1:]
    return ""


def _script(text: str) -> str:
    """The language whose phrases to look for, beside English: told by a few letters, since orders hide in any text."""
    return short_language(text[:400])


@cache
def _orders() -> Lexicon:
    return read_lexicon(files(__package__) / SOURCE)
