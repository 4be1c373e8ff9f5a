"""Parts of a draft in a language model's words, one after the other: checked as answers are, or their quotes stay."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from time import monotonic
from typing import Protocol

from assistant.draft.aspects import aspects
from assistant.draft.edit import pruned
from assistant.draft.material import Material, Stock
from assistant.draft.outlines import part_of
from assistant.show.words import say
from assistant.types import (
    Answer,
    Artefact,
    Delta,
    Drafting,
    DraftLine,
    DraftPart,
    DraftWords,
    Evidence,
    Outcome,
    Passage,
    Queued,
    Request,
    Statement,
    Usage,
)

MOST = 6  # parts that are written at once
SECONDS = 240.0  # after which no other part is begun
PASSAGES = 4  # that one part is written from
BY_PROGRAM = (DraftWords.QUOTED, DraftWords.WRITTEN)


class WritesParts(Protocol):
    """Has a language model write parts of drafts."""

    def write_part(
        self, request: Request, evidence: Evidence, artefact: Artefact, topic: str, part: str
    ) -> Generator[Queued | Delta, None, Answer]:
        """Events while it writes; returns the checked sentences, or none and in `drafting` why."""


def in_extracts(answer: Answer) -> list[int]:
    """The parts of a draft that a model can write: those that quote extracts."""
    parts = answer.draft.parts if answer.draft else ()
    return [place for place, part in enumerate(parts) if any(_is_extract(answer, line) for line in part.lines)]


def written(
    answer: Answer,
    material: Material,
    author: WritesParts,
    places: Sequence[int],
    again: bool = False,
    clock: Callable[[], float] = monotonic,
) -> Generator[Queued | Delta, None, Answer]:
    """The draft with those parts written, as far as there is time. What cannot be shown stays as it is, and is counted.

    `again`: from other passages first, since the same ones would give the same text. A model that fails is not asked
    for another part.
    """
    end, stays, reason = clock() + SECONDS, 0, ""
    for done, place in enumerate(places):
        if done == MOST or clock() > end:
            return _told(answer, stays + len(places) - done, reason or say("draft.stays_why.time"))
        part = yield from _part(answer, material, author, place, again)
        answer = _with_written(answer, place, part)
        if part.drafting.outcome is Outcome.FAILED:
            return _told(answer, stays + len(places) - done, say(f"fault.{part.drafting.reason}"))
        if part.drafting.outcome is not Outcome.SHOWN:
            stays, reason = stays + 1, say("draft.stays_why.unsupported")
    return _told(answer, stays, reason)


def _told(answer: Answer, stays: int, reason: str) -> Answer:
    """With a line on how many parts stay as they were, and why."""
    line = say("draft.stays", stays, reason=reason) if stays else ""
    return replace(answer, notice=" ".join(each for each in (line, answer.notice) if each))


def _part(
    answer: Answer, material: Material, author: WritesParts, place: int, again: bool
) -> Generator[Queued | Delta, None, Answer]:
    draft = answer.draft
    part, outline = draft.parts[place], part_of(draft.artefact, draft.parts[place].heading)
    own, others = _passages(answer, part, material.extracts_for(part.heading))
    found = {passage.chunk.id: passage for passage in ((*others, *own) if again else (*own, *others))}
    evidence = Evidence(tuple(found.values())[:PASSAGES])
    asks = aspects()[outline.aspect].asks if outline and outline.aspect else ""
    described = f"{part.heading}. {asks}".rstrip()
    return (yield from author.write_part(answer.request, evidence, draft.artefact, draft.theme, described))


def _passages(answer: Answer, part: DraftPart, stock: Stock) -> tuple[list[Passage], list[Passage]]:
    """Those that a part quotes, and those of its stock that stand nowhere in the draft."""
    stated = [answer.statements[line.statement] for line in part.lines if line.words in BY_PROGRAM]
    own = [answer.evidence[quote.label] for statement in stated for quote in statement.quotes]
    here = {passage.chunk.id for passage in answer.evidence.passages}
    near = [stock.evidence[statement.quotes[0].label] for statement in stock.statements]
    return own, [passage for passage in near if passage.chunk.id not in here]


def _is_extract(answer: Answer, line: DraftLine) -> bool:
    return line.words is DraftWords.QUOTED and bool(answer.statements[line.statement].lines)


def _with_written(answer: Answer, place: int, part: Answer) -> Answer:
    """The answer with what was written of a part in place of what the program quoted or wrote there before."""
    known = replace(answer, drafting=_both(answer.drafting, part.drafting), usage=_sum(answer.usage, part.usage))
    if part.drafting.outcome is not Outcome.SHOWN:
        return known
    passages = list(answer.evidence.passages)  # one may stand there twice, and labels count from them all
    labels: dict[str, int] = {}
    for label, passage in enumerate(passages, start=1):
        labels.setdefault(passage.chunk.id, label)
    for passage in part.evidence.passages:
        if passage.chunk.id not in labels:
            passages.append(passage)
            labels[passage.chunk.id] = len(passages)

    def relabelled(statement: Statement) -> Statement:
        quotes = (replace(q, label=labels[part.evidence[q.label].chunk.id]) for q in statement.quotes)
        return replace(statement, quotes=tuple(quotes))

    first = len(answer.statements)
    new = [DraftLine(DraftWords.WRITTEN, "", first + number) for number in range(len(part.statements))]
    old = answer.draft.parts[place]
    start = next((n for n, line in enumerate(old.lines) if line.words in BY_PROGRAM), len(old.lines))
    rest = (line for line in old.lines[start:] if line.words not in BY_PROGRAM)
    changed = replace(old, lines=(*old.lines[:start], *new, *rest))
    parts = (*answer.draft.parts[:place], changed, *answer.draft.parts[place + 1 :])
    known_texts = {statement.text for statement in answer.withheld}
    withheld = (relabelled(each) for each in part.withheld if each.text not in known_texts)
    return pruned(
        replace(
            known,
            evidence=Evidence(tuple(passages)),
            statements=(*answer.statements, *map(relabelled, part.statements)),
            withheld=(*answer.withheld, *withheld),
            written_by=part.written_by,
            draft=replace(answer.draft, parts=parts),
        )
    )


def _both(before: Drafting | None, new: Drafting) -> Drafting:
    """What became of all that a model wrote for one draft: shown, if some of it is."""
    if before is None:
        return new
    shown = Outcome.SHOWN in (before.outcome, new.outcome)
    return replace(
        new,
        outcome=Outcome.SHOWN if shown else new.outcome,
        reason="" if shown else new.reason,
        prompt=new.prompt or before.prompt,
        claims=before.claims + new.claims,
        supported=before.supported + new.supported,
        unknown_labels=tuple(dict.fromkeys((*before.unknown_labels, *new.unknown_labels))),
        repeated=before.repeated + new.repeated,
        dropped=before.dropped + new.dropped,
    )


def _sum(before: Usage | None, new: Usage | None) -> Usage | None:
    if before is None or new is None:
        return before or new
    tokens = (before.tokens_in + new.tokens_in, before.tokens_out + new.tokens_out)
    return Usage(*tokens, before.estimated or new.estimated)
