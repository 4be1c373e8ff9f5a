"""Answers in types: a request, its evidence, statements tied to quotes, and how an answer can end."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.toolkit.types import ItemKind, Level, ToolkitItem
from corpus.types import Activity, BlockKind, Chunk, Document, Origin, Publication, PublicationId
from index.types import Filters, Hit


class Act(StrEnum):
    """What a message asks for: the closed list. `understand.acts` says what each is in words."""

    LIST = "list"  # records of the Toolkit
    ASK = "ask"  # an open question, answered from passages
    DRAFT = "draft"  # something to be made: a session plan, a handout
    RESHAPE = "reshape"  # the last answer, otherwise
    ABOUT = "about"  # this assistant and its library; greetings, thanks
    DANGER = "danger"  # somebody is in danger now, or asks as a victim
    HARM = "harm"  # help to recruit, move, hide or exploit people
    OFF_TOPIC = "off topic"


class Status(StrEnum):
    """The closed set of ways an answer can end; the words a reader sees are keyed by it."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CLOSEST = "closest"  # may answer: shown to be read, and not said to be the answer
    NO_EVIDENCE = "no evidence"
    UNSOURCED = "unsourced"  # a draft in which nothing names a source, such as a short poster
    UNGROUNDED = "ungrounded"
    OUT_OF_SCOPE = "out of scope"
    ABOUT = "about"  # told in the project's own words, of itself and its library
    ASKED_BACK = "asked back"  # what is wanted could not be told: choices are offered
    URGENT = "urgent"
    REFUSED = "refused"


class Tier(StrEnum):
    """How likely what is shown answers."""

    ANSWERS = "answers"
    MAY_ANSWER = "may answer"
    NOTHING = "nothing close"


class Support(StrEnum):
    VERBATIM = "verbatim"
    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Covered(StrEnum):
    ANSWERED = "answered"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of evidence: a chunk and where it stands."""

    chunk: Chunk
    publication: Publication
    first_label: str | None  # printed page numbers of the chunk's first and last page
    last_label: str | None
    score: float
    document_sha256: str  # of the document text the offsets point into
    recognised: bool = False  # any of it was recognised from a picture of its page

    def quote(self, document: Document, start: int, end: int, label: int) -> Quote:
        """A span of its document, under a label of the turn."""
        page, text = document.page_at(start), document.text[start:end]
        publication = self.publication.id
        recognised = document.recognised(start, end)
        return Quote(label, publication, start, end, text, page.number, page.label, self.document_sha256, recognised)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Label n stands for passages[n - 1]; shown as [1] to a reader, as [S1] to a model. Labels live one turn."""

    passages: tuple[Passage, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.passages)

    def __getitem__(self, label: int) -> Passage:
        """The passage of a label, from 1. KeyError when there is none."""
        if not 1 <= label <= len(self.passages):
            raise KeyError(label)
        return self.passages[label - 1]


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim span of a document: `document.text[start:end] == text`."""

    label: int  # into the turn's evidence, from 1
    publication: PublicationId
    start: int
    end: int
    text: str
    page: int  # PDF page on which the quote starts, from 1
    page_label: str | None  # printed number of that page
    document_sha256: str
    recognised: bool = False  # from a picture of the page: it may be read wrongly

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or not self.text:
            raise ValueError(f"quote {self.start}:{self.end} does not fit {len(self.text)} characters")


@dataclass(frozen=True, slots=True)
class Statement:
    """An extract of a source, a list item, or a sentence of a model, and what it rests on."""

    text: str  # as shown: white space folded; of an extract with several lines, a line each
    quotes: tuple[Quote, ...]
    support: Support
    warnings: tuple[str, ...] = ()
    lead: str = ""  # the heading above an extract; a verbatim line that introduces an item
    dated: str = ""  # of a figure in a written sentence: the date it held, "as of 2016-10"
    marks: tuple[tuple[int, int], ...] = ()  # of an extract: the sentences that answer, half-open places in `text`
    lines: tuple[BlockKind, ...] = ()  # of an extract: what each line of `text` is

    def __post_init__(self) -> None:
        if any(not 0 <= start < end <= len(self.text) for start, end in self.marks):
            raise ValueError(f"marks {self.marks} do not fit {len(self.text)} characters")


@dataclass(frozen=True, slots=True)
class Coverage:
    """One part of a question and whether the corpus answers it."""

    part: str
    covered: Covered


class Detail(StrEnum):
    """What can be shown beside an indicator. Its caution always is."""

    COUNTED = "what is counted"  # and over what
    DISAGGREGATION = "disaggregation"
    VERIFICATION = "means of verification"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lists of the Toolkit are asked for. What is left open is empty."""

    kinds: tuple[ItemKind, ...]  # at least one, in the order of ItemKind
    activities: tuple[Activity, ...] = ()  # one list each, in the order asked for; () with `part_one` False: all seven
    part_one: bool = False  # the questions before an activity is chosen; alone, or beside activities
    levels: tuple[Level, ...] = ()  # of indicators; (): all three
    about: tuple[str, ...] = ()  # only items that speak of one of these ("children")
    description: str = ""  # the programme in the user's words: items that fit it come first
    details: tuple[Detail, ...] = ()
    most: int = 0  # items shown; 0: all
    rest: bool = False  # only those that were not shown first
    starter: bool = False  # the project's own lists, also where an original has taken their place

    def __post_init__(self) -> None:
        if not self.kinds:
            raise ValueError("a list of no kind is wanted")


