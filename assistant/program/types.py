"""What the functions for programs give, as JSON has it. Every key is always there; what is not known is null or empty.

Places in a text count characters of the document, half-open; pages count from 1 as in the file, `label` is the number
printed on one. All text of documents is as it stands there: it is to be escaped where it is shown.
"""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict  # that of `typing` can't be read by pydantic before Python 3.12

from assistant.types import Artefact, Covered, DraftWords, Status, Support, Tier
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity, Origin


class SourceJson(TypedDict):
    """A publication, and whose words it holds."""

    publication: str  # its id
    title: str
    date: str  # '2016-10', 'no date'
    url: str  # of its landing page; '' where none is known
    origin: Origin
    whose: str  # '' where they are the publisher's words, else a line that says whose
    citation: str  # all of that in one line


class PassageJson(SourceJson):
    """A passage that was found."""

    rank: int  # from 1, best first
    score: float
    signals: dict[str, Any]  # of each ranking: rank and score
    chunk: str
    text: str
    start: int
    end: int
    pages: list[int]  # first and last
    labels: list[str | None]
    recognised: bool  # from pictures of pages
    headings: list[str]  # above it, outermost first
    language: str


class SearchJson(TypedDict):
    passages: list[PassageJson]


class QuoteJson(TypedDict):
    """Words of a publication, one by one as they stand there."""

    label: int  # of its source
    publication: str
    text: str
    start: int
    end: int
    page: int
    page_label: str | None
    document_sha256: str
    recognised: bool  # from a picture of the page, so that it is to be compared with it


class StatementJson(TypedDict):
    """An extract, or a sentence that a language model wrote, and the quotes it rests on."""

    text: str
    quotes: list[QuoteJson]
    support: Support
    warnings: list[str]
    lead: str
    dated: str
    marks: list[list[int]]  # of an extract: where the sentences that answer stand in `text`
    lines: list[str]


class CoverageJson(TypedDict):
    part: str
    covered: Covered


class AnswerJson(TypedDict):
    """An answer as `icat ask --json` writes it: the fields of `assistant.types.Answer`, and four that are derived."""

    version: int  # of this shape
    status: Status
    said: list[str]  # beside the statements: how it ended, what to do
    request: dict[str, Any]  # how the question was understood
    evidence: dict[str, Any]  # passages: label n is the n-th; `of` is the place in `publications`
    statements: list[StatementJson]
    coverage: list[CoverageJson]  # the parts of the question; [] where it has one
    unknown_labels: list[int]
    nearest: list[dict[str, Any]]  # passages, where nothing answers
    tier: Tier | None
    confidence: float | None
    written_by: str  # 'verbatim', or the name of the language model
    notice: str
    told: list[str]
    listing: dict[str, Any] | None
    withheld: list[StatementJson]
    usage: dict[str, Any] | None
    drafting: dict[str, Any] | None
    differences: list[dict[str, Any]]
    form: str | None
    next: list[str]  # questions that can be asked next
    draft: dict[str, Any] | None
    publications: list[dict[str, Any]]


class ItemJson(TypedDict):
    """A lesson, question or indicator, as `icat toolkit list --json` writes it."""

    id: str
    kind: ItemKind
    part: str
    activity: Activity | None
    topic: str
    group: str
    section: list[str]
    level: Level | None
    text: str
    counts: str
    over: str
    disaggregation: list[str]
    verification: list[str]
    caution: str
    origin: Origin
    publication: str
    source: str  # its citation, with the page
    span: list[int]
    pages: list[int]


class FittingJson(ItemJson):
    first: bool  # whether it stands first because it fits what was described
    fits: list[str]  # the words of the description that it fits


class TotalJson(TypedDict):
    kind: ItemKind
    activity: Activity | None  # None: the questions before one is chosen
    total: int


class ListJson(TypedDict):
    totals: list[TotalJson]  # of every list, whatever was described
    items: list[FittingJson]  # of these lists all, best first where something was described; of others what fits
    notice: str


class DraftLineJson(TypedDict):
    words: DraftWords  # 'quoted' and 'key' rest on quotes; the others are the program's
    text: str
    quotes: list[QuoteJson]


class DraftPartJson(TypedDict):
    heading: str
    minutes: int  # 0: not timed
    empty: bool  # nothing in the library fills it
    lines: list[DraftLineJson]


class LabelledJson(SourceJson):
    label: int


class DraftJson(TypedDict):
    status: Status
    said: list[str]
    title: str  # '' where there is no draft: `said` says why
    artefact: Artefact | None
    theme: str
    parts: list[DraftPartJson]
    sources: list[LabelledJson]
    markdown: str


class BoxJson(TypedDict):
    """A rectangle on a page, in points, from its top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class CitedJson(SourceJson):
    """The publication that holds the words; that which was named, where none does."""

    stands: bool  # whether the words stand in the publication that was named
    elsewhere: bool  # whether they stand in this other one instead
    text: str  # as they stand there; '' where they do not
    start: int | None
    end: int | None
    page: int | None
    page_label: str | None
    recognised: bool  # from a picture of that page
    boxes: list[BoxJson]  # [] where the original is not here, or has no pages
    bibtex: str
    ris: str
    csl: list[dict[str, Any]]
