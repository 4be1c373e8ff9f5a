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
from assistant.texts.catalogue import replying
from assistant.types import (
    Answer,
    Artefact,
    Covered,
    Delta,
    Draft,
    Drafting,
    DraftOrder,
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
from assistant.write.draft_prompt import QUESTION_LANGUAGE, DraftRequest, build, build_draft
from assistant.write.layout import WrittenText, laid_out, sentences_of
from assistant.write.lines import check_lines
from assistant.write.model.types import ModelFault, Reason, Waiting, Writer
from corpus.language import LANGUAGES, detect

ENDED_EARLY = (Reason.CUT_OFF, Reason.SLOW_BETWEEN, Reason.SLOW_WHOLE, Reason.LOOPS)  # what stands before it is sound
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

    def write_draft(
        self, request: Request, evidence: Evidence, order: DraftOrder
    ) -> Generator[Queued | Delta, None, Answer]:
        """The same of a draft, or of a part of one: an answer whose draft has its title and its parts.

        Sentences with labels are checked as those of answers are. Those without stand in it as the model's own, but for
        what they should not have. Where it is not shown, an answer without statements. A text that ends too early is
        shown up to its last whole part.
        """
        nothing = Answer(request)
        try:
            language = LANGUAGES.get(request.slots.answer_language or request.language, QUESTION_LANGUAGE)
            asked = build_draft(order, language, evidence, self.writer)
        except ModelFault as fault:
            return self._failed(nothing, fault, None, None)
        text = yield from self._streamed(asked, self.writer.draft_tokens)
        laid = laid_out(text.whole)
        if text.fault is not None:
            laid = replace(laid, parts=laid.parts[:-1])
            if text.fault.reason not in ENDED_EARLY or not laid.parts:
                return self._failed(nothing, text.fault, asked, text.usage)
        return self._checked_draft(nothing, laid, evidence, order, asked, text)

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
        text = yield from self._streamed(request)
        if text.fault is not None:
            return self._failed(verbatim, text.fault, request, text.usage)
        return self._checked(verbatim, text.draft, evidence, parts, request, text.usage)

    def _streamed(self, request: DraftRequest, tokens: int | None = None) -> Generator[Queued | Delta, None, _Text]:
        """Waits and sentences as they come; returns the text, with the fault it ended in."""
        parser, pieces, fault = StreamingParser(), [], None
        with step("write") as taken, self.writer.write(request.messages, tokens) as writing:
            try:
                for piece in writing:
                    if isinstance(piece, Waiting):
                        yield Queued(piece.before)
                        continue
                    pieces.append(piece)
                    for sentence in parser.feed(piece):
                        yield Delta(sentence.text, sentence.labels)
            except ModelFault as found:
                taken.error, fault = found.reason.value, found
            usage = writing.usage
        parser.finish()
        return _Text(parser.draft, "".join(pieces), usage, fault)

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
        seen = _seen(evidence, request)
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

    @step("check")
    def _checked_draft(
        self,
        nothing: Answer,
        laid: WrittenText,
        evidence: Evidence,
        order: DraftOrder,
        request: DraftRequest,
        text: _Text,
    ) -> Answer:
        """The draft as far as it holds, or nothing with the reason.

        What goes on from a draft as it stands may have that one's sources, whether or not their passages fit again.
        """
        seen = evidence if order.before else _seen(evidence, request)
        language = language_of([each.text for each in sentences_of(laid)], nothing.request.asked, seen)
        lines = check_lines(laid, seen, self.checker, (*order.messages, *(text for text, _ in order.before)), language)
        checked = CheckedDraft(lines.statements, lines.withheld, lines.unknown_labels)
        drafting = self._drafting(checked, request)
        if laid.declined or not laid.parts:
            return replace(nothing, drafting=replace(drafting, outcome=Outcome.DECLINED), usage=text.usage)
        if checked.ungrounded and not (lines.parts and lines.short and not lines.withheld):
            return replace(nothing, drafting=drafting, usage=text.usage)
        return replace(
            nothing,
            evidence=seen,
            statements=tuple(_dated(statement, seen) for statement in lines.statements),
            withheld=lines.withheld,
            notice=_early(text.fault, nothing.request.language) if text.fault else "",
            written_by=self.writer.name,
            usage=text.usage,
            drafting=replace(drafting, outcome=Outcome.SHOWN),
            draft=Draft(nothing.request.slots.artefact or Artefact.TEXT, "", lines.parts, title=lines.title),
        )

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


@dataclass(frozen=True, slots=True)
class _Text:
    """What a model wrote."""

    draft: ParsedDraft
    whole: str
    usage: Usage
    fault: ModelFault | None  # that it ended in


def _early(fault: ModelFault, language: str) -> str:
    """That the last part is left out, in the language that was written in."""
    with replying(language):
        return say("draft.ended_early", reason=fault.notice)


def _seen(evidence: Evidence, request: DraftRequest) -> Evidence:
    """What the model saw: labels are from 1 and kept from the best."""
    return Evidence(tuple(evidence[label] for label in request.kept))


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