class AnswerType(StrEnum):
    """What kind of thing would answer an open question."""

    NUMBER = "number"
    TIME = "time"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    DEFINITION = "definition"
    MANNER = "manner"
    LIST = "list"
    YES_NO = "yes or no"
    OPEN = "open"  # nothing in particular


SHORT = 25  # words: a question that is no longer is looked up with its story alone


@dataclass(frozen=True, slots=True)
class Part:
    """One question within a message."""

    text: str  # as asked, shown in the coverage
    reads: str  # the same with what it leaves out, what is looked up
    asks: AnswerType = AnswerType.OPEN
    bare: str = ""  # `reads` without its story, where it says enough by itself: what extracts are read against
    share: float = 0.0  # of a follow-up: what `text` by itself counts in what is looked up, 0..1; `reads` the rest
    theme: bool = False  # it is what a draft is about, and no question

    @property
    def question(self) -> str | None:
        """What counts by itself beside `reads` when it is looked up; None where that is short."""
        return self.text if self.share or len(self.reads.split()) > SHORT else None


class Artefact(StrEnum):
    """What a trainer makes. The names are those of `lexicon.yaml`, and of `brief.yaml` beside it."""

    SESSION = "session plan"
    HANDOUT = "handout"
    CHECKLIST = "checklist"
    QUIZ = "quiz"
    CASE = "case exercise"
    ROLE_PLAY = "role play"
    SLIDES = "slides"
    BRIEFING = "briefing"
    INDICATOR_PLAN = "indicator plan"
    QUESTIONS = "question list"
    LETTER = "letter"
    TEXT = "text"


class Form(StrEnum):
    """What can be done to the answer just shown. The names are those of `lexicon.yaml`."""

    FEWER = "fewer"
    MORE = "more"
    REST = "rest"
    SHORTER = "shorter"
    TABLE = "table"
    EXPLAIN = "explain"
    WHY = "why"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Slots:
    """What a message names, whatever is asked for with it. What it does not name is empty."""

    kinds: tuple[ItemKind, ...] = ()
    activities: tuple[Activity, ...] = ()  # in the order named
    part_one: bool = False
    levels: tuple[Level, ...] = ()
    people: tuple[str, ...] = ()  # and subjects, as the lists write them
    details: tuple[Detail, ...] = ()
    without: tuple[str, ...] = ()  # names of what is to be left out, of any of these
    number: int = 0  # of things wanted; 0: not said
    place: int = 0  # of one thing in the answer just shown, from 1; -1 the last; 0: none
    artefact: Artefact | None = None
    forms: tuple[Form, ...] = ()
    answer_language: str = ""  # ISO 639-1, where one is asked for
    starter: bool = False  # the project's own lists
    adds: bool = False  # "also", "add": beside what was shown
    minutes: int = 0  # the time that it names; 0: none


