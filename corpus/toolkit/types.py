"""The records of the Toolkit: lessons, design questions and indicators, each with whose words they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Activity, Origin, PublicationId

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


class ToolkitPart(StrEnum):
    """Where an item stands, in terms of the Toolkit."""

    ONE = "part one"  # general design: mapping a pattern, choosing a response
    TWO = "part two"  # one of the seven activity types
    OTHER = ""  # a list of another document that belongs to no activity type


@dataclass(frozen=True, slots=True)
class ToolkitItem:
    """One lesson, question or indicator. What the source does not say is empty, never guessed.

    `text` is `document.text[start:end]` of its document with white space folded; numbering and bullets stand
    outside the span. The document of the starter library is `corpus.toolkit.starter.starter_library().document`.
    """

    id: str  # unique over all items: "awareness-raising-q07", "toolkit:awareness-raising-q07"
    kind: ItemKind
    text: str
    origin: Origin
    publication: PublicationId
    span: tuple[int, int]  # characters of the document, half-open
    activity: Activity | None = None
    part: ToolkitPart = ToolkitPart.OTHER
    topic: str = ""  # in part one: the question of design it belongs to; of a list of signs: SIGNS
    group: str = ""  # the heading the item stands under, within its list
    section: tuple[str, ...] = ()  # headings above the list, outermost first; empty in the starter library
    pages: tuple[int, ...] = ()  # PDF pages, from 1; empty in a text without pages
    level: Level | None = None
    counts: str = ""  # what is counted
    over: str = ""  # of what: the denominator
    disaggregation: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()
    caution: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip() or self.text != " ".join(self.text.split()):
            raise ValueError(f"item {self.id!r}: its text is empty or has white space that is not folded")
        if (self.part is ToolkitPart.TWO) != (self.activity is not None):
            raise ValueError(f"item {self.id!r}: an activity type belongs to part two, and to nothing else")
        if not 0 <= self.span[0] < self.span[1]:
            raise ValueError(f"item {self.id!r}: its span {self.span} is empty")

    @property
    def place(self) -> tuple[ToolkitPart, Activity | None, ItemKind]:
        """The list it belongs to: what an original replaces."""
        return (self.part, self.activity, self.kind)
