"""The corpus in types: publications, their documents with a source map, and chunks.

All offsets count characters (Python code points), half-open. PDF pages count from 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

PublicationId = str
ChunkId = str  # "publication#ordinal"

# In a file's name: what begins a new line, acts on a terminal, turns the text around, or is no character at all.
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

LONGEST_NAME = 255  # characters: no file system takes more
NO_RAW = -1  # source map: a character that stands nowhere on the page (a joining space or line break)


class Origin(StrEnum):
    """Whose words a text is. Never mixed up, shown on every citation."""

    PUBLICATION = "publication"
    STARTER = "starter"  # written for this project; not ICAT's words


class Kind(StrEnum):
    TOOLKIT = "toolkit"
    ISSUE_PAPER = "issue paper"
    ISSUE_BRIEF = "issue brief"
    DISCUSSION_PAPER = "discussion paper"
    OVERVIEW_PAPER = "overview paper"
    REVIEW = "review"
    REPORT = "report"
    CALL_TO_ACTION = "call to action"
    STATEMENT = "statement"
    SUBMISSION = "submission"
    FACTSHEET = "factsheet"
    DIGEST = "digest"  # of one publication, in the project's own words
    ADVICE = "advice"  # on a kind of activity or a step of the work, in the project's own words
    GLOSSARY = "glossary"  # the project's own words
    LIBRARY = "library"  # the project's own lessons, design questions and indicators
    MESSAGES = "messages"  # to the people concerned, as they stand on a leaflet; READY, in the project's own words
    STATEMENTS = "quiz statements"  # true and false ones, with why
    CASES = "cases"  # invented, for a group to discuss
    TALKING_POINTS = "talking points"
    LETTERS = "letters"
    CHECKLISTS = "checklists"
    SLIDES = "slides"  # a talk, slide by slide, with what the speaker says
    ROLE_PLAYS = "role plays"
    PLANS = "indicator plans"
    ACTIVITIES = "activities"  # that a trainer does with a group
    QUESTIONNAIRES = "questionnaires"
    KITS = "kits"  # the same pieces, see `corpus.kits.KitPiece`, for one group of people or field of work
    SPECIALS = "special subjects"  # that only these people or this work have, beside the kit `kit-NAME`: `special-NAME`
    OTHER = "other"  # a file the user added that the catalogue does not know


# What is handed out, asked, played or sent as it stands: drafts are made of it, and it answers no question.
READY = frozenset(
    (Kind.MESSAGES, Kind.STATEMENTS, Kind.CASES, Kind.TALKING_POINTS, Kind.LETTERS, Kind.CHECKLISTS, Kind.SLIDES,
     Kind.ROLE_PLAYS, Kind.PLANS, Kind.ACTIVITIES, Kind.QUESTIONNAIRES, Kind.KITS, Kind.SPECIALS)
)  # fmt: skip
OWN_KINDS = frozenset((Kind.DIGEST, Kind.ADVICE, Kind.GLOSSARY, Kind.LIBRARY)) | READY  # of the project's own texts


class Activity(StrEnum):
    """The seven sections of the Toolkit's Part II."""

    AWARENESS_RAISING = "awareness raising"
    LIVELIHOODS = "livelihoods"
    LEGAL_FRAMEWORK = "legal framework"
    CRIMINAL_JUSTICE = "criminal justice capacity"
    IDENTIFICATION = "identification and referral"
    SUPPORT = "support and durable solutions"
    NATIONAL_PLANS = "national plans of action"


