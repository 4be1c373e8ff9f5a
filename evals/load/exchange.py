"""What a page asks of the server, and what of the reply is compared. Of the standard library alone: Locust loads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

ASK, OPEN = "/icat/channel/chat/ask", "/icat/channel/chat/open"
_LABEL = re.compile(r'class="icat-label[^>]*\bvalue="([^"]+)"|\bvalue="([^"]+)"[^>]*class="icat-label')

Step = dict[str, Any]


def asking(question: str) -> Step:
    """The first question of a conversation."""
    return {"question": question, "number": 0}


def opening(answered: Step) -> Step | None:
    """A press on the first label of an answer; None for an answer without one."""
    label = _LABEL.search(answered["html"])
    return {"value": label[1] or label[2], "record": answered["turn"]} if label else None


def last(lines: Iterable[str | bytes]) -> Step:
    """The last step of a reply, whose empty lines are signs of life. ValueError, with what it says, where it failed."""
    found: Step = {"text": "the reply ended without a step", "step": "failed"}
    for line in lines:
        if line.strip():
            found = json.loads(line)
    if found.get("step") == "failed":
        raise ValueError(found["text"])
    return found


def question_of(answered: Step) -> str:
    """The question that an answer is kept with: as it was asked, without details of people."""
    return answered["turn"]["turns"][0]["question"]


def held(answered: Step, question: str, alone: Mapping[str, Sequence[str]]) -> bool:
    """Whether a question was answered as it was alone; `alone`: `question_of` and `fingerprint` by what was asked.

    ValueError where the answer, or what it says, is that of another question.
    """
    kept, said = alone[question]
    if question_of(answered) != kept:
        raise ValueError("the answer to another question")
    if (found := fingerprint(answered)) == said:
        return True
    if any(found == other for _, other in alone.values()):
        raise ValueError("the statements of another answer")
    return False


def fingerprint(answered: Step) -> str:
    """Of the status and of every statement with what it quotes: 16 hexadecimal digits."""
    answer = answered["turn"]["turns"][0]["answer"]
    passages = answer.get("evidence", {}).get("passages", ())
    said = [answer["status"], answer.get("statements"), [each["chunk"]["id"] for each in passages]]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]
