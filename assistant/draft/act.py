"""The act `draft`: something to work on, arranged of what the publications and the Toolkit say on a theme.

Without a language model every line is a quote, or words of the project that say what to do with it. A part for which
the library has nothing says so; nothing is padded. Where a model is set, it writes the draft anew from what was found.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from math import inf
from typing import Protocol

from assistant.answer.act import Asks
from assistant.answer.ranking import NEAR
from assistant.draft.brief import Brief, about, brief_of
from assistant.draft.edit import Change, Revision, edited, pruned, with_line, with_part
from assistant.draft.filling import Filling, PartPlan, cells_in, place_of
from assistant.draft.frames import cards, others, stages
from assistant.draft.length import fitted
from assistant.draft.material import KINDS, UNASKED_FROM, Material, Stock
from assistant.draft.outlines import Fill, Frames, OutlinePart, in_days, outline_of, outlines, timed
from assistant.draft.shelf import ReadyShelf
from assistant.draft.sides import named_among
from assistant.draft.writing import WritesDrafts, written, written_part
from assistant.errors import NotInDraft
from assistant.show.words import capital, label, say
from assistant.texts.catalogue import replying
from assistant.toolkit.listing import Lists
from assistant.types import (
    Act,
    Answer,
    Artefact,
    Choice,
    Corrected,
    Done,
    Draft,
    DraftLine,
    DraftPart,
    DraftWords,
    Event,
    Evidence,
    Request,
    Retrieved,
    Statement,
    Support,
    Turn,
)
from assistant.understand.lexicon import Lexicon
from corpus.sentences import QUESTION_MARKS
from corpus.toolkit.types import ItemKind
from corpus.types import READY, Activity, BlockKind, Kind

NEAREST = 3
MOST_OF_A_PART = 10
MOST_ASKED = 30  # questions of a quiz, where so many are asked for
FEW_SUBJECTS = 3  # up to so many have two extracts each, more have one
SURELY_WHOLE = 0.6  # how likely what is ready-made for a theme has to be, to come before what is for its parts
ENOUGH = 2  # subjects and more stand in place of what there is on the theme as a whole
ASKING = (Fill.TERMS, Fill.CLAIMS, Fill.OPEN, Fill.LEVELS, Fill.CAUTIONS, Fill.ASKS)  # what asks a group


class ChecksWords(Protocol):
    """Holds words that a reader put in place of a quote against what was quoted."""

    def checked(self, text: str, quoted: Statement, evidence: Evidence) -> Statement | None:
        """A quote again, where they still stand in its passage; else the words with their support and why.

        None where its document is not there as it was.
        """


class Drafts:
    """Arranges drafts. Holds no conversation; safe to share between threads."""

    def __init__(
        self,
        asks: Asks,
        shelf: ReadyShelf,
        lists: Lists,
        lexicon: Lexicon,
        checks: ChecksWords | None = None,
        author: WritesDrafts | None = None,
        elsewhere: Callable[[str], bool] = lambda theme: False,
    ) -> None:
        """`checks`: None leaves changed words unchecked. Without an `author`, drafts are in the sources' own words.

        `elsewhere`: whether a theme is of another field, so that what is nearest to it is of no use.
        """
        self._asks, self._shelf, self._lists, self._lexicon = asks, shelf, lists, lexicon
        self._elsewhere = elsewhere
        self._checks, self._author = checks, author

    def answer(self, request: Request, turns: Sequence[Turn] = ()) -> Iterator[Event]:
        """Retrieved, then Done: a draft, or a question back where the message names no theme.

        Where a model writes, what it writes comes between: `Retrieved.meanwhile` is the draft without it.
        """
        before = turns[-1].answer.draft if turns and request.continued else None
        brief = brief_of(request, self._lexicon, before)
        if not brief.theme:
            yield Done(Answer(replace(request, choices=_themes(request), unsure=True)))
            return
        material = Material(self._asks, self._shelf, self._lists, request, brief, self._elsewhere)
        found = material.theme.evidence, material.theme.retrievals[0].hits
        with replying(request.language):
            answer = self._fitted(_made(request, brief, material), brief)
        if self._author is None or answer.draft is None:
            yield Retrieved(*found)
            yield Done(answer)
            return
        yield Retrieved(*found, answer)
        yield Done((yield from written(answer, brief, material, self._author, turns)))

    def _fitted(self, answer: Answer, brief: Brief) -> Answer:
        """In the length that was asked for; what is timed has its time."""
        if answer.draft is None or answer.draft.minutes:
            return answer

        def shorten(cut: Answer, statement: Statement, words: int) -> Statement:
            return self._asks.shortened(statement, cut.evidence, words)

        return fitted(self._counted(answer, brief.items), brief.words, brief.slides, shorten)

    def _counted(self, answer: Answer, items: int) -> Answer:
        """A checklist with at most so many items, dealt out to its extracts; 0: all there are."""
        held = [number for number, each in enumerate(answer.statements) if BlockKind.ITEM in each.lines]
        if not items or sum(answer.statements[n].lines.count(BlockKind.ITEM) for n in held) <= items:
            return answer
        room, statements = items, list(answer.statements)
        for place, number in enumerate(held):
            most = max(1, room // (len(held) - place))
            statements[number] = self._asks.with_items(statements[number], answer.evidence, most)
            room -= statements[number].lines.count(BlockKind.ITEM)
        return replace(answer, statements=tuple(statements))

    def written_again(self, answer: Answer, part: int) -> Generator[Event, None, Answer]:
        """Events while the model writes a part once more; returns the answer with it, or with a line on why not.

        NotInDraft where there is no such part, or one without a heading, by which it could be named; or no model.
        """
        draft = answer.draft
        if not draft or not 0 <= part < len(draft.parts) or not draft.parts[part].heading:
            raise NotInDraft(say("draft.no_line"))
        if self._author is None:
            raise NotInDraft(say("draft.no_model"))
        plain, material = replace(answer, notice=""), self._material_of(answer)
        return (yield from written_part(plain, about(draft), material, self._author, part))

    def swapped(self, answer: Answer, part: int, line: int) -> Answer:
        """The answer with the next best of its kind in place of a quoted line; with a notice where there is none.

        NotInDraft where there is no such line.
        """
        draft = answer.draft
        lines = draft.parts[part].lines if draft and 0 <= part < len(draft.parts) else ()
        if not 0 <= line < len(lines) or lines[line].words is not DraftWords.QUOTED:
            raise NotInDraft(say("draft.no_line"))
        old = answer.statements[lines[line].statement]
        there = {place_of(statement) for statement in answer.statements}
        alike = self._alike(answer, draft.parts[part], old)
        places = [place_of(each) for each in alike.statements]
        after = places.index(place_of(old)) + 1 if place_of(old) in places else 0
        # pressed again and again, all of them come
        for other in (*alike.statements[after:], *alike.statements[:after]):
            if place_of(other) not in there:
                return _with_other(answer, part, line, other, alike)
        return replace(answer, notice=say("draft.nothing_else"))

    def added(self, answer: Answer, part: int, offer: int) -> Answer:
        """The answer with what is offered for a part as its last line; with a notice where it is no longer there.

        NotInDraft where there is no such part or offer.
        """
        draft = answer.draft
        offers = draft.parts[part].offers if draft and 0 <= part < len(draft.parts) else ()
        if not 0 <= offer < len(offers):
            raise NotInDraft(say("draft.no_line"))
        old, wanted = draft.parts[part], offers[offer]
        stock = self._material_of(answer).offered_for(old.heading)
        place = wanted.publication, wanted.start, wanted.end
        for statement in (*stock.further, *stock.statements):
            if place_of(statement) == place:
                cells = cells_in(stock, statement) if old.columns else ()
                line = DraftLine(DraftWords.QUOTED, "", len(answer.statements), cells=cells)
                new = replace(old, lines=(*old.lines, line), empty=False)
                whole = _with_statement(answer, statement, stock.evidence)
                return pruned(replace(whole, draft=with_part(draft, part, new)))
        return replace(answer, notice=say("draft.gone"))

    def reworded(self, answer: Answer, part: int, line: int, text: str) -> Answer:
        """The answer with a line in other words, held against its source where it was quoted.

        NotInDraft where there is no such line, or nothing was written.
        """
        changed = edited(answer, Revision(Change.EDIT, part, line, text))
        new = changed.draft.parts[part].lines[line]
        if self._checks is None or new.words is not DraftWords.AFTER:
            return changed
        found = self._checks.checked(new.text, changed.statements[new.statement], changed.evidence)
        if found is None:
            return changed
        if found.support is not Support.VERBATIM:
            new = replace(new, support=found.support, warnings=found.warnings)
            return replace(changed, draft=with_line(changed.draft, part, line, new))
        words = DraftWords.KEY if new.number else DraftWords.QUOTED
        quoted = DraftLine(words, "", len(changed.statements), new.number)
        whole = replace(changed, statements=(*changed.statements, found))
        return pruned(replace(whole, draft=with_line(changed.draft, part, line, quoted)))

    def _material_of(self, answer: Answer, near: float = NEAR) -> Material:
        """What there is for a draft that was made before."""
        brief = about(answer.draft)
        return Material(self._asks, self._shelf, self._lists, answer.request, brief, self._elsewhere, near)

    def _alike(self, answer: Answer, part: DraftPart, statement: Statement) -> Stock:
        """What could stand in place of a statement: extracts for one, items for an item, questions, definitions."""
        material = self._material_of(answer, near=inf)  # however far below the best
        if part.columns:
            return material.items(ItemKind.INDICATOR)
        if not statement.lines:
            items = map(material.items, ItemKind)
            of_kind = next((each for each in items if statement.text in [s.text for s in each.statements]), None)
            if of_kind or not statement.text.endswith(QUESTION_MARKS):
                return of_kind or material.definitions()
            found = material.extracts_for(part.heading)
            return replace(found, statements=found.asks)
        return material.extracts_for(part.heading)


def _made(request: Request, brief: Brief, material: Material) -> Answer:
    outline = outline_of(brief.artefact)
    whole = (brief.minutes or outline.minutes) if outline.minutes else 0
    asked = {kind for kind in request.slots.kinds if brief.measures or kind is not ItemKind.INDICATOR}
    kinds = {fill for fill, kind in KINDS.items() if kind in asked}
    wanted = [
        part
        for part in outline.parts
        if part.least <= whole // brief.days
        and part.beside in (None, *brief.beside)
        and (part.fill in kinds or not part.named)
        and not _has(part, brief, material)
        and all(map(material.has, part.ready))
        and (not part.kit or material.kit(*part.kit, least=UNASKED_FROM).statements)
    ]
    headings = [part.heading for part in wanted]
    gone = {named_among(words, [*brief.parts, *brief.roles, *headings]) for words in brief.without}
    wanted = [part for part in wanted if part.heading not in gone]
    plans = _sized(_planned(wanted, brief, material), brief)
    filling, parts = _filled(material, brief, plans)
    if missing := max(0, brief.number - filling.asked):
        plans = [_with_more(plan, missing) for plan in plans]
        filling, parts = _filled(material, brief, plans)
    kept = [(plan, part) for plan, part in zip(plans, parts, strict=True) if part is not None]
    days = in_days([plan.part for plan, _ in kept], brief.days)
    shown = tuple(chain(*(_timed([kept[place] for place in day], whole // len(days)) for day in days)))
    if filling.keys:
        shown += (DraftPart(say("draft.answers"), tuple(filling.keys)),)
    if not filling.statements:
        return Answer(request, nearest=material.theme.evidence.passages[:NEAREST])
    return Answer(
        request=replace(request, parts=()),
        evidence=Evidence(tuple(filling.passages)),
        statements=tuple(filling.statements),
        notice=_notice(request, material, any(each.publication.kind in READY for each in filling.passages)),
        draft=Draft(
            brief.artefact,
            brief.theme,
            shown,
            brief.begins if whole else None,
            brief.asked,
            whole // len(days) if len(days) > 1 else 0,
            brief.parts,
            brief.roles,
            brief.without,
        ),
    )


def _has(part: OutlinePart, brief: Brief, material: Material) -> bool:
    """Whether ready-made material is there in place of a part, which the message does not name itself.

    A letter says what the message names in sentences of its own.
    """
    in_parts = part.subjects and len(brief.subjects) >= ENOUGH and brief.artefact is not Artefact.LETTER
    named = in_parts or (brief.parts and part.aspect in brief.aspects)
    return not named and any(map(material.has, part.lacks))


def _timed(parts: Sequence[tuple[PartPlan, DraftPart]], minutes: int) -> Iterator[DraftPart]:
    """The parts of one day with the minutes of each."""
    given = timed([plan.part for plan, _ in parts], minutes)
    return (replace(made, minutes=each) for (_, made), each in zip(parts, given, strict=True))


def _filled(material: Material, brief: Brief, plans: Sequence[PartPlan]) -> tuple[Filling, Sequence[DraftPart | None]]:
    filling = Filling(material, brief)
    return filling, filling.parts(plans)


def _with_more(plan: PartPlan, missing: int) -> PartPlan:
    """A part of questions whose number is open with so many more: others had fewer than was asked for."""
    if plan.part.fill not in (Fill.OPEN, Fill.CLAIMS) or not plan.part.key:
        return plan
    return replace(plan, part=plan.part.model_copy(update={"most": min(plan.part.most + missing, MOST_ASKED)}))


def _planned(parts: Sequence[OutlinePart], brief: Brief, material: Material) -> Iterator[PartPlan]:
    """The parts that a brief wants: of aspects those that it names, if any; one for each subject that it names."""
    names = bool(brief.aspects) or len(brief.subjects) >= ENOUGH
    staged = brief.stages and any(part.frames is Frames.STAGES for part in parts)
    ready = outlines()[brief.artefact].ready if brief.artefact is not Artefact.SLIDES else ()  # a talk is a whole
    for part in parts:
        if part.frames is Frames.STAGES and brief.cases > 1:
            continue
        if part.frames:
            yield from _framed(part, brief)
            continue
        if Kind.CASES in part.ready and brief.cases > 1:
            yield from _of_cases(part, brief.cases)
            continue
        if staged and part.fill in (Fill.CASE, Fill.CASE_ASKS):
            continue  # it is told in the parts for its stages
        number = len(brief.subjects) if part.subjects else 0
        other = part.aspect and part.aspect not in brief.aspects and (names or part.fill is not Fill.POINTS)
        if number < ENOUGH and not other:
            yield PartPlan(part, named=part.aspect in brief.aspects)
        if number >= ENOUGH and ready:  # on the whole: first where it surely is, else of what its parts leave
            whole = part.model_copy(update={"fill": Fill.READY, "ready": ready, "most": 1, "optional": True})
            yield PartPlan(whole, first=material.ready(ready).likely[:1] >= (SURELY_WHOLE,))
        most = part.most // max(number, 1) if part.fill is Fill.ASKS else 2 if number <= FEW_SUBJECTS else 1
        for subject in brief.subjects[:number]:
            share = part.share * 2 / number
            copy = part.model_copy(
                update={
                    "heading": capital(subject),
                    "aspect": "",
                    "share": share,
                    "most": max(most, 1),
                    "optional": False,
                }
            )
            yield PartPlan(copy, subject, named=True)


def _of_cases(part: OutlinePart, cases: int) -> Iterator[PartPlan]:
    """A part for each of several cases: each with its questions, and what the groups should come to."""
    for number in range(cases if part.fill is not Fill.CASE_ASKS else 0):
        heading = say("draft.stage", stage=part.heading, n=number + 1)
        copy = part.model_copy(update={"heading": heading, "share": part.share / cases, "optional": True})
        yield PartPlan(copy, stage=(1, 1) if part.fill is Fill.CASE else (0, 0), case=number)


def _framed(part: OutlinePart, brief: Brief) -> Iterator[PartPlan]:
    """A part for each role, or each stage, that a brief wants."""
    if part.frames is Frames.CARDS:
        roles = others(brief.roles) if part.ready else brief.roles
        told = cards(roles) if roles or not part.ready else []
        framed = [(say("draft.card", card=part.heading, role=role), says) for role, says in told]
    else:
        staged = stages(brief.stages) if brief.stages else []
        framed = [(say("draft.stage", stage=part.heading, n=n), says) for n, says in enumerate(staged, start=1)]
    for number, (heading, says) in enumerate(framed, start=1):
        share, stage = part.share / len(framed), (number, len(framed))
        told = part.says if part.fill is Fill.CASE else says
        copy = part.model_copy(update={"heading": heading, "says": told, "share": share, "optional": False})
        yield PartPlan(copy, stage=stage if part.fill is Fill.CASE else (0, 0))


def _sized(plans: Iterator[PartPlan], brief: Brief) -> list[PartPlan]:
    """The parts with as much in them as was asked for: half where it is to be short, a number of questions."""
    planned = list(plans)
    asking = [plan for plan in planned if plan.part.fill in ASKING]
    whole = sum(plan.part.most for plan in asking)
    sized = []
    for plan in planned:
        most = plan.part.most
        if brief.number and plan in asking:
            most = round(most / whole * brief.number)
        elif brief.number and plan.part.table:
            most = min(brief.number, MOST_OF_A_PART)
        elif brief.short:
            most //= 2
        sized.append(replace(plan, part=plan.part.model_copy(update={"most": max(1, min(most, MOST_OF_A_PART))})))
    return sized


def _notice(request: Request, material: Material, made: bool) -> str:
    near = "" if material.sure or made else say("draft.near")
    language = say("no_language") if request.slots.answer_language else ""
    return " ".join(line for line in (near, language) if line)


def _with_other(answer: Answer, part: int, line: int, other: Statement, stock: Stock) -> Answer:
    """The answer with another statement in a line."""
    old = answer.draft.parts[part].lines[line]
    new = replace(old, statement=len(answer.statements), cells=cells_in(stock, other) if old.cells else ())
    whole = _with_statement(answer, other, stock.evidence)
    return pruned(replace(whole, draft=with_line(answer.draft, part, line, new)))


def _with_statement(answer: Answer, statement: Statement, evidence: Evidence) -> Answer:
    """The answer with a statement of other evidence as its last; no line shows it yet."""
    passages = list(answer.evidence.passages)
    labels = {}
    for quote in statement.quotes:
        passages.append(evidence[quote.label])
        labels[quote.label] = len(passages)
    known = replace(statement, quotes=tuple(replace(quote, label=labels[quote.label]) for quote in statement.quotes))
    return replace(answer, evidence=Evidence(tuple(passages)), statements=(*answer.statements, known), notice="")


def _themes(request: Request) -> tuple[Choice, ...]:
    """What a draft without a theme could be about: one press makes it."""
    artefact = capital(label(request.slots.artefact or Artefact.TEXT))
    return tuple(
        Choice(
            say("draft.choice", artefact=artefact, theme=label(activity)),
            Corrected(Act.DRAFT),
            question=say("draft.about", asked=request.stand_alone.rstrip(" .?!"), theme=label(activity)),
        )
        for activity in Activity
    )
