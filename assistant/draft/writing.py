"""A draft in a language model's words: written over the arranged one, checked sentence by sentence, or not shown.

The model gets what its reader typed, the passages that were found and the draft as it stands. What is shown names its
sources; tasks, questions and invented cases stand in it as the model's own.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from itertools import chain, takewhile
from typing import Protocol

from assistant.answer.act import shifted
from assistant.draft.brief import Brief
from assistant.draft.edit import pruned, with_part
from assistant.draft.material import Material
from assistant.draft.outlines import outline_of
from assistant.show.draft import heading_of
from assistant.show.words import say
from assistant.texts.catalogue import replying
from assistant.types import (
    Answer,
    Delta,
    Drafting,
    DraftLine,
    DraftOrder,
    DraftWords,
    Evidence,
    Outcome,
    Passage,
    Queued,
    Request,
    Turn,
    Usage,
)

THEME = 8  # passages on the theme as a whole that the model has beside what the draft quotes
SUBJECT = 3  # and on each thing that the message names
MESSAGES = 4  # before the last one
LETTERS = 240  # of a quote in the draft as it stands: its passage is there in full
STAY = (Outcome.FAILED, Outcome.DECLINED, Outcome.UNGROUNDED)


class WritesDrafts(Protocol):
    """Has a language model write drafts."""

    def write_draft(
        self, request: Request, evidence: Evidence, order: DraftOrder
    ) -> Generator[Queued | Delta, None, Answer]:
        """Events while it writes; returns the checked draft, or none and in `drafting` why."""


def written(
    answer: Answer, brief: Brief, material: Material, author: WritesDrafts, turns: Sequence[Turn] = ()
) -> Generator[Queued | Delta, None, Answer]:
    """The arranged draft written by the model; as it was, with a line on why, where that cannot be shown.

    A draft in the last of `turns` goes with it, whether or not the message was read as one that changes it: a model
    sees that for itself.
    """
    made = list(takewhile(lambda turn: turn.answer.draft is not None, reversed(turns)))[:MESSAGES]
    before = made[0].answer if made else None
    passages = _passages(answer, brief, material, before)
    order = DraftOrder(
        (*(turn.answer.request.asked for turn in reversed(made)), answer.request.asked),
        tuple(part.heading for part in outline_of(brief.artefact).parts),
        tuple(_lines(before)) if before else (),
    )
    new = yield from author.write_draft(answer.request, Evidence(passages), order)
    if new.drafting.outcome in STAY:
        return _stays(answer, new)
    whole = sum(part.minutes for part in new.draft.parts)
    draft = replace(
        answer.draft,
        parts=new.draft.parts,
        title=new.draft.title,
        begins=None,  # the model writes clock times itself
        day=0,
    )
    notice = " ".join(filter(None, (new.notice, "" if before else _other_time(brief, whole, answer.request.language))))
    return pruned(replace(new, notice=notice, draft=draft))


def written_part(
    answer: Answer, brief: Brief, material: Material, author: WritesDrafts, place: int
) -> Generator[Queued | Delta, None, Answer]:
    """The draft with one part written anew, and the others as they are."""
    old = answer.draft.parts[place]
    order = DraftOrder(
        (*brief.asked.split("\n")[:-1], answer.request.asked),
        (old.heading,),
        tuple(_lines(answer)),
        heading_of(answer.draft, place),
    )
    new = yield from author.write_draft(answer.request, Evidence(_passages(answer, brief, material, answer)), order)
    if new.drafting.outcome in STAY:
        return _stays(answer, new)
    return _with_part(answer, new, place)


def _stays(answer: Answer, new: Answer) -> Answer:
    """The draft as it was, and why."""
    failed = new.drafting.outcome is Outcome.FAILED
    with replying(answer.request.language):
        reason = say(f"fault.{new.drafting.reason}") if failed else say("draft.unsupported")
        stays = say("draft.stays", reason=reason)
    notice = " ".join(filter(None, (stays, answer.notice)))
    return replace(answer, notice=notice, drafting=new.drafting, usage=new.usage)


def _other_time(brief: Brief, whole: int, language: str) -> str:
    """A line where the parts of one day take another time than was asked for."""
    wanted = brief.minutes
    if not (wanted and whole) or whole == wanted or brief.days > 1:
        return ""
    with replying(language):
        return say("draft.other_time", wanted=wanted, minutes=whole)


def _passages(answer: Answer, brief: Brief, material: Material, before: Answer | None) -> tuple[Passage, ...]:
    """Those that a draft as it stands cites, under their labels; those of the arranged one; what else was found."""
    cited = before.evidence.passages if before else ()
    named = [material.subject(subject).evidence.passages[:SUBJECT] for subject in brief.subjects]
    near = material.theme.evidence.passages[:THEME]
    further = {passage.chunk.id: passage for passage in chain(answer.evidence.passages, near, *named)}
    here = {passage.chunk.id for passage in cited}
    return (*cited, *(passage for id, passage in further.items() if id not in here))


def _lines(answer: Answer) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A draft as text, with the labels of its evidence."""
    for place, part in enumerate(answer.draft.parts):
        yield f"## {heading_of(answer.draft, place)}", ()
        if part.columns:
            yield _row(part.columns), ()
        for line in part.lines:
            text, labels = _text(answer, line)
            yield (_row((text, *line.cells)) if line.cells and part.columns else text), labels


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(answer: Answer, line: DraftLine) -> tuple[str, tuple[int, ...]]:
    """One line, and its labels; a long quote is cut."""
    words = f"{line.lead} {line.text}"
    if line.statement < 0:
        return words, ()
    statement = answer.statements[line.statement]
    if line.words is not DraftWords.AFTER:
        words += f" {statement.text if line.words is DraftWords.WRITTEN else statement.text[:LETTERS]}"
    return words, tuple(dict.fromkeys(quote.label for quote in statement.quotes))


def _with_part(answer: Answer, new: Answer, place: int) -> Answer:
    """The answer with what was written of a part in place of what the program, or the model, had there."""
    here, by = len(answer.evidence.passages), len(answer.statements)
    lines = chain.from_iterable(part.lines for part in new.draft.parts)
    lines = [replace(line, statement=line.statement + by) if line.statement >= 0 else line for line in lines]
    old = answer.draft.parts[place]
    own = [line for line in old.lines if line.words in (DraftWords.OWN, DraftWords.AFTER)]
    columns = next((part.columns for part in new.draft.parts if part.columns), ())
    part = replace(old, lines=(*lines, *own), empty=False, columns=columns)
    known = {statement.text for statement in answer.withheld}
    withheld = (shifted(each, here) for each in new.withheld if each.text not in known)
    return pruned(
        replace(
            answer,
            evidence=Evidence((*answer.evidence.passages, *new.evidence.passages)),  # one may stand there twice
            statements=(*answer.statements, *(shifted(each, here) for each in new.statements)),
            withheld=(*answer.withheld, *withheld),
            written_by=new.written_by,
            drafting=_both(answer.drafting, new.drafting),
            usage=_sum(answer.usage, new.usage),
            notice=new.notice,
            draft=with_part(answer.draft, place, part),
        )
    )


def _both(before: Drafting | None, new: Drafting) -> Drafting:
    """What became of all that a model wrote for one draft."""
    if before is None:
        return new
    return replace(new, claims=before.claims + new.claims, supported=before.supported + new.supported)


def _sum(before: Usage | None, new: Usage | None) -> Usage | None:
    if before is None or new is None:
        return before or new
    tokens = (before.tokens_in + new.tokens_in, before.tokens_out + new.tokens_out)
    return Usage(*tokens, before.estimated or new.estimated)
