"""The parts of an outline filled with what there is, one after the other: what one has taken, the next do without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, islice, zip_longest

from assistant.draft.aspects import aspects
from assistant.draft.brief import TOLD, Brief, defined
from assistant.draft.material import KINDS, UNASKED_FROM, Material, Stock, section_of
from assistant.draft.outlines import Fill, OutlinePart
from assistant.draft.ready import FORMS, ReadyCase, as_one, case_of, claims_of, questions_of, row_of
from assistant.show.words import capital, label, say, title_words
from assistant.texts.catalogue import pgettext, term
from assistant.types import DraftLine, DraftPart, DraftWords, Evidence, Offered, Passage, Statement
from corpus.sentences import sentences
from corpus.toolkit.types import ItemKind
from corpus.types import BlockKind, Kind
from index.words import words

STEPS = 3  # lines of a list from which their order is worth an exercise
LETTERS = "abc"  # of the options of a question
MORE_SECTIONS = 3  # of a quiz, that are asked about where those that are near have too few questions
OFFERS = 8  # to each part
SLIDES = 8  # of a talk, where no number is asked for
OFFERED = (Fill.POINTS, Fill.READY, *KINDS)  # the parts to which more can be added
# Of a table of indicators: the heads, by their names in `label.yaml`.
COLUMNS = ("Indicator", "Level", "Means of verification", "Frequency", "Responsible", "Baseline", "Target", "Caution")
_IN_ORDER = re.compile(r"\b(?:steps?|first|in (?:this )?order|one after (?:the )?other)\b", re.I)

Place = tuple[str, int, int]  # where a statement stands: its publication, and the span of all it quotes
Asked = tuple[str, str, Statement, Stock]  # a question to a group, words of its answer, what that quotes


@dataclass(frozen=True, slots=True)
class PartPlan:
    """A part of an outline, for a subject that the message names or for none."""

    part: OutlinePart
    subject: str = ""
    named: bool = False  # the message names it, or its aspect
    stage: tuple[int, int] = (0, 0)  # of a case that is told in stages: which, from 1, and of how many
    case: int = 0  # which of several, the nearest first
    first: bool = False  # it takes what it needs before all others

    @property
    def turn(self) -> int:
        """When it is filled: what is named takes what it needs first, what is made of other parts comes last."""
        late = self.part.fill in (Fill.AIMS, Fill.READY, Fill.TALK) or (
            self.part.fill is Fill.OPEN and not self.part.key
        )
        return -1 if self.first else 2 if late else 0 if self.named and self.part.fill is Fill.POINTS else 1


@dataclass
class Filling:
    """What has been put into one draft so far."""

    material: Material
    brief: Brief
    statements: list[Statement] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    keys: list[DraftLine] = field(default_factory=list)  # answers to what groups are asked, in order
    _places: dict[Place, int] = field(default_factory=dict)  # of statements, by what they quote
    _parts: dict[Place, str] = field(default_factory=dict)  # the heading under which an extract stands
    _extracts: list[tuple[Statement, Stock]] = field(default_factory=list)  # that stand in parts
    _tested: set[str] = field(default_factory=set)  # items that a group was asked about, and what it was asked
    _aims: list[str] = field(default_factory=list)
    _beside: dict[str, list[str]] = field(default_factory=dict)  # headings of parts that others tell, by theirs

    def parts(self, plans: Sequence[PartPlan]) -> list[DraftPart | None]:
        """A part for each plan; None for an optional one that nothing fills."""
        made: dict[int, DraftPart | None] = {}
        for place in sorted(range(len(plans)), key=lambda n: (plans[n].turn, n)):
            if (told := self._told_under(plans[place])) is not None:
                self._beside.setdefault(told, []).append(plans[place].part.heading)
            made[place] = None if told is not None else self._part(plans[place])
        return [self._with_heading(self._with_offers(plan, made[place])) for place, plan in enumerate(plans)]

    def _told_under(self, plan: PartPlan) -> str | None:
        """The heading of the part that has all there is for another that the message names; None where more is left."""
        if not plan.named or plan.part.fill is not Fill.POINTS:
            return None
        stock = self._stock(plan)
        taken = [self._parts.get(place_of(each), "") for each in stock.statements[: stock.ready or None]]
        return taken[0] if stock.sure and taken and all(taken) else None

    def _with_heading(self, part: DraftPart | None) -> DraftPart | None:
        """Named after all that it tells."""
        if part is None or part.heading not in self._beside:
            return part
        return replace(part, heading=" · ".join([part.heading, *self._beside[part.heading]]))

    @property
    def asked(self) -> int:
        """How many questions have an answer among the keys."""
        return sum(line.words is DraftWords.KEY for line in self.keys)

    def _part(self, plan: PartPlan) -> DraftPart | None:
        part = plan.part
        lines = tuple(self._lines(plan))
        if not lines and part.fill is not Fill.OWN:
            beside = plan.subject and self.brief.artefact in TOLD  # of a case, whose story is there
            return None if beside or (part.optional and not plan.named) else DraftPart(part.heading, (), empty=True)
        if plan.subject:
            self._aims.append(say("draft.aim", subject=plan.subject))
        elif part.aspect and part.fill is Fill.POINTS:
            self._aims.append(pgettext("aim", aspects()[part.aspect].aim))
        said = (DraftLine(DraftWords.TASK, part.says),) if part.says else ()
        return DraftPart(part.heading, (*said, *lines), columns=tuple(map(term, COLUMNS)) if part.table else ())

    def _with_offers(self, plan: PartPlan, part: DraftPart | None) -> DraftPart | None:
        """With what else was found for it: sections and records that no line of the draft has."""
        if part is None or plan.part.fill not in OFFERED:
            return part
        kind = KINDS.get(plan.part.fill)
        stock = self.material.items(kind) if kind else self._stock(plan)
        here = Evidence(tuple(self.passages))
        sections = {section_of(each, here) for each in self.statements if each.lines}
        free = (
            each
            for each in stock.further
            if place_of(each) not in self._places and not (each.lines and section_of(each, stock.evidence) in sections)
        )
        return replace(part, offers=tuple(offer_of(each, stock.evidence) for each in islice(free, OFFERS)))

    def _lines(self, plan: PartPlan) -> Iterator[DraftLine]:
        part = plan.part
        match part.fill:
            case Fill.POINTS | Fill.READY:
                yield from self._points(self._stock(plan), plan)
            case Fill.TOLD:
                yield from [DraftLine(DraftWords.OWN, self.brief.told)] if self.brief.told else ()
            case Fill.WISHES:
                yield from (DraftLine(DraftWords.OWN, capital(wish)) for wish in self.brief.parts or [self.brief.theme])
            case Fill.ASKS:
                stock = self._stock(plan)
                new = (each for each in stock.asks if place_of(each) not in self._places)
                yield from (self._quoted(each, stock) for each in islice(new, part.most))
            case Fill.AIMS:
                yield from (DraftLine(DraftWords.TASK, capital(aim)) for aim in self._aims[: part.most])
            case Fill.DEFINITION:
                yield from self._quotes(self.material.definitions(), part.most)
            case Fill.INDICATORS if part.table:
                yield from islice(chain(self._rows(), self._records()), part.most)
            case Fill.LESSONS | Fill.QUESTIONS | Fill.INDICATORS:
                yield from self._quotes(self.material.items(KINDS[part.fill]), part.most)
            case Fill.TALK:
                stock = self.material.talk()
                yield from (self._quoted(each, stock) for each in self._slides(stock, closing=bool(part.piece)))
            case Fill.PIECE:
                stock = self._stock(plan)
                told = self.material.piece(stock.statements[0], stock, part.piece) if stock.statements else ()
                yield from (self._quoted(each, stock) for each in told)
            case Fill.TERMS:
                yield from self._asked(self._terms(), part.most, key=True)
            case Fill.OPEN:
                yield from self._asked(self._open(part.key), part.most, part.key)
            case Fill.LEVELS | Fill.CAUTIONS:
                yield from self._asked(self._indicators(part.fill), part.most, key=True)
            case Fill.ORDER:
                yield from self._order()
            case Fill.CLAIMS:
                yield from self._asked(self._claims(), part.most, key=True)
            case Fill.CASE | Fill.CASE_ASKS | Fill.CASE_NOTES:
                yield from (self._quoted(each, self._cases) for each in self._of_case(plan))

    def _stock(self, plan: PartPlan) -> Stock:
        if plan.part.kit:
            return self.material.kit(*plan.part.kit, least=UNASKED_FROM)
        if plan.part.ready:
            return self.material.ready(plan.part.ready)
        if plan.subject:
            return self.material.subject(plan.subject)
        return self.material.aspect(plan.part.aspect) if plan.part.aspect else self.material.points()

    def _points(self, stock: Stock, plan: PartPlan) -> Iterator[DraftLine]:
        """Those that no part has yet."""
        free = [each for each in stock.statements if place_of(each) not in self._places]
        made = any(place_of(each) not in self._parts for each in stock.statements[: stock.ready])
        for each in free[: 1 if made else plan.part.most]:  # what is ready-made says all that is to be said
            self._extracts.append((each, stock))
            self._parts[place_of(each)] = plan.part.heading
            yield self._quoted(each, stock)

    def _quotes(self, stock: Stock, most: int) -> Iterator[DraftLine]:
        return (self._quoted(each, stock) for each in stock.statements[:most])

    def _rows(self) -> Iterator[DraftLine]:
        """Those of the nearest ready-made plan, each quoted up to what it says of the indicator."""
        stock = self.material.ready((Kind.PLANS,))
        for line in self.material.lines(stock.statements[0], stock) if stock.statements else ():
            if row := row_of(line.text):
                told = self.material.within(row[0], line, stock)
                *known, caution = row[1:]
                yield replace(self._quoted(told, stock), cells=(capital(known[0]), *known[1:], "", "", caution))

    def _records(self) -> Iterator[DraftLine]:
        stock = self.material.items(ItemKind.INDICATOR)
        return (replace(self._quoted(each, stock), cells=cells_in(stock, each)) for each in stock.statements)

    def _slides(self, stock: Stock, closing: bool) -> Sequence[Statement]:
        """Of a talk its last slide, or the others that are free: as many as are wanted, nearest the theme, in order."""
        if len(stock.statements) < 2:
            return () if closing else stock.statements
        first, *_, last = stock.statements
        if closing:
            return () if place_of(last) in self._places else (last,)
        room = (self.brief.slides or SLIDES) - len({section_of(each, stock.evidence) for each, stock in self._extracts})
        free = [each for each in (first, *stock.further) if each != last and place_of(each) not in self._places]
        wanted = {place_of(each) for each in [*dict.fromkeys(free)][: max(1, room - 1)]}
        return [each for each in stock.statements if place_of(each) in wanted]

    def _asked(self, pairs: Iterator[Asked], most: int, key: bool) -> Iterator[DraftLine]:
        """Questions to the group; with `key` numbered through the whole draft, their answers among the keys."""
        new = (pair for pair in pairs if pair[0] not in self._tested)
        for _, (question, answer, statement, stock) in zip(range(most), new, strict=False):
            self._tested.add(question)
            number = self.asked + 1 if key else 0
            if key:
                quoted = self._quoted(statement, stock)
                self.keys.append(replace(quoted, words=DraftWords.KEY, text=answer, number=number))
            yield DraftLine(DraftWords.ASKED, question, number=number)

    def _terms(self) -> Iterator[Asked]:
        stock = self.material.definitions()
        for each in stock.statements:
            if found := defined(each.text, stock.evidence[each.quotes[0].label].chunk.language):
                yield say("draft.blank") + each.text[found.end("term") :], capital(found["term"]), each, stock

    @property
    def _cases(self) -> Stock:
        return self.material.ready((Kind.CASES,))

    def _case(self, number: int) -> ReadyCase | None:
        """The nearest one, from 0; of several the next ones, however far; None where there is none.

        Where several are wanted and things are named in a row, one on each of these.
        """
        stock, chosen = self._cases, self._cases_named
        near = [*chosen, *(each for each in stock.statements if each not in chosen)]
        near += [each for each in stock.further if each not in near]
        if not stock.statements or number >= len(near):
            return None
        return case_of(self.material.lines(near[number], stock))

    @cached_property
    def _cases_named(self) -> Sequence[Statement]:
        """The nearest case on each thing that the message names, of those that are there for the theme."""
        there = {place_of(each): each for each in self._cases.further}
        named: dict[Place, Statement] = {}
        for subject in self.brief.subjects if self.brief.cases > 1 else ():
            places = [place_of(each) for each in self.material.ready((Kind.CASES,), subject).statements]
            if place := next((each for each in places if each in there and each not in named), None):
                named[place] = there[place]
        return list(named.values())

    def _of_case(self, plan: PartPlan) -> tuple[Statement, ...]:
        """What one part has of the case."""
        case = self._case(plan.case)
        if case is None:
            return ()
        if plan.part.fill is Fill.CASE:
            told, asks = case.stage(*plan.stage) if plan.stage != (0, 0) else (case.told[: plan.part.most], ())
            return (*told, *as_one(asks))
        return as_one(case.asks if plan.part.fill is Fill.CASE_ASKS else case.notes)

    def _claims(self) -> Iterator[Asked]:
        """Questions made of statements of a quiz: of the nearest section on each thing one, then another one of each.

        Of the forms that the message names, else of both. Where these have no more, others that are near go on.
        """
        stocks = [self.material.ready((Kind.STATEMENTS,), subject) for subject in (*self.brief.subjects, "")]
        seen: set[Place] = set()
        nearest, near = [each.statements[:1] for each in stocks], [each.statements for each in stocks]
        for sections in (nearest, near, [each.further[:MORE_SECTIONS] for each in stocks]):
            new: list[tuple[Stock, Statement]] = []
            for once in zip_longest(*sections):  # the first one on each thing that the message names, then the next
                for stock, each in zip(stocks, once, strict=True):
                    if each is not None and place_of(each) not in seen:
                        seen.add(place_of(each))
                        new.append((stock, each))
            for once in zip_longest(*(self._claims_of(*each, begin) for begin, each in enumerate(new))):
                yield from filter(None, once)

    def _claims_of(self, stock: Stock, section: Statement, begin: int) -> Iterator[Asked]:
        language = stock.evidence[section.quotes[0].label].chunk.language
        true, false = claims_of(self.material.lines(section, stock), language)
        for claims in questions_of(true, false, self.brief.forms or FORMS, begin):
            one = sum(claim.true for claim in claims) == 1  # else one is wrong
            right = next((claim for claim in claims if claim.true is one), claims[0])
            if len(claims) == 1:
                yield say("quiz.truth", claim=right.text), say(f"quiz.{str(right.true).lower()}"), right.whole, stock
                continue
            options = " ".join(f"{letter}) {claim.text}" for letter, claim in zip(LETTERS, claims, strict=True))
            question = say("quiz.choice" if one else "quiz.wrong", theme=_before_colon(section.lead), options=options)
            yield question, LETTERS[claims.index(right)], right.whole, stock

    def _asked_about(self, key: bool) -> Iterator[tuple[Statement, Stock]]:
        """The extracts that questions are about: in the draft, on what the message names, and others on the theme."""
        yield from self._extracts
        named = [self.material.subject(subject) for subject in self.brief.subjects] if key else []
        for once in zip_longest(*([(each, stock) for each in stock.statements] for stock in named)):
            yield from filter(None, once)
        points = self.material.more_points()
        yield from ((each, points) for each in points.statements)

    def _open(self, key: bool) -> Iterator[Asked]:
        """What people ask of sections that stand in the draft or are on its theme, nearest sections and words first.

        Where more is wanted than there are sections, they are gone through again.
        """
        theme = set(words(self.brief.about))
        sections: dict[tuple[str, tuple[str, ...]], list[Asked]] = {}
        for statement, stock in self._asked_about(key):
            chunk = stock.evidence[statement.quotes[0].label].chunk
            asked = self.material.asked_of(statement, stock.evidence)
            nearest = sorted(asked, key=lambda question: -len(theme & set(words(question))))
            found = [(question, "", statement, stock) for question in nearest]
            sections.setdefault((chunk.publication, chunk.headings), found)
        nearest_first = sorted(sections, key=self.material.nearness)
        for once in zip_longest(*map(sections.get, nearest_first)):  # of each section one, then another one of each
            yield from filter(None, once)

    def _indicators(self, fill: Fill) -> Iterator[Asked]:
        stock = self.material.items(ItemKind.INDICATOR)
        for item, statement in zip(stock.items, stock.statements, strict=True):
            answer = item.caution if fill is Fill.CAUTIONS else capital(label(item.level)) if item.level else ""
            if answer:
                yield item.text, answer, statement, stock

    def _order(self) -> Iterator[DraftLine]:
        """The lines of a list that says it has an order, by their letters; the list itself goes to the key."""
        stock = self.material.points()
        for point in stock.statements:
            lines = point.text.split("\n")
            steps = [text for text, kind in zip(lines, point.lines, strict=True) if kind is BlockKind.ITEM]
            if len(steps) >= STEPS and _IN_ORDER.search(f"{point.lead} {lines[0]}"):
                self.keys.append(self._quoted(point, stock))
                yield from (DraftLine(DraftWords.ASKED, step) for step in sorted(steps))
                return

    def _quoted(self, statement: Statement, stock: Stock) -> DraftLine:
        """A line for a statement, which is kept once, with labels of this draft."""
        place = place_of(statement)
        if place not in self._places:
            quotes = tuple(replace(q, label=self._label(stock.evidence[q.label])) for q in statement.quotes)
            self._places[place] = len(self.statements)
            self.statements.append(replace(statement, quotes=quotes))
        return DraftLine(DraftWords.QUOTED, "", self._places[place])

    def _label(self, passage: Passage) -> int:
        known = [each.chunk.id for each in self.passages]
        if passage.chunk.id not in known:
            self.passages.append(passage)
            return len(self.passages)
        return known.index(passage.chunk.id) + 1


def _before_colon(heading: str) -> str:
    """What a heading is about; behind the colon it says for whom."""
    return re.split(r"\s*[:：]", heading, maxsplit=1)[0]


def cells_in(stock: Stock, statement: Statement) -> tuple[str, ...]:
    """What stands beside an indicator, under COLUMNS; what its record does not say is for the reader to fill in."""
    item = stock.items[stock.statements.index(statement)]
    known = {"Level": capital(label(item.level)) if item.level else "", "Caution": item.caution}
    known["Means of verification"] = "; ".join(item.verification)
    return tuple(known.get(column, "") for column in COLUMNS[1:])


def offer_of(statement: Statement, evidence: Evidence) -> Offered:
    """A record is named by itself."""
    passage = evidence[statement.quotes[0].label]
    line, _, _ = statement.text.partition("\n")
    end = next((end for _, end in sentences(line, passage.chunk.language)), len(line))
    heading, first = (statement.lead, line[:end]) if statement.lines else (statement.text, "")
    return Offered(heading, title_words(passage.publication), first, *place_of(statement))


def place_of(statement: Statement) -> Place:
    """Where a statement stands."""
    return statement.quotes[0].publication, statement.quotes[0].start, statement.quotes[-1].end
