"""What a language model does beside writing: it completes follow-ups and judges support. Rules stand behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.judges import ReplyJudge
from assistant.model_tasks import JUDGE_TOKENS, REWRITE_TOKENS, judge_messages, read_rewrite, rewrite_messages
from assistant.model_types import ModelFault, Writer, whole
from assistant.question import content_words
from assistant.types import Turn

EARLIER = 3  # questions before it that a follow-up is read with


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


def _keeps_to(written: str, question: str, before: Sequence[str]) -> bool:
    """Whether every content word that was typed is there, and every other one was said before."""
    said = set(content_words(written))
    typed = set(content_words(question))
    known = {word for text in before for word in content_words(text)}
    return typed <= said and said <= typed | known


def judge_of(writer: Writer) -> ReplyJudge:
    """The model as a judge of whether a passage supports a claim. ModelFault counts as no reply."""

    def ask(claim: str, passage: str) -> str:
        try:
            return whole(writer.write(judge_messages(passage, claim), JUDGE_TOKENS))
        except ModelFault:
            return ""

    return ReplyJudge(writer.name, ask)
