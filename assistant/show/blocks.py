"""What an answer looks like before it has a format: a tree of blocks whose words are all there.

A format leaves out what it has no way to show. Texts are as they were read or written: whoever renders them makes them
printable and escapes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.show import corrections
from assistant.types import Choice
from corpus.types import BlockKind, Publication

NEAREST, SAYING = "n", "d"  # in place of a statement: a nearest passage; a reading where publications differ


class Role(StrEnum):
    """What a block, or a line of text, is for."""

    NOTICE = "notice"  # this and the next: the assistant's own words
    CHANGED = "changed"  # since the answer was given
    STATUS = "status"
    UNDERSTOOD = "understood"
    WARNING = "warning"
    REMARK = "remark"
    CONTACT = "contact"  # an operator's
    HINT = "hint"
    SAFETY = "safety"  # where to turn; the page says it at its top
    BY = "by"  # who wrote it
    MODEL = "model"  # what a language model did
    COVERAGE = "coverage"
    COUNT = "count"
    NOTE = "note"  # on a list: what its count does not say
    MISSING = "missing"  # of what is shown first
    LISTING = "listing"  # all lists of the Toolkit
    MEANINGS = "meanings"  # leads into other ways to understand the message
    MEANING = "meaning"
    SUGGESTIONS = "suggestions"  # what to ask next
    FIRST = "first"  # items of all lists of a kind that are shown first
    LIST = "list"
    LEVEL = "level"  # of a list, or what its items stand under in their source
    BESIDE = "beside"  # what is answered beside the lists
    QUOTED = "quoted"  # statements of one publication
    WRITTEN = "written"  # sentences of a language model
    WITHHELD = "withheld"  # sentences that nothing supports: seen on request, never kept
    DIFFERENCES = "differences"  # what several publications say of one subject
    DIFFERENCE = "difference"  # the subject
    NEAREST = "nearest"  # passages that are no answer
    SOURCES = "sources"
    PUBLICATION = "publication"  # that statements are from
    ORIGIN = "origin"  # the same, of a list
    TEXT = "text"
    CLOSEST = "closest"  # extracts that may answer: to be read
    COLUMNS = "columns"  # the head of a table
    ROW = "row"
    LEAD = "lead"  # the heading that an extract stands under
    ITEM = "item"
    DETAIL = "detail"  # of the item before it
    DRAFT = "draft-part"  # a part of something to work on
    LINE = "line"  # one line of it
    TASK = "task"  # this and the next: the project's words in a draft; what to do with what follows
    ASKED = "asked-line"  # a question to a group
    CHANGES = "changes"  # what can be done to a line
    FILES = "files"  # what it can be saved as
    EMPTY = "empty"  # a part that nothing fills
    MORE = "more"  # what can be added to a part
    TITLE = "title"  # this and the next: of a document
    QUESTION = "question"
    HEADING = "heading"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The assistant's own words."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Short lines in two parts: a count and why; a part of the question and what became of it."""

    role: Role
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    role: Role
    text: str
    number: int = 0  # of items under it


@dataclass(frozen=True, slots=True)
class Named:
    """The publication that what follows is from."""

    role: Role
    publication: Publication
    again: bool = False  # named just above: whose words they are is enough


@dataclass(frozen=True, slots=True)
class Cite:
    """A label, and where it leads."""

    label: int  # from 1; shown as [1]
    place: tuple[int | str, int | str]  # statement and quote, from 0; (SAYING, place among all); (NEAREST, "")
    spoken: str  # 'Source 1: title, p. 12'
    page: str = ""  # shown beside it
    drifted: bool = False  # its quote no longer stands where it did
    note: str = ""  # source and quote in full; "" where the text itself is the quote


@dataclass(frozen=True, slots=True)
class SentenceBlock:
    """A statement, or other words of a source, with what they rest on."""

    text: str
    cites: tuple[Cite, ...] = ()
    number: int = 0  # within its answer, from 0
    dated: str = ""
    doubts: tuple[str, ...] = ()  # why it is less than fully supported
    weak: bool = False  # not fully supported
    mark: str = ""  # a word or two in place of the doubts, which are shown on request
    changed: str = ""  # said of one whose source is gone
    whose: str = ""  # said in a draft of whose words they are, where they are not the source's
    follows: bool = False  # of a draft: it goes on in the paragraph of the one before


@dataclass(frozen=True, slots=True)
class ExtractLine:
    """One line of an extract: its pieces, and whether each is marked as what answers."""

    kind: BlockKind
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        return "".join(piece for piece, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class ExtractBlock:
    """A block of a source in its own words, under the heading it stands under."""

    heading: str
    lines: tuple[ExtractLine, ...]
    cites: tuple[Cite, ...]
    number: int  # within its answer, from 0


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, with what is shown beside it."""

    sentence: SentenceBlock
    number: tuple[int, int]  # from 1, of how many
    sources: tuple[Publication, ...]  # where its list is from several
    level: str  # where no heading says it
    fits: str
    facts: tuple[tuple[str, str], ...]  # (name, words)
    caution: str
    more: tuple[tuple[str, str], ...]  # facts that were not asked for
    add: Button


@dataclass(frozen=True, slots=True)
class Items:
    role: Role
    items: tuple[SentenceBlock | Item, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Statements as rows: each stands in the first column, with what belongs to it in the others."""

    columns: tuple[str, ...]
    rows: tuple[tuple[SentenceBlock, tuple[str, ...]], ...]
    changes: tuple[Group, ...] = ()  # what can be done to each row; (): nothing


@dataclass(frozen=True, slots=True)
class SourceList:
    """Every publication that is cited, with its labels and the pages of each."""

    entries: tuple[tuple[Publication, tuple[Cite, ...]], ...]
    named: bool  # where they are quoted as well


@dataclass(frozen=True, slots=True)
class Group:
    role: Role
    blocks: tuple[Block, ...]
    folded: str = ""  # what stands for it until it is opened; "": it is open


class Does(StrEnum):
    """What a button is for."""

    CORRECT = "correct"  # what was understood
    SUGGEST = "suggest"  # a list to ask for next
    NEXT = "next"  # a question to ask next
    ADD = "add"  # items, to the design sheet
    UNFOLD = "unfold"  # all groups
    REVISE = "revise"  # a line of a draft, or a part
    SAVE = "saveDraft"  # one answer as a file, whose suffix is the value


@dataclass(frozen=True, slots=True)
class Button:
    does: Does
    text: str
    value: object = ""  # what a press gives back, as JSON can hold it
    spoken: str = ""  # what it does, and to what, where its text does not say it


@dataclass(frozen=True, slots=True)
class WriteIn:
    """Where a reader can add words of their own to a part of a draft, from 0."""

    part: int
    text: str


@dataclass(frozen=True, slots=True)
class OfferBlock:
    """What can be added to a part of a draft: its heading, its publication and its first sentence."""

    heading: str
    source: str
    text: str
    add: Button


@dataclass(frozen=True, slots=True)
class Choices:
    """What was understood of a list, to be changed with one press."""

    rows: tuple[corrections.ChipRow, ...]


@dataclass(frozen=True, slots=True)
class Meanings:
    """Other ways to understand a message, to be chosen with one press."""

    choices: tuple[Choice, ...]
    asked: bool  # whether the reader has to choose: nothing is answered


Block = (
    Paragraph
    | Pairs
    | Heading
    | Named
    | SentenceBlock
    | ExtractBlock
    | Items
    | TableBlock
    | SourceList
    | Group
    | Button
    | WriteIn
    | OfferBlock
    | Choices
    | Meanings
)
