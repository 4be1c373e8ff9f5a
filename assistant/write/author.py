"""An answer in a language model's words: drafted from the evidence, checked sentence by sentence, or not shown at all.

The verbatim answer is there first. It is what a reader gets whenever the model fails, declines, or writes what its
sources do not support; where it declines, extracts are never said to answer. A model is never asked without evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answer.act import labelled
from assistant.answer.differences import as_of
from assistant.show.words import say
from assistant.types import (
    Answer,
    Artefact,
    Covered,
    Delta,
    Drafting,
    Evidence,
    Outcome,
    Part,
    Queued,
    Request,
    Statement,
    Tier,
    Usage,
)
from assistant.watch.steps import step
from assistant.write.check import CheckedDraft, Checker, check_draft
from assistant.write.coverage import coverage
from assistant.write.draft import ParsedDraft, StreamingParser
from assistant.write.draft_prompt import QUESTION_LANGUAGE, DraftRequest, build, request_of
from assistant.write.model.types import ModelFault, Waiting, Writer
from corpus.language import LANGUAGES, detect

_LEAST = (Covered.NOT, Covered.PARTLY, Covered.ANSWERED)


@dataclass(frozen=True, slots=True)
class Author:
    """Writes with a model and checks what it wrote. Holds no state between answers."""

    writer: Writer
    checker: Checker

    def write(
        self, verbatim: Answer, evidence: Evidence, parts: Sequence[Part]
    ) -> Generator[Queued | Delta, None, Answer]:
        """Waits and unchecked sentences as they come; returns the answer to show.

        `verbatim`: the answer without a model, whatever its tier. Closing the generator stops the model too.
        """
        asked = partial(build, verbatim.request.stand_alone)
        return (yield from self._written(verbatim, evidence, parts, asked))

    def write_part(
        self, request: Request, evidence: Evidence, artefact: Artefact, topic: str, part: str
    ) -> Generator[Queued | Delta, None, Answer]:
        """The same of one part of a draft, by its heading; where it is not shown, an answer without statements.

        In the language that the request asks for, or is in.
        """
        values = {"artefact": artefact.value, "topic": topic, "part": part}
        language = LANGUAGES.get(request.slots.answer_language or request.language, QUESTION_LANGUAGE)
        asked = partial(request_of, "draft", values, language)
        return (yield from self._written(Answer(request), evidence, (), asked))

    def _written(
        self,
        verbatim: Answer,
        evidence: Evidence,
        parts: Sequence[Part],
        asked: Callable[[Evidence, Writer], DraftRequest],
    ) -> Generator[Queued | Delta, None, Answer]:
        try:
            request = asked(evidence, self.writer)
        except ModelFault as fault:
            return self._failed(verbatim, fault, None, None)
        parser = StreamingParser()
        with step("write") as taken, self.writer.write(request.messages) as writing:
            try:
                for piece in writing:
                    if isinstance(piece, Waiting):
                        yield Queued(piece.before)
                        continue
                    for sentence in parser.feed(piece):
                        yield Delta(sentence.text, sentence.labels)
            except ModelFault as fault:
                taken.error = fault.reason.value
                return self._failed(verbatim, fault, request, writing.usage)
            usage = writing.usage
        parser.finish()
        return self._checked(verbatim, parser.draft, evidence, parts, request, usage)

    def _failed(self, verbatim: Answer, fault: ModelFault, request: DraftRequest | None, usage: Usage | None) -> Answer:
        drafting = Drafting(self.writer.name, Outcome.FAILED, fault.reason.value, request.prompt if request else "")
        return instead(verbatim, fault.notice, drafting, usage)

    @step("check")
    def _checked(
        self,
        verbatim: Answer,
        draft: ParsedDraft,
        evidence: Evidence,
        parts: Sequence[Part],
        request: DraftRequest,
        usage: Usage,
    ) -> Answer:
        """The draft as far as it holds, or the verbatim answer."""
        seen = Evidence(tuple(evidence[label] for label in request.kept))  # labels are from 1 and kept from the best
        sentences = [sentence for sentence in draft.sentences if not sentence.lead]
        language = language_of([sentence.text for sentence in sentences], verbatim.request.asked, seen)
        checked = check_draft(sentences, seen, self.checker, language)
        drafting = self._drafting(checked, request)
        if draft.declined or not sentences:
            drafting = replace(drafting, outcome=Outcome.DECLINED)
            return instead(closest(verbatim), say("unsupported.declined"), drafting, usage)
        if not checked.claims:
            return instead(verbatim, say("unsupported.nothing"), drafting, usage)
        if checked.ungrounded:
            words = say("unsupported.ungrounded", len(checked.withheld), claims=checked.claims)
            return instead(verbatim, words, drafting, usage)
        statements = tuple(_dated(statement, seen) for statement in checked.statements)
        answer = replace(
            verbatim,
            evidence=seen,
            statements=statements,
            withheld=checked.withheld,
            coverage=coverage(parts, statements, self.checker.models, language),
            nearest=(),
            tier=None,
            confidence=None,
            written_by=self.writer.name,
            usage=usage,
            drafting=replace(drafting, outcome=Outcome.SHOWN),
        )
        return _told_of_languages(cited_only(answer), language)

    def _drafting(self, checked: CheckedDraft, request: DraftRequest) -> Drafting:
        return Drafting(
            self.writer.name,
            Outcome.UNGROUNDED,
            prompt=request.prompt,
            claims=checked.claims,
            supported=len(checked.statements),
            unknown_labels=checked.unknown_labels,
            repeated=checked.repeated,
            dropped=len(request.dropped),
        )


def language_of(sentences: Sequence[str], question: str, evidence: Evidence) -> str:
    """ISO 639-1 of what a model wrote: from its sentences, else the question, else most of its passages.

    Short texts tell nothing ("What is a remedy?"), and in an unknown language hardly anything could be checked.
    """
    passages = Counter(passage.chunk.language for passage in evidence.passages if passage.chunk.language)
    most = passages.most_common(1)
    return detect(" ".join(sentences)) or detect(question) or (most[0][0] if most else "")


def instead(verbatim: Answer, reason: str, drafting: Drafting, usage: Usage | None) -> Answer:
    """The verbatim answer, with one line on why it is shown. `reason`: a sentence without its full stop."""
    shown = say(f"instead.{(verbatim.tier or Tier.ANSWERS).value}")
    notice = " ".join(line for line in (reason + shown, verbatim.notice) if line)
    return replace(verbatim, notice=notice, drafting=drafting, usage=usage)


def closest(verbatim: Answer) -> Answer:
    """The verbatim answer where a model that read the passages found no answer: its extracts are only what is near."""
    if verbatim.tier is not Tier.ANSWERS:
        return verbatim
    parts = (replace(part, covered=min(part.covered, Covered.PARTLY, key=_LEAST.index)) for part in verbatim.coverage)
    return replace(verbatim, tier=Tier.MAY_ANSWER, coverage=tuple(parts))


def cited_only(answer: Answer) -> Answer:
    """The answer with only the passages that its sentences quote, numbered in the order of their first quote."""
    evidence, cited = labelled(answer.evidence, (*answer.statements, *answer.withheld))
    shown = len(answer.statements)
    return replace(answer, evidence=evidence, statements=cited[:shown], withheld=cited[shown:])


def _told_of_languages(answer: Answer, language: str) -> Answer:
    """With a line on what was not compared, where a passage is in another language than the answer."""
    if all(passage.chunk.language in ("", language) for passage in answer.evidence.passages):
        return answer
    return replace(answer, notice=" ".join(line for line in (say("written_across"), answer.notice) if line))


def _dated(statement: Statement, evidence: Evidence) -> Statement:
    return replace(statement, dated=as_of(statement, evidence).strip("()"))
