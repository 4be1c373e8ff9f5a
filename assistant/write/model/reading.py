"""What a language model does beside writing: it completes follow-ups, tells the parts of a question, judges support.

Rules stand behind it: what it adds, loses or fails at is done by them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.types import Support, Turn
from assistant.understand.kinds import QUESTION_MARKS, kind_of
from assistant.understand.question import content_words, parts
from assistant.write.judges import ProbabilityJudge, ReplyJudge
from assistant.write.model.tasks import (
    JUDGE_TOKENS,
    PARTS_TOKENS,
    REWRITE_TOKENS,
    judge_messages,
    parts_messages,
    read_parts,
    read_rewrite,
    rewrite_messages,
    supported_messages,
)
from assistant.write.model.types import ModelFault, Teller, Writer, whole

EARLIER = 3  # questions before it that a follow-up is read with
FULL_FROM, PARTIAL_FROM = 0.8, 0.3  # probability of "yes"; a model of 1.5 billion says it of too much (evals/README.md)
WORDS_OF_TWO = 6  # content words from which a question may ask more than one thing
_JOINT = re.compile(r"\b(?:and|or|plus|also|et|ou|y|o|и|или)\b|[,;،，、]|\sو", re.I)


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
            reply = whole(self.writer.write(rewrite_messages(question, earlier), REWRITE_TOKENS))
        except ModelFault:
            return ruled
        written = read_rewrite(reply)
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
        by_probability = ProbabilityJudge(self.name, self._probability, FULL_FROM, PARTIAL_FROM)
        said = by_probability.judge(claim, quotes)
        return ReplyJudge(self.name, self._reply).judge(claim, quotes) if said is None else said

    def _probability(self, claim: str, passage: str) -> float | None:
        try:
            told = self.model.first_word(supported_messages(passage, claim), ("yes", "no"))
        except ModelFault:
            return None
        return told["yes"] if told else None

    def _reply(self, claim: str, passage: str) -> str:
        try:
            return whole(self.model.write(judge_messages(passage, claim), JUDGE_TOKENS))
        except ModelFault:
            return ""
