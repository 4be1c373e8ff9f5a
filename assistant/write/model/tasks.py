"""What a language model does beside writing: it completes follow-ups, tells the parts of a question, judges support.

Rules stand behind it: what it adds, loses or fails at is done by them. Each task sends messages and reads the reply
strictly; what does not keep to the format is None, and then done without the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import prompts
from assistant.types import Act, Corrected, Part, Request, Support, Turn
from assistant.wording.lexicon import pattern
from assistant.wording.tokens import read
from assistant.write.draft_prompt import as_data, fence_for
from assistant.write.judges import graded, reply
from assistant.write.model.types import ModelFault, Teller, Writer, whole
from corpus.sentences import sentences
from index.types import Filters
from prompts import Message

REWRITE_TOKENS = 200  # of the reply
PARTS_TOKENS = 300
JUDGE_TOKENS = 4
PARTS_MOST = 6
LINE_MOST = 400  # characters of one question
EARLIER = 3  # questions before it that a follow-up is read with
FULL_FROM, PARTIAL_FROM = 0.8, 0.3  # probability of "yes"; a model of 1.5 billion says it of too much (evals/README.md)
WORDS_OF_TWO = 6  # content words from which a question may ask more than one thing
NO_FILTERS = Filters()
Told = TypeVar("Told")  # what is read of a reply
_EARLIER = (Act.ASK, Act.DRAFT, Act.LIST)  # acts of messages that a question may go on from
_JOINT = re.compile(r"\b(?:and|or|plus|also|et|ou|y|o|и|или)\b|[,;،，、]|\sو", re.I)
_MARKED = re.compile(r"(?:[-*•]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class ModelReading:
    """Understands messages by rules, and has a model read open questions better, as far as it adds nothing."""

    writer: Writer
    rules: Callable[[str, Sequence[Turn], Filters, Corrected | None], Request]
    parts: Callable[[str, str], tuple[Part, ...]]  # (text, ISO 639-1)

    def read(
        self,
        asked: str,
        turns: Sequence[Turn] = (),
        filters: Filters = NO_FILTERS,
        corrected: Corrected | None = None,
    ) -> Request:
        """The request of the rules; of an open question, what it leaves out and its parts as the model tells them."""
        request = self.rules(asked, turns, filters, corrected)
        if request.unsure or request.act is not Act.ASK:
            return request
        return self._split(self._completed(request, turns))

    def _completed(self, request: Request, turns: Sequence[Turn]) -> Request:
        """A follow-up that the rules put after what was said before as one question, with no other words than those."""
        earlier = [turn.answer.request.stand_alone for turn in turns if turn.answer.request.act in _EARLIER]
        own = own_words(request)
        if not earlier or own in ("", request.stand_alone):
            return request
        messages = rewrite_messages(own, earlier[-EARLIER:])
        written = self._told(messages, REWRITE_TOKENS, read_rewrite)
        if written is None or not _keeps_to(written, request, earlier[-EARLIER:]):
            return request
        return replace(request, stand_alone=written, parts=self.parts(written, request.language))

    def _split(self, request: Request) -> Request:
        """A long question that the rules leave whole as several, where they say all of it and nothing else."""
        if not may_ask_more(request):
            return request
        found = self._told(parts_messages(request.stand_alone), PARTS_TOKENS, read_parts) or ()
        parts = tuple(Part(line, line, self.parts(line, request.language)[0].asks) for line in found)
        if len(parts) < 2 or not _same_words(parts, request):
            return request
        return replace(request, parts=parts)

    def _told(self, messages: Sequence[Message], tokens: int, reads: Callable[[str], Told | None]) -> Told | None:
        try:
            return reads(whole(self.writer.write(messages, tokens)))
        except ModelFault:
            return None


def own_words(request: Request) -> str:
    """The sentences of a stand-alone question that were typed, without those that the rules put before them."""
    typed, text = read(request.asked, request.language).stems, request.stand_alone
    spans = (text[start:end] for start, end in sentences(text, request.language))
    return " ".join(sentence for sentence in spans if read(sentence, request.language).stems <= typed)


def may_ask_more(request: Request) -> bool:
    """Whether rules see one part in a question that may have more: it is long, and joined by a comma or an "and"."""
    text = request.stand_alone.rstrip(" ?")
    return len(request.parts) == 1 and len(_topic(text, request.language)) >= WORDS_OF_TWO and bool(_JOINT.search(text))


def _topic(text: str, language: str) -> frozenset[str]:
    """The stems of what a question is about, without words that only ask: "tell us"."""
    asking = pattern("asking", language)
    return read(asking.sub(" ", text) if asking else text, language).stems


def _same_words(parts: Sequence[Part], request: Request) -> bool:
    """Whether the parts have every word of the question, and no other, and each asks something of its own."""
    words = [_topic(part.text, request.language) for part in parts]
    different = len({(own, part.asks) for own, part in zip(words, parts, strict=True)}) == len(parts)
    return different and frozenset().union(*words) == _topic(request.stand_alone, request.language)


def _keeps_to(written: str, request: Request, before: Sequence[str]) -> bool:
    """Whether every word that was typed is there, and every other one was said before."""
    said, asked, ruled = (read(text, request.language).stems for text in (written, request.asked, request.stand_alone))
    known = frozenset().union(*(read(text, request.language).stems for text in before))
    return asked & ruled <= said <= ruled | known


@dataclass(frozen=True, slots=True)
class ReplyJudge:
    """A language model as a judge by its reply to the prompt `judge`: one word, anything else is no reply."""

    name: str
    writer: Writer

    def judge(self, claim: str, quotes: Sequence[str]) -> Support | None:
        """See `Judge`. ModelFault counts as no reply."""
        if not quotes:
            return Support.NONE
        try:
            return reply(whole(self.writer.write(judge_messages("\n".join(quotes), claim), JUDGE_TOKENS)))
        except ModelFault:
            return None


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
        try:
            told = self.model.first_word(judge_messages("\n".join(quotes), claim, "supported"), ("yes", "no"))
        except ModelFault:
            told = None
        if told:
            return graded(told["yes"], FULL_FROM, PARTIAL_FROM)
        return ReplyJudge(self.name, self.model).judge(claim, quotes)


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
    parts = listed(reply)
    if not 1 <= len(parts) <= PARTS_MOST or any(len(part) > LINE_MOST for part in parts):
        return None
    return parts


def listed(reply: str) -> tuple[str, ...]:
    """The lines of a reply without the marks of a list, in order, each once."""
    lines = (_MARKED.sub("", line.strip(), count=1) for line in reply.splitlines() if line.strip())
    return tuple(dict.fromkeys(lines))


def judge_messages(passage: str, claim: str, prompt: str = "judge") -> tuple[Message, ...]:
    """To say whether the passage supports the claim: yes, partly or no.

    "supported": whether it says all of it, yes or no, for a server that tells how probable each is.
    """
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
