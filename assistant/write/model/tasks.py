"""Small tasks for a language model: make a follow-up readable, split a question, judge a claim. Strict replies only.

Each task is a pair: the messages to send, and a reader of the reply that gives None where the reply does not keep to
the format. What is None is then done without the model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import prompts
from assistant.write.draft_prompt import as_data, fence_for
from prompts import Message

REWRITE_TOKENS = 200  # of the reply
PARTS_TOKENS = 300
JUDGE_TOKENS = 4
PARTS_MOST = 6
LINE_MOST = 400  # characters of one question
_MARKED = re.compile(r"(?:[-*•]|\d{1,2}[.)])\s+")


def rewrite_messages(question: str, earlier: Sequence[str]) -> tuple[Message, ...]:
    """To write `question` with what it leaves out; `earlier` questions oldest first."""
    lines = [f"Earlier: {_line(asked)}" for asked in earlier]
    asked = _line(question)
    values = {"earlier": "\n".join(lines), "question": asked, "fence": fence_for([asked, *lines])}
    return prompts.load("rewrite").fill(**values)


def read_rewrite(reply: str) -> str | None:
    """The question that was written: one line that can be a question."""
    lines = [line.strip() for line in reply.splitlines() if line.strip()]
    if len(lines) != 1 or not 3 <= len(lines[0]) <= LINE_MOST:
        return None
    return lines[0].strip("\"“”'") or None


def parts_messages(question: str) -> tuple[Message, ...]:
    """To split a question into what it asks."""
    asked = _line(question)
    return prompts.load("parts").fill(question=asked, fence=fence_for([asked]))


def read_parts(reply: str) -> tuple[str, ...] | None:
    """One to six questions, in order, each once."""
    lines = [_MARKED.sub("", line.strip(), count=1) for line in reply.splitlines() if line.strip()]
    parts = tuple(dict.fromkeys(lines))
    if not 1 <= len(parts) <= PARTS_MOST or any(len(part) > LINE_MOST for part in parts):
        return None
    return parts


def judge_messages(passage: str, claim: str) -> tuple[Message, ...]:
    """To say whether the passage supports the claim: yes, partly or no."""
    return _pair("judge", passage, claim)


def supported_messages(passage: str, claim: str) -> tuple[Message, ...]:
    """To say whether the passage says all of the claim: yes or no. For a server that tells how probable each is."""
    return _pair("supported", passage, claim)


def _pair(prompt: str, passage: str, claim: str) -> tuple[Message, ...]:
    passage, claim = _line(passage), _line(claim)
    return prompts.load(prompt).fill(passage=passage, claim=claim, fence=fence_for([passage, claim]))


def word_probabilities(tokens: Sequence[tuple[str, float]], words: Sequence[str]) -> dict[str, float] | None:
    """From (token, probability) of a first token: each word's share. None where no token begins any of the words.

    A token stands for the word that it begins, white space and capitals aside, with at least two letters.
    """
    shares = dict.fromkeys(words, 0.0)
    for token, probability in tokens:
        begun = token.strip().casefold()
        for word in words:
            if len(begun) >= 2 and word.startswith(begun):
                shares[word] += probability
    total = sum(shares.values())
    return {word: share / total for word, share in shares.items()} if total else None


def _line(text: str) -> str:
    return " ".join(as_data(text).split())
