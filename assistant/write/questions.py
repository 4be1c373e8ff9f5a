"""A language model writes the questions that passages of added documents answer; what does not lead back is dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import prompts
from assistant.write.draft_prompt import SPARE, as_data, fence_for, tokens_of
from assistant.write.model.tasks import listed
from assistant.write.model.types import ModelFault, Reason, Writer
from corpus.kept_questions import WrittenFor, digest_of
from corpus.language import LANGUAGES
from corpus.types import Chunk, Document, Publication, PublicationId
from prompts import Message

PROMPT = "questions"
PASSAGE_MOST = 2400  # characters of one passage, where its chunks allow: what six questions can be about
REPLY_TOKENS = 400
FOUND_WITHIN = 3  # of the passages that a question leads to, those among which its own must be
QUESTION_LENGTH = range(12, 300)  # characters
_ASKS = re.compile(r"[?؟？]\s*$")
Search = Callable[[str], Sequence[Chunk]]  # what a question leads to, best first
_OF_ONE_PASSAGE = {Reason.EMPTY, Reason.CUT_OFF, Reason.LOOPS, Reason.TOO_LONG, Reason.SLOW_WHOLE}


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a model is asked about at once: chunks of one section that follow each other."""

    heading: str
    start: int  # in the document's text, half-open
    end: int
    text: str


def stretches_of(document: Document, chunks: Sequence[Chunk]) -> tuple[Stretch, ...]:
    """All of a document that stands under a heading, in its order."""
    found: list[Stretch] = []
    under = groupby(chunks, key=lambda chunk: " ".join(chunk.headings[-1].split()) if chunk.headings else "")
    for heading, run in under:
        start = end = -1
        for chunk in run if heading else ():
            if start >= 0 and chunk.end - start > PASSAGE_MOST:
                found.append(Stretch(heading, start, end, document.text[start:end]))
                start = -1
            start, end = (chunk.start if start < 0 else start), chunk.end
        if start >= 0:
            found.append(Stretch(heading, start, end, document.text[start:end]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class QuestionWriter:
    """Asks the model about one stretch after another."""

    writer: Writer
    search: Search

    def still_right(self, written: WrittenFor, stretch: Stretch) -> bool:
        """Whether what was written for a stretch is what would be asked for now: same words, prompt and model."""
        return written == self._record(stretch, written.questions, written.dropped)

    def written(self, stretches: Sequence[Stretch], about: Publication) -> Iterator[WrittenFor]:
        """What the model writes for each, in their order. ModelFault where it can't go on.

        What it had written of one that it fails at (cut off, the same again and again) counts; one that is too long for
        it has no question.
        """
        for stretch in stretches:
            asked = self._asked(stretch, about.language)
            good = tuple(each for each in asked if leads_back(self.search(each), stretch, about.id))
            yield self._record(stretch, good, len(asked) - len(good))

    def _record(self, stretch: Stretch, questions: tuple[str, ...], dropped: int) -> WrittenFor:
        return WrittenFor(
            heading=stretch.heading,
            start=stretch.start,
            end=stretch.end,
            passage=digest_of(stretch.text),
            model=self.writer.name,
            prompt=prompts.load(PROMPT).digest,
            questions=questions,
            dropped=dropped,
        )

    def _asked(self, stretch: Stretch, language: str) -> tuple[str, ...]:
        messages = messages_for(stretch, language)
        if tokens_of(messages, self.writer) > self.writer.context_tokens - REPLY_TOKENS - SPARE:
            return ()
        written: list[str] = []
        try:
            with self.writer.write(messages, REPLY_TOKENS) as writing:
                written += (step for step in writing if isinstance(step, str))
        except ModelFault as fault:
            if fault.reason not in _OF_ONE_PASSAGE:
                raise
        return read_questions("".join(written))


def leads_back(found: Sequence[Chunk], stretch: Stretch, publication: PublicationId) -> bool:
    """Whether a chunk of the stretch is among the first of what a search found."""
    return any(
        chunk.publication == publication and stretch.start <= chunk.start < stretch.end
        for chunk in found[:FOUND_WITHIN]
    )


def messages_for(stretch: Stretch, language: str) -> tuple[Message, ...]:
    """To write questions in a language (ISO 639-1) that a stretch answers."""
    heading = " ".join(as_data(stretch.heading).split())
    passage = "\n".join(line.strip() for line in as_data(stretch.text).splitlines() if line.strip())
    named = LANGUAGES.get(language, "the language of the passage")
    return prompts.load(PROMPT).fill(
        heading=heading, passage=passage, language=named, fence=fence_for([heading, passage])
    )


def read_questions(reply: str) -> tuple[str, ...]:
    """The lines that are questions, each once, at most as many as were asked for."""
    asked = [line for line in listed(reply) if len(line) in QUESTION_LENGTH and _ASKS.search(line)]
    return tuple(asked[: prompts.QUESTIONS])
