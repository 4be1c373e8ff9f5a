"""What the library has for one draft: extracts on its theme, its aspects and subjects, definitions, records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from math import exp, inf

from assistant.answer.act import Asks, Found, questions_to, shifted
from assistant.answer.ranking import NEAR, PartReading
from assistant.draft.aspects import aspects
from assistant.draft.brief import Brief
from assistant.draft.outlines import Fill, outlines, part_of
from assistant.draft.ready import as_one, pieces_of
from assistant.toolkit.listing import Lists
from assistant.types import Artefact, Evidence, Part, Request, Statement, Tier
from corpus.themes import of_part
from corpus.toolkit.types import ItemKind, ToolkitItem
from corpus.types import Kind

MOST_ASKED = 12
POINTS = 8  # extracts on a theme, an aspect or a subject, at most
DEFINITIONS = 3
SECTIONS_ASKING = 8  # whose questions are listed
SECTIONS = 30  # found for a part, of which what does not stand in the draft is offered
# Probability that something is found: a theme, which asks nothing, has a lower one than a question. Of 40 requests it
# was lower for nine, and yet the nearest extracts were what was wanted, unless the theme was of another field.
THEME_FROM = 0.15
# Share of a draft that the first section found should have, from which it surely is on the theme: of 75 requests it
# was one that others had labelled in 88 of 100, of 21 with a lower share in 57.
SHARE_FROM = 0.1
# The same where a theme seems to be of another field: of 24 that are, 13 seem so, with shares up to .31; of 215 of this
# field two do, with .36 and .48.
FAR_FROM = 0.35
# The same of a part of a draft whose words by themselves are of another field: of 86 that others had labelled none was,
# of 20 that have no place in it ("how to repair a bicycle") 16, with shares below this.
PART_FROM = 0.2
# The same of any part for which nothing ready-made is near: of 60 parts that messages named, 14 had less, and the
# nearest extract was of no use for ten of these, and for one in four of the others.
LEAST_SHARE = 0.05
FEW = 2  # extracts, where none is surely on the theme
# Share of a part by itself in what is looked up; with the theme it has the rest. Of 254 parts that messages name and as
# many aspects of their themes, nDCG@4 is .78 and .49 with .35, .75 and .67 with .1: an aspect asks the same each time.
BY_ITSELF, ASPECT_BY_ITSELF = 0.3, 0.05
THEME_BY_ITSELF = 0.5  # share of the theme in what ready-made material is chosen by; the whole message has the rest
NEIGHBOURS = 15  # sections nearest to the theme: of these only is what belongs to an aspect that nobody named
NAMED_NEIGHBOURS = 60  # the same of one that the message names
KINDS = {Fill.LESSONS: ItemKind.LESSON, Fill.QUESTIONS: ItemKind.QUESTION, Fill.INDICATORS: ItemKind.INDICATOR}

OTHERS = 8  # ready-made sections whose pieces can stand in place of one
READY_CHUNKS = 40  # of ready-made material that are looked at for a part
# How likely a piece of ready-made material has to be the one that is wanted, of all of its kind: of 300 parts whose
# pieces others had labelled, 200 have one then, and for 153 of them it is one that was wanted; 16 want none. With half
# of it 280 have one, and 179 and 32.
READY_FROM = 0.3
SURELY_READY = 0.5  # so likely that a part is left to it which has it already
# The same of a case, and of a quiz: several may do as well. Another scene, or another letter, is of no use at all: of
# six plays and five letters from .15 to .41 one was wanted.
FITTING_FROM = {Kind.CASES: 0.1, Kind.STATEMENTS: 0.05, Kind.ROLE_PLAYS: 0.45, Kind.LETTERS: 0.5}
TOGETHER, TOGETHER_FROM = 3, 0.4  # the likeliest cases, and what they have to have together where none was asked for
TALK_FROM = 0.4  # probability that slides of a talk have together, from which it is given

WHOLE = frozenset((Kind.CASES, Kind.ROLE_PLAYS))  # kinds that are chosen by all that a message says
AS_TYPED = frozenset((Kind.QUESTIONNAIRES,))  # and by its form, too: "three months after the course"
Section = tuple[str, tuple[str, ...]]  # publication and headings


@dataclass(frozen=True, slots=True)
class Stock:
    """Statements for one purpose, best first; labels are into the evidence."""

    evidence: Evidence = field(default_factory=Evidence)
    statements: tuple[Statement, ...] = ()
    items: tuple[ToolkitItem, ...] = ()  # that the statements quote, where they quote records
    further: tuple[Statement, ...] = ()  # all that was found, however far below: an extract of each section, or records
    asks: tuple[Statement, ...] = ()  # of a list of questions: what the nearest sections ask
    likely: tuple[float, ...] = ()  # of what is ready-made: how likely each of `further` is the one that is wanted
    sure: bool = False  # whether the first one surely is on what was wanted
    ready: int = 0  # of the statements, so many are ready-made for the artefact: each says all that is to be said


class Material:
    """What there is for one brief, looked up when it is first wanted. Used by one thread."""

    def __init__(
        self,
        asks: Asks,
        lists: Lists,
        request: Request,
        brief: Brief,
        elsewhere: Callable[[str], bool],
        near: float = NEAR,
    ) -> None:
        """`elsewhere`: whether a text is of another field.

        `near`: standard deviations below the best extract from which on none is taken.
        """
        self._asks, self._lists, self._request, self._brief, self._near = asks, lists, request, brief, near
        self._elsewhere = elsewhere
        self._theme: Found | None = None
        self._known: dict[str, Stock] = {}

    @property
    def theme(self) -> Found:
        """What was found for the theme alone."""
        if self._theme is None:
            self._theme = self._find(Part(self._brief.about, self._brief.about))
        return self._theme

    @property
    def sure(self) -> bool:
        """Whether what was found first surely is on the theme."""
        reading = self.theme.readings[0]
        return reading.tier is Tier.ANSWERS or _share(reading) >= SHARE_FROM

    @cached_property
    def known(self) -> bool:
        """Whether the library may say something about the theme."""
        elsewhere = self._elsewhere(self._brief.about)
        return _likely(self.theme, elsewhere) or not elsewhere

    def points(self) -> Stock:
        """Extracts on the theme; none where nothing is near. What is ready-made for the artefact comes first."""
        return self._once("", lambda: self._ready_first(self._sure(self.theme, self._brief.about)))

    def more_points(self) -> Stock:
        """The same further down: to be asked about, and not to be told."""
        return self._once("more", lambda: self._extracts(self.theme, MOST_ASKED, inf) if self.known else Stock())

    def aspect(self, name: str) -> Stock:
        """Extracts on an aspect of the theme, of its neighbourhood: a wide one where the message names the aspect."""
        question = aspects()[name].asks

        def found() -> Stock:
            whole = of_part(question, self._brief.about)
            stock = self._extracts(self._find(Part(question, whole, share=ASPECT_BY_ITSELF)))
            stock = self._among(stock, NAMED_NEIGHBOURS if name in self._brief.aspects else NEIGHBOURS)
            words = aspects()[name].words.get(self._request.language) or aspects()[name].words["en"]
            return self._ready_first(stock, words[0])

        return self._once(f"aspect {name}", found)

    def subject(self, subject: str) -> Stock:
        """Extracts on one of the things that a message wants in it."""

        def found() -> Stock:
            part = self._subject_part(subject)
            found = self._find(part)
            stock = self._extracts(found)
            ready, share = self._ready_first(stock, subject), _share(found.readings[0])
            if (share < LEAST_SHARE and not ready.ready) or (share < PART_FROM and self._elsewhere(subject)):
                return replace(ready, statements=(), ready=0)
            likely = ready.likely[0] >= SURELY_READY if ready.ready else share >= PART_FROM
            return replace(ready, sure=likely)

        return self._once(f"subject {subject}", found)

    def extracts_for(self, heading: str) -> Stock:
        """Extracts for a part of the draft that stands in extracts, by its heading."""
        part = part_of(self._brief.artefact, heading)
        if part is not None and part.fill is Fill.PIECE:
            stock = self.ready(part.ready)
            others = (self.piece(each, stock, part.piece) for each in stock.further[:OTHERS])
            return replace(stock, statements=tuple(chain(*others)))
        if part is not None and part.ready:
            return self.talk() if part.fill is Fill.TALK else self.ready(part.ready)
        if part is None:
            place = self._brief.about.casefold().find(heading.casefold())  # as typed, it is found as it was
            return self.subject(self._brief.about[place : place + len(heading)] if place >= 0 else heading)
        return self.aspect(part.aspect) if part.aspect else self.points()

    def offered_for(self, heading: str) -> Stock:
        """What can be added to a part of the draft, by its heading: records to one of records, else extracts."""
        part = part_of(self._brief.artefact, heading)
        kind = KINDS.get(part.fill) if part else None
        return self.items(kind) if kind else self.extracts_for(heading)

    def ready(self, kinds: Sequence[Kind], subject: str = "") -> Stock:
        """Whole sections of ready-made material that are likely wanted for the theme, or a subject of it, best first.

        Messages only where the draft is for those to whom they are written.
        """
        fit = tuple(kind for kind in kinds if kind is not Kind.MESSAGES or self._brief.lay)
        if not (self.known and fit):
            return Stock()
        # of 26 cases that others had labelled, MRR is .80 by all that a message says, .73 with its theme by itself
        told = self._brief.asked if AS_TYPED.issuperset(fit) else self._brief.about if WHOLE.issuperset(fit) else ""
        whole = Part(told, told) if told else self._theme_ready
        return self._once(
            f"{' '.join(fit)}: {subject}", lambda: self._ready(self._subject_part(subject) if subject else whole, fit)
        )

    def has(self, kind: Kind) -> bool:
        """Whether ready-made material of a kind is near; of slides, a whole talk."""
        return bool((self.talk() if kind is Kind.SLIDES else self.ready((kind,))).statements)

    def talk(self) -> Stock:
        """The slides of the talk that is likely wanted, in its order; `further` the same, those on the theme first."""
        filters, kinds = self._request.filters, (Kind.SLIDES,)

        def found() -> Stock:
            near = self.ready(kinds)
            shares = dict.fromkeys((each.quotes[0].publication for each in near.further), 0.0)
            for each, likely in zip(near.further, near.likely, strict=True):
                shares[each.quotes[0].publication] += likely
            likeliest = max(shares, key=lambda name: shares[name], default="")
            if shares.get(likeliest, 0.0) < TALK_FROM:
                return Stock()
            only = replace(filters, kinds=kinds, publications=(likeliest,))
            whole = self._asks.whole_sections(self._request, self._theme_ready, only, READY_CHUNKS)
            slides = tuple(sorted(whole.statements, key=lambda each: each.quotes[0].start))
            return Stock(whole.evidence, slides, further=whole.statements)

        return self._once("talk", found)

    @property
    def _theme_ready(self) -> Part:
        return Part(self._brief.theme, self._brief.about, share=THEME_BY_ITSELF, theme=True)

    def piece(self, section: Statement, stock: Stock, number: int) -> tuple[Statement, ...]:
        """Of a ready-made section its paragraphs (0), or one of its lists, as one extract; () where it has none."""
        return as_one(tuple(chain(*pieces_of(self.lines(section, stock))[number : number + 1])))

    def within(self, text: str, line: Statement, stock: Stock) -> Statement:
        """Words of a line, as a statement of their own."""
        return self._asks.within(text, line, stock.evidence)

    def lines(self, statement: Statement, stock: Stock) -> tuple[Statement, ...]:
        """The lines of a statement of a stock, each by itself."""
        return self._asks.lines(statement, stock.evidence)

    def definitions(self) -> Stock:
        """Sentences of glossaries on the theme."""
        filters = self._request.filters
        if filters.kinds and Kind.GLOSSARY not in filters.kinds:
            return Stock()
        glossaries = replace(self._request, filters=replace(filters, kinds=(Kind.GLOSSARY,)))

        def found() -> Stock:
            result = self._asks.find(replace(glossaries, stand_alone=self._brief.about, parts=()))
            return Stock(result.evidence, self._asks.sentences(result, DEFINITIONS))

        return self._once("definitions", found)

    def items(self, kind: ItemKind) -> Stock:
        """Records of the Toolkit that fit the theme."""

        def found() -> Stock:
            request = self._request
            fits = self._lists.fitting(self._brief.about, kind, request.slots.activities, request.filters)
            return Stock(fits[1], fits[2], fits[0], fits[2])

        return self._once(kind.value, found)

    def nearness(self, section: Section) -> int:
        """The place of a section among those found for the theme, from 0; one that was not found comes last."""
        sections = self._sections
        return sections.index(section) if section in sections else len(sections)

    @cached_property
    def _sections(self) -> Sequence[Section]:
        """Those found for the theme, nearest first."""
        hits = self.theme.retrievals[0].hits
        return tuple(dict.fromkeys((hit.chunk.publication, hit.chunk.headings) for hit in hits))

    def asked_of(self, statement: Statement, evidence: Evidence) -> Sequence[str]:
        """What people ask of the section that a statement quotes, in the language of the request, else in English."""
        chunk = evidence[statement.quotes[0].label].chunk
        return questions_to(self.theme.retrievals[0].view, chunk, self._request.language)

    def _subject_part(self, subject: str) -> Part:
        return Part(subject, of_part(subject, self._brief.about), share=BY_ITSELF)

    def _ready_first(self, stock: Stock, subject: str = "") -> Stock:
        """A stock with what is ready-made for the artefact before all else."""
        ready = self.ready(outlines()[self._brief.artefact].ready, subject)
        if not ready.further:
            return stock
        by = len(stock.evidence.passages)
        made, further = (tuple(shifted(each, by) for each in all_) for all_ in (ready.statements, ready.further))
        return replace(
            stock,
            evidence=Evidence((*stock.evidence.passages, *ready.evidence.passages)),
            statements=(*made, *stock.statements),
            further=(*further, *stock.further),
            ready=len(made),
            likely=ready.likely,
        )

    def _ready(self, part: Part, kinds: Sequence[Kind]) -> Stock:
        """Those that are likely enough, the likeliest first."""
        filters = replace(self._request.filters, kinds=tuple(kinds))
        whole = self._asks.whole_sections(self._request, replace(part, theme=True), filters, READY_CHUNKS)
        least = min(FITTING_FROM.get(kind, READY_FROM) for kind in kinds)
        beside = Kind.CASES in kinds and self._brief.artefact is not Artefact.CASE
        far = beside and sum(whole.likely[:TOGETHER]) < TOGETHER_FROM
        near = 0 if far else sum(likely >= least for likely in whole.likely)
        return Stock(whole.evidence, whole.statements[:near], further=whole.statements, likely=whole.likely)

    def _find(self, part: Part) -> Found:
        return self._asks.find(replace(self._request, parts=(replace(part, theme=True),)))

    def _extracts(self, found: Found, most: int = POINTS, near: float | None = None) -> Stock:
        """What a glossary says is a definition, and no point."""
        quoted = self._asks.quoted(found, most, self._near if near is None else near)
        points, further = (
            tuple(each for each in statements if not _defines(each, found.evidence))
            for statements in (quoted, self._asks.sections(found, SECTIONS))
        )
        wanted = self._brief.artefact is Artefact.QUESTIONS
        return Stock(
            found.evidence, points, further=further, asks=self._asks.questions(found, SECTIONS_ASKING) if wanted else ()
        )

    def _sure(self, found: Found, wanted: str) -> Stock:
        """Extracts where the library says something of what is wanted; else the nearest few, if it is of this field."""
        stock, elsewhere = self._extracts(found), self._elsewhere(wanted)
        if _likely(found, elsewhere):
            return stock
        return replace(stock, statements=stock.statements[: 0 if elsewhere else FEW])

    def _among(self, stock: Stock, nearest: int) -> Stock:
        """What is in the sections nearest to the theme; nothing where the library says nothing about it."""
        near = set(self._sections[:nearest] if self.known else ())
        return replace(
            stock, statements=tuple(each for each in stock.statements if section_of(each, stock.evidence) in near)
        )

    def _once(self, name: str, found: Callable[[], Stock]) -> Stock:
        if name not in self._known:
            self._known[name] = found()
        return self._known[name]


def _share(reading: PartReading) -> float:
    """0..1, of a draft: what the first section found should have; 0 where nothing was learned of it."""
    learned = reading.signals.learned if reading.signals else None
    return 0.0 if learned is None else exp(learned)


def _likely(found: Found, elsewhere: bool) -> bool:
    """Whether what was found may be of use. `elsewhere`: whether what is wanted seems to be of another field."""
    least = FAR_FROM if elsewhere else SHARE_FROM
    return found.readings[0].likely >= THEME_FROM or _share(found.readings[0]) >= least


def section_of(statement: Statement, evidence: Evidence) -> Section:
    """The section that an extract stands in."""
    chunk = evidence[statement.quotes[0].label].chunk
    return chunk.publication, chunk.headings


def _defines(statement: Statement, evidence: Evidence) -> bool:
    """Whether it is of a glossary, whose sentences a draft has as definitions."""
    return evidence[statement.quotes[0].label].publication.kind is Kind.GLOSSARY
