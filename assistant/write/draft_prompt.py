"""What a language model is asked: a question or topic and evidence as fenced data, within the model's context.

Documents and questions are untrusted. Each request has a random fence that occurs in none of its texts; labels,
marks and turn signs in them are made harmless. The check compares with the passages themselves, never with these.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import prompts
from assistant.show.words import UNSHOWABLE, title_words
from assistant.types import Evidence, Passage
from assistant.understand.orders import INVISIBLE, TURN_SIGNS
from assistant.write.labels import without_labels
from assistant.write.model.types import ModelFault, Reason, Writer
from corpus.language import LANGUAGES, detect
from prompts import Message

PER_MESSAGE = 8  # tokens that a chat template puts around each turn; the largest of the common ones is 5
SPARE = 32  # tokens left free: counts are estimates
QUESTION_LANGUAGE = "the language of the question"

_SIGNS_OF_TURNS = re.compile(  # a server may read them as such wherever they stand; these may also be plain words
    rf"{TURN_SIGNS.pattern}|</?(?:s|bos|eos|pad|unk|mask|sop|eop|tools?|extra_id_\d+|unused\d+)>"
    r"|\[/?(?:IMG|ARGS|THINK|PREFIX|SUFFIX|MIDDLE)\]",
    re.IGNORECASE,
)
_SIGNS = str.maketrans({"<": "‹", ">": "›", "|": "¦", "｜": "¦", "[": "(", "]": ")"})
_DASHES = re.compile(r"-{3,}")
_DECLINE = re.compile(r"\[(\s*no[ _-]?answer\s*)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """Messages ready to be sent, and what went into them. Labels are those of the evidence, whatever is left out."""

    messages: tuple[Message, ...]
    kept: tuple[int, ...]  # labels that the model sees, in order
    dropped: tuple[int, ...]  # labels that did not fit its context, lowest rank last
    prompt: str  # digest of the prompt file
    tokens: int  # of the messages, as counted


def build(question: str, evidence: Evidence, writer: Writer) -> DraftRequest:
    """The request for an answer to a question, in its language. Faults as for `request_of`."""
    return request_of("answer", {"question": question}, language_of(question), evidence, writer)


def request_of(
    purpose: str, asked: Mapping[str, str], language: str, evidence: Evidence, writer: Writer
) -> DraftRequest:
    """The request that a prompt file makes of what is asked, by its placeholders.

    `language`: its name in English. As many passages as fit the writer's context beside its answer, from the best; the
    others are named. ModelFault (too long) when not even one fits. ValueError without evidence: nothing is written from
    nothing.
    """
    if not evidence:
        raise ValueError("a model is not asked without evidence")
    prompt = prompts.load(purpose)
    texts = {name: " ".join(as_data(text).split()) for name, text in asked.items()}
    shown = [_shown(label, passage) for label, passage in enumerate(evidence.passages, start=1)]
    values = {**texts, "language": language, "fence": fence_for([*texts.values(), *shown])}
    room, count_tokens = writer.context_tokens - writer.answer_tokens - SPARE, writer.count_tokens
    used = tokens_of(prompt.fill(evidence="", **values), writer)
    kept = 0
    for text in shown:
        size = count_tokens(text) + 1
        if used + size > room:
            break
        used += size
        kept += 1
    if not kept:
        raise ModelFault(
            Reason.TOO_LONG,
            f"question and first passage take {used + count_tokens(shown[0])} tokens, there is room for {room}; "
            "raise model.context_tokens if the model reads more",
        )
    labels = range(1, len(shown) + 1)
    messages = prompt.fill(evidence="\n".join(shown[:kept]), **values)
    return DraftRequest(messages, tuple(labels[:kept]), tuple(labels[kept:]), prompt.digest, used)


def tokens_of(messages: Sequence[Message], writer: Writer) -> int:
    """What messages take of the writer's context, with what a chat template puts around them."""
    return sum(writer.count_tokens(message.text) + PER_MESSAGE for message in messages)


def as_data(text: str) -> str:
    """A text that cannot be taken for labels, marks, fences or turns; otherwise as it is, its lines kept."""
    text = INVISIBLE.sub("", UNSHOWABLE.sub("", text))
    text = _SIGNS_OF_TURNS.sub(lambda found: found[0].translate(_SIGNS), text)
    return _DASHES.sub("–", _DECLINE.sub(r"(\1)", without_labels(text)))


def fence_for(texts: Sequence[str], draw: Callable[[], str] = lambda: secrets.token_hex(6)) -> str:
    """A fresh random word that occurs in none of the texts."""
    while True:
        fence = draw()
        if not any(fence in text for text in texts):
            return fence


def language_of(question: str) -> str:
    """The English name of the question's language, as a prompt says it."""
    return LANGUAGES.get(detect(question), QUESTION_LANGUAGE)


def _shown(label: int, passage: Passage) -> str:
    """A passage under its label, title and date."""
    title = " ".join(as_data(title_words(passage.publication)).split())
    lines = (line.strip() for line in as_data(passage.chunk.text).splitlines())
    text = "\n".join(line for line in lines if line)
    return f"[S{label}] {title} ({passage.publication.date_label})\n{text}"
