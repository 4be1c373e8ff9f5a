"""What the library has for one draft: extracts on its theme, its aspects and subjects, definitions, records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from assistant.draft.shelf import ReadyShelf
from assistant.toolkit.listing import Lists
from assistant.types import Artefact, Evidence, Part, Request, Statement, Tier
from corpus.kits import KitPiece
from corpus.language import translation_of
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
SHELVED = 40  # ready-made sections that are looked at for a part
# How likely a piece of ready-made material has to be the one that is wanted, of all of its kind: of 300 parts whose
# pieces others had labelled, 200 have one then, and for 153 of them it is one that was wanted; 16 want none. With half
# of it 280 have one, and 179 and 32.
READY_FROM = 0.3
SURELY_READY = 0.5  # so likely that a part is left to it which has it already, and that it comes before a kit's piece
KIT_FROM = 0.25  # share of a draft that a kit should have, from which its pieces are used
UNASKED_FROM = 0.4  # the same of a piece that the message does not name
# Probability that a part asks for a piece, from which it gets that: of 5,500 that were labelled 45 in 100 do, and 69 in
# 100 of these want that one.
PIECE_FROM = 0.3
KIT, SPECIAL = "kit-", "special-"  # how the ids begin of the texts for one group or field
SPECIAL_FROM = 0.15  # probability, of all special subjects of all kits, from which a part gets one of a kit that fits
NO_PART = (KitPiece.NONE, KitPiece.MESSAGES, KitPiece.INDICATORS)  # pieces for no part of another thing
# The pieces of a kit that stand beside others of their kind.
PIECES = {
    Kind.CASES: KitPiece.CASE,
    Kind.STATEMENTS: KitPiece.QUIZ,
    Kind.ROLE_PLAYS: KitPiece.PLAY,
    Kind.ACTIVITIES: KitPiece.EXERCISE,
    Kind.PLANS: KitPiece.INDICATORS,
}
# What a talk of a kit has, in its order: from why it matters to what is done first.
TALK = tuple(map(KitPiece, (
    "why", "how", "signs", "line", "overlooked", "children", "papers", "alone", "questions", "avoid", "records", "self",
    "whom", "at once",
)))  # fmt: skip
# Those that a short one has.
FIRST = tuple(map(KitPiece, ("why", "signs", "alone", "avoid", "at once", "whom", "how", "questions")))
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
        shelf: ReadyShelf,
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
        self._shelf = shelf
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

        def found() -> Stock:
            extracts = self._sure(self.theme, self._brief.about)
            if self._brief.to_concerned:
                return self._ready_first(self.kit(KitPiece.MESSAGES), extracts)
            kit = self.kit(KitPiece.HOW)  # what is surely on the theme says more of it than how people are held
            return self._ready_first(Stock(), _joined(extracts, kit)) if self.sure else self._ready_first(kit, extracts)

        return self._once("", found)

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
            pieces = () if self._brief.to_concerned else aspects()[name].pieces
            least = KIT_FROM if name in self._brief.aspects else UNASKED_FROM
            return self._ready_first(self.kit(*pieces, least=least), stock, words[0])

        return self._once(f"aspect {name}", found)

    def subject(self, subject: str) -> Stock:
        """Extracts on one of the things that a message wants in it."""

        def found() -> Stock:
            part = self._subject_part(subject)
            found = self._find(part)
            stock = self._extracts(found)
            ready = self._ready_first(
                _joined(self._special(subject), self.kit(*self._pieces_for(subject))), stock, subject
            )
            share = _share(found.readings[0])
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
        if part is not None and part.kit:
            return self.kit(*part.kit, least=UNASKED_FROM)
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

        def found() -> Stock:
            near = self._ready(self._subject_part(subject) if subject else whole, fit)
            return near if subject else _surest(near, self.kit(*self._pieces_of(fit)))

        return self._once(f"{' '.join(fit)}: {subject}", found)

    def kit(self, *pieces: KitPiece, least: float = KIT_FROM) -> Stock:
        """Pieces of the kits that fit what was asked, in the order given, of each first that of the likeliest kit.

        `least`: the share of the draft that a kit should have.
        """
        request, filters = self._request, replace(self._request.filters, kinds=())

        def found() -> Stock:
            pairs = [
                (passage, self._kits[kit])
                for piece in pieces
                for kit in self._kits
                if self._kits[kit] >= least
                for passage in self._shelf.piece(kit, piece, request.language, filters).passages
            ]
            evidence = Evidence(tuple(passage for passage, _ in pairs))
            made = self._asks.whole_sections(evidence)
            return Stock(evidence, made, further=made, likely=tuple(share for _, share in pairs), ready=len(made))

        return self._once(f"kit {least} {' '.join(pieces)}", found)

    @cached_property
    def _kits(self) -> Mapping[str, float]:
        shares = self._shelf.kits(self._brief.asked) if self.known else {}
        return {kit: share for kit, share in shares.items() if share >= KIT_FROM}

    def _special(self, subject: str) -> Stock:
        """Sections beside the kits that fit, on what is asked of these people or this work only."""
        if self._brief.to_concerned or not self._kits:
            return Stock()
        among = tuple(kit.replace(KIT, SPECIAL, 1) for kit in self._kits)
        near = self._shelved(self._subject_part(subject), (Kind.SPECIALS,), among)
        number = sum(likely >= SPECIAL_FROM for likely in near.likely)
        special = near.further[:number]
        return replace(near, statements=special, further=special, likely=near.likely[:number])

    def _pieces_of(self, kinds: Sequence[Kind]) -> Sequence[KitPiece]:
        """What a kit has of one kind; of several, only what speaks to those concerned, where the draft does."""
        if self._brief.to_concerned and Kind.MESSAGES in kinds:
            return (KitPiece.MESSAGES,)
        (kind,) = kinds if len(kinds) == 1 else (None,)
        return (PIECES[kind],) if kind in PIECES else ()

    def _pieces_for(self, subject: str) -> tuple[KitPiece, ...]:
        """The piece that a subject asks for, where it surely does. Those concerned have pieces of their own."""
        piece, likely = self._shelf.asked(subject, self._brief.about)
        fits = piece not in NO_PART and likely >= PIECE_FROM and not self._brief.to_concerned
        return (piece,) if fits else ()

    def has(self, kind: Kind) -> bool:
        """Whether ready-made material of a kind is near; of slides, a whole talk."""
        return bool((self.talk() if kind is Kind.SLIDES else self.ready((kind,))).statements)

    def talk(self) -> Stock:
        """The slides of the talk that is likely wanted, in its order; `further` the same, those on the theme first."""

        def found() -> Stock:
            near = self.ready((Kind.SLIDES,))
            shares = dict.fromkeys((each.quotes[0].publication for each in near.further), 0.0)
            for each, likely in zip(near.further, near.likely, strict=True):
                shares[each.quotes[0].publication] += likely
            likeliest = max(shares, key=lambda name: shares[name], default="")
            if shares.get(likeliest, 0.0) < TALK_FROM:
                return self._talk_of_kit()
            whole = self._shelved(self._theme_ready, (Kind.SLIDES,), (translation_of(likeliest)[0],))
            slides = tuple(sorted(whole.further, key=lambda each: each.quotes[0].start))
            return replace(whole, statements=slides)

        return self._once("talk", found)

    def _talk_of_kit(self) -> Stock:
        """Pieces of the likeliest kit as slides; first those that a short talk has."""
        whole = self.kit(*TALK)
        of_one = whole.statements[:: len(self._kits) or 1]
        slides = dict(zip(TALK, of_one, strict=False))
        return replace(whole, statements=of_one, further=tuple(slides[piece] for piece in (*FIRST, *TALK) if slides))

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

    def _ready_first(self, kit: Stock, extracts: Stock, subject: str = "") -> Stock:
        """What is ready-made, for the artefact or of a kit, before all else."""
        made = _surest(self.ready(outlines()[self._brief.artefact].ready, subject), kit)
        return replace(_joined(made, extracts), ready=len(made.statements), likely=made.likely)

    def _ready(self, part: Part, kinds: Sequence[Kind]) -> Stock:
        """Those that are likely enough, the likeliest first."""
        whole = self._shelved(part, kinds)
        least = min(FITTING_FROM.get(kind, READY_FROM) for kind in kinds)
        beside = Kind.CASES in kinds and self._brief.artefact is not Artefact.CASE
        far = beside and sum(whole.likely[:TOGETHER]) < TOGETHER_FROM
        near = 0 if far else sum(likely >= least for likely in whole.likely)
        return replace(whole, statements=whole.further[:near])

    def _shelved(self, part: Part, kinds: Sequence[Kind], among: tuple[str, ...] = ()) -> Stock:
        """Ready-made sections as `further`, likeliest first; of these texts, where some are named."""
        filters = replace(self._request.filters, kinds=())
        shelved = self._shelf.likeliest(kinds, part, self._request.language, filters, SHELVED, among)
        statements = self._asks.whole_sections(shelved.evidence)
        return Stock(shelved.evidence, further=statements, likely=shelved.likely)

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


def _surest(near: Stock, kit: Stock) -> Stock:
    """What is ready-made with the pieces of a kit: before it where that is not surely what is wanted."""
    sure = near.likely[:1] >= (SURELY_READY,)
    return _joined(near, kit) if sure else _joined(kit, near)


def _joined(one: Stock, other: Stock) -> Stock:
    """Both, the first one's before."""
    by = len(one.evidence.passages)
    made, further, asks = (
        tuple(shifted(each, by) for each in all_) for all_ in (other.statements, other.further, other.asks)
    )
    return Stock(
        Evidence((*one.evidence.passages, *other.evidence.passages)),
        (*one.statements, *made),
        further=(*one.further, *further),
        asks=(*one.asks, *asks),
        likely=(*one.likely, *other.likely),
    )


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