class StrictModel(BaseModel):
    """What comes in as text: an unknown key is a fault, and what was read never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Published(StrictModel):
    """A publication date as one source gives it; sources may disagree, so a publication has several."""

    year: int = Field(ge=1900, le=2100)
    month: int | None = Field(None, ge=1, le=12)
    source: str = Field(min_length=1, description="where this date was read: a URL or 'the document'")
    uncertain: bool = False


class Fact(StrictModel):
    """One fact about a publication, with the place it was read."""

    text: str = Field(min_length=1)
    source: str = Field(min_length=1)
    uncertain: bool = False


class Publication(StrictModel):
    """One publication, whether or not its original is on this machine."""

    id: PublicationId = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    subtitle: str = ""
    kind: Kind = Kind.OTHER
    origin: Origin = Origin.PUBLICATION
    series: str = ""
    number: str = Field("", description="within the series: '01', '7'")
    symbol: str = Field("", description="UN document symbol, such as 'A/80/67'")
    published: tuple[Published, ...] = Field((), description="best-supported date first")
    languages: tuple[str, ...] = Field(("en",), description="ISO 639-1; that of the text first")
    agencies: tuple[str, ...] = ()
    landing: str = Field("", pattern=r'^(https?://[^\s<>{}\\"]+)?$', description="landing page URL")
    file_url: str = Field("", description="direct URL of the original, only where a source names it")
    activities: tuple[Activity, ...] = ()
    superseded_by: PublicationId = ""
    digest_of: PublicationId = Field("", description="only a starter digest: what it describes")
    facts: tuple[Fact, ...] = ()
    sha256: str = Field("", description="of the original; empty while it is not on this machine")
    mime: str = Field("", description="media type of the original; empty while it is not on this machine")

    @property
    def year(self) -> int | None:
        """Of the first date. None when no source gives one."""
        return self.published[0].year if self.published else None

    @property
    def language(self) -> str:
        return self.languages[0]

    @property
    def date_label(self) -> str:
        """'2014', '2016-10', '2012 (another source: 2013)', or 'no date'."""
        if not self.dates:
            return "no date"
        first, *different = self.dates
        return f"{first} (another source: {', '.join(different)})" if different else first

    @property
    def dates(self) -> tuple[str, ...]:
        """'2016-10', or '2016', of the source that counts; then other years that other sources give, each once."""
        found = [f"{p.year}-{p.month:02d}" if p.month else str(p.year) for p in self.published]
        different = [other for other in dict.fromkeys(found[1:]) if not other.startswith(found[0][:4])]
        return (*found[:1], *different)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document. Pages tile the text: the first starts at 0, each starts where the last ended."""

    number: int  # PDF page, from 1; 1 for a text that has no pages
    label: str | None  # printed number: "12", "ii", "A-1"; None where the page shows none
    start: int
    end: int
    width: float = 0.0  # points, as displayed (rotation applied); 0 where the source has no pages
    height: float = 0.0
    recognised: bool = False  # its text was recognised from a picture of it, and may be wrong


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list; a bullet is not part of the text, a number or letter that can be cited is
    ROW = "row"  # of a table; cells joined by " | "
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, table row or footnote. Blocks are ordered and do not overlap."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # headings: from 1, outermost first; items: nesting depth from 1; else 0


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A publication as cleaned text that can be pointed into.

    `raw[i]` is the index, within its page, of the raw character that text[i] came from: what the reader's
    `boxes` takes. Raw characters on a PDF page are those of pdfium's text page; in a text without pages, those
    of the decoded source. NO_RAW marks a character that stands nowhere (a joining space, a line break).
    Two blocks are always separated by at least one line break.
    """

    publication: Publication
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    raw: np.ndarray = field(repr=False)  # (len(text),) int32

    def __post_init__(self) -> None:
        name = self.publication.id
        if not self.text.strip():
            raise ValueError(f"document {name!r} has no text")
        if len(self.raw) != len(self.text):
            raise ValueError(f"document {name!r}: source map of {len(self.raw)} for {len(self.text)} characters")
        position = 0
        for page in self.pages:
            if page.start != position or page.end < page.start:
                raise ValueError(f"document {name!r}: page {page.number} starts at {page.start}, not {position}")
            position = page.end
        if position != len(self.text):
            raise ValueError(f"document {name!r}: pages end at {position}, text at {len(self.text)}")
        position = 0
        for block in self.blocks:
            if block.start < position or block.end <= block.start or block.end > len(self.text):
                raise ValueError(f"document {name!r}: block {block.start}:{block.end} overlaps or is empty")
            position = block.end

    @property
    def paged(self) -> bool:
        """Whether the source has pages that can be shown (PDF)."""
        return self.pages[0].width > 0

    def page_at(self, position: int) -> Page:
        """The page that holds text[position]. ValueError outside the text."""
        for page in self.pages:
            if page.start <= position < page.end:
                return page
        raise ValueError(f"document {self.publication.id!r} has no character {position}")

    def pages_of(self, start: int, end: int) -> tuple[Page, ...]:
        """The pages that text[start:end] touches, in order."""
        return tuple(page for page in self.pages if page.start < end and page.end > start)

    def recognised(self, start: int, end: int) -> bool:
        """Whether any of text[start:end] was recognised from a picture of its page."""
        return any(page.recognised for page in self.pages_of(start, end))

    def heading_path(self, position: int) -> tuple[str, ...]:
        """The headings above a position, outermost first."""
        path: list[tuple[int, str]] = []
        for block in self.blocks:
            if block.start > position:
                break
            if block.kind is BlockKind.HEADING:
                path = [entry for entry in path if entry[0] < block.level]
                path.append((block.level, self.text[block.start : block.end]))
        return tuple(text for _, text in path)


def one_line(name: str) -> str:
    """A file's name as it can be shown and kept, with '?' for each character that can't be, and not too long."""
    shown = _ODD.sub("?", name)
    return shown if len(shown) <= LONGEST_NAME else f"{shown[:LONGEST_NAME]}…"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file, or one page of it, gives no text; printed as one line."""

    file: str  # file name, without its folder, in one line
    page: int | None  # PDF page; None: the whole file
    reason: str
    advice: str  # what to do next
    pictures: int = 0  # pages from `page` on whose text can be recognised; 0: none

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", one_line(self.file))

    def __str__(self) -> str:
        where = f"{self.file}, page {self.page}" if self.page else self.file
        return f"{where}: {self.reason}; {self.advice}"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a displayed page, in points, origin at the top left, y downwards."""

    page: int  # PDF page, from 1
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Chunk:
    """A slice of one document: `document.text[start:end] == text`."""

    id: ChunkId
    publication: PublicationId
    text: str
    start: int
    end: int
    first_page: int  # PDF page, from 1, inclusive
    last_page: int
    headings: tuple[str, ...] = ()  # outermost first
    language: str = "en"  # ISO 639-1, of this chunk; "" where none could be told
    origin: Origin = Origin.PUBLICATION

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or not self.text.strip():
            raise ValueError(f"chunk {self.id!r}: {self.start}:{self.end} does not fit {len(self.text)} characters")

    @property
    def digest(self) -> str:
        """sha256 of all that is indexed of it; the build encodes a chunk again only when this changes."""
        parts = (self.publication, str(self.start), *self.headings, self.language, self.origin, self.text)
        return sha256("\x1f".join(parts).encode()).hexdigest()


Metadata = Mapping[str, str | int | float | bool]
