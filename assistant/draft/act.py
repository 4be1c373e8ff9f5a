"""The act `draft`: something to work on, arranged of what the publications and the Toolkit say on a theme.

Without a language model: every line is a quote, or words of the project that say what to do with it. A part for which
the library has nothing says so; nothing is padded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from assistant.answer.act import NEAR_ENOUGH, Asks, Found
from assistant.draft.brief import Brief, brief_of, changed
from assistant.draft.edit import pruned
from assistant.draft.outlines import Fill, OutlinePart, outlines, timed
from assistant.errors import NotInDraft
from assistant.show.words import capital, say
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
    Passage,
    Request,
    Retrieved,
    Statement,
    Tier,
    Turn,
)
from assistant.understand.lexicon import Lexicon
from corpus.sentences import QUESTION_MARKS
from corpus.toolkit.types import ItemKind, ToolkitItem
from corpus.types import Activity, BlockKind, Kind

POINTS = 8  # extracts that a draft is made of, at most
DEFINITIONS = 3
THEME_FROM = 0.15  # probability that something is found: a theme, which asks nothing, has a lower one than a question
STEPS = 3  # lines of a list from which their order is worth an exercise
NEAREST = 3
ASKED_LENGTH = range(20, 121)  # characters of a question to a group
MOST_OF_A_PART = 10
ASKING = (Fill.TERMS, Fill.OPEN, Fill.LEVELS, Fill.CAUTIONS)  # what asks a group
KINDS = {Fill.LESSONS: ItemKind.LESSON, Fill.QUESTIONS: ItemKind.QUESTION, Fill.INDICATORS: ItemKind.INDICATOR}
_IN_ORDER = re.compile(r"\b(?:steps?|first|in (?:this )?order|one after (?:the )?other)\b", re.I)
_TERM = re.compile(r"^(?:An? |The )?(?P<term>\w[^,.;]{2,50}?) (?:is|are|means|happens|states|describes)\b")


class Drafts:
    """Arranges drafts. Holds no conversation; safe to share between threads."""

    def __init__(self, asks: Asks, lists: Lists, lexicon: Lexicon) -> None:
        self._asks, self._lists, self._lexicon = asks, lists, lexicon

    def answer(self, request: Request, turns: Sequence[Turn] = ()) -> Iterator[Event]:
        """Retrieved, then Done: a draft, or a question back where the message names no theme."""
        brief = brief_of(request, self._lexicon)
        before = turns[-1].answer.draft if turns and request.continued else None
        if before:
            brief = changed(before, brief, request)
        if not brief.theme:
            yield Done(Answer(replace(request, choices=_themes(request), unsure=True)))
            return
        found = self._find(request, brief)
        yield Retrieved(found.evidence, found.retrievals[0].hits)
        yield Done(self._made(request, brief, found))

    def _find(self, request: Request, brief: Brief) -> Found:
        return self._asks.find(replace(request, stand_alone=brief.theme, parts=()))

    def _points(self, found: Found, near: float = NEAR_ENOUGH) -> tuple[Statement, ...]:
        """Extracts on the theme; () where nothing is near. What a glossary says is a definition, and no point."""
        if found.readings[0].likely < THEME_FROM:
            return ()
        return tuple(each for each in self._asks.quoted(found, POINTS, near) if not _defines(each, found.evidence))

    def _made(self, request: Request, brief: Brief, found: Found) -> Answer:
        points = self._points(found)
        filling = _Filling(
            _Material(points, found, self._definitions(request, brief), self._fits(request, brief)), request.language
        )
        outline = outlines()[brief.artefact]
        filled = [(part, filling.part(part)) for part in _sized(outline.parts, brief)]
        kept = [(part, made) for part, made in filled if made is not None]
        minutes = timed([part for part, _ in kept], (brief.minutes or outline.minutes) if outline.minutes else 0)
        shown = tuple(replace(made, minutes=given) for (_, made), given in zip(kept, minutes, strict=True))
        if filling.keys:
            shown += (DraftPart(say("draft.answers"), tuple(filling.keys)),)
        if not filling.statements:
            return Answer(request, nearest=found.evidence.passages[:NEAREST])
        return Answer(
            request=replace(request, parts=()),
            evidence=Evidence(tuple(filling.passages)),
            statements=tuple(filling.statements),
            notice=_notice(request, found),
            draft=Draft(brief.artefact, brief.theme, shown),
        )

    def swapped(self, answer: Answer, part: int, line: int) -> Answer:
        """The answer with the next best of its kind in place of a quoted line; with a notice where there is none.

        NotInDraft where there is no such line.
        """
        draft = answer.draft
        lines = draft.parts[part].lines if draft and 0 <= part < len(draft.parts) else ()
        if not 0 <= line < len(lines) or lines[line].words is not DraftWords.QUOTED:
            raise NotInDraft(say("draft.no_line"))
        old = answer.statements[lines[line].statement]
        there = {_place(statement) for statement in answer.statements}
        evidence, statements = self._alike(answer, old)
        places = [_place(each) for each in statements]
        after = places.index(_place(old)) + 1 if _place(old) in places else 0
        for other in (*statements[after:], *statements[:after]):  # pressed again and again, all of them come
            if _place(other) not in there:
                return _with_other(answer, part, line, other, evidence)
        return replace(answer, notice=say("draft.nothing_else"))

    def _alike(self, answer: Answer, statement: Statement) -> tuple[Evidence, tuple[Statement, ...]]:
        """What could stand in place of a statement: extracts for one, items for an item, definitions for one."""
        request = answer.request
        brief = Brief(answer.draft.artefact, answer.draft.theme)
        if statement.lines:
            found = self._find(request, brief)
            return found.evidence, self._points(found, inf)
        of = self._fits(request, brief)
        for fits in map(of, ItemKind):
            if statement.text in [item.text for item in fits.items]:
                return fits.evidence, fits.statements
        return self._definitions(request, brief)

    def _definitions(self, request: Request, brief: Brief) -> tuple[Evidence, tuple[Statement, ...]]:
        """Sentences of glossaries on the theme."""
        glossaries = replace(request.filters, kinds=(Kind.GLOSSARY,))
        if request.filters.kinds and Kind.GLOSSARY not in request.filters.kinds:
            return Evidence(), ()
        found = self._find(replace(request, filters=glossaries), brief)
        return found.evidence, self._asks.sentences(found, DEFINITIONS)

    def _fits(self, request: Request, brief: Brief) -> Callable[[ItemKind], _Items]:
        known: dict[ItemKind, _Items] = {}

        def of(kind: ItemKind) -> _Items:
            if kind not in known:
                fitting = self._lists.fitting(brief.theme, kind, request.slots.activities, request.filters)
                known[kind] = _Items(*fitting)
            return known[kind]

        return of


@dataclass(frozen=True, slots=True)
class _Items:
    """Records that fit, each with the statement that quotes it."""

    items: tuple[ToolkitItem, ...]
    evidence: Evidence
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class _Material:
    """What there is on a theme."""

    points: tuple[Statement, ...]
    found: Found
    definitions: tuple[Evidence, tuple[Statement, ...]]
    fits: Callable[[ItemKind], _Items]


@dataclass(slots=True)
class _Filling:
    """Parts filled one after the other; what one has taken, the next ones do without."""

    material: _Material
    language: str
    statements: list[Statement] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    keys: list[DraftLine] = field(default_factory=list)  # answers to what groups are asked, in order
    _places: dict[tuple[str, int, int], int] = field(default_factory=dict)  # of statements, by what they quote
    _used: set[int] = field(default_factory=set)  # points
    _tested: set[str] = field(default_factory=set)  # items that a group was asked about

    def part(self, part: OutlinePart) -> DraftPart | None:
        """One part; None for an optional one that nothing fills."""
        lines = tuple(self._lines(part))
        if not lines and part.fill is not Fill.OWN:
            return None if part.optional else DraftPart(part.heading, (), empty=True)
        said = (DraftLine(DraftWords.TASK, part.says),) if part.says else ()
        return DraftPart(part.heading, (*said, *lines))

    def _lines(self, part: OutlinePart) -> Iterator[DraftLine]:
        match part.fill:
            case Fill.POINTS:
                yield from self._points(part.most)
            case Fill.DEFINITION:
                evidence, sentences = self.material.definitions
                yield from (self._quoted(each, evidence) for each in sentences[: part.most])
            case Fill.LESSONS | Fill.QUESTIONS | Fill.INDICATORS:
                fits = self.material.fits(KINDS[part.fill])
                yield from (self._quoted(each, fits.evidence) for each in fits.statements[: part.most])
            case Fill.TERMS:
                yield from self._asked(self._terms(), part.most)
            case Fill.OPEN:
                yield from self._asked(self._open(), part.most)
            case Fill.LEVELS | Fill.CAUTIONS:
                yield from self._asked(self._indicators(part.fill), part.most)
            case Fill.ORDER:
                yield from self._order()

    def _points(self, most: int) -> Iterator[DraftLine]:
        free = [n for n in range(len(self.material.points)) if n not in self._used]
        for n in free[:most]:
            self._used.add(n)
            yield self._quoted(self.material.points[n], self.material.found.evidence)

    def _asked(self, pairs: Iterator[tuple[str, str, Statement, Evidence]], most: int) -> Iterator[DraftLine]:
        """Questions to the group, numbered through the whole draft; their answers go to the key."""
        for _, (question, answer, statement, evidence) in zip(range(most), pairs, strict=False):
            number = sum(line.words is DraftWords.KEY for line in self.keys) + 1
            key = self._quoted(statement, evidence)
            self.keys.append(replace(key, words=DraftWords.KEY, text=answer, number=number))
            yield DraftLine(DraftWords.ASKED, question, number=number)

    def _terms(self) -> Iterator[tuple[str, str, Statement, Evidence]]:
        evidence, sentences = self.material.definitions
        for each in sentences:
            if found := _TERM.match(each.text):
                blank = say("draft.blank") + each.text[found.end("term") :]
                yield blank, capital(found["term"]), each, evidence

    def _open(self) -> Iterator[tuple[str, str, Statement, Evidence]]:
        """What people ask of the sections of the points, and what these say."""
        field_ = self.material.found.retrievals[0].view.field
        for n, point in enumerate(self.material.points):
            chunk = self.material.found.evidence[point.quotes[0].label].chunk
            asked = (field_.asked_of(chunk, self.language) or field_.asked_of(chunk, "en")) if field_ else ()
            question = next((q for q in asked if len(q) in ASKED_LENGTH and q.endswith(QUESTION_MARKS)), "")
            if question:
                self._used.add(n)
                yield question, "", point, self.material.found.evidence

    def _indicators(self, fill: Fill) -> Iterator[tuple[str, str, Statement, Evidence]]:
        fits = self.material.fits(ItemKind.INDICATOR)
        for item, statement in zip(fits.items, fits.statements, strict=True):
            answer = item.caution if fill is Fill.CAUTIONS else capital(item.level.value) if item.level else ""
            if answer and item.id not in self._tested:
                self._tested.add(item.id)
                yield item.text, answer, statement, fits.evidence

    def _order(self) -> Iterator[DraftLine]:
        """The lines of a list that says it has an order, by their letters; the list itself goes to the key."""
        for point in self.material.points:
            lines = point.text.split("\n")
            steps = [text for text, kind in zip(lines, point.lines, strict=True) if kind is BlockKind.ITEM]
            if len(steps) >= STEPS and _IN_ORDER.search(f"{point.lead} {lines[0]}"):
                self.keys.append(replace(self._quoted(point, self.material.found.evidence), words=DraftWords.QUOTED))
                yield from (DraftLine(DraftWords.ASKED, step) for step in sorted(steps))
                return

    def _quoted(self, statement: Statement, evidence: Evidence) -> DraftLine:
        """A line for a statement, which is kept once, with labels of this draft."""
        place = _place(statement)
        if place not in self._places:
            quotes = tuple(replace(q, label=self._label(evidence[q.label])) for q in statement.quotes)
            self._places[place] = len(self.statements)
            self.statements.append(replace(statement, quotes=quotes))
        return DraftLine(DraftWords.QUOTED, "", self._places[place])

    def _label(self, passage: Passage) -> int:
        known = [each.chunk.id for each in self.passages]
        if passage.chunk.id not in known:
            self.passages.append(passage)
            return len(self.passages)
        return known.index(passage.chunk.id) + 1


def _defines(statement: Statement, evidence: Evidence) -> bool:
    """Whether it is of a glossary, whose sentences a draft has as definitions."""
    return evidence[statement.quotes[0].label].publication.kind is Kind.GLOSSARY


def _notice(request: Request, found: Found) -> str:
    near = say("draft.near") if all(each.tier is not Tier.ANSWERS for each in found.readings) else ""
    language = say("no_language") if request.slots.answer_language else ""
    return " ".join(line for line in (near, language) if line)


def _sized(parts: Sequence[OutlinePart], brief: Brief) -> Iterator[OutlinePart]:
    """The parts with as much in them as was asked for: half where it is to be short, a number of questions."""
    asking = [part for part in parts if part.fill in ASKING]
    whole = sum(part.most for part in asking)
    for part in parts:
        most = part.most
        if brief.number and part in asking:
            most = round(part.most / whole * brief.number)
        elif brief.short:
            most = part.most // 2
        yield part.model_copy(update={"most": max(1, min(most, MOST_OF_A_PART))})


def _place(statement: Statement) -> tuple[str, int, int]:
    """Where a statement stands: its publication, and the span of all it quotes."""
    return statement.quotes[0].publication, statement.quotes[0].start, statement.quotes[-1].end


def _with_other(answer: Answer, part: int, line: int, other: Statement, evidence: Evidence) -> Answer:
    """The answer with another statement in a line."""
    passages = list(answer.evidence.passages)
    labels = {}
    for quote in other.quotes:
        passages.append(evidence[quote.label])
        labels[quote.label] = len(passages)
    known = replace(other, quotes=tuple(replace(quote, label=labels[quote.label]) for quote in other.quotes))
    old = answer.draft.parts[part]
    new = replace(old.lines[line], statement=len(answer.statements))
    lines = (*old.lines[:line], new, *old.lines[line + 1 :])
    parts = (*answer.draft.parts[:part], replace(old, lines=lines), *answer.draft.parts[part + 1 :])
    whole = replace(answer, evidence=Evidence(tuple(passages)), statements=(*answer.statements, known), notice="")
    return pruned(replace(whole, draft=replace(answer.draft, parts=parts)))


def _themes(request: Request) -> tuple[Choice, ...]:
    """What a draft without a theme could be about: one press makes it."""
    artefact = capital((request.slots.artefact or Artefact.TEXT).value)
    return tuple(
        Choice(
            say("draft.choice", artefact=artefact, theme=activity.value),
            Corrected(Act.DRAFT),
            question=say("draft.about", asked=request.stand_alone.rstrip(" .?!"), theme=activity.value),
        )
        for activity in Activity
    )
