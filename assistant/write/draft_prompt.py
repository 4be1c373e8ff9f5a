"""What a language model is asked: a question or topic and evidence as fenced data, within the model's context.

Documents and questions are untrusted. Each request has a random fence that occurs in none of its texts; labels,
marks and turn signs in them are made harmless. The check compares with the passages themselves, never with these.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import prompts
from assistant.show.words import UNSHOWABLE, title_words
from assistant.types import DraftOrder, Evidence, Passage
from assistant.understand.orders import INVISIBLE, TURN_SIGNS
from assistant.write.labels import without_labels
from assistant.write.model.types import ModelFault, Reason, Writer
from corpus.language import LANGUAGES, detect
from prompts import Message

PER_MESSAGE = 8  # tokens that a chat template puts around each turn; the largest of the common ones is 5
SPARE = 32  # tokens left free: counts are estimates
QUESTION_LANGUAGE = "the language of the question"
WHOLE = "Write the whole draft."
CHANGED = (
    "Where the message changes the draft above, write the whole of it with that change; what it does not name stays. "
    "Where it asks for something else, leave the draft above aside and write that."
)
# Words that surely fit a token, with labels. Of our own texts Qwen2.5 has .85 in English, .65 in French and Spanish,
# .45 in Russian and Arabic.
WORDS_PER_TOKEN = 0.4

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


def build_draft(order: DraftOrder, language: str, evidence: Evidence, writer: Writer) -> DraftRequest:
    """The request for a draft, or one part of it. `language`: its name in English. Faults as for `request_of`."""
    *first, last = order.messages
    told = [*(f"First they wrote: {message}" for message in first), last] if first else [last]
    asked = {"message": " / ".join(told), "outline": " · ".join(order.outline)}
    words = int(writer.draft_tokens * WORDS_PER_TOKEN) // 10 * 10
    task = _task(order)
    made = {"words": str(words), "task": task}
    before = [_labelled(text, labels) for text, labels in order.before]
    return request_of("draft", asked, language, evidence, writer, writer.draft_tokens, made, before)


def _labelled(text: str, labels: Sequence[int]) -> str:
    return " ".join((*as_data(text).split(), "".join(f"[S{label}]" for label in labels))).rstrip()


def _task(order: DraftOrder) -> str:
    if order.part:
        heading = " ".join(as_data(order.part).split())
        return f"Write only the part “{heading}” of the draft above anew, in other words and from other passages."
    return CHANGED if order.before else WHOLE


def request_of(
    purpose: str,
    asked: Mapping[str, str],
    language: str,
    evidence: Evidence,
    writer: Writer,
    tokens: int = 0,
    made: Mapping[str, str] = MappingProxyType({}),
    before: Sequence[str] | None = None,
) -> DraftRequest:
    """The request that a prompt file makes of what is asked, by its placeholders.

    `language`: its name in English. `tokens`: that are left for the reply; 0 for those of an answer. `made`: values in
    words of ours. `before`: lines that are shown as data, their labels kept; None where the prompt has no place for
    them. As many passages as fit the writer's context beside its reply, from the best; the others are named. ModelFault
    (too long) when not even one fits. ValueError without evidence: nothing is written from nothing.
    """
    if not evidence:
        raise ValueError("a model is not asked without evidence")
    prompt = prompts.load(purpose)
    texts = {name: " ".join(as_data(text).split()) for name, text in asked.items()}
    shown = [_shown(label, passage) for label, passage in enumerate(evidence.passages, start=1)]
    fence = fence_for([*texts.values(), *shown, *(before or ())])
    values = {**texts, **made, "language": language, "fence": fence}
    if before is not None:
        values["before"] = _fenced(before, fence)
    room, count_tokens = writer.context_tokens - (tokens or writer.answer_tokens) - SPARE, writer.count_tokens
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


def _fenced(lines: Sequence[str], fence: str) -> str:
    """The draft as it stands, as data; "" where there is none."""
    return "\n".join((f"-----BEGIN DRAFT {fence}-----", *lines, f"-----END DRAFT {fence}-----")) if lines else ""


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
