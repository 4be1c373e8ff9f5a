"""What a language model does beside writing: it completes follow-ups, tells the parts of a question, judges support.

Rules stand behind it: what it adds, loses or fails at is done by them. Each task sends messages and reads the reply
strictly; what does not keep to the format is None, and then done without the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import prompts
from assistant.types import Support, Turn
from assistant.understand.kinds import QUESTION_MARKS, kind_of
from assistant.understand.question import content_words, parts
from assistant.write.draft_prompt import as_data, fence_for
from assistant.write.judges import graded, reply
from assistant.write.model.types import ModelFault, Teller, Writer, whole
from prompts import Message

REWRITE_TOKENS = 200  # of the reply
PARTS_TOKENS = 300
JUDGE_TOKENS = 4
PARTS_MOST = 6
LINE_MOST = 400  # characters of one question
EARLIER = 3  # questions before it that a follow-up is read with
FULL_FROM, PARTIAL_FROM = 0.8, 0.3  # probability of "yes"; a model of 1.5 billion says it of too much (evals/README.md)
WORDS_OF_TWO = 6  # content words from which a question may ask more than one thing
_JOINT = re.compile(r"\b(?:and|or|plus|also|et|ou|y|o|и|или)\b|[,;،，、]|\sو", re.I)
_MARKED = re.compile(r"(?:[-*•]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Makes follow-ups stand alone with a model, as far as it only adds what was said before."""

    writer: Writer
    rules: Callable[[str, Sequence[Turn]], str]

    def __call__(self, question: str, turns: Sequence[Turn]) -> str:
        """The question with what it leaves out. By rules where the model fails, loses a word or brings in a new one."""
        ruled = self.rules(question, turns)
        if ruled == question:
            return question
        earlier = [turn.answer.query.stand_alone for turn in turns if turn.answer.refusal is None][-EARLIER:]
        try:
            told = whole(self.writer.write(rewrite_messages(question, earlier), REWRITE_TOKENS))
        except ModelFault:
            return ruled
        written = read_rewrite(told)
        return written if written and _keeps_to(written, question, [*earlier, ruled]) else ruled


@dataclass(frozen=True, slots=True)
class Splitter:
    """Puts a question that asks several things as several questions, where the rules for it are unsure."""

    writer: Writer
    rewriter: Callable[[str, Sequence[Turn]], str]

    def __call__(self, question: str, turns: Sequence[Turn]) -> str:
        """What the rewriter makes of it; as several questions where they say all of it and nothing else."""
        whole_question = self.rewriter(question, turns)
        if not unsure(whole_question):
            return whole_question
        try:
            found = read_parts(whole(self.writer.write(parts_messages(whole_question), PARTS_TOKENS)))
        except ModelFault:
            return whole_question
        if found is None or len(found) < 2 or not _same_words(found, whole_question):
            return whole_question
        return " ".join(part if part.endswith(QUESTION_MARKS) else f"{part.rstrip('.')}?" for part in found)


def unsure(question: str) -> bool:
    """Whether rules see one part in a question that may have more: it is long, and joined by a comma or an "and"."""
    found = parts(question)
    return (
        len(found) == 1 and len(content_words(question)) >= WORDS_OF_TWO and bool(_JOINT.search(question.rstrip(" ?")))
    )


def _same_words(found: Sequence[str], question: str) -> bool:
    """Whether the parts have every content word of the question, and no other, and each asks something of its own."""
    words = [frozenset(content_words(part)) for part in found]
    different = len({(own, kind_of(part)) for own, part in zip(words, found, strict=True)}) == len(found)
    return different and frozenset().union(*words) == frozenset(content_words(question))


def _keeps_to(written: str, question: str, before: Sequence[str]) -> bool:
    """Whether every content word that was typed is there, and every other one was said before."""
    said = set(content_words(written))
    typed = set(content_words(question))
    known = {word for text in before for word in content_words(text)}
    return typed <= said and said <= typed | known


@dataclass(frozen=True, slots=True)
class ModelJudge:
    """A language model as a judge: by the probability of "yes" where its server tells it, else by a one-word reply."""

    model: Teller

    @property
    def name(self) -> str:
        return self.model.name

    def judge(self, claim: str, quotes: Sequence[str]) -> Support | None:
        """See `Judge`. ModelFault counts as no reply."""
        if not quotes:
            return Support.NONE
        passage = "\n".join(quotes)
        try:
            told = self.model.first_word(supported_messages(passage, claim), ("yes", "no"))
        except ModelFault:
            told = None
        if told:
            return graded(told["yes"], FULL_FROM, PARTIAL_FROM)
        try:
            return reply(whole(self.model.write(judge_messages(passage, claim), JUDGE_TOKENS)))
        except ModelFault:
            return None


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