@dataclass(frozen=True, slots=True)
class Request:
    """A message as it was understood."""

    asked: str  # as typed; of what is too long, the end
    stand_alone: str  # with what a follow-up leaves out, without details of people; what is looked up
    filters: Filters = field(default_factory=Filters)
    act: Act = Act.ASK
    margin: float = 1.0  # probability of the act less that of the next one, 0..1
    slots: Slots = Slots()
    wanted: Wanted | None = None  # the lists that are asked for; always given for Act.LIST
    parts: tuple[Part, ...] = ()  # of an open question, in order
    language: str = "en"  # ISO 639-1 of the message
    beside: Request | None = None  # the open part of a message that also asks for a list, or may come from danger
    choices: tuple[Choice, ...] = ()  # other ways to understand it, likeliest first
    unsure: bool = False  # too little to go on: the choices are offered instead of an answer
    notice: str = ""  # one line on how it was read, where not as typed
    continued: bool = False  # whether `stand_alone` has something of what was asked before

    @property
    def looked_up(self) -> tuple[Part, ...]:
        """The parts; where it was not taken apart, all of it as one."""
        return self.parts or (Part(self.stand_alone, self.stand_alone),)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a reader says a message asks for, in place of what was understood."""

    act: Act
    wanted: Wanted | None = None  # of Act.LIST


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to understand a message, to be chosen with one click."""

    says: str  # 'The indicators for awareness raising'
    then: Corrected
    gives: str = ""  # what that would show: '18 indicators'
    question: str = ""  # asked instead of the message; "": the message itself


@dataclass(frozen=True, slots=True)
class Listed:
    """One item of a list; statement n of the answer is its text, quoted."""

    item: ToolkitItem
    first: bool = False  # shown first, because it fits the description or speaks of what was asked about
    fits: tuple[str, ...] = ()  # what of the description it fits best, as typed


@dataclass(frozen=True, slots=True)
class ListTotal:
    """One list and how many items it has, whatever was narrowed."""

    kind: ItemKind
    activity: Activity | None  # None: part one
    total: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Lists of the Toolkit as an answer: item n belongs to statement n; further statements are of no list."""

    wanted: Wanted
    items: tuple[Listed, ...]
    totals: tuple[ListTotal, ...]  # of the lists asked for, in their order; an empty list is one with total 0
    missing: tuple[Level, ...] = ()  # levels that none of the items shown first has; () without a description


@dataclass(frozen=True, slots=True)
class Saying:
    """What one publication says of a subject."""

    words: str  # its sentence, white space folded
    label: int  # into the evidence, from 1; 0 for a fact of the catalogue
    dated: str  # of the publication: "2016-10", "2012 (another source: 2013)", "no date"


@dataclass(frozen=True, slots=True)
class Difference:
    """One subject on which publications differ, each publication once, in the order of labels."""

    subject: str  # the words both have, as the first writes them
    readings: tuple[Saying, ...]  # at least two


class Outcome(StrEnum):
    """What became of a language model's draft."""

    SHOWN = "shown"  # the answer is made of its sentences, less those withheld
    UNGROUNDED = "ungrounded"  # too little of it was supported, or it named sources that do not exist
    DECLINED = "declined"  # it said that the passages do not answer
    FAILED = "failed"  # there was no draft to check


