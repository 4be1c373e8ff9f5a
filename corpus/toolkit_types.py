"""The records of the Toolkit: lessons, design questions and indicators, each with whose words they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Activity, Document, Origin, PublicationId

STARTER_ID: PublicationId = "starter-toolkit"  # what items of the starter library give as their publication
SIGNS = "signs of trafficking"  # topic of indicators that tell of a person's situation and measure no programme


class ItemKind(StrEnum):
    LESSON = "lesson"
    QUESTION = "design question"
    INDICATOR = "indicator"


class Level(StrEnum):
    """Of an indicator, in the results chain."""

    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"


class Part(StrEnum):
    """Where an item stands, in terms of the Toolkit."""

    ONE = "part one"  # general design: mapping a pattern, choosing a response
    TWO = "part two"  # one of the seven activity types
    OTHER = ""  # a list of another document that belongs to no activity type


@dataclass(frozen=True, slots=True)
class ToolkitItem:
    """One lesson, question or indicator. What the source does not say is empty, never guessed.

    Of an original: `text` is `document.text[start:end]` with white space folded; numbering and bullets stand
    outside the span. Of the starter library: no span and no page.
    """

    id: str  # unique over all items: "awareness-raising-q07", "toolkit:awareness-raising-q07"
    kind: ItemKind
    text: str
    origin: Origin
    publication: PublicationId
    activity: Activity | None = None
    part: Part = Part.OTHER
    topic: str = ""  # in part one: the question of design it belongs to; of a list of signs: SIGNS
    group: str = ""  # the heading the item stands under, within its list
    section: tuple[str, ...] = ()  # headings above the list, outermost first; empty in the starter library
    span: tuple[int, int] | None = None  # characters of the document, half-open
    pages: tuple[int, ...] = ()  # PDF pages, from 1
    level: Level | None = None
    counts: str = ""  # what is counted
    over: str = ""  # of what: the denominator
    disaggregation: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()
    caution: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip() or self.text != " ".join(self.text.split()):
            raise ValueError(f"item {self.id!r}: its text is empty or has white space that is not folded")
        if (self.part is Part.TWO) != (self.activity is not None):
            raise ValueError(f"item {self.id!r}: an activity type belongs to part two, and to nothing else")
        if (self.span is None) != (self.origin is Origin.STARTER):
            raise ValueError(f"item {self.id!r}: an item of an original has a span, one of the starter library none")

    @property
    def place(self) -> tuple[Part, Activity | None, ItemKind]:
        """The list it belongs to: what an original replaces."""
        return (self.part, self.activity, self.kind)

    def in_document(self, document: Document) -> str:
        """What the span slices from its document. ValueError for an item that has no span."""
        if self.span is None:
            raise ValueError(f"item {self.id!r} stands in no document")
        return document.text[slice(*self.span)]
