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
_TAGGED = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.I | re.S)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!--.*?-->|<\|[a-z_]+\|>|\[/?(?:inst|sys|system)\]", re.I | re.S)
_GAP = re.compile(r"\s+([?!.,;:])")
_ROLE = re.compile(
    r"^\W*(?-i:SYSTEM|ASSISTANT|DEVELOPER|ADMIN)\b[^:]{0,12}:|^\W*(?:new|real|hidden) instructions\s*:", re.I
)


@lru_cache(maxsize=LINES)
def speaks_to_machine(text: str) -> bool:
    """Whether a text holds an order to whatever machine reads it."""
    mentions = [mention for mention in _orders().mentions(text, _script(text)) if mention.section == "order"]
    opening = {mention.start for mention in mentions if _opens(text, mention, mentions)}
    by_itself = any(m.name in ("addressed", "freed") or (m.name == "only" and m.start in opening) for m in mentions)
    ignored = [mention.end for mention in mentions if mention.name == "ignores" and mention.start in opening]
    named = [mention.start for mention in mentions if mention.name == "instructions"]
    near = any(start - end >= 0 and len(words_of(text[end:start])) <= REACH for end in ignored for start in named)
    return by_itself or near or bool(_ROLE.match(text) or re.search(r"<\|im_|\[/?inst\]", text, re.I))


def _opens(text: str, order: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether an order begins a sentence or clause, but for "please", "now", "you must"."""
    clause = max((found.end() for found in re.finditer(r"[.!?:;,،。！？，；]\s*", text[: order.start])), default=0)
    covered = {i for m in mentions if m.name == "opens" for i in range(m.start, m.end)}
    return not any(text[i].isalnum() and i not in covered for i in range(clause, order.start))


def without_orders(question: str) -> str:
    """A question without mark-up and without orders to the machine; as it was where nothing else is left.

    Beside an order, only what asks is kept: the rest belongs to the order.
    """
    plain = _GAP.sub(r"\1", " ".join(_TAG.sub(" ", _TAGGED.sub(" ", question)).split()))
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
