"""A draft changed by its reader: lines dropped, moved, written; what no line shows any more is no part of the answer.

Pure. What a reader writes is their own, and nobody checked it. In place of a quote it stays tied to what was quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from assistant.answer.act import labelled
from assistant.errors import NotInDraft
from assistant.show.draft import BY_MODEL, WHOLE
from assistant.show.words import VERBATIM, printable, say
from assistant.types import Answer, Draft, DraftLine, DraftPart, DraftWords, Statement

Thing = TypeVar("Thing")


class Change(StrEnum):
    """What can be done to a line, or to a part."""

    DROP = "drop"
    UP = "up"
    DOWN = "down"
    WRITE = "write"  # in place of a line; of a part: as its last line
    EDIT = "edit"  # a line's words changed; `act.Drafts.reworded` checks them, too
    SWAP = "swap"  # the next best in its place: `act.Drafts.swapped`
    ADD = "add"  # to a part what is offered for it, whose place among the offers is the line: `act.Drafts.added`
    AGAIN = "again"  # of a part: written once more by the language model: `act.Drafts.written_again`


@dataclass(frozen=True, slots=True)
class Revision:
    """`part` and `line` from 0; WHOLE for the part itself."""

    does: Change
    part: int
    line: int = WHOLE  # of ADD: an offer of the part
    text: str = ""  # of WRITE and EDIT


def edited(answer: Answer, revision: Revision) -> Answer:
    """The answer with its draft changed. NotInDraft where it has none, or no such part or line."""
    draft = answer.draft
    if draft is None or not 0 <= revision.part < len(draft.parts):
        raise NotInDraft(say("draft.no_line"))
    part = draft.parts[revision.part]
    if revision.line != WHOLE and not 0 <= revision.line < len(part.lines):
        raise NotInDraft(say("draft.no_line"))
    if revision.does is Change.EDIT:
        if revision.line == WHOLE:
            raise NotInDraft(say("draft.no_line"))
        line = _reworded(part.lines[revision.line], answer.statements, revision.text)
        return pruned(replace(answer, draft=with_line(draft, revision.part, revision.line, line)))
    if revision.line == WHOLE and revision.does is not Change.WRITE:
        parts = _changed(draft.parts, revision.part, revision.does)
        gone = part.lines
    else:
        parts = _with_lines(part, draft.parts, revision)
        gone = (part.lines[revision.line],) if revision.line != WHOLE else ()
    if revision.does is Change.DROP:  # a question goes with its answer
        for number in sorted({line.number for line in gone if line.number}, reverse=True):
            parts = _without_number(parts, number)
    return pruned(replace(answer, draft=replace(draft, parts=parts)))


def pruned(answer: Answer) -> Answer:
    """Without the statements and passages that no line of its draft shows; labels count from 1 again.

    Without what was withheld, too, where no line is a language model's any more.
    """
    assert answer.draft is not None
    lines = [line for part in answer.draft.parts for line in part.lines if line.statement >= 0]
    kept = list(dict.fromkeys(line.statement for line in lines))
    by_model = any(line.words in BY_MODEL for part in answer.draft.parts for line in part.lines)
    withheld = answer.withheld if by_model else ()
    evidence, statements = labelled(answer.evidence, [*(answer.statements[n] for n in kept), *withheld])
    places = {old: new for new, old in enumerate(kept)}

    def placed(line: DraftLine) -> DraftLine:
        return replace(line, statement=places[line.statement]) if line.statement >= 0 else line

    parts = tuple(replace(part, lines=tuple(map(placed, part.lines))) for part in answer.draft.parts)
    return replace(
        answer,
        evidence=evidence,
        statements=statements[: len(kept)],
        withheld=statements[len(kept) :],
        written_by=answer.written_by if by_model else VERBATIM,
        draft=replace(answer.draft, parts=parts),
    )


def with_line(draft: Draft, part: int, line: int, new: DraftLine) -> Draft:
    """The draft with another line in place of one of its lines."""
    old = draft.parts[part]
    return with_part(draft, part, replace(old, lines=(*old.lines[:line], new, *old.lines[line + 1 :])))


def with_part(draft: Draft, place: int, new: DraftPart) -> Draft:
    """The draft with another part in place of one of its parts."""
    return replace(draft, parts=(*draft.parts[:place], new, *draft.parts[place + 1 :]))


def _reworded(line: DraftLine, statements: Sequence[Statement], text: str) -> DraftLine:
    """A line in other words. What was quoted becomes a reader's own words after it; tasks and questions stay such."""
    words = [written for each in text.split("\n") if (written := printable(each))]
    if not words:
        raise NotInDraft(say("draft.no_words"))
    if line.words is DraftWords.MODEL:
        return replace(line, words=DraftWords.OWN, text=" ".join(words))
    if line.statement < 0 or (line.words is DraftWords.KEY and line.text):
        return replace(line, text=" ".join(words))
    written = "\n".join(words)
    if written == (line.text or statements[line.statement].text):
        return line
    return replace(line, words=DraftWords.AFTER, text=written, support=None, warnings=())


def _with_lines(part: DraftPart, parts: Sequence[DraftPart], revision: Revision) -> tuple[DraftPart, ...]:
    """The parts with one line of one of them changed."""
    if revision.does is Change.WRITE:
        own = DraftLine(DraftWords.OWN, printable(revision.text))
        if not own.text:
            raise NotInDraft(say("draft.no_words"))
        place = revision.line if revision.line != WHOLE else len(part.lines)
        lines = (*part.lines[:place], own, *part.lines[place + 1 :])
    else:
        lines = _changed(part.lines, revision.line, revision.does)
    changed = replace(part, lines=lines, empty=part.empty and not lines)
    return (*parts[: revision.part], changed, *parts[revision.part + 1 :])


def _without_number(parts: Sequence[DraftPart], number: int) -> tuple[DraftPart, ...]:
    """Without the question of a number and its answer; those after it move up."""

    def kept(line: DraftLine) -> DraftLine:
        return replace(line, number=line.number - 1) if line.number > number else line

    return tuple(
        replace(part, lines=tuple(kept(line) for line in part.lines if line.number != number)) for part in parts
    )


def _changed(things: tuple[Thing, ...], place: int, does: Change) -> tuple[Thing, ...]:
    """One thing dropped, or changed with its neighbour; at an end it stays."""
    if does is Change.DROP:
        return (*things[:place], *things[place + 1 :])
    other = place - 1 if does is Change.UP else place + 1
    if not 0 <= other < len(things):
        return things
    found = list(things)
    found[place], found[other] = found[other], found[place]
    return tuple(found)