@dataclass(frozen=True, slots=True)
class Drafting:
    """A language model's part in one answer. Where it was not shown, the answer is verbatim."""

    model: str
    outcome: Outcome
    reason: str = ""  # of FAILED: a `model_types.Reason`
    prompt: str = ""  # digest of the prompt file; "" where nothing was sent
    claims: int = 0  # sentences that claim something
    supported: int = 0  # of these, fully or partly
    unknown_labels: tuple[int, ...] = ()  # named by the draft, and no passage's
    repeated: int = 0  # sentences left out because one before said the same
    dropped: int = 0  # passages that did not fit the model's context


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model read and wrote for one answer, in its own tokens."""

    tokens_in: int
    tokens_out: int
    estimated: bool = False  # the server did not say, or was stopped before it did


class DraftWords(StrEnum):
    """Whose words a line of a draft is in, and what it is for."""

    TASK = "task"  # the project's: what to do with what follows
    ASKED = "asked"  # of a quiz: a question to the group, made of what its key quotes
    KEY = "key"  # the answer to one: the project's words around a quote
    QUOTED = "quoted"  # a statement
    OWN = "own"  # a reader's, checked by nobody
    AFTER = "after"  # a reader's in place of a quote, which they are held against
    WRITTEN = "written"  # a statement in a language model's words
    MODEL = "model"  # a language model's that name no source: a task, a question, what is invented


_STATED = (DraftWords.QUOTED, DraftWords.KEY, DraftWords.AFTER, DraftWords.WRITTEN)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line of a draft: words of the project or of its reader, or a statement of the answer."""

    words: DraftWords
    text: str = ""  # "" for a statement that stands by itself; of AFTER it may have several lines
    statement: int = -1  # its place in the answer's statements; -1: none
    number: int = 0  # of a question to the group, from 1, and of the answer to it
    lead: str = ""  # of a language model's: what stands before it, "•" or "3."
    follows: bool = False  # of a language model's: it goes on in the paragraph of the line before
    cells: tuple[str, ...] = ()  # of one that is a row: what stands in the columns after it
    support: Support | None = None  # of AFTER: what the check found of them; None: nobody checked them
    warnings: tuple[str, ...] = ()  # and why it is less than full

    def __post_init__(self) -> None:
        if (self.statement < 0) == (self.words in _STATED):
            raise ValueError(f"a line of {self.words} words has statement {self.statement}")


@dataclass(frozen=True, slots=True)
class Offered:
    """What was found for a part of a draft and does not stand in the draft: its reader may add it."""

    heading: str  # that it stands under; of a record: the record itself
    title: str  # of its publication
    first: str  # its first sentence; "" of a record
    publication: PublicationId
    start: int  # where it stands in its document, half-open
    end: int


@dataclass(frozen=True, slots=True)
class DraftPart:
    heading: str
    lines: tuple[DraftLine, ...]
    minutes: int = 0  # 0: not timed
    empty: bool = False  # nothing in the library surely fills it
    offers: tuple[Offered, ...] = ()  # best first
    columns: tuple[str, ...] = ()  # of one that is a table: the heads, the first one over the lines themselves


@dataclass(frozen=True, slots=True)
class Draft:
    """What a trainer asked for, arranged of statements: every one of the answer's stands in it, at least once."""

    artefact: Artefact
    theme: str  # in the words of the message
    parts: tuple[DraftPart, ...]
    begins: int | None = None  # minutes after midnight at which the first part does, where the message says so
    asked: str = ""  # the message, and those that changed it; '' in what was saved before
    day: int = 0  # minutes of each of several days; 0: it is of one
    wanted: tuple[str, ...] = ()  # what should be in it, after all that changed it
    players: tuple[str, ...] = ()  # the same of those who are played
    without: tuple[str, ...] = ()  # what should not be in it
    title: str = ""  # a language model's; "" for one made of artefact and theme

    @property
    def minutes(self) -> int:
        """Of all parts."""
        return sum(part.minutes for part in self.parts)


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """What a language model is to write of a draft."""

    messages: tuple[str, ...]  # as typed: the one that it was asked for with, then those that change it
    outline: tuple[str, ...]  # headings that such a thing has
    before: tuple[tuple[str, tuple[int, ...]], ...] = ()  # lines of the draft as it stands, with labels of the evidence
    part: str = ""  # heading of the only part of it that is to be written; "": all of it


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader gets. `status` is derived, so it cannot contradict the fields."""

    request: Request
    evidence: Evidence = Evidence()
    statements: tuple[Statement, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    unknown_labels: tuple[int, ...] = ()
    nearest: tuple[Passage, ...] = ()  # offered when nothing answers; never cited
    tier: Tier | None = None  # of an open question, alone or beside lists, answered in the sources' own words
    confidence: float | None = None  # probability that what is shown answers, 0..1; None when not judged
    written_by: str = "verbatim"  # "verbatim", or the language model's name
    notice: str = ""  # one line a reader must know, such as why a model was not used
    told: tuple[str, ...] = ()  # paragraphs in the project's own words: of itself, its library, or a question back
    listing: Listing | None = None  # lists of the Toolkit, where they were asked for
    withheld: tuple[Statement, ...] = ()  # sentences of a model's draft that no quote supports; shown only on request
    usage: Usage | None = None  # None where no language model was asked
    drafting: Drafting | None = None  # None where no language model was asked
    differences: tuple[Difference, ...] = ()  # where publications of the evidence say different things
    form: Form | None = None  # how it is to be shown: as a table, or with its sources listed; None: as usual
    next: tuple[str, ...] = ()  # questions that other sections found for it answer
    draft: Draft | None = None  # what was to be made, arranged of the statements

    @property
    def status(self) -> Status:
        """Derived from the fields."""
        if self.request.unsure and self.request.act not in (Act.DANGER, Act.HARM):
            return Status.ASKED_BACK
        if self.request.act in _ENDS:
            return _ENDS[self.request.act]
        if not self.evidence or not self.statements:
            return Status.UNSOURCED if self.draft is not None and self.draft.parts else Status.NO_EVIDENCE
        if self.tier is Tier.MAY_ANSWER and self.listing is None:
            return Status.CLOSEST
        if self.unknown_labels or all(s.support is Support.NONE for s in self.statements):
            return Status.UNGROUNDED
        sound = any(s.support in (Support.VERBATIM, Support.FULL) for s in self.statements)  # others are marked
        if not sound or any(c.covered is not Covered.ANSWERED for c in self.coverage):
            return Status.PARTIAL
        return Status.ANSWERED

    @property
    def origins(self) -> frozenset[Origin]:
        """Whose words the statements are."""
        return frozenset(self.evidence[q.label].publication.origin for s in self.statements for q in s.quotes)


_ENDS = {
    Act.DANGER: Status.URGENT,
    Act.HARM: Status.REFUSED,
    Act.OFF_TOPIC: Status.OUT_OF_SCOPE,
    Act.ABOUT: Status.ABOUT,
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation, oldest first where there are several."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Retrieved:
    evidence: Evidence
    hits: tuple[Hit, ...] = ()
    meanwhile: Answer | None = None  # in the publications' own words, where a language model is going to write


@dataclass(frozen=True, slots=True)
class Queued:
    """Nothing is written yet, or just now; given about twice a second, so that a stop takes effect."""

    before: int  # answers that are written first; 0: this one is being written


@dataclass(frozen=True, slots=True)
class Delta:
    text: str  # one sentence of an unchecked draft, without its labels, to be shown as a draft
    labels: tuple[int, ...] = ()  # that it names, not yet checked


@dataclass(frozen=True, slots=True)
class Done:
    answer: Answer


Event = Retrieved | Queued | Delta | Done  # exactly one Done, last
